/**
 * Programs that were made ready to run, by the hash of their image.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import { copyBytes } from "../bytes.ts";
import { asUsize, Usize } from "../int/mod.ts";
import { JAVM, Program } from "../pvm/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { TooLarge } from "./errors.ts";
import { isCapHash } from "./hash.ts";
import type { CapHash } from "./hash.ts";
import { checked, orElse, parseHash, parseList, parseRecord, parseU32 } from "./parse.ts";
import type { InvalidBytecode } from "./vm_error.ts";

/** How many bytes an image cache takes, unless told: 256 MiB. */
export const IMAGE_CACHE_BYTES: number = 2 ** 28;

/** What a program takes in memory, about: this, and so much for each byte of code. */
const BYTES_PER_PROGRAM = 1024;
const BYTES_PER_CODE_BYTE = 48;

/** The most entries of a jump table, and their width in bytes. */
const TABLE_ENTRIES_MAX = 2 ** 22;
const ENTRY_BYTES = 4;

const parseUsize = checked<Usize>("0 to 2^53 - 1", Usize.is);
const parseLimit = parseRecord<{ limitBytes: number }>({
  limitBytes: orElse(parseUsize, IMAGE_CACHE_BYTES),
});
const parseTable = parseList(parseU32, TABLE_ENTRIES_MAX);

interface Kept {
  readonly program: Program;
  readonly bytes: number;
}

function invalid(text: string): Result<never, InvalidBytecode> {
  return err({ kind: "invalid-bytecode", text });
}

/** The program of code whose mask has a byte for each byte of code. */
function decode(
  code: Uint8Array<ArrayBuffer>,
  mask: Uint8Array<ArrayBuffer>,
  jumpTable: readonly number[],
): Result<Program, InvalidBytecode> {
  if (mask.length !== code.length) {
    return invalid(`a mask of ${mask.length} bytes for code of ${code.length}`);
  }
  const bytes = new Uint8Array(ENTRY_BYTES * jumpTable.length);
  const view = new DataView(bytes.buffer);
  for (const [index, entry] of jumpTable.entries()) {
    view.setUint32(ENTRY_BYTES * index, entry, true);
  }
  const table = { count: jumpTable.length, width: ENTRY_BYTES, bytes };
  const program = Program.create({ bytes: code, starts: mask, jumpTable: table }, {
    dialect: JAVM,
  });
  return program.ok ? program : invalid(`not ${program.error.expected}`);
}

const dialectOf = Object.getOwnPropertyDescriptor(Program.prototype, "dialect")?.get;

/** Whether any value at all is a program of the JAVM: its dialect is read past all that is laid over. */
function isProgram(value: unknown): value is Program {
  try {
    return dialectOf !== undefined && Reflect.apply(dialectOf, value, []) === JAVM;
  } catch {
    return false;
  }
}

/** Programs by the hash of their image. Those that were not used for longest go first. */
export class ImageCache {
  readonly #kept: Map<CapHash, Kept> = new Map();
  readonly #limitBytes: number;
  readonly #size = { bytes: 0 };

