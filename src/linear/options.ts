/**
 * Options objects, which are the caller's: reading them can run the caller's code.
 *
 * @module
 */

/** What `read` makes of some options; nothing when they are no object or cannot be read. */
export function readOptions<O, T>(options: O, read: (options: O) => T): T | undefined {
  if (typeof options !== "object" || options === null) return undefined;
  try {
    return read(options);
  } catch {
    return undefined;
  }
}
