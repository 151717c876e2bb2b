/** The directory over stores of every kind: programs beside the model, also while a store fails. */

import { defineProof, type Proof, sampled, sequenceAgrees } from "../src/proof/mod.ts";
import { faces, mutant, SQLITE_HERE } from "./_kit/kernel_store.ts";
import {
  applyModel,
  applyReal,
  type Command,
  commandsOf,
  MODEL,
  program,
  realOf,
  stateOfModel,
  stateOfReal,
  STORES,
} from "./_kit/kernel_store_commands.ts";
import { register } from "./_kit/register.ts";

const SPEC = "capabilities, 2.7; this library: stores";
const DIRECTORY = "src/kernel/cache_directory.ts";
const SETTLE = "src/kernel/settle.ts";
const BLOBS = "src/kernel/store_blobs.ts";

const NAMES: readonly Command["name"][] = [
  ...["putCap", "putInstance", "putCapWithHash", "setInstance", "promote", "settle"] as const,
  ...["get", "retain", "release", "sweep", "putAll", "load", "break", "mend"] as const,
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/directory_programs_over_any_store_agree_with_model",
    claim:
      "programs of all operations give the model's outcomes and state over memory and over stores, also while a store fails",
    subject: [
      ...["create", "putAll", "load", "blobHashes", "putCap", "settle", "promoteBlobToInstance"],
      ...["get", "blobs", "blobCount", "putCapWithHash"],
    ].map((name) => `CacheDirectory.${name}`),
    spec: SPEC,
    strength: "sampled",
    domain: sampled(program, {
      runs: 400,
      describe: `programs of up to 25 commands over ${STORES.join(", ")}; ${SQLITE_HERE}`,
    }),
    reaches: [
      ...STORES,
      ...NAMES.map((name) => `${name} done`),
      ...["unresolved-ref", "hash-mismatch", "instance-missing", "cycle", "not-held"],
      "store-failed",
    ],
    implementation: faces,
    mutants: [
      mutant(DIRECTORY, "const put = this.#blobs.put(blobs.value);", "const put = ok(undefined);"),
      mutant(BLOBS, "if (!hash.ok) return err(hash.error);", "if (!hash.ok) continue;"),
      mutant(DIRECTORY, "directory.#blobs = blobs.value;", ""),
      mutant(DIRECTORY, "return put.ok ? hash : put;", "return hash;"),
      mutant(SETTLE, "if (!kept.ok) return kept;", ""),
      mutant(SETTLE, "apply(instances, found);\n  const", "const"),
      mutant(
        BLOBS,
        "if (!got.ok || got.value === undefined) return got.ok ? ok(undefined) : got;",
        "if (!got.ok || got.value === undefined) return ok(undefined);",
      ),
      mutant(BLOBS, "if (!done.ok) return done;", ""),
    ],
    check(given, reach, face) {
      const real = realOf(face, given.over);
      reach(given.over);
      const failure = sequenceAgrees(
        {
          start: () => ({ model: MODEL, real }),
          applyModel,
          applyReal,
          stateOfModel,
          stateOfReal,
          reached({ name }, outcome) {
            const failed = typeof outcome === "object" && outcome !== null && "error" in outcome;
            return failed ? `${outcome.error}` : `${name} done`;
          },
        },
        commandsOf(given),
        reach,
      );
      real.close();
      return failure;
    },
  }),
];

register(proofs);
