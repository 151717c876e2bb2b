/**
 * SQLite as the runtime brings it, where it does. It is looked up when a store is opened: to import
 * it would fail where there is none.
 *
 * @module
 */

/** A prepared statement. Everything may throw. */
export interface Statement {
  /** The first row, if there is one. */
  get(...values: readonly unknown[]): unknown;
  /** All rows. */
  all(...values: readonly unknown[]): unknown[];
  /** Runs it. */
  run(...values: readonly unknown[]): unknown;
}

/** A connection to a file. Everything may throw. */
export interface Database {
  /** Runs statements. */
  exec(sql: string): unknown;
  /** Prepares a statement. */
  prepare(sql: string): Statement;
  /** Ends the connection. */
  close(): unknown;
}

/** What is used of `node:sqlite`. */
export interface Driver {
  /** Opens a file. */
  readonly DatabaseSync: new (path: string, options: { readonly readOnly: boolean }) => Database;
}

function isDriver(value: unknown): value is Driver {
  return typeof value === "object" && value !== null && "DatabaseSync" in value &&
    typeof value.DatabaseSync === "function";
}

/** The SQLite of the runtime; nothing where it has none. */
export function findDriver(): Driver | undefined {
  try {
    const process: unknown = Reflect.get(globalThis, "process");
    if (typeof process !== "object" || process === null) return undefined;
    const find: unknown = Reflect.get(process, "getBuiltinModule");
    if (typeof find !== "function") return undefined;
    const found: unknown = Reflect.apply(find, process, ["node:sqlite"]);
    return isDriver(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** A column of a row. */
export function column(row: unknown, name: string): unknown {
  return typeof row === "object" && row !== null ? Reflect.get(row, name) : undefined;
}
