/** Mapping, resetting and protecting regions; the limit; making memories. */

import * as model from "../model/paged_regions.ts";
import { type Access, store } from "../model/paged.ts";
import {
  agrees,
  agreesWithModel,
  allOf,
  defineProof,
  domain,
  type Proof,
} from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import {
  ACCESSES,
  BACKENDS,
  build,
  type Face,
  layout,
  nameOf,
  outcomeOf,
  plain,
  settings,
  stateOf,
  stateOfModel,
  value,
} from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const REGION = "src/paged/region.ts";
const SPARSE = "src/paged/sparse_store.ts";
const FLAT = "src/paged/flat_store.ts";
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));

/** Initial bytes of some lengths; the longest is longer than any region here. */
const INITS = [undefined, 0, 5, 16, 40];
interface How {
  readonly change: model.Change;
  readonly init: number | undefined;
}
const HOWS: readonly How[] = [
  ...INITS.map((init): How => ({ change: "map", init })),
  { change: "reset", init: undefined },
  { change: "protect", init: undefined },
];
const bytesOf = (length: number): Uint8Array => new Uint8Array(length).fill(0xa5);

function changeReal(
  real: paged.Memory,
  how: model.Change,
  start: number,
  size: number,
  access: Access,
  init: number | undefined,
) {
  if (how === "reset") return real.resetRegion(start, size, access);
  const mapped = access === "read-only" ? "read-only" : "read-write";
  if (how === "protect") return real.protectRegion(start, size, mapped);
  return init === undefined
    ? real.mapRegion(start, size, mapped)
    : real.mapRegion(start, size, mapped, bytesOf(init));
}

