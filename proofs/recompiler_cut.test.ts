/** How programs are cut into segments and chunks, and how these are found by instructions. */

import fc from "fast-check";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import type { Prepared } from "../src/pvm/mod.ts";
import * as segments from "../src/pvm/recompiler/segments.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { GAS_MODELS } from "./_kit/pvm.ts";
import { op } from "./_kit/pvm_assemble.ts";
import { preparedOf } from "./_kit/recompiler.ts";
import { type Cut, cutOf } from "./_kit/recompiler_cut.ts";
import { linked } from "./_kit/recompiler_lines.ts";
import { placesOf, withEntries } from "./_kit/recompiler_twins.ts";
import { register } from "./_kit/register.ts";

type Face = typeof segments;
const FILE = "src/pvm/recompiler/segments.ts";
const mutant = sourceMutants<Face>(FILE);

/** A line by its kind; those with a target are told where it leads. */
const LINES: Readonly<Record<string, () => readonly number[]>> = {
  add: () => op("add_imm_64", { a: 1, b: 1, x: 1n }),
  fallthrough: () => op("fallthrough"),
  jump: () => op("jump"),
  branch: () => op("branch_ne", { a: 1, b: 2 }),
  load_imm_jump: () => op("load_imm_jump", { a: 1, x: 1n }),
  ecalli: () => op("ecalli", { x: 1n }),
  sbrk: () => op("sbrk", { a: 1, d: 2 }),
  trap: () => op("trap"),
};
const JUMPING: readonly string[] = ["jump", "branch", "load_imm_jump"];
const KINDS: readonly string[] = Object.keys(LINES);

/** A program: its lines, where each jumps to if it does, and where its jump table leads. */
interface Plan {
  readonly lines: readonly (readonly [kind: string, target: number])[];
  readonly entries: readonly number[];
}

function prepare(
  { lines, entries }: Plan,
  gasModel: Prepared["gasModel"],
  dialect: "gray-paper" | "javm",
): Prepared {
  const jumps = new Map(
    lines.flatMap(([kind, target], line) =>
      JUMPING.includes(kind) ? [[line, target % lines.length] as const] : []
    ),
  );
  const code = linked(lines.map(([kind]) => LINES[kind]?.() ?? []), jumps);
  const places = placesOf(code);
  const table = entries.map((line) => places[line % places.length] ?? 0);
  return preparedOf(withEntries(code, table), dialect, gasModel);
}

const plans: fc.Arbitrary<Plan> = fc.record({
  lines: fc.array(fc.tuple(fc.constantFrom(...KINDS), fc.nat(200)), {
    minLength: 1,
    maxLength: 90,
  }),
  entries: fc.array(fc.nat(200), { maxLength: 3 }),
});

/** Many lines of one kind, in which every so many is of another. */
function repeated(length: number, kind: string, every: number, other: string): Plan {
  const lines = Array.from(
    { length },
    (_, line): readonly [string, number] =>
      line % every === every - 1 ? [other, line * 7] : [kind, 0],
  );
  return { lines, entries: [Math.trunc(length / 2)] };
}

/** Programs that come to the limits of segments and chunks. */
const LONG: Readonly<Record<string, () => Plan>> = {
  "one block": () => repeated(4_100, "add", 5_000, "add"),
  "blocks of 999": () => repeated(3_100, "add", 999, "fallthrough"),
  "blocks of 1000": () => repeated(3_100, "add", 1_000, "fallthrough"),
  "blocks of 1001": () => repeated(3_100, "add", 1_001, "fallthrough"),
  "blocks of 1999": () => repeated(4_100, "add", 1_999, "fallthrough"),
  "blocks of 2000": () => repeated(4_100, "add", 2_000, "fallthrough"),
  "blocks of 2001": () => repeated(4_100, "add", 2_001, "fallthrough"),
  "blocks of one": () => repeated(2_500, "fallthrough", 50, "add"),
  "calls of the host": () => repeated(2_500, "ecalli", 3, "add"),
  "jumps everywhere": () => repeated(2_500, "add", 3, "jump"),
  "branches everywhere": () => repeated(2_500, "branch", 4, "add"),
  "blocks of 40": () => repeated(900, "add", 40, "fallthrough"),
  "blocks of 41": () => repeated(900, "add", 41, "fallthrough"),
};

/** A program, and how the model cuts it. */
interface Expected {
  readonly prepared: Prepared;
  readonly wanted: Cut;
}

const long = new Map<string, Expected>();

/** A long program, which is made once. */
function longOne(name: string, gasModel: Prepared["gasModel"]): Expected {
  const key = `${name} ${gasModel}`;
  const plan = LONG[name]?.() ?? { lines: [], entries: [] };
  const prepared = long.get(key)?.prepared ?? prepare(plan, gasModel, "gray-paper");
  const found = long.get(key) ?? { prepared, wanted: cutOf(prepared) };
  long.set(key, found);
  return found;
}

