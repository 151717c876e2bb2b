/** Faults of the room cli that nothing can tell from the source. */

import type { Equivalent } from "../equivalent.ts";

export const CLI: readonly Equivalent[] = [
  {
    path: "src/cli/vector.ts",
    text: "return this.#need(name, u64Of(this.#fields.get(name)), asU64(0n));",
    from: "0n",
    to: "(1n)",
    reason: "what stands for a number that is missing is never used: the vector is refused",
  },
  {
    path: "src/cli/conform_engine.ts",
    text: 'gas: need("gas", u64From(at("gas")), 0n),',
    ...{ from: "0n", to: "(1n)" },
    reason: "what stands for a number that is missing is never used: the request is refused",
  },
  {
    path: "src/cli/program_input.ts",
    text: 'if (file.error.kind !== "unknown-program") return malformed(`${path}: no program`);',
    ...{ from: "return malformed(`${path}: no program`);", to: ";" },
    reason: "only for what are no bytes there is another error, and a file is bytes",
  },
  {
    path: "src/cli/machine_for.ts",
    text:
      "return made.ok ? made : err({ code: 65, message: `no machine: ${made.error.expected}` });",
    ...{ from: "65", to: "(64)" },
    reason: "all that a machine is made of was checked before",
  },
  ...[
    ["const heap = { base: 0, top: 0, maxPages: 0 };", "0", "(1)"],
    ["const heap = { base: 0, top: 0, maxPages: 0 };", "0", "(-1)"],
    ['pc: reader.need("initial-pc", u32From, 0),', "0", "(1)"],
    ['pc: reader.need("initial-pc", u32From, 0),', "0", "(-1)"],
    ['gas: reader.need("initial-gas", u64From, 0n),', "0n", "(1n)"],
    ['gas: reader.need("initial-gas", u64From, 0n),', "0n", "(-1n)"],
    ['program: reader.need("program", bytesFrom, new Uint8Array(0)),', "0", "(1)"],
  ].map(([text = "", from = "", to = ""]) => ({
    ...{ path: "src/cli/conform_vectors.ts", text, from, to },
    reason: "what stands for a value that is missing is never used: the case is refused",
  })),
];
