/** Branches of the room cli that no proof takes, and why. */

import type { Explained } from "../explained.ts";

/** What was read or made before is of the kind that is asked for. */
const CHECKED = "what it is made of was read or made before, and is right";
const CODE = "code that was read, assembled or drawn can be written, laid out and shown";

export const CLI: readonly Explained[] = [
  {
    path: "src/cli/command_line.ts",
    lines: ['mistake instanceof Error ? mistake.message : "the arguments are unreadable",'],
    reason: "what reads the arguments throws errors alone",
  },
  {
    path: "src/cli/conform_case.ts",
    lines: ['return machine.ok ? machine : err("impossible");'],
    reason: CHECKED,
  },
  {
    path: "src/cli/conform_compare.ts",
    lines: [
      "return registersDifference(expected.registers, given.registers ?? []);",
      "return memoryDifference(expected.memory, given.memory ?? []);",
      "pagesText(given.pages ?? []),",
    ],
    reason: "only fields that were given are compared",
  },
  {
    path: "src/cli/conform_draft.ts",
    lines: ["return blob.ok ? blob.value : undefined;"],
    reason: CODE,
  },
  {
    path: "src/cli/conform_generate.ts",
    lines: ["const whole = blobOf(draft) ?? new Uint8Array(3);"],
    reason: CODE,
  },
  {
    path: "src/cli/conform_judge.ts",
    lines: ['if (expected === undefined) return skip("it cannot be run here");'],
    reason: "by then there is what was wanted, or what the interpreter made of the case",
  },
  {
    path: "src/cli/conform_simpler.ts",
    lines: ["return program === undefined ? [] : [{ ...input, program, pc }];"],
    reason: CODE,
  },
  {
    path: "src/cli/conform_words.ts",
    lines: [
      'return escaped ?? single ?? bare ?? "";',
      'if (isInWord) words.push(`${words.pop() ?? ""}${meant(match)}`);',
    ],
    reason: "one part of the pattern always matches, and a word was begun before it goes on",
  },
  {
    path: "src/cli/guarded_io.ts",
    lines: ["if ((byteLengthOf(value) ?? 0) > FILE_BYTES_MAX) {"],
    reason: "it takes a file of more than 256 MiB",
  },
  {
    path: "src/cli/guarded_io.ts",
    lines: ['yield unreadable("the input", reasonOf(thrown));'],
    reason: "of what is behind it: who reads the lines stops at the first that is none",
  },
  {
    path: "src/cli/kernel_store.ts",
    lines: [
      "const done = directory.ok ? action(directory.value) : malformed(`${path}: is no store`);",
    ],
    reason: "every store of the surroundings is wrapped in one that has all functions",
  },
  {
    path: "src/cli/kernel_describe.ts",
    lines: ['return typeof target === "string" ? target : "a handle";'],
    reason: "what is inspected comes from a store, where there are no handles",
  },
  {
    path: "src/cli/machine_for.ts",
    lines: ["if (!made.value.protectRegion(address, length, access).ok) return undefined;"],
    reason: "the pages were mapped just before",
  },
  {
    path: "src/cli/machine_for.ts",
    lines: [
      "? bare(blob.ok ? blob.value : new Uint8Array(0))",
      "if (!program.ok) return malformed(`the code cannot be prepared: ${program.error.expected}`);",
    ],
    reason: CODE,
  },
  {
    path: "src/cli/machine_for.ts",
    lines: [
      "return made.ok ? made : err({ code: 65, message: `no machine: ${made.error.expected}` });",
    ],
    reason: CHECKED,
  },
  {
    path: "src/cli/main.ts",
    lines: ["return done instanceof Promise ? EXIT_CODE.unavailable : finish(done, name, safe);"],
    reason: "what has to be waited for is refused before; the type of a command does not say so",
  },
  {
    path: "src/cli/program_input.ts",
    lines: [
      'if (file.error.kind !== "unknown-program") return malformed(`${path}: no program`);',
    ],
    reason: "bytes that are no program are an unknown one",
  },
  {
    path: "src/cli/text_commands.ts",
    lines: [
      "if (!encoded.ok) return malformed(`${file.value}: expected ${encoded.error.expected}`);",
      "if (!code.ok) return malformed(`${file.value}: expected ${code.error.expected}`);",
    ],
    reason: CODE,
  },
  {
    path: "src/cli/trace.ts",
    lines: ['""'],
    reason: "every instruction has a line of text",
  },
  {
    path: "src/cli/kernel_run.ts",
    lines: [
      "const hash = target === undefined || isCapHash(target) ? target : directory.settle(target);",
      'return typeof hash === "object" ? (hash.ok ? hash.value : null) : hash ?? null;',
    ],
    reason: "a manifest names hashes alone, and what is invoked with hashes gives no handles",
  },
  {
    path: "src/cli/vector_run.ts",
    lines: ["return ran.value === undefined"],
    reason: "without a number of steps it goes on to an exit, or a fault",
  },
  {
    path: "src/cli/vector_run.ts",
    lines: ['if (!machine.ok) return ["the machine cannot be made"];'],
    reason: CHECKED,
  },
];
