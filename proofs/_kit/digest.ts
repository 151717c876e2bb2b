/** A short number that stands for a long text, to see that the text is the one that it was. */

/** The digest of a text: 32 bits in hexadecimal (FNV-1a over its UTF-16 units). */
export function digestOf(text: string): string {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
