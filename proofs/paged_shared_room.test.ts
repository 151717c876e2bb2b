/** An engine without room for the pages that generated code works on, and pages that go away. */

import * as paged from "../src/paged/mod.ts";
import type { SparseMemory } from "../src/paged/mod.ts";
import { agrees, allOf, defineProof, domain, isTotal, type Proof } from "../src/proof/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { BACKENDS, build, type Face, layout, settings, stateOf, value } from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const MOVE = "src/paged/shared_move.ts";
const POOL = "src/paged/shared_pool.ts";
const PAGE = 4096;
const LARGE_PAGE = 65_536;

/** What becomes of memories of WebAssembly: how large they are at first, and whether they grow. */
interface Engine {
  readonly initial?: number;
  readonly onMake?: () => void;
}

/** Runs something while memories of WebAssembly do not grow, and are no larger than said. */
function withEngine<T>({ initial, onMake }: Engine, run: () => T): T {
  const given = WebAssembly.Memory;
  const construct = (_: object, [descriptor]: readonly WebAssembly.MemoryDescriptor[]): object => {
    onMake?.();
    const asked = descriptor?.initial ?? 0;
    const made = new given({ ...descriptor, initial: Math.min(asked, initial ?? Infinity) });
    const value = () => {
      throw new RangeError("no room");
    };
    return Object.defineProperty(made, "grow", { value });
  };
  const stub = new Proxy(given, { construct });
  Reflect.set(WebAssembly, "Memory", stub);
  try {
    return run();
  } finally {
    Reflect.set(WebAssembly, "Memory", given);
  }
}

/** Two pages, the first never written to, the second far from it. */
function twoPages(face: Face): SparseMemory {
  const limitBytes = 300 * PAGE;
  const memory = value(face.SparseMemory.create({ pageSize: PAGE, limitBytes }));
  value(memory.resetRegion(PAGE, PAGE, "read-write"));
  value(memory.mapRegion(9 * PAGE, PAGE, "read-write", Uint8Array.of(9)));
  return memory;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/sharing_needs_room_for_every_page",
    claim: "a memory whose pages find no room where generated code works on them is not shared, " +
      "stays as it was, and is shared once there is room",
    subject: ["guestSpaceOf"],
    spec: "nothing throws; a failed operation leaves the whole state as it was",
    strength: "bounded",
    domain: domain.range(128, 129),
    reaches: ["no room", "room"],
    implementation: paged,
    mutants: [
      mutant(MOVE, "if (hasBytes && offset === 0) return undefined;", ""),
      mutant(POOL, "if (!this.#grow(pageSize)) return 0;", "this.#grow(pageSize);"),
      mutant(POOL, "    } catch {\n      return false;", "    } catch {\n      return true;"),
    ],
    check(initial, reach, face) {
      const memory = twoPages(face);
      const before = stateOf(memory);
      const spaces: unknown[] = [];
      const failure = isTotal(() => {
        withEngine({ initial }, () => spaces.push(face.guestSpaceOf(memory)));
      });
      if (failure !== undefined) return failure;
      const isShared = initial > 128;
      reach(isShared ? "room" : "no room");
      return allOf(
        agrees(spaces.map((space) => space !== undefined), [isShared]),
        agrees(stateOf(memory), before),
        agrees(face.guestSpaceOf(memory) !== undefined, true),
        agrees(stateOf(memory), before),
      );
    },
  }),
  defineProof({
    id: "paged/a_shared_memory_that_cannot_grow_is_as_it_was",
    claim: "pages for which the engine has no room beside those that are shared are refused, and " +
      "nothing changes",
    subject: ["guestSpaceOf", "SparseMemory.mapRegion", "SparseMemory.resetRegion"],
    spec: "nothing throws; a failed operation leaves the whole state as it was",
    strength: "bounded",
    domain: domain.of("mapRegion", "resetRegion"),
    reaches: ["refused"],
    implementation: paged,
    mutants: [
      mutant(POOL, "    } catch {\n      return false;", "    } catch {\n      return true;"),
      mutant(POOL, "if (missing <= 0) return true;", "if (missing <= 2 ** 24) return true;"),
    ],
    check(operation, reach, face) {
      const memory = twoPages(face);
      const [pages, before] = [100, stateOf(memory)];
      const change = () =>
        operation === "mapRegion"
          ? memory.mapRegion(20 * PAGE, pages * PAGE, "read-write", Uint8Array.of(1))
          : memory.resetRegion(20 * PAGE, pages * PAGE, "read-write");
      const changes: unknown[] = [];
      const failure = isTotal(() => {
        withEngine({}, () => {
          face.guestSpaceOf(memory);
          changes.push(change());
        });
      });
      reach("refused");
      return failure ?? allOf(
        agrees(changes, [{ ok: false, error: { kind: "no-room" } }]),
        agrees(stateOf(memory), before),
      );
    },
  }),
  defineProof({
    id: "paged/memories_too_large_to_share_ask_for_nothing",
    claim:
      "a memory with more pages than a place below 2^31 can be told of is not shared, and the " +
      "engine is asked for no room",
    subject: ["guestSpaceOf", "SparseMemory.resetRegion"],
    spec: "limits are explicit",
    strength: "bounded",
    domain: domain.range(1, 2),
    reaches: ["too large"],
    implementation: paged,
    mutants: [
      mutant(MOVE, "store.settings.pageSize > SHARED_LIMIT_BYTES", "1 > SHARED_LIMIT_BYTES"),
      mutant(MOVE, "> SHARED_LIMIT_BYTES) return", "> SHARED_LIMIT_BYTES + 65_536) return"),
    ],
    check(more, reach, face) {
      const size = face.GUEST_LAYOUT.SHARED_LIMIT_BYTES + more * LARGE_PAGE;
      const memory = value(face.SparseMemory.create({ pageSize: LARGE_PAGE, limitBytes: size }));
      value(memory.resetRegion(0, size, "read-only"));
      let made = 0;
      const space = withEngine(
        { initial: 200, onMake: () => made++ },
        () => face.guestSpaceOf(memory),
      );
      reach("too large");
      return agrees([space, made], [undefined, 0]);
    },
  }),
  defineProof({
    id: "paged/pages_unmapped_meanwhile_are_passed_over",
    claim:
      "a page that is unmapped while the pages are gone through does not come any more; those " +
      "after it do",
    subject: ["FlatMemory.pages", "SparseMemory.pages"],
    spec: "snapshots of the library",
    strength: "exhaustive",
    domain: domain.product({ backend: domain.of(...BACKENDS), gone: domain.range(0, 3) }),
    reaches: ["gone", "was there"],
    implementation: paged,
    mutants: [
      mutant("src/paged/snapshot.ts", "    if (code === NONE) continue;\n", ""),
      mutant("src/paged/snapshot.ts", "if (code === NONE) continue;", "if (code === NONE) break;"),
    ],
    check({ backend, gone }, reach, face) {
      const access = "read-write";
      const { real } = build(
        face,
        settings(backend, 4),
        layout(4, [access, access, access, access]),
      );
      const seen: number[] = [];
      for (const { address } of real.pages()) {
        if (seen.length === 0) value(real.resetRegion(4 * gone, 4, "none"));
        seen.push(address);
      }
      reach(gone === 0 ? "was there" : "gone");
      return agrees(seen, [0, 4, 8, 12].filter((start) => start === 0 || start !== 4 * gone));
    },
  }),
];

register(proofs);
