/** Bytes of the host: written, read, and kept apart from every memory. */

import { write } from "../model/linear_memory.ts";
import { agrees, agreesWithModel, allOf, defineProof, domain } from "../src/proof/mod.ts";
import type { Proof } from "../src/proof/mod.ts";
import { implementation, kept, kindOf, mutant, outcomeOf } from "./_kit/linear_memory.ts";
import { pair, stateOf, stateOfModel } from "./_kit/linear_memory.ts";
import { SEGMENT_BYTES, worlds } from "./_kit/linear_memory_commands.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm core 2.0, 4.4.7 (bulk operations)";
const SIZE = 16;
const shape = { pages: 1, max: 2, pageBytes: SIZE };
const tiny = kept(shape);

/** Every offset of the tiny memory and some beyond. */
const PLACES = domain.range(0, SIZE + 2);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/segment_keeps_a_private_copy",
    claim:
      "a data segment holds the bytes that it was made of, whatever becomes of the array, and " +
      "none once dropped; anything but bytes makes none",
    subject: ["DataSegment.create", "DataSegment.length", "DataSegment.drop"],
    spec: "Wasm core 2.0, 4.5.3.7",
    strength: "bounded",
    domain: domain.range(0, SEGMENT_BYTES.length),
    reaches: ["made"],
    implementation,
    mutants: [
      mutant("segment.ts", "this.#bytes = copyBytes(bytes);", "this.#bytes = bytes;"),
      mutant("segment.ts", "this.#bytes?.length ?? 0", "5"),
    ],
    check(length, reach, face) {
      const given = Uint8Array.from(SEGMENT_BYTES.slice(0, length));
      const made = face.DataSegment.create(given);
      if (!made.ok) return "it was refused";
      reach("made");
      given.fill(0);
      const { real } = pair(face, shape);
      real.initSegment(made.value, 0, 0, length);
      const before = made.value.length;
      made.value.drop();
      return allOf(
        agrees(Array.from(real.asSlice().subarray(0, length)), SEGMENT_BYTES.slice(0, length)),
        agrees([before, made.value.length], [length, 0]),
      );
    },
  }),
  defineProof({
    id: "linear/read_and_write_agree_with_model",
    claim: "write and initData write, and read copies out, what the model does, for every range; " +
      "what was read does not change with the memory, nor the memory with it",
    subject: ["IsolatedMemory.write", "IsolatedMemory.initData", "IsolatedMemory.read"],
    spec: "Wasm core 2.0, 4.5.4",
    strength: "bounded",
    domain: domain.product({
      method: domain.of("write", "initData"),
      offset: PLACES,
      len: PLACES,
      own: domain.of(false, true),
    }),
    reaches: ["value", "out-of-bounds"],
    implementation,
    mutants: [
      mutant(
        "bulk.ts",
        "at.bytes.set(bytes, offset);",
        "at.bytes.set(bytes.slice(0, -1), offset);",
      ),
      mutant(
        "bulk.ts",
        "copy.set(bytes.subarray(offset, offset + len));",
        "copy.set(bytes.subarray(0, len));",
      ),
      mutant(
        "bulk.ts",
        "const copy = new Uint8Array(len);",
        "const copy = bytes.subarray(offset, offset + len);",
      ),
      mutant("bulk.ts", "!fits(at.size, offset, length ?? 0)", "!fits(at.size, offset, 0)"),
      mutant(
        "bulk.ts",
        "return this.initData(offset, bytes)",
        "return this.initData(offset + 1, bytes)",
      ),
    ],
    check({ method, offset, len, own }, reach, face) {
      const { real, model } = tiny(face);
      real.asSlice().set(model.bytes);
      // Either bytes of the host, or a view of the memory itself, overlapping what it is written to.
      const bytes = own ? real.asSlice().subarray(2, 2 + len) : new Uint8Array(len).fill(0xee);
      const { state, outcome } = write(model, offset, Array.from(bytes));
      reach(kindOf(outcome));
      const given = method === "write" ? real.write(offset, bytes) : real.initData(offset, bytes);
      const failure = agreesWithModel(
        { outcome: outcomeOf(given), state: stateOf(real) },
        { outcome, state: stateOfModel(state) },
      );
      const taken = real.read(offset, bytes.length);
      if (!taken.ok || failure !== undefined) return failure;
      const kept = Array.from(taken.value);
      real.fill(0, 0, SIZE);
      taken.value.fill(1, 0, 0);
      return allOf(
        agrees(kept, state.bytes.slice(offset, offset + bytes.length)),
        agrees(Array.from(taken.value), kept),
      );
    },
  }),
  defineProof({
    id: "linear/bulk_isolation",
    claim: "no range operation on one memory changes another, nor the segment it copies from",
    subject: [
      "IsolatedMemory.copy",
      "IsolatedMemory.fill",
      "IsolatedMemory.initSegment",
      "IsolatedMemory.storeI64",
      "IsolatedMemory.grow",
      "IsolatedMemory.init",
    ],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ at: domain.range(0, SIZE), len: domain.range(0, 5) }),
    reaches: ["checked"],
    implementation,
    mutants: [
      // One backing for all of them.
      mutant(
        "backing.ts",
        "const memory = new WebAssembly.Memory({",
        "const shared: Record<string, WebAssembly.Memory> = Object(Reflect.get(WebAssembly, 'shared') ?? {}); Reflect.set(WebAssembly, 'shared', shared); const memory = shared.one ??= new WebAssembly.Memory({",
      ),
    ],
    check({ at, len }, reach, face) {
      const [one, two] = [worlds(face, shape), pair(face, shape)];
      one.real.memory.fill(0, 0, SIZE);
      two.real.asSlice().set(two.model.bytes);
      reach("checked");
      one.real.memory.fill(at, 0x77, len);
      one.real.memory.copy(0, at, len);
      one.real.memory.initSegment(one.real.segment, at, 0, len);
      one.real.memory.storeI64(at, -1n);
      one.real.memory.grow(1);
      one.real.memory.init(1);
      return allOf(
        agrees(stateOf(two.real), stateOfModel(two.model)),
        agrees(one.real.segment.length, 5),
      );
    },
  }),
];

register(proofs);
