/** Faults of the room kernel that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

export const KERNEL: readonly Equivalent[] = [
  {
    path: "src/kernel/v3/content.ts",
    text: "while (count > 0 && pages[count - 1] === undefined) count--;",
    from: "0",
    to: "(1)",
    reason: "one empty page and none are the same Data, which is made of the first page's bytes",
  },
  {
    path: "src/kernel/v3/resume.ts",
    text: "let raised = false;",
    from: "false",
    to: "true",
    reason: "the first of the chain, which has at least one, sets it",
  },
  {
    path: "src/kernel/v3/run.ts",
    text: "if (kept !== undefined) return kept;",
    from: "return kept;",
    to: ";",
    reason: "a fresh memory does what a kept one does, and takes longer",
  },
  {
    path: "src/kernel/v3/slots.ts",
    text: "if (!child.ok) return child;",
    from: "return child;",
    to: ";",
    reason:
      "the path was followed before: what it leads through is known, and cannot fail any more",
  },
  {
    path: "src/kernel/v3/image.ts",
    text: "while (at > 0 && !isStart(mask, at)) at--;",
    from: "0",
    to: "(-1)",
    reason: "the first byte of an image's code starts an instruction",
  },
  {
    path: "src/kernel/sqlite/options.ts",
    text: "busyMs: orElse(within(0, 2 ** 31 - 1), 1000),",
    from: "0",
    to: "(-1)",
    reason: "what is below 0 is refused before, as no Usize",
  },
  {
    path: "src/kernel/v3/content.ts",
    text:
      'return error.kind === "invalid-argument" ? broken("Data was read where none is") : failure(error);',
    ...{ from: "===", to: "!==" },
    reason: "Data is read from 0 up to its own length, which is never refused",
  },
  {
    path: "src/kernel/v3/image.ts",
    text: "while (at > 0 && !isStart(mask, at)) at--;",
    ...{ from: ">", to: ">=" },
    reason: "the first byte of an image's code starts an instruction",
  },
  {
    path: "src/kernel/compat/enter.ts",
    text: "for (let position = above - 1; position >= 0; position--) {",
    ...{ from: "0", to: "(-1)" },
    reason: "there is no entry below the first, and what is none catches nothing",
  },
  {
    path: "src/kernel/v3/content.ts",
    text: "for (let at = 0; at < length; at += PIECE_BYTES) {",
    ...{ from: "<", to: "<=" },
    reason: "a last piece without bytes, which changes nothing",
  },
  ...["(33)", "(31)"].map((to) => ({
    path: "src/kernel/page.ts",
    text: 'return page.state === "empty" ? new Uint8Array(32) : bytesOfHash(page.hash);',
    ...{
      from: "32",
      to,
      reason: "pages that are empty are not put into the tree that asks for it",
    },
  })),
];
