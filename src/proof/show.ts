/**
 * Values in short, for messages: no code of a value's own is run but getters and traps.
 *
 * @module
 */

/** Deeper than this an object is shown as `…`. */
const DEPTH_MAX = 3;
/** Elements and fields beyond this many are shown as `…`. */
const ENTRIES_MAX = 32;
/** Longer strings are cut, in characters. */
const STRING_MAX = 200;
/** Beyond this magnitude, writing a bigint out in decimal could take long. */
const BIGINT_MAX = 2n ** 512n;

function showList(list: ArrayLike<unknown>, depth: number): string {
  const shown: string[] = [];
  for (let index = 0; index < Math.min(list.length, ENTRIES_MAX); index++) {
    shown.push(showAt(list[index], depth + 1));
  }
  if (list.length > ENTRIES_MAX) shown.push(`… ${list.length} in all`);
  return `[${shown.join(", ")}]`;
}

function showRecord(record: object, depth: number): string {
  const entries = Object.entries(record);
  const shown = entries.slice(0, ENTRIES_MAX)
    .map(([key, value]) => `${key}: ${showAt(value, depth + 1)}`);
  if (entries.length > ENTRIES_MAX) shown.push(`… ${entries.length} in all`);
  return shown.length === 0 ? "{}" : `{ ${shown.join(", ")} }`;
}

function showObject(value: object, depth: number): string {
  if (depth >= DEPTH_MAX) return "…";
  if (isList(value)) return showList(value, depth);
  return isPlain(value) ? showRecord(value, depth) : kindOf(value);
}

function showAt(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return value.length > STRING_MAX
        ? `${JSON.stringify(value.slice(0, STRING_MAX))}…`
        : JSON.stringify(value);
    case "bigint":
      return value > BIGINT_MAX || value < -BIGINT_MAX ? "a huge bigint" : `${value}n`;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "object":
      return value === null ? "null" : showObject(value, depth);
    case "function":
      return "a function";
    default:
      return String(value);
  }
}

/** Whether a value is an array, or a typed array of any class. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) ||
    (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** Whether a value is an object that is nothing but its own fields: no instance of a class. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || isList(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object literal of another realm has another Object.prototype, but that too ends the chain.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What an object that is no plain one is, such as `a Map`. */
export function kindOf(value: object): string {
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return tag === "Object" ? "an instance of a class" : `a ${tag}`;
}

/** A value in short. */
export function show(value: unknown): string {
  try {
    return showAt(value, 0);
  } catch {
    return "a value that cannot be read";
  }
}
