/**
 * The inner loop of the interpreter: runs records until something stops it.
 *
 * The case labels are opcode numbers, written out because an engine makes a jump table of literals
 * alone; the comments name them, and `lowering.ts` says which opcodes each of them does. A typed
 * array gives `undefined` outside of its bounds, which cannot happen here: `?? 0` says so to the
 * compiler, and costs nothing. `| 0` behind the sum of an index spares a check that it did not
 * overflow, which is an eighth of the time.
 *
 * @module
 */

import { wide } from "../int/mod.ts";
import type { UnboxedMemory } from "../paged/mod.ts";
import { arithmetic } from "./arithmetic.ts";
import type { Layout } from "./layout.ts";
import { RECORD } from "./record.ts";

// Bound here once: an engine reads an imported binding anew at each use, which was measured slower.
const { add, extend16S, extend32S, extend8S, ltS, ltU, mul, shl, shrS, shrU, sub } = wide;

/** Why the loop stopped. */
export const OUT_OF_FUEL = -1;
/** The opcodes 0, 3, 10 and 101 stop the loop by their own number. */
export const TRAP = 0;
export const ECALL = 3;
export const ECALLI = 10;
export const SBRK = 101;
/** A jump that may not be taken: static, and dynamic. */
export const BAD_TARGET = 40;
export const BAD_ADDRESS = 50;
/** A load or a store that failed. */
export const BAD_ACCESS = 120;
/** A record that only stops. */
export const STOP = 231;

/** Where the loop stopped, and with what. */
export interface Stop {
  /** The place of the record that it stopped at: it did not happen, unless it is a jump. */
  record: number;
  /** What is left of the fuel. */
  fuel: number;
  /** The status of the access that failed, or the address of the jump that did. */
  detail: number;
}

/**
 * Runs records, from `start` on, until something stops it.
 *
 * A block is paid for when it is entered; the first one costs `entryCost`.
 *
 * @param fuel What may be spent on blocks, up to 2^31 - 1.
 */
