/**
 * Compiled programs by what they are made of, so that a program that is loaded again is not compiled again.
 *
 * @module
 */

import type { Prepared } from "../mod.ts";
import { Compiled } from "./compiled.ts";

/** The most bytes that the cache holds in programs and modules, unless told otherwise. */
const BYTES_MAX = 64 * 1024 * 1024;
/** The most programs that it holds. */
const PROGRAMS_MAX = 2_048;
/** What a program takes besides its modules, for each word of its records. */
const BYTES_PER_WORD = 6;
/** What an engine takes for each byte of a module: its code is longer. */
const BYTES_PER_BYTE = 4;

/** The bytes of a program, which begin their buffer, as words as far as they are whole: less work. */
function wordsOf({ buffer, length }: Uint8Array): Int32Array {
  return new Int32Array(buffer, 0, length >> 2);
}

/** A number that tells most programs apart (FNV-1a). */
function digestOf({ code, gasModel, dialect, memoryCycles }: Prepared): number {
  let digest = 0x811c9dc5 ^ memoryCycles;
  const mix = (value: number) => {
    digest = Math.imul(digest ^ value, 0x01000193);
  };
  for (const text of [gasModel, dialect.name]) mix(text.length);
  for (const bytes of [code.bytes, code.starts, code.jumpTable.bytes]) {
    mix(bytes.length);
    const whole = wordsOf(bytes);
    for (let at = 0; at < whole.length; at++) mix(whole[at] ?? 0);
    for (let at = 4 * whole.length; at < bytes.length; at++) mix(bytes[at] ?? 0);
    mix(digest >>> 15); // what a product carries up comes down again
  }
  return digest;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at === a.length && at === b.length;
}

/** Whether two programs are the same in everything that their code depends on. */
function same(a: Prepared, b: Prepared): boolean {
  const [table, other] = [a.code.jumpTable, b.code.jumpTable];
  return a.dialect === b.dialect && a.gasModel === b.gasModel &&
    a.memoryCycles === b.memoryCycles && table.count === other.count &&
    table.width === other.width && sameBytes(a.code.bytes, b.code.bytes) &&
    sameBytes(a.code.starts, b.code.starts) && sameBytes(table.bytes, other.bytes);
}

/** What a compiled program takes. */
function weightOf({ bytes, prepared }: Compiled): number {
  return BYTES_PER_BYTE * bytes + BYTES_PER_WORD * prepared.layout.words.length;
}

/** Where a program is held, and as what. */
interface Known {
  readonly digest: number;
  readonly compiled: Compiled;
}

/** Compiled programs, the one that was used last at the end. */
export class CompileCache {
  readonly #bytesMax: number;
  readonly #programsMax: number;
  readonly #known = new WeakMap<Prepared, Known>();
  readonly #byDigest = new Map<number, Compiled>();

  /** What they take together. */
  #weight = 0;

  constructor(bytesMax: number = BYTES_MAX, programsMax: number = PROGRAMS_MAX) {
    this.#bytesMax = bytesMax;
    this.#programsMax = programsMax;
  }

  /** The compiled form of a program. */
  get(prepared: Prepared): Compiled {
    const known = this.#known.get(prepared);
    const digest = known?.digest ?? digestOf(prepared);
    const candidate = this.#byDigest.get(digest);
    const shared = candidate !== undefined && same(candidate.prepared, prepared)
      ? candidate
      : undefined;
    const compiled = known?.compiled ?? shared ?? this.#made(prepared, digest);
    if (known === undefined) this.#known.set(prepared, { digest, compiled });
    if (candidate !== undefined) this.#forget(digest, candidate);
    this.#byDigest.set(digest, compiled);
    this.#weight += weightOf(compiled);
    this.#shrink();
    return compiled;
  }

  #made(prepared: Prepared, digest: number): Compiled {
    const compiled: Compiled = new Compiled(prepared, (bytes) => {
      if (this.#byDigest.get(digest) !== compiled) return; // it is forgotten
      this.#weight += BYTES_PER_BYTE * bytes;
      this.#shrink();
    });
    return compiled;
  }

  #forget(digest: number, compiled: Compiled): void {
    this.#weight -= weightOf(compiled);
    this.#byDigest.delete(digest);
  }

  /** Forgets the programs that were used longest ago, until the others take no more than they may. */
  #shrink(): void {
    for (const [digest, compiled] of this.#byDigest) {
      const isFull = this.#weight > this.#bytesMax || this.#byDigest.size > this.#programsMax;
      if (!isFull) return;
      this.#forget(digest, compiled);
    }
  }
}
