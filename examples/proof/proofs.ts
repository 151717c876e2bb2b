/** The proofs of the ring buffer, as a team would write them next to its code. */

import fc from "fast-check";
import {
  agrees,
  defineProof,
  domain,
  type Proof,
  type Reach,
  sampled,
  sequenceAgrees,
} from "@ringfence/core/proof";
import { apply, type Command, empty } from "./model.ts";
import * as ring from "./ring_buffer.ts";

type Ring = typeof ring;

/** Runs commands on a ring and on the model, and compares outcome and whole state at every step. */
function followsModel(
  capacity: number,
  commands: readonly Command[],
  reach: Reach,
  { RingBuffer }: Ring,
): string | undefined {
  return sequenceAgrees(
    {
      start: () => ({ model: empty(capacity), real: new RingBuffer(capacity) }),
      applyModel: apply,
      applyReal: (real, command: Command) =>
        command.kind === "push" ? real.push(command.byte) : real.shift(),
      stateOfModel: (queue) => queue.bytes,
      stateOfReal: (real) => real.toArray(),
      reached: ({ kind }, outcome) =>
        kind === "push"
          ? (outcome ? "pushed" : "full")
          : outcome === undefined
          ? "empty"
          : "shifted",
    },
    commands,
    reach,
  );
}

const bytes = domain.range(0, 1);
const command = domain.union<Command>(
  domain.of({ kind: "shift" }),
  domain.map(bytes, (byte) => ({ kind: "push", byte })),
);

/** A wrong variant, written by hand: a ring that forgets that a byte was taken. */
class Forgetful extends ring.RingBuffer {
  override shift(): number | undefined {
    return this.toArray()[0];
  }
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "ring/next_place_wraps",
    claim: "the place after the last one is the first, and after any other the next",
    subject: ["nextPlace"],
    spec: "README, step 1",
    strength: "exhaustive",
    domain: domain.from({
      describe: "every place of every ring of 1 to 16",
      size: (16 * 17) / 2,
      *values() {
        for (let capacity = 1; capacity <= 16; capacity++) {
          for (let place = 0; place < capacity; place++) yield { place, capacity };
        }
      },
    }),
    reaches: ["next", "wrapped"],
    implementation: ring,
    mutants: [{
      name: "wraps one place too late",
      implementation: () => ({
        ...ring,
        nextPlace: (place, capacity) => place === capacity ? 0 : place + 1,
      }),
    }],
    check({ place, capacity }, reach, { nextPlace }) {
      const next = nextPlace(place, capacity);
      reach(next === 0 ? "wrapped" : "next");
      return agrees(next, (place + 1) % capacity);
    },
  }),
  defineProof({
    id: "ring/every_short_program_follows_the_model",
    claim: "in rings of 0 to 2 places, every program of up to 6 commands does what the list does",
    subject: ["RingBuffer.push", "RingBuffer.shift", "RingBuffer.toArray"],
    spec: "README, step 2",
    strength: "bounded",
    domain: domain.product({ capacity: domain.range(0, 2), commands: domain.words(command, 6) }),
    reaches: ["pushed", "full", "shifted", "empty"],
    implementation: ring,
    mutants: [{
      name: "forgets that a byte was taken",
      implementation: () => ({ ...ring, RingBuffer: Forgetful }),
    }],
    check: ({ capacity, commands }, reach, ring) => followsModel(capacity, commands, reach, ring),
  }),
  defineProof({
    id: "ring/long_programs_follow_the_model",
    claim: "in rings of up to 9 places, programs of up to 60 commands do what the list does",
    subject: ["RingBuffer.push", "RingBuffer.shift", "RingBuffer.toArray"],
    spec: "README, step 3",
    strength: "sampled",
    domain: sampled(
      fc.record({
        capacity: fc.nat({ max: 9 }),
        commands: fc.array(
          fc.oneof(
            fc.record({ kind: fc.constant("push" as const), byte: fc.nat({ max: 255 }) }),
            fc.record({ kind: fc.constant("shift" as const) }),
          ),
          { maxLength: 60 },
        ),
      }),
      { runs: 500, describe: "programs of up to 60 commands" },
    ),
    reaches: ["pushed", "full", "shifted", "empty"],
    implementation: ring,
    mutants: [{
      name: "forgets that a byte was taken",
      implementation: () => ({ ...ring, RingBuffer: Forgetful }),
    }],
    check: ({ capacity, commands }, reach, ring) => followsModel(capacity, commands, reach, ring),
  }),
];
