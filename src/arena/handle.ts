/**
 * Handles: the right to one allocation of an arena, until it is reset.
 *
 * @module
 */

/**
 * The right to one allocation. It can be kept and handed around, but neither made nor looked into:
 * what counts is which object it is.
 */
export class ArenaHandle {
  /** Keeps look-alikes out at compile time; at run time it decides nothing. */
  protected readonly opaque: boolean = true;
}

/** Makes a handle unlike any other. */
export function makeHandle(): ArenaHandle {
  const handle = new ArenaHandle();
  Object.freeze(handle);
  return handle;
}
