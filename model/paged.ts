/**
 * The reference model of paged memory (Gray Paper, appendix A, "memory"; JAVM `Memory`). A memory is a list of accessible pages, each a list of bytes with one permission; every other page
 * is inaccessible. Each operation gives the next memory and an outcome; none changes its argument.
 *
 * @module
 */

/** What a page allows. */
export type Access = "none" | "read-only" | "read-write";

/** An accessible page. */
export interface Page {
  /** The first address. */
  readonly start: bigint;
  /** What the page allows. */
  readonly access: Access;
  /** The bytes of the page. */
  readonly bytes: readonly bigint[];
}

/** The whole state of a memory. `length` is how far a flat buffer reaches; a sparse one has it all. */
export interface Memory {
  /** Which of the two memories it is. */
  readonly backend: "flat" | "sparse";
  /** The size of a page, in bytes. */
  readonly pageSize: bigint;
  /** The most bytes that may be mapped. */
  readonly limitBytes: bigint;
  /** The addresses below this one are never mapped. */
  readonly reservedBytes: bigint;
  /** Whether an access wraps from the last address to the first. */
  readonly wraps: boolean;
  /** The size of the buffer of a flat memory. */
  readonly length: bigint;
  /** The mapped pages, in ascending order. */
  readonly pages: readonly Page[];
  /** Where the heap begins and ends, and how many pages it may have. */
  readonly heap: { readonly base: bigint; readonly top: bigint; readonly maxPages: bigint };
}

/** What an operation gives: a value, or an error with its data. */
export type Outcome =
  | { readonly ok: unknown }
  | { readonly error: { readonly kind: string; readonly [field: string]: unknown } };

/** The next state, and what the operation gave. */
export interface Step {
  /** The state afterwards. */
  readonly state: Memory;
  /** What the operation gave. */
  readonly outcome: Outcome;
}

/** The size of the address space, and the greatest whole number that a number holds exactly. */
export const SPACE: bigint = 2n ** 32n;
/** The greatest integer that a number holds exactly. */
export const USIZE_MAX: bigint = 2n ** 53n - 1n;

/** The integer that an argument stands for when it is a number within the bounds. */
export function integer(value: unknown, min: bigint, max: bigint): bigint | undefined {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || Object.is(value, -0)) {
    return undefined;
  }
  return BigInt(value) < min || BigInt(value) > max ? undefined : BigInt(value);
}

/** The outcome for an argument that is no valid value. */
export function invalid(parameter: string): Outcome {
  return { error: { kind: "invalid-argument", parameter } };
}

/** The start of the page that holds an address. */
export function pageStart(memory: Memory, address: bigint): bigint {
  return address - address % memory.pageSize;
}

/** The accessible page that holds an address. */
export function pageAt(memory: Memory, address: bigint): Page | undefined {
  return memory.pages.find((page) => page.start === pageStart(memory, address));
}

/** Why the byte at `start + i` cannot be used so; nothing when it can. The only permission check. */
function faultAt(
  memory: Memory,
  start: bigint,
  i: bigint,
  wants: "read" | "write",
  wraps: boolean,
): Outcome | undefined {
  const address = (start + i) % SPACE;
  const page = start + i < SPACE || wraps ? pageAt(memory, address) : undefined;
  const where = { address: pageStart(memory, address), start };
  if (page === undefined) {
    return {
      error: { kind: address < memory.reservedBytes ? "reserved" : "page-fault", ...where },
    };
  }
  if (wants === "write" && page.access !== "read-write") {
    return { error: { kind: "write-protected", ...where } };
  }
  return undefined;
}

/** Why the `count` bytes from `start` on cannot be used so: the first of them that cannot decides. */
export function firstFault(
  memory: Memory,
  start: bigint,
  count: bigint,
  wants: "read" | "write",
  wraps: boolean,
): Outcome | undefined {
  // The first byte that cannot be used is the first of all or the first of a page.
  for (let i = 0n; i < count; i += memory.pageSize - (start + i) % memory.pageSize) {
    const fault = faultAt(memory, start, i, wants, wraps);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The byte at an address, which must be accessible. */
export function byteAt(memory: Memory, address: bigint): bigint {
  return pageAt(memory, address)?.bytes[Number(address % memory.pageSize)] ?? 0n;
}

/** The memory with one byte of an accessible page replaced. */
export function withByte(memory: Memory, address: bigint, byte: bigint): Memory {
  const at = Number(address % memory.pageSize);
  const pages = memory.pages.map((page) =>
    page.start === pageStart(memory, address)
      ? { ...page, bytes: [...page.bytes.slice(0, at), byte, ...page.bytes.slice(at + 1)] }
      : page
  );
  return { ...memory, pages };
}

/** Loads `width` bytes in little-endian order. */
export function load(memory: Memory, width: bigint, address: unknown): Outcome {
  const start = integer(address, 0n, SPACE - 1n);
  if (start === undefined) return invalid("address");
  const fault = firstFault(memory, start, width, "read", memory.wraps);
  if (fault !== undefined) return fault;
  let value = 0n;
  for (let i = 0n; i < width; i++) value += byteAt(memory, (start + i) % SPACE) * 256n ** i;
  return { ok: value };
}

/** Stores the low `width` bytes of a value in little-endian order: all of them or none. */
export function store(memory: Memory, width: bigint, address: unknown, value: unknown): Step {
  const start = integer(address, 0n, SPACE - 1n);
  if (start === undefined) return { state: memory, outcome: invalid("address") };
  const fault = firstFault(memory, start, width, "write", memory.wraps);
  if (fault !== undefined) return { state: memory, outcome: fault };
  const number = integer(value, -(2n ** 31n), 2n ** 32n - 1n);
  const wide = typeof value === "bigint" && value >= -(2n ** 63n) && value < 2n ** 64n;
  const operand = width < 8n ? number : wide ? value : undefined;
  if (operand === undefined) return { state: memory, outcome: invalid("value") };
  let state = memory;
  for (let i = 0n; i < width; i++) {
    const digit = (operand + 2n ** 64n) / 256n ** i % 256n;
    state = withByte(state, (start + i) % SPACE, digit);
  }
  return { state, outcome: { ok: undefined } };
}