/** The regions that pages amount to, merged. */
function merged(pages: readonly { start: bigint; access: Access }[], size: bigint): unknown {
  const regions: { start: bigint; size: bigint; access: Access }[] = [];
  for (const { start, access } of pages) {
    const last = regions.at(-1);
    if (last !== undefined && last.start + last.size === start && last.access === access) {
      regions[regions.length - 1] = { ...last, size: last.size + size };
    } else {
      regions.push({ start, size, access });
    }
  }
  return regions;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/region_change_agrees",
    claim: "mapping, resetting and protecting any region gives the model's outcome and whole state",
    subject: of("mapRegion", "resetRegion", "protectRegion", "regions", "pages", "mappedBytes"),
    spec: "JAVM map_region; Gray Paper, host call pages",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      first: domain.of(...ACCESSES),
      second: domain.of(...ACCESSES),
      how: domain.of(...HOWS),
      access: domain.of("read-only", "read-write"),
      start: domain.of(0, 8, 16, 32, 2 ** 32 - 16, 2 ** 32, 2 ** 53 - 1),
      size: domain.of(0, 8, 16, 32, 2 ** 32, 2 ** 53 - 16),
      limitBytes: domain.of(32n, 48n),
      reservedBytes: domain.of(0n),
    }),
    reaches: [
      "ok",
      "unaligned-start",
      "unaligned-size",
      "overflow",
      "limit-exceeded",
      "page-fault",
    ],
    implementation: paged,
    mutants: [
      mutant(REGION, "from.value % pageSize !== 0) return err", "false) return err"),
      mutant(REGION, "length.value % pageSize !== 0) return err", "false) return err"),
      mutant(REGION, "from.value + length.value > SPACE", "from.value + length.value >= SPACE"),
      mutant(REGION, "neededBytes > limitBytes", "neededBytes >= limitBytes"),
      mutant(REGION, "Math.min(bytes.length, count * pageSize)", "bytes.length"),
      mutant(REGION, "if (code !== READ_WRITE) store.setPermission(first, count, code);", ""),
      mutant(REGION, "  store.setPermission(first, count, NONE);\n", ""),
      mutant(SPARSE, "if (entry === 0) this.#mapped++;", "this.#mapped++;"),
      mutant(FLAT, "return (firstPage + pages) * this", "return pages * this"),
      mutant("src/paged/snapshot.ts", "address !== end || next !== code", "next !== code"),
      mutant("src/paged/page_table.ts", "found.push(page)", "found.unshift(page)"),
    ],
    check({ backend, first, second, how, access, start, size, ...limits }, reach, face) {
      const given = settings(backend, 16, limits);
      const { real, model: state } = build(face, given, layout(16, [first, second]));
      const init = how.init === undefined ? "absent" : Array.from(bytesOf(how.init), BigInt);
      const step = model.change(state, how.change, start, size, access, init);
      const outcome = outcomeOf(changeReal(real, how.change, start, size, access, how.init));
      reach(nameOf(outcome));
      const regions = real.regions().map((region) => ({
        start: plain(region.start),
        size: plain(region.size),
        access: region.access,
      }));
      return allOf(
        agreesWithModel(
          { outcome, state: stateOf(real) },
          { outcome: step.outcome, state: stateOfModel(step.state) },
        ),
        agrees(regions, merged(step.state.pages, 16n)),
      );
    },
  }),
  defineProof({
    id: "paged/unmapping_and_reserved_pages_agree",
    claim: "a region that is unmapped forgets its bytes, and reserved pages can never be mapped",
    subject: of("mapRegion", "resetRegion", "permOf", "reservedBytes"),
    spec: "Gray Paper, host call pages and reserved addresses",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      first: domain.of(...ACCESSES),
      second: domain.of(...ACCESSES),
      third: domain.of(...ACCESSES),
      how: domain.of("map", "reset"),
      access: domain.of(...ACCESSES),
      start: domain.of(0, 4, 8),
      size: domain.of(0, 4, 8, 12),
      reservedBytes: domain.of(0n, 4n, 8n),
    }),
    reaches: ["ok", "reserved", "invalid-argument"],
    implementation: paged,
    mutants: [
      mutant(REGION, "from.value < reservedBytes", "from.value <= reservedBytes"),
      mutant(
        FLAT,
        "else this.#bytes.fill(0, firstPage * pageSize, (firstPage + pages) * pageSize);",
        "",
      ),
      mutant("src/paged/page_pool.ts", "this.bytes.fill(0, offset, offset + this.#pageSize);", ""),
      mutant(SPARSE, "this.#mapped--;", ""),
      mutant(
        "src/paged/memory.ts",
        "Math.floor(at.value / this.#store.settings.pageSize)",
        "Math.ceil(at.value / this.#store.settings.pageSize)",
      ),
    ],
    check({ backend, first, second, third, how, access, start, size, reservedBytes }, reach, face) {
      const given = settings(backend, 4, { reservedBytes });
      const accesses = [first, second, third].map((each, i) =>
        BigInt(4 * i) < reservedBytes ? "none" : each
      );
      const { real, model: state } = build(face, given, layout(4, accesses));
      // Of the memory's type this is what callers without a compiler can do: map as "none".
      const step = model.change(state, how, start, size, access);
      const change = how === "reset" ? "resetRegion" : "mapRegion";
      const outcome = outcomeOf(Reflect.apply(real[change], real, [start, size, access]));
      reach(nameOf(outcome));
      // Mapped again and written to, a page that was unmapped is zero elsewhere.
      const mappedAgain = model.change(step.state, "map", 8, 4, "read-write");
      const again = store(mappedAgain.state, 1n, 9, 77);
      const after = stateOf(real);
      value(real.mapRegion(8, 4, "read-write"));
      const rewritten = outcomeOf(real.writeU8(9, 77));
      const permissions = [0, 3, 4, 11, 12].map((at) => outcomeOf(real.permOf(at)));
      const page = (at: number) => again.state.pages.find(({ start: from }) => from === BigInt(at));
      return allOf(
        agreesWithModel(
          { outcome, state: after },
          { outcome: step.outcome, state: stateOfModel(step.state) },
        ),
        agreesWithModel(
          { outcome: rewritten, state: stateOf(real) },
          { outcome: again.outcome, state: stateOfModel(again.state) },
        ),
        agrees(permissions, [0, 0, 4, 8, 12].map((at) => ({ ok: page(at)?.access ?? "none" }))),
        agrees(BigInt(real.reservedBytes), reservedBytes),
      );
    },
  }),
];

register(proofs);
