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

/** A number that tells most programs apart (FNV-1a). */
function digestOf({ code, gasModel, dialect, memoryCycles }: Prepared): number {
  let digest = 0x811c9dc5 ^ memoryCycles;
  const mix = (value: number) => {
    digest = Math.imul(digest ^ value, 0x01000193);
  };
  for (const text of [gasModel, dialect.name]) mix(text.length);
  for (const bytes of [code.bytes, code.starts, code.jumpTable.bytes]) {
    mix(bytes.length);
    for (let at = 0; at < bytes.length; at++) mix(bytes[at] ?? 0);
  }
  return digest;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
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

/** Compiled programs, the one that was used last at the end. */
export class CompileCache {
  readonly #bytesMax: number;
  readonly #programsMax: number;
  readonly #known = new WeakMap<Prepared, Compiled>();
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
    if (known !== undefined) return known;
    const digest = digestOf(prepared);
    const candidate = this.#byDigest.get(digest);
    const found = candidate !== undefined && same(candidate.prepared, prepared)
      ? candidate
      : new Compiled(prepared, (bytes) => this.#grew(digest, prepared, bytes));
    this.#known.set(prepared, found);
    if (candidate !== undefined) this.#forget(digest, candidate);
    this.#byDigest.set(digest, found);
    this.#weight += weightOf(found);
    this.#shrink();
    return found;
  }

  /** Notes that the modules of a program became more. */
  #grew(digest: number, prepared: Prepared, bytes: number): void {
    if (this.#byDigest.get(digest)?.prepared !== prepared) return; // it is forgotten
    this.#weight += BYTES_PER_BYTE * bytes;
    this.#shrink();
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
