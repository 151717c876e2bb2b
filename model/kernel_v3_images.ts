/**
 * The rules that an image of version 3 has to keep, in their order.
 *
 * @module
 */

import { at, big } from "./kernel_shapes.ts";
import { partsOf, type Value } from "./kernel_ssz.ts";
import { opcodeOf } from "./pvm_opcodes.ts";

/** The first rule that an image breaks, with what the error tells. */
export type Broken =
  | {
    /** The rule, as the error names it. */
    readonly error: string;
    /** What the error tells of it. */
    readonly detail: readonly bigint[];
  }
  | undefined;

/** What there are rules for; slots and registers by their numbers. */
export interface Parts {
  /** The bytes of code. */
  readonly code: readonly bigint[];
  /** The bytes of the mask: a bit for each byte of code. */
  readonly mask: readonly bigint[];
  /** The endpoints. */
  readonly endpoints: readonly {
    /** Its number. */
    readonly index: bigint;
    /** The offset in the code where it enters. */
    readonly entry: bigint;
    /** The registers that it sets. */
    readonly registers: readonly bigint[];
  }[];
  /** The mappings. */
  readonly mappings: readonly {
    /** The first address. */
    readonly start: bigint;
    /** How many bytes. */
    readonly size: bigint;
    /** The steps to its source; none when it is ephemeral. */
    readonly path: readonly bigint[];
  }[];
  /** The slots of Gas. */
  readonly gas: readonly bigint[];
  /** The slots of Quota. */
  readonly quota: readonly bigint[];
  /** The slots that are pinned. */
  readonly pinned: readonly bigint[];
  /** The slot of the catcher; none without one. */
  readonly catcher: readonly bigint[];
  /** How many initial slots it names: version 3 has none. */
  readonly initial: number;
}

const PAGE = 4096n;
const END = 2n ** 32n;
const LONGEST = 25;

function breaks(error: string, ...detail: readonly bigint[]): Broken {
  return { error, detail };
}

/** Whether the mask has a bit for a place. */
function marked(mask: readonly bigint[], place: number): boolean {
  const byte = mask[Math.floor(place / 8)] ?? 0n;
  return (byte / 2n ** BigInt(place % 8)) % 2n === 1n;
}

function codeRule({ code, mask }: Parts): Broken {
  const length = code.length;
  if (length === 0) return breaks("malformed-code", 0n);
  const places = Array.from({ length: 8 * mask.length }, (_, place) => place);
  const behind = places.some((place) => place >= length && marked(mask, place));
  if (mask.length !== Math.ceil(length / 8) || behind) {
    return breaks("malformed-code", BigInt(length));
  }
  const starts = places.filter((place) => marked(mask, place));
  if (starts[0] !== 0) return breaks("malformed-code", 0n);
  const wrong = starts.find((start, i) => {
    const known = opcodeOf(code[start] ?? 0n, "javm") !== undefined;
    return !known || (starts[i + 1] ?? length) - start > LONGEST;
  });
  return wrong === undefined ? undefined : breaks("malformed-code", BigInt(wrong));
}

function endpointRule({ code, mask, endpoints }: Parts): Broken {
  for (const { index, entry, registers } of endpoints) {
    if (entry >= BigInt(code.length) || !marked(mask, Number(entry))) {
      return breaks("endpoint-not-an-instruction", index, entry);
    }
    const wrong = registers.find((register) => register > 12n);
    if (wrong !== undefined) return breaks("register-index-out-of-range", wrong);
  }
  return undefined;
}

/** The page behind the last one of a mapping. */
function pagesEnd({ start, size }: Parts["mappings"][number]): bigint {
  return (start + size + PAGE - 1n) / PAGE;
}

function mappingRule(mapping: Parts["mappings"][number], before: Parts["mappings"]): Broken {
  const which = BigInt(before.length);
  const { start, size, path } = mapping;
  if (start % PAGE > 0n) return breaks("unaligned-mapping", which);
  if (size === 0n) return breaks("empty-mapping", which);
  if (start + size > END) return breaks("mapping-overflow", which);
  const shared = before.some((other) =>
    start / PAGE < pagesEnd(other) && other.start / PAGE < pagesEnd(mapping)
  );
  if (shared) return breaks("mapping-overlap", which);
  const same = before.some((other) => `${other.path}` === `${path}`);
  if (path.length > 0 && same) return breaks("mapping-source-twice", which);
  if (path.length > 8) return breaks("source-path-too-deep", BigInt(path.length));
  const step = path.findIndex((slot, i) => slot >= (i === 0 ? 256n : 65_536n));
  return step < 0
    ? undefined
    : breaks("slot-out-of-range", path[step] ?? 0n, step === 0 ? 8n : 16n);
}

function slotRule({ gas, quota, pinned, catcher }: Parts): Broken {
  const beyond = [...gas, ...quota, ...pinned, ...catcher].find((slot) => slot >= 256n);
  if (beyond !== undefined) return breaks("slot-out-of-range", beyond, 8n);
  return pinned.includes(0n) ? breaks("slot-reserved", 0n) : undefined;
}

/** The first rule that an image breaks; nothing when it keeps all. */
export function brokenRule(parts: Parts): Broken {
  const { mappings } = parts;
  return codeRule(parts) ?? endpointRule(parts) ??
    mappings.reduce<Broken>(
      (broken, mapping, i) => broken ?? mappingRule(mapping, mappings.slice(0, i)),
      undefined,
    ) ??
    slotRule(parts) ??
    (parts.initial > 0 ? breaks("initial-slots-unsupported") : undefined);
}

const numbers = (value: Value): readonly bigint[] => partsOf(value).map((part) => big(part));

/** The parts of an image of version 3 in the form in which it is encoded. */
export function partsOfImage(image: Value): Parts {
  return {
    code: numbers(at(image, 0)),
    mask: numbers(at(image, 1)),
    endpoints: partsOf(at(image, 3)).map((endpoint) => ({
      index: big(at(endpoint, 0)),
      entry: big(at(endpoint, 1)),
      registers: [],
    })),
    mappings: partsOf(at(image, 4)).map((mapping) => ({
      start: big(at(mapping, 0)),
      size: big(at(mapping, 1)),
      path: numbers(at(mapping, 2)).slice(0, Number(big(at(mapping, 3)))),
    })),
    gas: numbers(at(image, 5)),
    quota: numbers(at(image, 6)),
    pinned: partsOf(at(image, 7)).map((entry) => big(at(entry, 0))),
    catcher: numbers(at(image, 8)).slice(1),
    initial: 0,
  };
}
