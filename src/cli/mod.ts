/**
 * The command line, and the reader and runner of official test vectors that it is made with.
 *
 * @module
 */

export { main, mainAsync } from "./main.ts";
export type { Heard, Launch, Link } from "./conform_link.ts";
export type { Io, OpenStore } from "./io.ts";
export type { Problem } from "./problem.ts";
export { EXIT_CODE } from "./exit_code.ts";
export { readVector } from "./vector.ts";
export type { NotAVector, Vector, VectorBytes, VectorEnd, VectorPages } from "./vector.ts";
export { runVector, WAYS } from "./vector_run.ts";
export type { Way } from "./vector_run.ts";
// What the signatures above speak of
export type { CapHash, CapStore, StoreEntry } from "../kernel/mod.ts";
export type { U32, U64 } from "../int/mod.ts";
export type { Err, Ok, Result } from "../result.ts";
