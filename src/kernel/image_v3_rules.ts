/**
 * What an image of version 3 has to keep: the rules, in the order in which they are looked at.
 *
 * @module
 */

import { asU32, asU8, asUsize } from "../int/mod.ts";
import type { U32, U64, U8 } from "../int/mod.ts";
import { OPCODES } from "../pvm/mod.ts";
import { rawBytes } from "./byte_string.ts";
import type { ByteString } from "./byte_string.ts";
import { PAGE_SIZE } from "./data_cap.ts";
import type { ImageV3Error } from "./errors.ts";
import { CNODE_SIZE_LOG_MAX, isInside, MAX_SOURCE_DEPTH } from "./slot.ts";
import type { SlotIdx } from "./slot.ts";

/** The `sizeLog` of a root cnode. */
export const ROOT_SIZE_LOG: U8 = asU8(8);

/** How many registers there are. */
const REGISTERS = 13;
/** An instruction has at most this many bytes. */
const INSTRUCTION_BYTES_MAX = 25;
const CODE_BYTES_MAX = 2 ** 26;
const TABLE_ENTRIES_MAX = 2 ** 22;
const MEMORY_END = 2n ** 32n;

const JAVM_OPCODES: ReadonlySet<number> = new Set(
  OPCODES.filter(({ dialects }) => dialects.includes("javm")).map(({ code }) => code),
);

/** The parts of an image that there are rules for. */
export interface ImageParts {
  readonly code: ByteString;
  readonly bitmask: ByteString;
  readonly jumpTable: readonly U32[];
  readonly endpoints: readonly {
    readonly index: U8;
    readonly entryPc: U64;
    readonly registers: readonly U8[];
  }[];
  readonly mappings: readonly {
    readonly start: U64;
    readonly size: U64;
    readonly path: readonly SlotIdx[];
  }[];
  readonly gasSlots: readonly SlotIdx[];
  readonly quotaSlots: readonly SlotIdx[];
  readonly pinnedSlots: readonly SlotIdx[];
  readonly yieldMarkerSlot: SlotIdx | undefined;
  readonly initialSlots: number;
}

function isStart(mask: Uint8Array, offset: number): boolean {
  return ((mask[offset >> 3] ?? 0) >> (offset & 7) & 1) === 1;
}

/** Where the mask and the instructions of code are wrong; nothing when they are not. */
function codeProblem({ code, bitmask, jumpTable }: ImageParts): number | undefined {
  const bytes = rawBytes(code);
  const mask = rawBytes(bitmask);
  const { length } = bytes;
  if (length > CODE_BYTES_MAX || jumpTable.length > TABLE_ENTRIES_MAX) return 0;
  if (mask.length !== Math.ceil(length / 8)) return length;
  if (length % 8 !== 0 && (mask[mask.length - 1] ?? 0) >> (length % 8) !== 0) return length;
  if (!isStart(mask, 0)) return 0; // nor is there any in no code
  let start = 0;
  while (start < length) {
    if (!JAVM_OPCODES.has(bytes[start] ?? 0)) return start;
    let next = start + 1;
    while (next < length && !isStart(mask, next)) next++;
    if (next - start > INSTRUCTION_BYTES_MAX) return start;
    start = next;
  }
  return undefined;
}

function endpointsProblem({ bitmask, code, endpoints }: ImageParts): ImageV3Error | undefined {
  for (const { index, entryPc, registers } of endpoints) {
    if (entryPc >= BigInt(code.length) || !isStart(rawBytes(bitmask), Number(entryPc))) {
      return { kind: "endpoint-not-an-instruction", index, entryPc };
    }
    const wrong = registers.find((register) => register >= REGISTERS);
    if (wrong !== undefined) return { kind: "register-index-out-of-range", index: wrong };
  }
  return undefined;
}

/** The path's first step that no cnode has; the first step lies in the root cnode. */
function pathProblem(path: readonly SlotIdx[]): ImageV3Error | undefined {
  if (path.length > MAX_SOURCE_DEPTH) {
    return { kind: "source-path-too-deep", steps: asUsize(path.length) };
  }
  for (const [index, slot] of path.entries()) {
    const sizeLog = index === 0 ? ROOT_SIZE_LOG : asU8(CNODE_SIZE_LOG_MAX);
    if (!isInside(slot, sizeLog)) return { kind: "slot-out-of-range", slot, sizeLog };
  }
  return undefined;
}

function mappingsProblem({ mappings }: ImageParts): ImageV3Error | undefined {
  const page = BigInt(PAGE_SIZE);
  const taken = new Uint8Array(mappings.length === 0 ? 0 : Number(MEMORY_END / page));
  const sources = new Set<string>();
  for (const [index, { start, size, path }] of mappings.entries()) {
    const mapping = asUsize(index);
    if (start % page !== 0n) return { kind: "unaligned-mapping", mapping };
    if (size === 0n) return { kind: "empty-mapping", mapping };
    if (start + size > MEMORY_END) return { kind: "mapping-overflow", mapping };
    const pages = taken.subarray(Number(start / page), Number((start + size + page - 1n) / page));
    if (pages.includes(1)) return { kind: "mapping-overlap", mapping };
    pages.fill(1);
    const source = path.join();
    if (path.length > 0 && sources.has(source)) return { kind: "mapping-source-twice", mapping };
    sources.add(source);
    const problem = pathProblem(path);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function slotsProblem(parts: ImageParts): ImageV3Error | undefined {
  const { gasSlots, quotaSlots, pinnedSlots, yieldMarkerSlot } = parts;
  const catcher = yieldMarkerSlot === undefined ? [] : [yieldMarkerSlot];
  for (const slots of [gasSlots, quotaSlots, pinnedSlots, catcher]) {
    const slot = slots.find((candidate) => !isInside(candidate, ROOT_SIZE_LOG));
    if (slot !== undefined) return { kind: "slot-out-of-range", slot, sizeLog: ROOT_SIZE_LOG };
  }
  return pinnedSlots.some((slot) => slot === 0)
    ? { kind: "slot-reserved", slot: asU32(0) }
    : undefined;
}

/** The first rule that an image breaks; nothing when it keeps all. */
export function imageV3Problem(parts: ImageParts): ImageV3Error | undefined {
  const offset = codeProblem(parts);
  if (offset !== undefined) return { kind: "malformed-code", offset: asUsize(offset) };
  const problem = endpointsProblem(parts) ?? mappingsProblem(parts) ?? slotsProblem(parts);
  if (problem !== undefined) return problem;
  return parts.initialSlots > 0 ? { kind: "initial-slots-unsupported" } : undefined;
}
