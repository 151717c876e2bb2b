/**
 * The directory that a command of the kernel works on.
 *
 * @module
 */

import { CacheDirectory } from "../kernel/mod.ts";
import { err } from "../result.ts";
import type { Result } from "../result.ts";
import { EXIT_CODE } from "./exit_code.ts";
import type { Io } from "./io.ts";
import { malformed, type Problem } from "./problem.ts";

/** Does something with a directory: one over the store of a path, or one in memory. */
export function withDirectory<T>(
  path: string | undefined,
  readOnly: boolean,
  io: Io,
  action: (directory: CacheDirectory) => Result<T, Problem>,
): Result<T, Problem> {
  if (path === undefined) return action(new CacheDirectory());
  if (io.store === undefined) {
    return err({ code: EXIT_CODE.unavailable, message: "there are no stores here" });
  }
  const store = io.store(path, readOnly);
  if (!store.ok) return store;
  const directory = CacheDirectory.create({ store: store.value });
  const done = directory.ok ? action(directory.value) : malformed(`${path}: is no store`);
  store.value.close();
  return done;
}
