/** What was thrown, in words; total over every value. */

/** What was thrown, in words. */
export function nameOf(thrown: unknown): string {
  try {
    if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
    return typeof thrown === "string" ? thrown : typeof thrown;
  } catch {
    return "something that cannot be read";
  }
}
