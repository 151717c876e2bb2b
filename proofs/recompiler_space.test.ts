/** Memories that share their bytes with generated code: the same to everybody else. */

import * as paged from "../src/paged/mod.ts";
import type { SparseMemory } from "../src/paged/mod.ts";
import { agrees, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import fc from "fast-check";
import { sourceMutants } from "./_kit/mutants.ts";
import { value } from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

type Face = typeof paged;
const mutant = sourceMutants<Face>("src/paged/mod.ts");
const POOL = "src/paged/shared_pool.ts";
const MOVE = "src/paged/shared_move.ts";
const STORE = "src/paged/sparse_store.ts";

/** Something that a host does to a memory. */
interface Change {
  readonly kind: "map" | "reset" | "protect" | "sbrk" | "write" | "store" | "clear" | "share";
  readonly page: number;
  readonly pages: number;
  readonly access: "read-only" | "read-write";
  readonly unmaps: boolean;
  readonly byte: number;
}

const CHANGE: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom(
    ...["map", "map", "reset", "protect", "sbrk", "write", "store", "share", "share"] as const,
    ...["map", "reset", "protect", "sbrk", "write", "store", "share", "clear"] as const,
  ),
  page: fc.integer({ min: 0, max: 9 }),
  pages: fc.integer({ min: 1, max: 4 }),
  access: fc.constantFrom("read-only", "read-write"),
  unmaps: fc.boolean(),
  byte: fc.nat(255),
});

function apply(memory: SparseMemory, change: Change, pageSize: number): unknown {
  const { kind, page, pages, access, unmaps, byte } = change;
  const [start, size] = [page * pageSize, pages * pageSize];
  switch (kind) {
    case "map":
      return memory.mapRegion(start, size, access, Uint8Array.of(byte, 1, 2));
    case "reset":
      return memory.resetRegion(start, size, unmaps ? "none" : access);
    case "protect":
      return memory.protectRegion(start, size, access);
    case "sbrk":
      return memory.sbrk(size - byte % 3);
    case "write":
      return memory.write(start + byte % pageSize, new Uint8Array(pages).fill(byte));
    case "store":
      return memory.storeU64(start + byte % pageSize, byte, ~byte);
    default:
      return memory.clear();
  }
}

function fresh(face: Face, pageSize: number): SparseMemory {
  const memory = value(face.SparseMemory.create({ pageSize, limitBytes: 10 * pageSize }));
  value(memory.mapRegion(3 * pageSize, 2 * pageSize, "read-write", Uint8Array.of(9, 8, 7)));
  value(memory.setHeap(3 * pageSize, 5 * pageSize, 6));
  return memory;
}

/** A number that tells nearly all pages apart. */
function fold(bytes: Uint8Array): number {
  let folded = 0;
  for (const byte of bytes) folded = (Math.imul(folded, 31) + byte) | 0;
  return folded;
}

const seen = (memory: SparseMemory) => [
  memory.mappedBytes,
  memory.heapTop,
  memory.regions(),
  [...memory.pages()].map(({ address, access, bytes }) => `${address} ${access} ${fold(bytes)}`),
];

/** What generated code would find at an address by the page words, or that it finds nothing. */
function byWord(face: Face, space: paged.GuestSpace, address: number): number | undefined {
  const { PAGE_WORDS, CAN_READ } = face.GUEST_LAYOUT;
  const word = space.words[(PAGE_WORDS >> 2) + (address >>> 12)] ?? 0;
  if ((word & CAN_READ) === 0) return undefined;
  return new Uint8Array(space.words.buffer)[(address + (word & ~4095)) >>> 0];
}

