/** Files for the proofs of the SQLite store, and what is in them for another program. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, findDriver } from "../../src/kernel/sqlite/driver.ts";

/** Runs a check with the path of a file that is not there yet; its folder is removed afterwards. */
export function withFile<T>(check: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-store-"));
  try {
    return check(join(folder, "caps.db"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Does something to a file by SQLite itself, past the store. */
export function behind(path: string, action: (database: Database) => void): void {
  const driver = findDriver();
  if (driver === undefined) return;
  const database = new driver.DatabaseSync(path, { readOnly: false });
  try {
    action(database);
  } finally {
    database.close();
  }
}
