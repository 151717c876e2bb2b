/** Vectors that are none: whatever is given to be run, it returns what is wrong with it. */

import { agrees, allOf, defineProof, domain, hostileValues, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import { vectorText } from "./_kit/cli.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof cli>("src/cli/mod.ts");
const RUN = "src/cli/vector_run.ts";

/** The fields of a vector, and of what it expects, by the paths to them. */
const PLACES = [
  ...["", "program", "registers", "pc", "gas", "pages", "memory", "expected"],
  ...[
    "pages.0",
    "pages.0.address",
    "pages.0.length",
    "pages.0.writable",
    "memory.0",
    "memory.0.address",
  ],
  ...["memory.0.contents", "expected.status", "expected.registers", "expected.registers.4"],
  ...["expected.pc", "expected.gas", "expected.memory", "expected.memory.0", "expected.memory.2"],
  ...["expected.memory.0.address", "expected.memory.0.contents"],
] as const;

/** What makes the same vector again. */
const SAME: ReadonlySet<string> = new Set(["pages.0.writable true", "expected.registers.4 0n"]);

/** A value with what lies at a path replaced. */
function replaced(whole: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined || name === "") return value;
  const copy: object = Array.isArray(whole) ? [...whole] : { ...Object(whole) };
  Reflect.set(copy, name, replaced(Reflect.get(Object(whole), name), rest, value));
  return copy;
}

/** A list of texts, which is not empty. */
function isTold(problems: unknown): string | undefined {
  const isList = Array.isArray(problems) && problems.length > 0 &&
    problems.every((each) => typeof each === "string");
  return isList ? undefined : "it finds nothing wrong";
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/run_vector_takes_anything",
    claim: "whatever is given as a vector, or as any field of one, what is wrong with it is told",
    subject: ["runVector"],
    spec: "PVM test vectors 0.4",
    strength: "exhaustive",
    domain: domain.product({ place: domain.of(...PLACES), hostile: hostileValues }),
    reaches: ["differs", "no vector"],
    implementation: cli,
    mutants: [
      mutant(
        RUN,
        "registers?.length === REGISTERS && registers",
        "registers !== undefined && registers",
      ),
      mutant(RUN, "!U32.is(pc) ||", ""),
      mutant(RUN, "known.length === items.length ? known : undefined", "known"),
      mutant(RUN, 'U32.is(length) && typeof writable === "boolean"', "U32.is(length)"),
      mutant(RUN, "left -= bytes?.length ?? Infinity;", "left -= bytes?.length ?? 0;"),
    ],
    check: ({ place, hostile: { code, make } }, reach, face) => {
      const vector = face.readVector(vectorText());
      if (!vector.ok) return "the vector is none";
      const [way] = face.WAYS;
      const given = replaced(vector.value, place.split("."), make());
      const problems: unknown = Reflect.apply(face.runVector, undefined, [given, way]);
      const isVector = SAME.has(`${place} ${code}`);
      reach(String(problems).startsWith("it is no vector") ? "no vector" : "differs");
      return allOf(
        isVector ? undefined : isTold(problems),
        place === "" ? agrees(face.runVector(vector.value, WAY), []) : undefined,
      );
    },
  }),
];

/** A way to run a vector. */
const WAY: cli.Way = { backend: "sparse", mode: "run" };

register(proofs);