/** Whether generated code finds every byte that can be read, and the windows lie over writable pages. */
function spaceAgrees(face: Face, memory: SparseMemory): string | undefined {
  const space = face.guestSpaceOf(memory);
  if (space === undefined) return "there is no space";
  const { MAIN_BASE_AT, MAIN_LIMIT_AT, MAIN_PAGES } = face.GUEST_LAYOUT;
  const [base, limit] = [space.words[MAIN_BASE_AT >> 2] ?? 0, space.words[MAIN_LIMIT_AT >> 2] ?? 0];
  const bytes = new Uint8Array(space.words.buffer);
  for (let address = 0; address < 12 * 4096; address += 1021) {
    const read = memory.readU8(address);
    const found = byWord(face, space, address);
    if (found !== (read.ok ? read.value : undefined)) return `${address} by its word: ${found}`;
    const { base: side, limit: reach, delta } = space.windowAt(address);
    const isInside = address - side < reach;
    if (isInside && bytes[address + delta] !== found) return `${address} by its window`;
    if (address < base || address - base >= limit) continue;
    if (!memory.canWrite(address, 8)) return `${address} is in the main window`;
    if (bytes[MAIN_PAGES + address - base] !== found) return `${address} by the main window`;
  }
  return undefined;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/sharing_a_memory_changes_nothing",
    claim:
      "a memory that is shared with generated code does all that another does, and a copy of it too",
    subject: ["guestSpaceOf", "SparseMemory.clone"],
    spec: "Gray Paper, appendix A",
    strength: "sampled",
    domain: sampled(
      fc.record({
        pageSize: fc.constantFrom(16, 4096),
        changes: fc.array(CHANGE, { minLength: 2, maxLength: 14 }),
      }),
      { runs: 100, describe: "up to 14 changes of two memories of 10 pages, one of them shared" },
    ),
    reaches: ["shared", "words"],
    implementation: paged,
    mutants: [
      mutant(POOL, "this.bytes.fill(0, offset, offset + this.#settings.pageSize);", ""),
      mutant(POOL, "this.#mainEnd = page;\n", ""),
      mutant(POOL, "at.CAN_READ | at.CAN_WRITE : at.CAN_READ", "at.CAN_READ : 0"),
      mutant(MOVE, "pool.bytes.set(store.bytesAt(page * pageSize, pageSize), offset);", ""),
      mutant(STORE, "this.#shared = undefined;", ""),
      mutant(POOL, "copy.#low = this.#low;\n", ""),
    ],
    check: ({ pageSize, changes }, reach, face) => {
      const [plain, shared] = [fresh(face, pageSize), fresh(face, pageSize)];
      for (const change of changes) {
        if (change.kind === "share") {
          reach("shared");
          face.guestSpaceOf(shared);
          continue;
        }
        const failure = agrees(apply(shared, change, pageSize), apply(plain, change, pageSize)) ??
          agrees(seen(shared), seen(plain));
        if (failure !== undefined) return `${change.kind}: ${failure}`;
      }
      if (pageSize === 4096) {
        reach("words");
        const failure = spaceAgrees(face, shared);
        if (failure !== undefined) return failure;
      }
      const copy = value(shared.clone());
      for (const memory of [shared, copy]) {
        apply(memory, { ...changes[0] ?? MAP, kind: "map" }, pageSize);
      }
      return agrees(seen(copy), seen(shared));
    },
  }),
  defineProof({
    id: "recompiler/only_sparse_memories_are_shared",
    claim: "what is no sparse memory has no space for generated code",
    subject: ["guestSpaceOf"],
    spec: "argument rule of the library",
    strength: "bounded",
    domain: domain.of("sparse", "flat", "object", "null", "text"),
    reaches: ["space", "none"],
    implementation: paged,
    mutants: [
      mutant("src/paged/sparse_memory.ts", "value !== null && #store in value", "value !== null"),
    ],
    check: (kind, reach, face) => {
      const values: Readonly<Record<string, unknown>> = {
        sparse: value(face.SparseMemory.create()),
        flat: value(face.FlatMemory.create()),
        object: {},
        null: null,
        text: "memory",
      };
      const space = face.guestSpaceOf(values[kind]);
      reach(space === undefined ? "none" : "space");
      return agrees(space !== undefined, kind === "sparse");
    },
  }),
];

const MAP: Change = {
  kind: "map",
  page: 1,
  pages: 1,
  access: "read-write",
  unmaps: false,
  byte: 3,
};

register(proofs);
