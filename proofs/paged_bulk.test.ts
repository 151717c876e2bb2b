/** Ranges of bytes: reads, writes and questions, which do not wrap. */

import * as model from "../model/paged_regions.ts";
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
  settings,
  stateOf,
  stateOfModel,
} from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const BULK = "src/paged/bulk.ts";
const STORE = "src/paged/store.ts";
const SPARSE = "src/paged/sparse_store.ts";
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/range_agrees_over_all_permissions",
    claim:
      "reading and writing a range moves the model's bytes or none, and canRead and canWrite " +
      "say beforehand which",
    subject: of("read", "write", "canRead", "canWrite", "lengthBytes"),
    spec: "Gray Paper, host-call ranges; JAVM read and write",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      first: domain.of(...ACCESSES),
      second: domain.of(...ACCESSES),
      third: domain.of(...ACCESSES),
      address: domain.range(0, 13),
      length: domain.range(0, 13),
    }),
    reaches: ["ok", "page-fault", "write-protected"],
    implementation: paged,
    mutants: [
      mutant(BULK, "start > store.lengthBytes", "start >= store.lengthBytes"),
      mutant(
        BULK,
        "if (count === 0) return store.lengthBytes === SPACE || start <= store.lengthBytes;",
        "if (count === 0) return true;",
      ),
      mutant(
        BULK,
        "check(store, start, count, isWrite, false) === STATUS_OK",
        "check(store, start, count, false, false) === STATUS_OK",
      ),
      mutant(STORE, "length), done);", "length));"),
      mutant(
        STORE,
        "source.subarray(done, done + length)",
        "source.subarray(0, length)",
      ),
      mutant(
        SPARSE,
        "(this.entryOf(address) & ~KIND) + (address & this.#mask);\n    return this.#pool.bytes.subarray",
        "(this.entryOf(address) & ~KIND);\n    return this.#pool.bytes.subarray",
      ),
      mutant(
        BULK,
        "rangeStatus(store, start.value, bytes.length, true)",
        "rangeStatus(store, start.value, bytes.length, false)",
      ),
    ],
    check({ backend, first, second, third, address, length }, reach, face) {
      const pages = layout(4, [first, second, third]);
      const { real, model: state } = build(face, settings(backend, 4), pages);
      const before = stateOfModel(state);
      const data = Array.from({ length }, (_, i) => 200 + i);
      const step = model.write(state, address, data.map(BigInt));
      const can = [real.canRead(address, length), real.canWrite(address, BigInt(length))];
      const readOutcome = outcomeOf(real.read(address, length));
      const afterRead = stateOf(real);
      const outcome = outcomeOf(real.write(address, Uint8Array.from(data)));
      reach(nameOf(outcome));
      return allOf(
        agreesWithModel(
          { outcome: readOutcome, state: afterRead },
          { outcome: model.read(state, address, length), state: before },
        ),
        agreesWithModel(
          { outcome, state: stateOf(real) },
          { outcome: step.outcome, state: stateOfModel(step.state) },
        ),
        agrees(can, [
          model.can(state, "read", address, length),
          model.can(state, "write", address, BigInt(length)),
        ]),
        agrees(can, ["ok" in model.read(state, address, length), "ok" in step.outcome]),
      );
    },
  }),
  defineProof({
    id: "paged/range_stops_at_the_end_of_the_address_space",
    claim:
      "no range reaches beyond 2^32, also where pages 0 and last are mapped and the memory wraps",
    subject: of("read", "write", "canRead", "canWrite"),
    spec: "Gray Paper, host-call ranges",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of(...BACKENDS),
      access: domain.of("read-only", "read-write"),
      isReserved: domain.of(false, true),
      address: domain.of(0, 60, 2 ** 32 - 65, 2 ** 32 - 64, 2 ** 32 - 2, 2 ** 32 - 1, 2 ** 32),
      length: domain.of(0, 1, 2, 3, 4, 64, 65, 66, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 53),
    }),
    reaches: ["ok", "page-fault", "write-protected", "reserved", "invalid-argument"],
    implementation: paged,
    mutants: [
      mutant("src/paged/store.ts", "if (!wraps) return inaccessibleAt(0);", ""),
      mutant(BULK, "if (value < 0n) return undefined;", "if (value <= 0n) return undefined;"),
    ],
    check({ backend, access, isReserved, address, length }, reach, face) {
      const given = settings(backend, 64, { reservedBytes: isReserved ? 64n : 0n });
      const low = isReserved ? [] : [{ start: 0, access }];
      const high = backend === "flat" ? [] : [{ start: 2 ** 32 - 64, access }];
      const { real, model: state } = build(face, given, [...low, ...high]);
      const data = new Uint8Array(Math.min(length, 66)).fill(9);
      const step = model.write(state, address, Array.from(data, BigInt));
      const can: [boolean, boolean][] = [
        [real.canRead(address, length), model.can(state, "read", address, length)],
        [real.canWrite(address, length), model.can(state, "write", address, length)],
        [real.canRead(BigInt(address), 2n ** 64n), false],
        [real.canRead(2n ** 64n, 1n), false],
        [real.canRead(-1n, 1n), false],
        [real.canRead(2n ** 64n, 0n), model.can(state, "read", 2n ** 64n, 0n)],
      ];
      const readOutcome = outcomeOf(real.read(address, length));
      const outcome = outcomeOf(real.write(address, data));
      for (const each of [outcome, readOutcome]) reach(nameOf(each));
      return allOf(
        agrees(readOutcome, model.read(state, address, length)),
        agreesWithModel(
          { outcome, state: stateOf(real) },
          { outcome: step.outcome, state: stateOfModel(step.state) },
        ),
        agrees(can.map(([actual]) => actual), can.map(([, expected]) => expected)),
      );
    },
  }),
];

register(proofs);
