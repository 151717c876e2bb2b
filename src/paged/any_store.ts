/**
 * What a constructor that callers can reach past the type checker makes of what it is given.
 *
 * @module
 */

import { FlatStore } from "./flat_store.ts";
import { DEFAULT_SETTINGS } from "./options.ts";
import { SparseStore } from "./sparse_store.ts";
import type { PageStore } from "./store.ts";

/** The store that a value is, or that of an empty memory. Runs no code of the value. */
export function storeOf(value: unknown): PageStore {
  if (FlatStore.isStore(value) || SparseStore.isStore(value)) return value;
  return new FlatStore(DEFAULT_SETTINGS);
}
