/** The inputs of the fuzz task: a stream of hostile programs from a seed. */

import {
  encodeBlob,
  encodeJamFile,
  encodeNatural,
  encodeStandardProgram,
  OPCODES,
} from "../../src/pvm/mod.ts";

/** A generator of 32-bit numbers that its seed decides (splitmix, 32 bits). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** The next number, 0 to 2^32 - 1. */
  next(): number {
    this.#state = (this.#state + 0x9e37_79b9) | 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** The next number below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() / 2 ** 32 * limit);
  }

  /** So many bytes. */
  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at++) bytes[at] = this.next();
    return bytes;
  }

  /** One of some values. */
  pick<T>(values: readonly T[], otherwise: T): T {
    return values[this.below(values.length)] ?? otherwise;
  }
}

const NOTHING = new Uint8Array(0);
const NO_TABLE = { count: 0, width: 0, bytes: NOTHING } as const;
const LONG = 200;
/** How rare the largest sizes are, which take time to map. */
const LARGE_EVERY = 500;
const CODES: readonly number[] = OPCODES.map(({ code }) => code);

function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error("the fuzz task made something that cannot be encoded");
  return result.value;
}

function blobOf(bytes: Uint8Array, starts: Uint8Array): Uint8Array {
  return valueOf(encodeBlob({ bytes, starts, jumpTable: NO_TABLE }));
}

/** Code of random opcodes of the table, with random operands. */
function likelyCode(random: Random): Uint8Array {
  const bytes: number[] = [];
  const starts: number[] = [];
  for (let left = 1 + random.below(40); left > 0; left--) {
    const operands = random.bytes(random.below(8));
    bytes.push(random.pick(CODES, 0), ...operands);
    starts.push(1, ...operands.map(() => 0));
  }
  const entries = 2 * random.below(6);
  return valueOf(encodeBlob({
    bytes: Uint8Array.from(bytes),
    starts: Uint8Array.from(starts),
    jumpTable: {
      count: entries,
      width: 1,
      bytes: Uint8Array.from({ length: entries }, () => random.below(bytes.length + 1) & 0xff),
    },
  }));
}

/** One opcode again and again. */
function uniformCode(random: Random): Uint8Array {
  const length = 1 + random.below(LONG);
  const every = 1 + random.below(6);
  const byte = random.next() & 0xff;
  const bytes = Uint8Array.from(
    { length },
    (_, at) => at % every === 0 ? byte : random.next() & 0xff,
  );
  return blobOf(bytes, bytes.map((_, at) => at % every === 0 ? 1 : 0));
}

/** A header that claims more than there is. */
function hostileHeader(random: Random): Uint8Array {
  const claims = [2n ** 64n - 1n, 2n ** 32n, 2n ** 26n, 2n ** 22n, 2n ** 22n + 1n, 255n, 0n];
  const count = valueOf(encodeNatural(random.pick(claims, 0n)));
  const length = valueOf(encodeNatural(random.pick(claims, 0n)));
  return Uint8Array.of(
    ...count,
    random.pick([0, 1, 4, 8, 9, 255], 0),
    ...length,
    ...random.bytes(random.below(40)),
  );
}

/** A standard program around code, with sizes of its own. */
function standardProgram(random: Random, blob: Uint8Array): Uint8Array {
  const program = {
    readOnlyData: random.bytes(random.below(40)),
    readWriteData: random.bytes(random.below(40)),
    heapPages: random.below(LARGE_EVERY) === 0 ? 65_535 : random.below(3),
    stackBytes: random.below(LARGE_EVERY) === 0 ? 2 ** 24 - 1 : random.below(5000),
    blob,
  };
  return random.below(2) === 0
    ? valueOf(encodeStandardProgram(program))
    : valueOf(encodeJamFile(random.bytes(random.below(20)), program));
}

/** A few bits turned over, bytes left out at the end, or bytes put there. */
function damage(random: Random, bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  for (let times = random.below(4); times > 0 && copy.length > 0; times--) {
    const at = random.below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  }
  switch (random.below(4)) {
    case 0:
      return copy.slice(0, random.below(copy.length + 1));
    case 1:
      return Uint8Array.of(...copy, ...random.bytes(random.below(5)));
    default:
      return copy;
  }
}

/** The next input. */
export function nextInput(random: Random): Uint8Array {
  switch (random.below(8)) {
    case 0:
      return random.bytes(random.below(LONG));
    case 1:
      return hostileHeader(random);
    case 2:
      return uniformCode(random);
    case 3:
      return damage(random, likelyCode(random));
    case 4:
      return damage(random, standardProgram(random, likelyCode(random)));
    case 5:
      return standardProgram(random, random.bytes(random.below(60)));
    default:
      return likelyCode(random);
  }
}
