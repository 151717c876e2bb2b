/** Whether a buffer is detached, asked in a way that every runtime has. */

/** Whether a buffer has been transferred away, so that no view of it can be made. */
export function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}
