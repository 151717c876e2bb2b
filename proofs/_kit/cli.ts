/** A command line in surroundings of its own. */

import type * as cli from "../../src/cli/mod.ts";

/** Files by their paths; a folder is what its files have in front. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What came of a command line. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  /** The files that were written. */
  readonly written: ReadonlyMap<string, Uint8Array>;
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

/** Runs a command line; what it writes can be read again by a next one. */
export function runLine(
  { main }: Pick<typeof cli, "main">,
  args: readonly string[],
  files: Files = {},
  isTerminal = false,
): Outcome {
  const written = new Map<string, Uint8Array>();
  const printed = { out: "", error: "" };
  let time = 0;
  const code = main(args, {
    read: (path) => {
      const content = files[path];
      return content === undefined
        ? { ok: false, error: "no such file" }
        : { ok: true, value: bytesOf(content) };
    },
    list: (path) => {
      const names = Object.keys(files).flatMap((name) =>
        name.startsWith(`${path}/`) ? [name.slice(path.length + 1)] : []
      );
      return path === "nowhere"
        ? { ok: false, error: "no such folder" }
        : { ok: true, value: names };
    },
    write: (path, bytes) => {
      if (path.startsWith("nowhere/")) return { ok: false, error: "no such folder" };
      written.set(path, bytes);
      return { ok: true, value: undefined };
    },
    out: (text) => {
      printed.out += text;
    },
    error: (text) => {
      printed.error += text;
    },
    isTerminal,
    now: () => time += 400,
  });
  return { code, ...printed, written };
}

/** The sources of programs, by what becomes of them. */
export const SOURCES = {
  "halt.pvmasm": "load_imm r9, 5\njump_ind [r0]\n",
  "panic.pvmasm": "trap\n",
  "fault.pvmasm": "load_u8 r7, [0x30000]\n",
  "call.pvmasm": "ecalli 7\ntrap\n",
  "log.pvmasm":
    'load_imm r7, 2\nload_imm r9, 0\nload_imm r10, text\nload_imm r11, 2\necalli 100\njump_ind [r0]\n.rodata\ntext: .ascii "hi"\n',
  "spin.pvmasm": "x: jump x\n",
  "echo.pvmasm": "jump_ind [r0]\n",
  "wrong.pvmasm": "load_imm r9\n  bogus\n",
} as const;

/** The registers of the vector after the run; the one that is "ALL" holds 2^64 - 1. */
export const REGISTERS_AFTER: readonly (number | string)[] = Array.from(
  { length: 13 },
  (_, index) => index === 9 ? "ALL" : 0,
);
/** The memory of the vector after the run. */
export const MEMORY_AFTER: readonly object[] = [
  { "address": 131072, "contents": [255] },
  { "address": 131080, "contents": [9] },
];

/** A vector: `load_imm r9, 0xffffffffffffffff` by its sign, a store to its page, and a trap. */
export const VECTOR: Readonly<Record<string, unknown>> = {
  "name": "sample",
  "initial-regs": Array.from({ length: 13 }, () => 0),
  "initial-pc": 0,
  "initial-page-map": [{ "address": 131072, "length": 4096, "is-writable": true }],
  "initial-memory": [{ "address": 131080, "contents": [9] }],
  "initial-gas": 100,
  // load_imm r9, -1; store_u8 r9, [0x20000]; trap
  "program": [0, 0, 9, 51, 9, 255, 59, 9, 0, 0, 2, 0, 0b00001001, 0b1],
  "expected-status": "panic",
  "expected-regs": REGISTERS_AFTER,
  "expected-pc": 8,
  "expected-memory": MEMORY_AFTER,
  "expected-gas": 97,
};

/** The text of a vector with some of its fields replaced; numbers may be bigints. */
export function vectorText(changes: Readonly<Record<string, unknown>> = {}): string {
  const text = JSON.stringify(
    { ...VECTOR, ...changes },
    (_, value: unknown) =>
      typeof value === "bigint" ? `<${value}>` : value === "ALL" ? `<${2n ** 64n - 1n}>` : value,
  );
  return text.replaceAll(/"<(-?\d+)>"/g, "$1");
}
