/**
 * With what a SQLite store is opened.
 *
 * @module
 */

import type { InvalidArgument } from "../../argument.ts";
import { Usize } from "../../int/mod.ts";
import type { Result } from "../../result.ts";
import { checked, orElse, parseRecord, such } from "../parse.ts";
import type { Parse } from "../parse.ts";

/** The longest blob that SQLite keeps: 10^9 bytes. */
const BLOB_BYTES_MAX = 1_000_000_000;

/** The largest file that SQLite makes: 2^32 - 2 pages of 4096 bytes. */
const FILE_BYTES_MAX: number = (2 ** 32 - 2) * 4096;

/** How to open a SQLite store. */
export interface SqliteOptions {
  /** Whether only to read; then there has to be a store already. */
  readonly readOnly?: boolean;
  /** How many bytes one blob may have: 0 to 10^9, which is what SQLite can keep. */
  readonly blobBytesMax?: number;
  /** How many bytes the file may have, without its journal: 2^15 to 2^44 - 2^13. */
  readonly fileBytesMax?: number;
  /** How many milliseconds to wait for another process that has locked the file: 0 to 2^31 - 1, 1000 unless told. */
  readonly busyMs?: number;
}

/** The same, all told. */
export interface Settings {
  readonly readOnly: boolean;
  readonly blobBytesMax: number;
  readonly fileBytesMax: number;
  readonly busyMs: number;
}

const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const parseBoolean: Parse<boolean> = checked<boolean>("a boolean", isBoolean);

function within(lowest: number, highest: number): Parse<number> {
  const usize = checked<Usize>(`${lowest} to ${highest}`, Usize.is);
  return such<number>(usize, `${lowest} to ${highest}`, (n) => n >= lowest && n <= highest);
}

const parseSettings: Parse<Settings> = parseRecord<Settings>({
  readOnly: orElse(parseBoolean, false),
  blobBytesMax: orElse(within(0, BLOB_BYTES_MAX), BLOB_BYTES_MAX),
  fileBytesMax: orElse(within(2 ** 15, FILE_BYTES_MAX), FILE_BYTES_MAX),
  busyMs: orElse(within(0, 2 ** 31 - 1), 1000),
});

/** The settings that some options ask for. */
export function settingsOf(options: SqliteOptions): Result<Settings, InvalidArgument> {
  return parseSettings(options, "options");
}
