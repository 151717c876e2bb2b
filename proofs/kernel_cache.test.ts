/** The directory of capabilities: programs beside the model, long chains, and foreign handles. */

import fc from "fast-check";
import { EMPTY } from "../model/kernel_cache.ts";
import * as kernel from "../src/kernel/mod.ts";
import {
  agrees,
  allOf,
  defineProof,
  domain,
  type Proof,
  sampled,
  sequenceAgrees,
} from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import {
  applyModel,
  applyReal,
  type Command,
  command,
  outcomeOf,
  stateOfModel,
  stateOfReal,
} from "./_kit/kernel_cache.ts";
import { register } from "./_kit/register.ts";

const SPEC = "capabilities, 2.7";
const STATE = "src/kernel/directory_state.ts";
const SETTLE = "src/kernel/settle.ts";
const DIRECTORY = "src/kernel/cache_directory.ts";

const NAMES: readonly Command["name"][] = [
  "putCap",
  "putInstance",
  "putCapWithHash",
  "setInstance",
  "promote",
  "settle",
  "get",
  "retain",
  "release",
  "sweep",
];

/** A chain of cnodes, each holding the handle of the one before. */
function chainOf(face: typeof kernel, length: number) {
  const directory = new face.CacheDirectory();
  let last = valueOf(directory.putInstance(valueOf(face.CNodeCap.create(0))));
  const first = last;
  for (let i = 1; i < length; i++) {
    const cnode = valueOf(face.CNodeCap.create(1, [{ slot: i % 2, target: last }]));
    last = valueOf(directory.putInstance(cnode));
  }
  return { directory, first, last };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/directory_programs_agree_with_model",
    claim:
      "programs of all operations give the model's outcomes, blobs, instances and holders after every command",
    subject: [
      ...["putCap", "putCapWithHash", "putInstance", "setInstance", "promoteBlobToInstance"],
      ...["settle", "get", "retain", "release", "sweepInstances", "holders", "blobs", "instances"],
      ...["blobCount", "instanceCount"],
    ].map((name) => `CacheDirectory.${name}`).concat("CapRef.id"),
    spec: SPEC,
    strength: "sampled",
    domain: sampled(fc.array(command, { maxLength: 25, size: "max" }), {
      runs: 500,
      describe: "programs of up to 25 commands",
    }),
    reaches: [
      ...NAMES.map((name) => `${name} done`),
      ...["unresolved-ref", "hash-mismatch", "instance-missing", "cycle", "not-held"],
    ],
    implementation: kernel,
    mutants: [
      mutant(DIRECTORY, "!actual.ok || actual.value === given.value", "true"),
      mutant(STATE, "below, holds: 1 });", "below, holds: 0 });"),
      mutant(STATE, "this.#count(below, 1);\n    return ref;", "return ref;"),
      mutant(STATE, "if (this.#leadsTo(below, id))", "if (below.has(id))"),
      mutant(STATE, "this.#count(entry.below, -1);\n    this.#count(below, 1);", ""),
      mutant(STATE, "this.#count(entry.below, -1);\n    this.#entries", "this.#entries"),
      mutant(STATE, "if (entry.holds + change < 0)", "if (entry.holds + change < -1)"),
      mutant(
        STATE,
        "return entry === undefined ? 0 : 1 + entry.holds +",
        "return entry === undefined ? 0 : entry.holds +",
      ),
      mutant(
        STATE,
        "for (const next of below) if (this.holders(next) === 1) unheld.push(next);",
        "",
      ),
      mutant(SETTLE, "if (!gone.has(id)) instances.rewrite(id, withHashes(cap, gone));", ""),
      mutant(SETTLE, "!InstanceCap.is(cap) || id !== top.id)", "!InstanceCap.is(cap))"),
      mutant(SETTLE, "!InstanceCap.is(cap) || id !== top.id)", "true || [id, cap])"),
      mutant(
        SETTLE,
        "if (InstanceCap.is(cap)) instances.rewrite(id, cap);\n    else gone",
        "if (!InstanceCap.is(cap)) gone",
      ),
      mutant(SETTLE, "for (const id of gone.keys()) instances.delete(id);", ""),
      mutant(DIRECTORY, "cap === undefined ? undefined : this.#instances.add(cap)", "undefined"),
    ],
    check: (commands, reach, face) =>
      sequenceAgrees(
        {
          start: () => ({
            model: EMPTY,
            real: { face, directory: new face.CacheDirectory(), refs: [] },
          }),
          applyModel,
          applyReal,
          stateOfModel,
          stateOfReal,
          reached({ name }, outcome) {
            const failed = typeof outcome === "object" && outcome !== null && "error" in outcome;
            return failed ? `${outcome.error}` : `${name} done`;
          },
        },
        commands,
        reach,
      ),
  }),
  defineProof({
    id: "kernel/long_chains_settle_and_are_swept",
    claim: "a chain of any length is settled or swept at once, and is never closed into a ring",
    subject: [
      "CacheDirectory.settle",
      "CacheDirectory.sweepInstances",
      "CacheDirectory.setInstance",
    ],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(2, 3, 50, 5000),
    reaches: ["settled", "swept", "cycle"],
    implementation: kernel,
    mutants: [
      mutant(
        STATE,
        "for (const deeper of this.#entries.get(next)?.below.keys() ?? []) seen.add(deeper);",
        "",
      ),
      mutant(SETTLE, "settled.set(id, hash.value);", ""),
    ],
    check(length, reach, face) {
      const { directory, first, last } = chainOf(face, length);
      const ring = valueOf(face.CNodeCap.create(0, [{ slot: 0, target: last }]));
      const closed = directory.setInstance(first, ring);
      reach(closed.ok ? "closed" : closed.error.kind);
      const hash = valueOf(directory.settle(last));
      reach("settled");
      const other = chainOf(face, length);
      for (const [ref] of other.directory.instances()) other.directory.release(ref);
      const swept: number = other.directory.sweepInstances();
      reach("swept");
      return allOf(
        agrees(outcomeOf(closed), { error: "cycle", id: first.id }),
        agrees([directory.instanceCount, directory.containsBlob(hash)].map(Number), [0, 1]),
        agrees(Number(directory.blobCount) > 1, true),
        agrees([swept, Number(other.directory.instanceCount)], [length, 0]),
      );
    },
  }),
  defineProof({
    id: "kernel/handles_of_another_directory_are_refused",
    claim: "a handle of another directory is refused everywhere, even where its id is known",
    subject: [
      ...["putInstance", "setInstance", "settle", "get", "retain", "release", "holders"],
      "getInstance",
    ].map((name) => `CacheDirectory.${name}`),
    spec: SPEC,
    strength: "bounded",
    domain: domain.range(0, 2),
    reaches: ["refused"],
    implementation: kernel,
    mutants: [
      mutant(STATE, "if (!isRefOf(ref, this))", "if (ref === undefined)"),
      mutant(
        STATE,
        "for (const ref of refsOf(cap)) {",
        "for (const ref of refsOf(cap).slice(0, 0)) {",
      ),
    ],
    check(extra, reach, face) {
      const type = valueOf(face.TypeCap.create("11".repeat(32)));
      const [here, there] = [new face.CacheDirectory(), new face.CacheDirectory()];
      const own = valueOf(here.putInstance(type));
      for (let i = 0; i < extra; i++) here.putInstance(type);
      const foreign = valueOf(there.putInstance(type));
      const holding = valueOf(face.CNodeCap.create(0, [{ slot: 0, target: foreign }]));
      const results = [
        here.putInstance(holding),
        here.setInstance(foreign, type),
        here.setInstance(own, holding),
        here.settle(foreign),
        here.retain(foreign),
        here.release(foreign),
        here.holders(foreign),
      ];
      reach("refused");
      return allOf(
        ...results.map((result) => agrees(outcomeOf(result), { error: "foreign-ref", id: 1n })),
        agrees([here.get(foreign), here.getInstance(foreign)], [undefined, undefined]),
        agrees(Number(here.instanceCount), 1 + extra),
      );
    },
  }),
];

register(proofs);
