/** Typed accesses: all permissions, all offsets, both tiers, both backends. */

import * as model from "../model/paged.ts";
import type { Settings } from "../model/paged_regions.ts";
import { agreesWithModel, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import {
  ACCESSES,
  BACKENDS,
  build,
  buildModel,
  type Face,
  layout,
  loadUnboxed,
  nameOf,
  outcomeOf,
  outcomeOfStatus,
  readTyped,
  settings,
  type Start,
  stateOf,
  stateOfModel,
  storeUnboxed,
  WIDTHS,
  writeTyped,
} from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const BITS = 0xfedc_ba98_f6f5_84f3n;
const READS = [8, 16, 32, 64].flatMap((bits) => [`Memory.readU${bits}`, `Memory.loadU${bits}`]);
const WRITES = [8, 16, 32, 64].flatMap((bits) => [`Memory.writeU${bits}`, `Memory.storeU${bits}`]);
const named = (names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) =>
    names.map((name) => name.replace("Memory.", `${owner}.`))
  );

/** The two halves that a load put between two marks, as one number. */
function joined(out: Int32Array): bigint {
  const [low = 0, high = 0] = out.subarray(1, 3);
  return BigInt(low >>> 0) + (BigInt(high >>> 0) << 32n);
}

/** A load agrees in both tiers, and changes nothing; the unboxed one writes its two halves alone. */
function loadAgrees(
  face: Face,
  given: Settings,
  pages: readonly Start[],
  width: number,
  address: number,
): string | undefined {
  const { real, model: state } = build(face, given, pages);
  const expected = {
    outcome: model.load(state, BigInt(width), address),
    state: stateOfModel(state),
  };
  const out = new Int32Array(4);
  const outcomes = [0, 1].map(() => {
    // Twice: the first load with an array takes the slow path, the second one need not.
    out.fill(7); // or what the first one left would stand for what the second one should write
    const status = loadUnboxed(real, width, address, out);
    return outcomeOfStatus(face, real, status, address, joined(out));
  });
  const isLoaded = "ok" in expected.outcome;
  const frame = out[0] === 7 && out[3] === 7 && (isLoaded || (out[1] === 7 && out[2] === 7));
  return allOf(
    agreesWithModel(
      { outcome: outcomeOf(readTyped(real, width, address)), state: stateOf(real) },
      expected,
    ),
    ...outcomes.map((outcome) => agreesWithModel({ outcome, state: stateOf(real) }, expected)),
    frame ? undefined : `a load wrote beside its halves: ${out}`,
  );
}

/** A store agrees in both tiers, in outcome and whole state. */
function storeAgrees(
  face: Face,
  given: Settings,
  pages: readonly Start[],
  width: number,
  address: number,
): { readonly failure: string | undefined; readonly name: string } {
  const boxed = build(face, given, pages);
  const low = width === 8 ? BITS : Number(BITS % 2n ** 32n);
  const step = model.store(boxed.model, BigInt(width), address, low);
  const expected = { outcome: step.outcome, state: stateOfModel(step.state) };
  const unboxed = build(face, given, pages).real;
  const outcome = outcomeOf(writeTyped(boxed.real, width, address, BITS));
  const status = storeUnboxed(unboxed, width, address, BITS);
  const failure = allOf(
    agreesWithModel({ outcome, state: stateOf(boxed.real) }, expected),
    agreesWithModel(
      {
        outcome: outcomeOfStatus(face, unboxed, status, address, undefined),
        state: stateOf(unboxed),
      },
      expected,
    ),
  );
  return { failure, name: nameOf(outcome) };
}

const STORE = "src/paged/store.ts";
const SPARSE = "src/paged/sparse_access.ts";
const FLAT = "src/paged/flat_store.ts";

const NO_HIGH = "        out[index + 1] = 0;\n";
/** Where the fast paths put the halves of a load, by the name of the method of the view. */
const FAST_LOADS = ["getUint8", "getUint16", "getInt32"].map((get) => (file: string): string => {
  const at = file === SPARSE ? "this.#readBase + offset" : "address >>> 0";
  const order = get === "getUint8" ? "" : ", true";
  return `        out[index] = this.#view.${get}(${at}${order});\n${NO_HIGH}`;
});

