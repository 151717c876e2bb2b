/** Numbers as the page writes them. */

/** A whole number with commas between thousands. */
export function grouped(value: number | bigint): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** An address, 8 digits. */
export function address(value: number): string {
  return value.toString(16).padStart(8, "0");
}

/** A byte, 2 digits. */
export function byte(value: number): string {
  return value.toString(16).padStart(2, "0");
}

/** A number of 64 bits, 16 digits in two groups. */
export function word(value: bigint): string {
  const digits = value.toString(16).padStart(16, "0");
  return `${digits.slice(0, 8)} ${digits.slice(8)}`;
}

/** Bytes, in the unit that suits. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["KiB", "MiB", "GiB"];
  let [value, unit] = [bytes / 1024, 0];
  while (value >= 1024 && unit < 2) [value, unit] = [value / 1024, unit + 1];
  return `${Number(value.toFixed(1))} ${units[unit]}`;
}

/** Milliseconds. */
export function milliseconds(value: number): string {
  return value < 10 ? `${value.toFixed(2)} ms` : `${grouped(Math.round(value))} ms`;
}
