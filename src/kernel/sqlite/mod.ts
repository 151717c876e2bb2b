/**
 * A durable store for the directory of capabilities, on SQLite as the runtime brings it: in Deno from
 * 2.2 on and in Node from 22.13 on. Elsewhere this can be imported too; there a store cannot be
 * opened, which is told as a value.
 *
 * @module
 */

export type { InvalidArgument } from "../../argument.ts";
export type { Usize } from "../../int/mod.ts";
export type { Err, Ok, Result } from "../../result.ts";
export type { CapHash } from "../hash.ts";
export type { CapStore, StoreEntry, StoreFailed, StoreOperation } from "../store.ts";
export type { SqliteOptions } from "./options.ts";
export type { StoreUnavailable } from "./store.ts";
export { SqliteStore } from "./store.ts";
