/** Which imports are measured, how large they may be, and which rooms may be in them. */

/** An import, and what must be true of its bundle. */
export interface Wanted {
  /** How it is shown. */
  readonly name: string;
  /** The module that is imported. */
  readonly file: string;
  /** What is imported of it; everything when it is left out. */
  readonly names?: readonly string[];
  /** Beyond how many bytes, minified and compressed, it fails. */
  readonly limitBytes?: number;
  /** The rooms whose modules may be in it, besides the files at the root of `src/`. */
  readonly rooms: readonly string[];
}

const KB = 1024;

const PVM = ["int", "paged", "pvm"];
const KERNEL = [...PVM, "kernel"];

/** The names with which programs are loaded and run: the interpreter, its memory and its hosts. */
const INTERPRETER = ["Program", "Machine", "invoke", "runWithHost", "readProgram", "GRAY_PAPER"];

/** Every face, and imports of single names. */
export const WANTED: readonly Wanted[] = [
  {
    name: "linear",
    file: "src/linear/mod.ts",
    limitBytes: 6 * KB,
    rooms: ["int", "linear"],
  },
  {
    name: "linear { IsolatedMemory }",
    file: "src/linear/mod.ts",
    names: ["IsolatedMemory"],
    limitBytes: 4 * KB,
    rooms: ["int", "linear"],
  },
  {
    name: "linear/numeric",
    file: "src/linear/numeric/mod.ts",
    limitBytes: 6 * KB,
    rooms: ["int", "linear", "linear/numeric"],
  },
  {
    name: "linear/numeric { i32 }",
    file: "src/linear/numeric/mod.ts",
    names: ["i32"],
    rooms: ["int", "linear", "linear/numeric"],
  },
  {
    name: "linear/unboxed",
    file: "src/linear/unboxed.ts",
    limitBytes: 2 * KB,
    rooms: ["int", "linear"],
  },
  {
    name: "linear/unchecked",
    file: "src/linear/unchecked.ts",
    limitBytes: 2 * KB,
    rooms: ["int", "linear"],
  },
  { name: "arena", file: "src/arena/mod.ts", limitBytes: 6 * KB, rooms: ["int", "arena"] },
  { name: "paged", file: "src/paged/mod.ts", limitBytes: 10 * KB, rooms: ["int", "paged"] },
  {
    name: "pvm: the interpreter",
    file: "src/pvm/mod.ts",
    names: INTERPRETER,
    limitBytes: 30 * KB,
    rooms: PVM,
  },
  {
    name: "pvm { Program, Machine, invoke }",
    file: "src/pvm/mod.ts",
    names: ["Program", "Machine", "invoke"],
    limitBytes: 24 * KB,
    rooms: PVM,
  },
  { name: "pvm { assemble }", file: "src/pvm/mod.ts", names: ["assemble"], rooms: PVM },
  { name: "pvm", file: "src/pvm/mod.ts", rooms: PVM },
  { name: "recompiler", file: "src/pvm/recompiler/mod.ts", rooms: [...PVM, "pvm/recompiler"] },
  { name: "kernel", file: "src/kernel/mod.ts", rooms: KERNEL },
  { name: "kernel/sqlite", file: "src/kernel/sqlite/mod.ts", rooms: [...KERNEL, "kernel/sqlite"] },
  {
    name: "cli",
    file: "src/cli/mod.ts",
    rooms: [...KERNEL, "kernel/sqlite", "pvm/recompiler", "cli"],
  },
  { name: "proof", file: "src/proof/mod.ts", rooms: ["proof"] },
  { name: "symbolic", file: "src/symbolic/mod.ts", rooms: ["proof", "symbolic"] },
  { name: "model", file: "model/mod.ts", rooms: ["model"] },
  { name: "the root", file: "mod.ts", rooms: ["int", "linear", "linear/numeric", "arena"] },
];
