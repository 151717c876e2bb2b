/** JSON text of exact integers: bigints are written as they are. */

/** A value that can be written. Fields that are undefined are left out. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [field: string]: Json | undefined };

/** An object that can be written. */
export interface JsonObject {
  readonly [field: string]: Json | undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** A value on one line. */
export function line(value: Json): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(line).join(", ")}]`;
  const fields = Object.entries(value).flatMap(([name, field]) =>
    field === undefined ? [] : [`${JSON.stringify(name)}: ${line(field)}`]
  );
  return `{ ${fields.join(", ")} }`.replace(/^\{ {2}\}$/, "{}");
}

/** An object with each field on a line of its own. */
export function fieldByField(value: JsonObject): string {
  const fields = Object.entries(value).flatMap(([name, field]) =>
    field === undefined ? [] : [`  ${JSON.stringify(name)}: ${line(field)}`]
  );
  return `{\n${fields.join(",\n")}\n}\n`;
}

/** What stands at the head of a bundle. */
export interface Head {
  readonly family: string;
  readonly kind: string;
  readonly spec: readonly string[];
}

/** The version of the format. */
export const VERSION = 1;

/** A bundle: its head, then one case on each line. */
export function bundleText({ family, kind, spec }: Head, cases: readonly JsonObject[]): string {
  const head = Object.entries({ version: VERSION, family, kind, spec })
    .map(([name, field]) => `  ${JSON.stringify(name)}: ${line(field)},\n`);
  return `{\n${head.join("")}  "cases": [\n${
    cases.map((each) => `    ${line(each)}`).join(",\n")
  }\n  ]\n}\n`;
}

/** A file to be written. */
export interface VectorFile {
  /** Where it lies in the folder. */
  readonly path: string;
  readonly head: Head;
  /** How many cases it has. */
  readonly count: number;
  readonly text: string;
}

/** A bundle as a file. Two cases of one name are a mistake of the writer. */
export function bundle(path: string, head: Head, cases: readonly JsonObject[]): VectorFile {
  const names = new Set(cases.map(({ name }) => name));
  if (names.size !== cases.length) {
    const twice = cases.find(({ name }, i) => cases.findIndex((c) => c.name === name) !== i);
    throw new Error(`${path}: two cases are called ${twice?.name}`);
  }
  return { path, head, count: cases.length, text: bundleText(head, cases) };
}

/** Bytes as hexadecimal text. */
export function hex(bytes: readonly (number | bigint)[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes that are not 0, in runs: a run goes on over fewer than 8 zeros. */
export function runsOf(
  bytes: readonly (number | bigint)[],
  from = 0,
): { at: number; bytes: number[] }[] {
  const runs: { at: number; bytes: number[] }[] = [];
  for (const [index, byte] of bytes.entries()) {
    if (Number(byte) === 0) continue;
    const last = runs.at(-1);
    const at = from + index;
    const gap = last === undefined ? 8 : at - last.at - last.bytes.length;
    if (last === undefined || gap >= 8) runs.push({ at, bytes: [Number(byte)] });
    else last.bytes.push(...Array.from({ length: gap }, () => 0), Number(byte));
  }
  return runs;
}
