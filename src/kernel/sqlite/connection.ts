/**
 * A connection to the file of a store: opened, recognized, and ready for its statements.
 *
 * @module
 */

import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { column } from "./driver.ts";
import type { Database, Driver, Statement } from "./driver.ts";
import type { Settings } from "./options.ts";

/** The mark of the files of this library: "Ring" in ASCII. */
const APPLICATION = 0x52696e67;
/** The form of what is in them. */
const FORM = 1;
const PAGE_BYTES = 4096;

const CREATE = `
  BEGIN IMMEDIATE;
  CREATE TABLE IF NOT EXISTS cap (hash TEXT PRIMARY KEY NOT NULL, bytes BLOB NOT NULL) STRICT;
  PRAGMA application_id = ${APPLICATION};
  PRAGMA user_version = ${FORM};
  COMMIT;
`;

/** The statements of a store. */
export interface Connection {
  readonly database: Database;
  readonly get: Statement;
  readonly put: Statement;
  readonly has: Statement;
  readonly count: Statement;
  readonly hashes: Statement;
}

function numberOf(database: Database, sql: string): unknown {
  return column(database.prepare(`SELECT n FROM (${sql})`).get(), "n");
}

/** Why a file is not one of a store; nothing for a store, and for a file with nothing in it. */
function strangeness(database: Database, readOnly: boolean): string | undefined {
  const application = numberOf(database, "SELECT application_id AS n FROM pragma_application_id");
  const form = numberOf(database, "SELECT user_version AS n FROM pragma_user_version");
  if (application === APPLICATION) {
    return form === FORM ? undefined : `the file is a store of form ${form}, not ${FORM}`;
  }
  const tables = numberOf(database, "SELECT count(*) AS n FROM sqlite_schema");
  if (application === 0 && tables === 0) return readOnly ? "the file is empty" : undefined;
  return "the file is a database of another program";
}

function prepare(database: Database, settings: Settings): Result<Connection, string> {
  database.exec(`PRAGMA busy_timeout = ${settings.busyMs}`);
  const strange = strangeness(database, settings.readOnly);
  if (strange !== undefined) return err(strange);
  if (!settings.readOnly) {
    // With the log synchronized at every commit, what was committed is there after any crash.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    database.exec(`PRAGMA max_page_count = ${Math.floor(settings.fileBytesMax / PAGE_BYTES)}`);
    database.exec(CREATE);
  }
  return ok({
    database,
    get: database.prepare("SELECT bytes FROM cap WHERE hash = ?"),
    // What is there already is not written again, unless it was damaged.
    put: database.prepare(
      "INSERT INTO cap (hash, bytes) VALUES (?, ?) ON CONFLICT (hash) " +
        "DO UPDATE SET bytes = excluded.bytes WHERE bytes IS NOT excluded.bytes",
    ),
    has: database.prepare("SELECT 1 AS n FROM cap WHERE hash = ?"),
    count: database.prepare("SELECT count(*) AS n FROM cap"),
    hashes: database.prepare("SELECT hash FROM cap WHERE hash > ? ORDER BY hash LIMIT ?"),
  });
}

/** Ends a connection that is of no more use. */
function abandon(database: Database): void {
  try {
    database.close();
  } catch {
    // There is nobody left to whom it matters.
  }
}

/** Opens the file of a store, or makes it. May throw where the file cannot be opened. */
export function connect(
  { DatabaseSync }: Driver,
  path: string,
  settings: Settings,
): Result<Connection, string> {
  const database = new DatabaseSync(path, { readOnly: settings.readOnly });
  let connection: Result<Connection, string> | undefined;
  try {
    connection = prepare(database, settings);
  } finally {
    if (connection?.ok !== true) abandon(database);
  }
  return connection;
}
