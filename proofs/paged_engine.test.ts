/** An engine that runs out of room, and how much room is taken. */

import { agrees, allOf, defineProof, domain, isTotal, type Proof } from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import {
  BACKENDS,
  build,
  type Face,
  layout,
  make,
  outcomeOf,
  settings,
  stateOf,
  value,
} from "./_kit/paged.ts";
import { withEngine, withRoomFor } from "./_kit/paged_engine.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const POOL = "src/paged/page_pool.ts";
const TABLE = "src/paged/page_table.ts";
const FLAT = "src/paged/flat_store.ts";
const SPARSE = "src/paged/sparse_store.ts";
const REGION = "src/paged/region.ts";
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));
type Backend = typeof BACKENDS[number];

/** Pages of 4 bytes: 6 written to, 3 never, so that room for one more is there, but not for two. */
const UNTOUCHED = 24;
function start(face: Face, backend: Backend): paged.Memory {
  const pages = layout(4, Array.from({ length: 6 }, () => "read-write"));
  const { real } = build(face, settings(backend, 4), pages);
  value(real.resetRegion(UNTOUCHED, 12, "read-write"));
  value(real.setHeap(16_384, 16_384, 9));
  return real;
}

const DATA = Uint8Array.of(1, 2, 3, 4);
const OPTIONS = { pageSize: 4, limitBytes: 2 ** 20 };
const maker = (face: Face, backend: Backend) =>
  backend === "flat" ? face.FlatMemory : face.SparseMemory;
/** What takes room. Regions far away need a larger page table too. */
const OPERATIONS = {
  create: (_real: paged.Memory, face: Face, backend: Backend) =>
    maker(face, backend).create(OPTIONS),
  withPages: (_real: paged.Memory, face: Face, backend: Backend) =>
    maker(face, backend).withPages(3, "read-write", OPTIONS),
  mapRegion: (real: paged.Memory) => real.mapRegion(16_384, 8, "read-write", DATA),
  resetRegion: (real: paged.Memory) => real.resetRegion(16_384, 8, "read-write"),
  sbrk: (real: paged.Memory) => real.sbrk(8),
  read: (real: paged.Memory) => real.read(0, 32),
  write: (real: paged.Memory) => real.write(UNTOUCHED + 2, DATA),
  writeU32: (real: paged.Memory) => real.writeU32(UNTOUCHED + 2, 0x0102_0304),
  storeU32: (real: paged.Memory) => real.storeU32(UNTOUCHED + 2, 0x0102_0304),
  clone: (real: paged.Memory) => real.clone(),
  clear: (real: paged.Memory) => real.clear(),
} as const;
type Operation = keyof typeof OPERATIONS;
const NAMES: readonly Operation[] = [
  ...["create", "withPages", "mapRegion", "resetRegion", "sbrk", "read"] as const,
  ...["write", "writeU32", "storeU32", "clone", "clear"] as const,
];

/** What an operation gave, with the state of a memory for the memory. */
function described(face: Face, given: unknown): unknown {
  if (typeof given === "number") return face.readStatus(given);
  if (typeof given !== "object" || given === null || !("ok" in given)) return given;
  if ("value" in given && given.ok === true) {
    return { ok: face.isMemory(given.value) ? stateOf(given.value) : given.value };
  }
  return "error" in given ? { error: given.error } : given;
}