/** How a cut differs from that of the model, and what is looked up in it from what it says. */
function differs({ prepared, wanted }: Expected, face: Face): string | undefined {
  const cut = face.cut(prepared);
  const { first, flags, chunks } = wanted;
  const failure = agrees(
    { first: cut.first, flags: cut.flags, chunks: cut.chunks },
    { first, flags, chunks },
  );
  if (failure !== undefined) return failure;
  const step = Math.max(1, Math.trunc(prepared.layout.pcs.length / 60));
  for (let number = 0; number < prepared.layout.pcs.length; number += step) {
    const behind = first.findIndex((at, index) => at > number || index === flags.length);
    const chunk = chunks.findIndex((start) => start > behind - 1) - 1;
    const paying = (isPaid: boolean) =>
      first.findIndex((at, index) =>
        at === number && index < flags.length && (((flags[index] ?? 0) & 2) !== 0) === isPaid
      );
    const segment = behind - 1;
    const id = chunk * 4096 + segment - (chunks[chunk] ?? 0);
    const found = agrees(
      [
        face.segmentBehind(cut, number),
        face.chunkOf(cut, number),
        face.segmentAt(cut, number, false),
        face.segmentAt(cut, number, true),
        face.idOf(cut, segment),
        face.segmentOf(cut, id),
      ],
      [behind, chunk, paying(false), paying(true), id, segment],
    );
    if (found !== undefined) return `instruction ${number}: ${found}`;
  }
  return allOf(
    agrees(face.chunkOf(cut, -1), -1),
    agrees(face.idOf(cut, -1), -1),
    agrees(face.segmentAt(cut, -1, false), -1),
  );
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/programs_are_cut_as_the_model_cuts",
    claim: "segments, what is said of them, and chunks are those of the model",
    subject: ["cut", "segmentBehind", "chunkOf", "segmentAt", "idOf", "segmentOf"],
    spec: "The recompiler's own design: segments and chunks",
    strength: "sampled",
    domain: sampled(
      fc.record({
        plan: plans,
        gasModel: fc.constantFrom(...GAS_MODELS),
        dialect: fc.constantFrom("gray-paper" as const, "javm" as const),
      }),
      { runs: 300, describe: "programs of up to 90 lines that jump to each other" },
    ),
    reaches: ["cut"],
    implementation: segments,
    mutants: [
      mutant(FILE, "if (place !== 0) mark(numberOf(place), LEADER | TARGET | AFTER_EXIT);", ""),
      mutant(FILE, "? LEADER | AFTER_EXIT | OPEN", "? LEADER | OPEN"),
      mutant(FILE, "if (target !== 0) mark(", "if (target === 1) mark("),
      mutant(FILE, "for (const at of [start, start + 1])", "for (const at of [start])"),
      mutant(FILE, "if (to <= segment || isFar)", "if (to < segment || isFar)"),
      mutant(FILE, "segmentBehind(segments, number) - 1);", "segmentBehind(segments, number));"),
    ],
    check: ({ plan, gasModel, dialect }, reach, face) => {
      reach("cut");
      const prepared = prepare(plan, gasModel, dialect);
      return differs({ prepared, wanted: cutOf(prepared) }, face);
    },
  }),
  defineProof({
    id: "recompiler/long_programs_are_cut_as_the_model_cuts",
    claim:
      "a chunk ends at a block after 1,000 instructions, and within one at 2,000 or 799 segments",
    subject: ["cut", "segmentBehind", "chunkOf", "segmentAt", "idOf", "segmentOf"],
    spec: "The recompiler's own design: segments and chunks",
    strength: "bounded",
    domain: domain.product({
      name: domain.of(...Object.keys(LONG)),
      gasModel: domain.of("block" as const, "instruction" as const),
    }),
    reaches: ["cut"],
    implementation: segments,
    mutants: [
      mutant(FILE, ">= ENTRY_EVERY", "> ENTRY_EVERY"),
      mutant(FILE, "if (entry === ENTRY) this.#entered = number;", ""),
      mutant(FILE, "CHUNK_WANTED = 1_000", "CHUNK_WANTED = 1_001"),
      mutant(FILE, "CHUNK_WANTED = 1_000", "CHUNK_WANTED = 999"),
      mutant(FILE, "CHUNK_MAX = 2_000", "CHUNK_MAX = 2_001"),
      mutant(FILE, "CHUNK_MAX = 2_000", "CHUNK_MAX = 1_999"),
      mutant(FILE, ">= SEGMENTS_MAX - 1", ">= SEGMENTS_MAX"),
      mutant(FILE, "const ENTRY_EVERY = 40;", "const ENTRY_EVERY = 41;"),
      mutant(FILE, "const ENTRY_EVERY = 40;", "const ENTRY_EVERY = 39;"),
      mutant(FILE, "const isFar = to >= (chunks[chunk + 1] ?? 0);", "const isFar = false;"),
    ],
    check: ({ name, gasModel }, reach, face) => {
      reach("cut");
      return differs(longOne(name, gasModel), face);
    },
  }),
  defineProof({
    id: "recompiler/operations_are_told_apart",
    claim: "an operation has a target, or leaves the code, exactly when it is one of those that do",
    subject: ["hasTarget", "leaves"],
    spec: "Gray Paper, appendix A.5",
    strength: "exhaustive",
    domain: domain.range(0, 255),
    reaches: ["target", "leaves", "neither"],
    implementation: segments,
    mutants: [
      mutant(FILE, "operation === 40 ||", "operation === 41 ||"),
      mutant(FILE, "operation <= 175)", "operation < 175)"),
      mutant(FILE, "operation >= 170 &&", "operation > 170 &&"),
      mutant(FILE, "operation === 101;", "operation === 100;"),
    ],
    check: (operation, reach, { hasTarget, leaves }) => {
      const isJump = operation === 40 || operation === 80 ||
        ["eq", "ne", "lt_u", "lt_s", "ge_u", "ge_s"].some((name) =>
          op(`branch_${name}`, {})[0] === operation
        );
      const isCall = [op("ecall"), op("ecalli"), op("sbrk")].some(([code]) => code === operation);
      reach(isJump ? "target" : isCall ? "leaves" : "neither");
      return agrees([hasTarget(operation), leaves(operation)], [isJump, isCall]);
    },
  }),
];

register(proofs);