/** How the source of the flat backend asks whether an access fits into its page. */
const fits = (more: number): string => `offset <= this.#mask - ${more} && (`;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/load_agrees_over_all_permissions",
    claim: "every load at every offset gives the model's value or fault, whatever the pages allow",
    subject: [...named(READS), "readStatus"],
    spec: "Gray Paper, appendix A (memory access); JAVM Memory",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      pageSize: domain.of(4, 8),
      first: domain.of(...ACCESSES),
      second: domain.of(...ACCESSES),
      third: domain.of(...ACCESSES),
      width: domain.of(...WIDTHS),
      address: domain.range(0, 26),
    }),
    reaches: ["ok", "page-fault"],
    implementation: paged,
    mutants: [
      mutant(
        STORE,
        "if (i < 4) low |= byte << (8 * i);",
        "if (i < 4) low |= byte << (24 - 8 * i);",
      ),
      mutant(STORE, "high |= byte << (8 * i - 32)", "low |= byte << (8 * i - 32)"),
      mutant(STORE, "if (permission === NONE) return inaccessibleAt(pageStart);", ""),
      mutant(STORE, "address = pageStart + pageSize;", "address = pageStart + 2 * pageSize;"),
      mutant(STORE, "left -= pageSize - offset;", "left -= pageSize;"),
      mutant(STORE, "  out[index] = low;\n", "  out[index] = low; out[index + 2] = 0;\n"),
      mutant("src/paged/typed_memory.ts", "asU8(this.#half(0))", "asU8(this.#half(1))"),
      mutant("src/paged/fault.ts", "(status & ~KIND_MASK) >>> 0", "(status & KIND_MASK) >>> 0"),
      mutant(SPARSE, "(address >>> this.#shift) & LEAF_MASK", "0"),
      ...[SPARSE, FLAT].flatMap((file) =>
        FAST_LOADS.map((line) => mutant(file, line(file), line(file).replace(NO_HIGH, "")))
      ),
    ],
    check({ backend, pageSize, first, second, third, width, address }, reach, face) {
      const given = settings(backend, pageSize);
      const pages = layout(pageSize, [first, second, third]);
      reach(nameOf(model.load(buildModel(given, pages), BigInt(width), address)));
      return loadAgrees(face, given, pages, width, address);
    },
  }),
  defineProof({
    id: "paged/store_agrees_over_all_permissions",
    claim: "every store at every offset leaves the model's whole state and gives its outcome, " +
      "whatever the pages allow",
    subject: [...named(WRITES), "readStatus"],
    spec: "Gray Paper, appendix A (memory access); JAVM Memory",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      pageSize: domain.of(4, 8),
      first: domain.of(...ACCESSES),
      second: domain.of(...ACCESSES),
      third: domain.of(...ACCESSES),
      width: domain.of(...WIDTHS),
      address: domain.range(0, 26),
    }),
    reaches: ["ok", "page-fault", "write-protected"],
    implementation: paged,
    mutants: [
      mutant(STORE, "isWrite && permission !== READ_WRITE", "isWrite && permission === NONE"),
      mutant(STORE, "return protectedAt(pageStart)", "return inaccessibleAt(pageStart)"),
      mutant(STORE, "const half = i < 4 ? low : high;", "const half = low;"),
      mutant(STORE, "(8 * (i % 4))", "(24 - 8 * (i % 4))"),
      mutant(
        STORE,
        "const status = check(store, start, width, true,",
        "const status = check(store, start, 1, true,",
      ),
      mutant(SPARSE, "(entry & KIND) !== WRITABLE", "entry === 0"),
      mutant(FLAT, "!== READ_WRITE) return false", "=== NONE) return false"),
      mutant(FLAT, `${fits(7)}start === this.#writeStart`, `${fits(6)}start === this.#writeStart`),
      mutant(
        SPARSE,
        "this.#view.setInt32(at + 4, high, true)",
        "this.#view.setInt32(at + 4, high, false)",
      ),
      mutant("src/paged/typed.ts", "value >> 32n", "value >> 31n"),
    ],
    check({ backend, pageSize, first, second, third, width, address }, reach, face) {
      const pages = layout(pageSize, [first, second, third]);
      const given = settings(backend, pageSize);
      const { failure, name } = storeAgrees(face, given, pages, width, address);
      reach(name);
      return failure;
    },
  }),
  defineProof({
    id: "paged/access_wraps_at_the_end_of_the_address_space",
    claim:
      "an access over the end goes on at address 0, or is refused there when told not to wrap, " +
      "and reserved pages refuse it",
    subject: [...named(READS), ...named(WRITES)].filter((name) => name.startsWith("Sparse")),
    spec: "Gray Paper, appendix A (addresses modulo 2^32); JAVM Memory (no wrap)",
    strength: "bounded",
    domain: domain.product({
      pageSize: domain.of(64, 256),
      last: domain.of(...ACCESSES),
      first: domain.of(...ACCESSES),
      wraps: domain.of(true, false),
      isReserved: domain.of(false, true),
      width: domain.of(...WIDTHS),
      address: domain.union(domain.range(2 ** 32 - 8, 2 ** 32 - 1), domain.of(0)),
    }),
    reaches: ["ok", "page-fault", "write-protected", "reserved"],
    implementation: paged,
    mutants: [
      mutant(STORE, "if (!wraps) return inaccessibleAt(0);", ""),
      mutant(STORE, "address >= SPACE", "address > SPACE"),
      mutant("src/paged/fault.ts", "address < reservedBytes ?", "address <= reservedBytes ?"),
      mutant(
        "src/paged/options.ts",
        "limitBytes, reservedBytes, wraps });",
        "limitBytes, reservedBytes, wraps: true });",
      ),
    ],
    check({ pageSize, last, first, wraps, isReserved, width, address }, reach, face) {
      const reservedBytes = isReserved ? BigInt(pageSize) : 0n;
      const given = settings("sparse", pageSize, { wraps, reservedBytes });
      const end = { start: 2 ** 32 - pageSize, access: last };
      const pages = isReserved ? [end] : [end, { start: 0, access: first }];
      const { failure, name } = storeAgrees(face, given, pages, width, address);
      reach(name);
      return allOf(loadAgrees(face, given, pages, width, address), failure);
    },
  }),
];

register(proofs);
