/** The official test vectors of the PVM, read with every number exact. */

/** A piece of memory. */
export interface Chunk {
  readonly address: number;
  readonly contents: readonly number[];
}

/** A page map entry. */
export interface Region {
  readonly address: number;
  readonly length: number;
  readonly isWritable: boolean;
}

/** A test vector. */
export interface Vector {
  readonly name: string;
  readonly program: readonly number[];
  readonly initial: {
    readonly registers: readonly bigint[];
    readonly pc: number;
    readonly gas: bigint;
    readonly regions: readonly Region[];
    readonly memory: readonly Chunk[];
  };
  readonly expected: {
    readonly status: string;
    readonly pc: bigint;
    readonly gas: bigint;
    readonly registers: readonly bigint[];
    /** All that is not zero. */
    readonly memory: readonly Chunk[];
    readonly faultAddress: bigint | undefined;
  };
}

/** Puts a mark before every number of a JSON text, so that it is read as a string and stays exact. */
function marked(text: string): string {
  return text.replace(
    /("(?:[^"\\]|\\.)*")|(-?\d+)/g,
    (_all, string: string | undefined, digits: string | undefined) => string ?? `"#${digits}"`,
  );
}

type Json = string | boolean | null | readonly Json[] | { readonly [key: string]: Json };

function malformed(field: string): never {
  throw new Error(`malformed vector: ${field}`);
}

function field(json: Json | undefined, name: string): Json {
  return typeof json === "object" && json !== null && !Array.isArray(json) && name in json
    ? (Object.entries(json).find(([key]) => key === name)?.[1] ?? malformed(name))
    : malformed(name);
}

function list(json: Json, name: string): readonly Json[] {
  const found = field(json, name);
  return Array.isArray(found) ? found : malformed(name);
}

function natural(json: Json | undefined): bigint {
  return typeof json === "string" && /^#\d+$/.test(json)
    ? BigInt(json.slice(1))
    : malformed("a number");
}

function word(json: Json): string {
  return typeof json === "string" && !json.startsWith("#") ? json : malformed("a string");
}

const number = (json: Json): number => Number(natural(json));

function chunks(json: Json, name: string): readonly Chunk[] {
  return list(json, name).map((chunk) => ({
    address: number(field(chunk, "address")),
    contents: list(chunk, "contents").map(number),
  }));
}

/** Reads the text of a vector. Throws an error for what is none. */
export function readVector(text: string): Vector {
  const json: Json = JSON.parse(marked(text));
  const hasFault = typeof json === "object" && json !== null &&
    "expected-page-fault-address" in json;
  return {
    name: word(field(json, "name")),
    program: list(json, "program").map(number),
    initial: {
      registers: list(json, "initial-regs").map(natural),
      pc: number(field(json, "initial-pc")),
      gas: natural(field(json, "initial-gas")),
      regions: list(json, "initial-page-map").map((region) => ({
        address: number(field(region, "address")),
        length: number(field(region, "length")),
        isWritable: field(region, "is-writable") === true,
      })),
      memory: chunks(json, "initial-memory"),
    },
    expected: {
      status: word(field(json, "expected-status")),
      pc: natural(field(json, "expected-pc")),
      gas: natural(field(json, "expected-gas")),
      registers: list(json, "expected-regs").map(natural),
      memory: chunks(json, "expected-memory"),
      faultAddress: hasFault ? natural(field(json, "expected-page-fault-address")) : undefined,
    },
  };
}