  private constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
    Object.freeze(this);
  }

  /**
   * An empty cache.
   *
   * @param options `limitBytes`: how many bytes the programs may take together, about; 0 to
   *   2^53 - 1, 256 MiB unless told.
   * @returns The cache. Errors: `invalid-argument`.
   *
   * @example The second time nothing is decoded
   * ```ts
   * import { ImageCache } from "@ringfence/core/kernel";
   * import { assert } from "@std/assert";
   *
   * const cache = ImageCache.create();
   * if (cache.ok) {
   *   const hash = "11".repeat(32);
   *   const trap = Uint8Array.of(0);
   *   assert(cache.value.getOrDecode(hash, trap, Uint8Array.of(1), []).ok);
   *   assert(cache.value.get(hash) !== undefined);
   * }
   * ```
   */
  static create(
    options: { readonly limitBytes?: number } = {},
  ): Result<ImageCache, InvalidArgument> {
    const settings = parseLimit(options, "options");
    return settings.ok ? ok(new ImageCache(settings.value.limitBytes)) : settings;
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is ImageCache {
    return typeof value === "object" && value !== null && #kept in value;
  }

  /** How many programs it holds. */
  get length(): Usize {
    return asUsize(this.#kept.size);
  }

  /** Whether it holds none. */
  get isEmpty(): boolean {
    return this.#kept.size === 0;
  }

  /**
   * The program of an image.
   *
   * @param hash The hash of the image; nothing when it is not held, or for any other value.
   */
  get(hash: CapHash): Program | undefined {
    const kept = this.#kept.get(hash);
    if (kept === undefined) return undefined;
    this.#kept.delete(hash);
    this.#kept.set(hash, kept); // behind the others: it goes last
    return kept.program;
  }

  /**
   * Keeps a program, in the place of one of that hash if there is one.
   *
   * @param hash The hash of its image.
   * @param program The program, ready for the JAVM.
   * @param codeBytes How long its code is, which tells what it takes: 0 to 2^53 - 1.
   * @returns Nothing. Errors: `too-large` when it alone takes more than the cache may;
   *   `invalid-argument`.
   */
  insert(
    hash: CapHash,
    program: Program,
    codeBytes: number = 0,
  ): Result<undefined, InvalidArgument | TooLarge> {
    const name = parseHash(hash, "hash");
    if (!name.ok) return name;
    if (!isProgram(program)) return invalidArgument("program", "a Program of the JAVM", program);
    const length = parseUsize(codeBytes, "codeBytes");
    if (!length.ok) return length;
    const bytes = BYTES_PER_PROGRAM + BYTES_PER_CODE_BYTE * length.value;
    if (bytes > this.#limitBytes) {
      return err({
        kind: "too-large",
        bytes: asUsize(bytes),
        limitBytes: asUsize(this.#limitBytes),
      });
    }
    this.#forget(name.value);
    this.#kept.set(name.value, { program, bytes });
    this.#size.bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#size.bytes <= this.#limitBytes) break;
      this.#forget(oldest);
    }
    return ok(undefined);
  }

  #forget(hash: CapHash): void {
    this.#size.bytes -= this.#kept.get(hash)?.bytes ?? 0;
    this.#kept.delete(hash);
  }

  /** Forgets every program. */
  clear(): void {
    this.#kept.clear();
    this.#size.bytes = 0;
  }

  /**
   * The program of an image, made ready when it is not held. When it is, the other arguments are not
   * looked at.
   *
   * @param hash The hash of the image.
   * @param code The code.
   * @param bitmask For each byte of code one byte: not 0 where an instruction starts.
   * @param jumpTable The targets of dynamic jumps.
   * @returns The program; it is kept unless it alone takes more than the cache may. Errors:
   *   `invalid-bytecode` when the mask has another length than the code, or either is too long;
   *   `invalid-argument`.
   */
  getOrDecode(
    hash: CapHash,
    code: Uint8Array,
    bitmask: Uint8Array,
    jumpTable: readonly number[],
  ): Result<Program, InvalidBytecode | InvalidArgument> {
    if (!isCapHash(hash)) return invalidArgument("hash", "64 lowercase hex digits", hash);
    const known = this.get(hash);
    if (known !== undefined) return ok(known);
    const bytes = copyBytes(code);
    if (bytes === undefined) return invalidArgument("code", "a Uint8Array", code);
    const mask = copyBytes(bitmask);
    if (mask === undefined) return invalidArgument("bitmask", "a Uint8Array", bitmask);
    const table = parseTable(jumpTable, "jumpTable");
    if (!table.ok) return table;
    const program = decode(bytes, mask, table.value);
    if (!program.ok) return program;
    this.insert(hash, program.value, bytes.length);
    return program;
  }
}