/** Which operations can fail for want of room, and what they then give. */
function refusal(backend: Backend, operation: Operation): unknown {
  if (operation === "clear") return undefined;
  if (backend === "flat" && (operation === "writeU32" || operation === "storeU32")) {
    return undefined;
  }
  if (operation === "storeU32") return { kind: "no-room", address: 0 };
  if (operation !== "sbrk") return { error: { kind: "no-room" } };
  return { error: { kind: "heap-exhausted", requestedBytes: 8, top: 16_384 } };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/no_room_changes_nothing",
    claim:
      "an operation for which the engine has no room, at whatever point, says so and changes " +
      "nothing, and succeeds once there is room; clearing needs none",
    subject: of(...NAMES),
    spec: "nothing throws; a failed operation leaves the whole state as it was",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      operation: domain.of(...NAMES),
      room: domain.range(0, 14),
    }),
    reaches: BACKENDS.flatMap((backend) =>
      NAMES.flatMap((operation) => [
        `${backend} ${operation}: done`,
        ...refusal(backend, operation) === undefined ? [] : [`${backend} ${operation}: no room`],
      ])
    ),
    implementation: paged,
    mutants: [
      mutant("src/paged/fault.ts", "  } catch {\n    return err(NO_ROOM);", "  } finally {\n"),
      mutant(FLAT, "      return false;\n    }\n  }", "      return true;\n    }\n  }"),
      mutant(
        FLAT,
        "    const view = new DataView",
        "    this.#bytes = bytes;\n    const view = new DataView",
      ),
      mutant(
        FLAT,
        "    this.#view = NO_VIEW;",
        "    this.#view = new DataView(new ArrayBuffer(0));",
      ),
      mutant(POOL, "      this.#replace(bytes,", "      this.bytes = bytes; this.#replace(bytes,"),
      mutant(POOL, "    } catch {\n      return false;", "    } finally {\n"),
      mutant(TABLE, "    } catch {\n      return false;", "    } finally {\n"),
      mutant(SPARSE, "this.#unmap(0, SPACE / pageSize);", ""),
      mutant(SPARSE, "      const pool = new", "      this.#mapped = 0; const pool = new"),
      mutant(SPARSE, "if (bytes === 0) return false;", ""),
      mutant(REGION, "hasBytes ? err(NO_ROOM) : invalid", "invalid"),
      mutant(REGION, "written) ? undefined : err(NO_ROOM)", "written) ? undefined : undefined"),
      mutant(
        REGION,
        "  if (!copied.ok) return copied;\n",
        "  if (!copied.ok) return ok(undefined);\n",
      ),
      mutant("src/paged/typed.ts", "stored === STATUS_NO_ROOM ? err(NO_ROOM) : ", ""),
      mutant(
        "src/paged/bulk.ts",
        "return err(NO_ROOM);\n  copyIn",
        "return ok(undefined);\n  copyIn",
      ),
      mutant("src/paged/bulk.ts", "return err(NO_ROOM);\n  copyIn", "\n  copyIn"),
      mutant(
        "src/paged/store.ts",
        "if (!store.touch((start + i) >>> 0, 1)) return STATUS_NO_ROOM;",
        "{ if (!store.touch((start + i) >>> 0, 1)) return STATUS_NO_ROOM;" +
          " store.setByte((start + i) >>> 0, 9); }",
      ),
    ],
    check({ backend, operation, room }, reach, face) {
      const [real, twin] = [start(face, backend), start(face, backend)];
      const before = stateOf(real);
      const run = OPERATIONS[operation];
      const expected = described(face, run(twin, face, backend));
      const given: unknown[] = [];
      const failure = isTotal(() => {
        given.push(withRoomFor(room, () => run(real, face, backend)));
      });
      if (failure !== undefined) return failure;
      const outcome = described(face, given[0]);
      if (agrees(outcome, expected) === undefined) {
        reach(`${backend} ${operation}: done`);
        return agrees(stateOf(real), stateOf(twin));
      }
      reach(`${backend} ${operation}: no room`);
      // What the fast paths see is still what the others see.
      const byte = value(real.readU8(1));
      real.storeU8(1, byte + 1);
      const seen = real.read(1, 1);
      real.storeU8(1, byte);
      return allOf(
        agrees(seen, { ok: true, value: [byte + 1] }),
        agrees(outcome, refusal(backend, operation)),
        agrees(stateOf(real), before),
        agrees(described(face, run(real, face, backend)), expected),
        agrees(stateOf(real), stateOf(twin)),
      );
    },
  }),
  defineProof({
    id: "paged/no_more_bytes_are_taken_than_the_limit",
    claim: "growing page by page takes room a few times only, and never more than the limit (and " +
      "the one page of zeros that a sparse memory shares)",
    subject: of("mapRegion", "writeU8"),
    spec: "limits are explicit",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      limitPages: domain.range(0, 40),
      pageSize: domain.of(4, 64),
    }),
    reaches: ["full"],
    implementation: paged,
    mutants: [
      mutant(FLAT, "Math.max(needed, Math.min(2 * room, most))", "Math.max(needed, 2 * room)"),
      mutant(FLAT, "Math.max(needed, Math.min(2 * room, most))", "needed"),
      mutant(POOL, "Math.min(size, most)", "size"),
      mutant(POOL, "Math.max(needed, 2 * this.bytes.length, 8 * this.#pageSize)", "needed"),
    ],
    check({ backend, limitPages, pageSize }, reach, face) {
      const limitBytes = limitPages * pageSize;
      const taken: number[] = [];
      const outcomes: unknown[] = [];
      withEngine((name, size) => {
        if (name === "Uint8Array" && typeof size === "number") taken.push(size);
      }, () => {
        const real = make(face, settings(backend, pageSize, { limitBytes: BigInt(limitBytes) }));
        for (let page = 0; page <= limitPages; page++) {
          outcomes.push(outcomeOf(real.mapRegion(page * pageSize, pageSize, "read-write")));
          if (page < limitPages) value(real.writeU8(page * pageSize, 1));
        }
      });
      reach("full");
      const most = limitBytes + (backend === "sparse" ? pageSize : 0);
      const [neededBytes, limit] = [BigInt(limitBytes + pageSize), BigInt(limitBytes)];
      return allOf(
        taken.some((size) => size > most) ? `took ${taken} bytes` : undefined,
        taken.length > 16 ? `took room ${taken.length} times` : undefined,
        agrees(outcomes.at(-1), {
          error: { kind: "limit-exceeded", neededBytes, limitBytes: limit },
        }),
        agrees(
          outcomes.slice(0, -1),
          Array.from({ length: limitPages }, () => ({ ok: undefined })),
        ),
      );
    },
  }),
];

register(proofs);