export function execute(
  layout: Layout,
  memory: UnboxedMemory,
  start: number,
  entryCost: number,
  fuel: number,
  stop: Stop,
): number {
  const w = layout.words;
  const table = layout.table;
  let i = start;
  let left = fuel | 0;
  let detail = 0;
  let reason = OUT_OF_FUEL;
  enter: for (let cost = entryCost | 0; cost <= left; cost = w[(i + 7) | 0] ?? 0) {
    left = (left - cost) | 0;
    for (;; i = (i + RECORD) | 0) {
      const d = w[(i + 1) | 0] ?? 0;
      const a = w[(i + 2) | 0] ?? 0;
      const b = w[(i + 3) | 0] ?? 0;
      taken: {
        failed: {
          switch (w[i]) {
            case 0: // trap
              reason = TRAP;
              break enter;
            case 1: // fallthrough
            case 2: // unlikely
              i = (i + RECORD) | 0;
              continue enter;
            case 3: // ecall
              reason = ECALL;
              break enter;
            case 10: // ecalli
              reason = ECALLI;
              break enter;
            case 40: // jump
              break taken;
            case 50: { // jump_ind
              detail = ((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0;
              const target = landing(table, detail);
              if (target === 0) {
                reason = BAD_ADDRESS;
                break enter;
              }
              i = target;
              continue enter;
            }
            case 80: // load_imm_jump
              put(w, d, w[a] ?? 0, w[(a + 1) | 0] ?? 0);
              break taken;
            case 100: // move_reg, load_imm, load_imm_64
              put(w, d, w[a] ?? 0, w[(a + 1) | 0] ?? 0);
              break;
            case 101: // sbrk
              reason = SBRK;
              break enter;
            case 120: // store_u8
              detail = memory.storeU8(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w[b] ?? 0);
              if (detail !== 0) break failed;
              break;
            case 121: // store_u16
              detail = memory.storeU16(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w[b] ?? 0);
              if (detail !== 0) break failed;
              break;
            case 122: // store_u32
              detail = memory.storeU32(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w[b] ?? 0);
              if (detail !== 0) break failed;
              break;
            case 123: // store_u64
              detail = memory.storeU64(
                ((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0,
                w[b] ?? 0,
                w[(b + 1) | 0] ?? 0,
              );
              if (detail !== 0) break failed;
              break;
            case 124: // load_u8
              detail = memory.loadU8(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w, d);
              if (detail !== 0) break failed;
              break;
            case 125: // load_i8
              detail = memory.loadU8(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w, d);
              if (detail !== 0) break failed;
              extend8S(w[d] ?? 0, w, d);
              break;
            case 126: // load_u16
              detail = memory.loadU16(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w, d);
              if (detail !== 0) break failed;
              break;
            case 127: // load_i16
              detail = memory.loadU16(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w, d);
              if (detail !== 0) break failed;
              extend16S(w[d] ?? 0, w, d);
              break;
            case 128: // load_u32
              detail = memory.loadU32(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w, d);
              if (detail !== 0) break failed;
              break;
            case 129: // load_i32
              detail = memory.loadU32(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w, d);
              if (detail !== 0) break failed;
              w[(d + 1) | 0] = (w[d] ?? 0) >> 31;
              break;
            case 130: // load_u64
              detail = memory.loadU64(((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0, w, d);
              if (detail !== 0) break failed;
              break;
            case 170: // branch_eq
              if (w[a] === w[b] && w[(a + 1) | 0] === w[(b + 1) | 0]) break taken;
              i = (i + RECORD) | 0;
              continue enter;
            case 171: // branch_ne
              if (w[a] !== w[b] || w[(a + 1) | 0] !== w[(b + 1) | 0]) break taken;
              i = (i + RECORD) | 0;
              continue enter;
            case 172: // branch_lt_u
              if (ltU(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w[(b + 1) | 0] ?? 0)) break taken;
              i = (i + RECORD) | 0;
              continue enter;
            case 173: // branch_lt_s
              if (ltS(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w[(b + 1) | 0] ?? 0)) break taken;
              i = (i + RECORD) | 0;
              continue enter;
            case 174: // branch_ge_u
              if (!ltU(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w[(b + 1) | 0] ?? 0)) break taken;
              i = (i + RECORD) | 0;
              continue enter;
            case 175: // branch_ge_s
              if (!ltS(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w[(b + 1) | 0] ?? 0)) break taken;
              i = (i + RECORD) | 0;
              continue enter;
            case 180: { // load_imm_jump_ind
              detail = ((w[a] ?? 0) + (w[(i + 6) | 0] ?? 0)) >>> 0;
              put(w, d, w[b] ?? 0, w[(b + 1) | 0] ?? 0);
              const target = landing(table, detail);
              if (target === 0) {
                reason = BAD_ADDRESS;
                break enter;
              }
              i = target;
              continue enter;
            }
            case 190: // add_32
              extend32S(((w[a] ?? 0) + (w[b] ?? 0)) | 0, w, d);
              break;
            case 191: // sub_32
              extend32S(((w[a] ?? 0) - (w[b] ?? 0)) | 0, w, d);
              break;
            case 192: // mul_32
              extend32S(Math.imul(w[a] ?? 0, w[b] ?? 0), w, d);
              break;
            case 197: // shlo_l_32
              extend32S((w[a] ?? 0) << (w[b] ?? 0), w, d);
              break;
            case 198: // shlo_r_32
              extend32S(((w[a] ?? 0) >>> (w[b] ?? 0)) | 0, w, d);
              break;
            case 199: // shar_r_32
              extend32S((w[a] ?? 0) >> (w[b] ?? 0), w, d);
              break;
            case 200: // add_64
              add(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w[(b + 1) | 0] ?? 0, w, d);
              break;
            case 201: // sub_64
              sub(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w[(b + 1) | 0] ?? 0, w, d);
              break;
            case 202: // mul_64
              mul(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w[(b + 1) | 0] ?? 0, w, d);
              break;
            case 207: // shlo_l_64
              shl(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w, d);
              break;
            case 208: // shlo_r_64
              shrU(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w, d);
              break;
            case 209: // shar_r_64
              shrS(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w, d);
              break;
            case 210: // and
              put(w, d, (w[a] ?? 0) & (w[b] ?? 0), (w[(a + 1) | 0] ?? 0) & (w[(b + 1) | 0] ?? 0));
              break;
            case 211: // xor
              put(w, d, (w[a] ?? 0) ^ (w[b] ?? 0), (w[(a + 1) | 0] ?? 0) ^ (w[(b + 1) | 0] ?? 0));
              break;
            case 212: // or
              put(w, d, (w[a] ?? 0) | (w[b] ?? 0), (w[(a + 1) | 0] ?? 0) | (w[(b + 1) | 0] ?? 0));
              break;
            case 216: // set_lt_u
              w[d] = Number(ltU(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w[(b + 1) | 0] ?? 0));
              w[(d + 1) | 0] = 0;
              break;
            case 217: // set_lt_s
              w[d] = Number(ltS(w[a] ?? 0, w[(a + 1) | 0] ?? 0, w[b] ?? 0, w[(b + 1) | 0] ?? 0));
              w[(d + 1) | 0] = 0;
              break;
            case 218: // cmov_iz
              if (((w[b] ?? 0) | (w[(b + 1) | 0] ?? 0)) === 0) {
                put(w, d, w[a] ?? 0, w[(a + 1) | 0] ?? 0);
              }
              break;
            case 219: // cmov_nz
              if (((w[b] ?? 0) | (w[(b + 1) | 0] ?? 0)) !== 0) {
                put(w, d, w[a] ?? 0, w[(a + 1) | 0] ?? 0);
              }
              break;
            case 231: // no opcode: a place where the loop has to stop
              reason = STOP;
              break enter;
            default:
              arithmetic(w, w[i] ?? 0, d, a, b);
          }
          continue;
        }
        reason = BAD_ACCESS;
        break enter;
      }
      const target = w[(i + 6) | 0] ?? 0;
      if (target === 0) {
        reason = BAD_TARGET;
        break enter;
      }
      i = target;
      continue enter;
    }
  }
  stop.record = i;
  stop.fuel = left;
  stop.detail = detail;
  return reason;
}

/** Writes both halves of a value. */
function put(words: Int32Array, d: number, low: number, high: number): void {
  words[d] = low;
  words[(d + 1) | 0] = high;
}

/** The place of the record that a dynamic jump to `address` leads to; 0 when there is none. */
function landing(table: Int32Array, address: number): number {
  const index = (address >>> 1) - 1;
  return (address & 1) === 0 && index >= 0 && index < table.length ? table[index] ?? 0 : 0;
}
