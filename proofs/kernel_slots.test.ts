/** CNodes and the operations on their slots, beside the model. */

import fc from "fast-check";
import { capHash, CNODE } from "../model/kernel_caps.ts";
import type { Value } from "../model/kernel_ssz.ts";
import * as model from "../model/kernel_slots.ts";
import * as kernel from "../src/kernel/mod.ts";
import type { CNodeCap, SlotResult } from "../src/kernel/mod.ts";
import {
  agrees,
  agreesWithModel,
  allOf,
  defineProof,
  domain,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import { mutant, plainCap, realCap, sha, valueOf } from "./_kit/kernel.ts";
import { cnodeOf, hash, HASHES, slotIn, u32 } from "./_kit/kernel_arbitrary.ts";
import { cnodeIn, marked } from "./_kit/kernel_slots.ts";
import { register } from "./_kit/register.ts";

const SPEC = "capabilities, 2.5 and 3.6; slot operations of version 3";
const OPERATIONS = "src/kernel/slot_operations.ts";
const CNODE_FILE = "src/kernel/cnode_cap.ts";
const TREE = "src/kernel/ssz/sparse_tree.ts";
const [A = "", B = ""] = HASHES;

type Name = "copy" | "move" | "swap" | "drop" | "mint";
const FAILURES = ["slot-pinned", "source-empty", "destination-occupied", "slot-out-of-range"];

function modelDone(done: model.Done): unknown {
  return "cnode" in done ? { ok: [CNODE, done.cnode] } : { ...done };
}

function realDone(done: SlotResult): unknown {
  if (done.ok) return { ok: plainCap(done.value) };
  const { kind, ...data } = done.error;
  const { slot, sizeLog } = { slot: undefined, sizeLog: undefined, ...data };
  return {
    error: kind,
    ...slot === undefined ? {} : { slot: BigInt(slot) },
    ...sizeLog === undefined ? {} : { sizeLog: BigInt(sizeLog) },
  };
}

const CONTENTS: readonly (readonly Value[] | undefined)[] = [undefined, [0n, A], [1n, B]];

interface Case {
  readonly contents: typeof CONTENTS;
  readonly mode: model.Mode;
  readonly pinned: readonly bigint[];
  readonly name: Name;
  readonly a: bigint;
  readonly b: bigint;
}

function onModel({ mode, pinned, name, a, b }: Case, cnode: model.CNode): model.Done {
  switch (name) {
    case "drop":
      return model.drop(mode, cnode, pinned, a);
    case "mint":
      return model.mint(mode, cnode, pinned, a, B);
    default:
      return model[name](mode, cnode, pinned, a, b);
  }
}

function onReal(face: typeof kernel, at: Case, cnode: CNodeCap): SlotResult {
  const rules = { mode: at.mode, pinned: at.pinned.map(Number) };
  const [a, b] = [Number(at.a), Number(at.b)];
  switch (at.name) {
    case "drop":
      return face.dropSlot(cnode, rules, a);
    case "mint":
      return face.mintSlot(cnode, rules, a, B);
    case "copy":
      return face.copySlot(cnode, rules, a, b);
    case "move":
      return face.moveSlot(cnode, rules, a, b);
    default:
      return face.swapSlots(cnode, rules, a, b);
  }
}

function realCNode(face: typeof kernel, [sizeLog, entries]: model.CNode): CNodeCap {
  let cnode = valueOf(face.CNodeCap.create(Number(sizeLog)));
  for (const entry of entries) {
    const [slot, missing, content] = Array.isArray(entry) ? entry : [];
    const value = missing === 0n ? { target: `${content}` } : { missing: `${content}` };
    cnode = valueOf(cnode.put(Number(slot), value)).cnode;
  }
  return cnode;
}

const change = fc.record({
  how: fc.constantFrom("set", "take", "put", "get"),
  slot: fc.oneof({ weight: 6, arbitrary: slotIn(8n) }, u32),
  hash,
});

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/slot_operations_agree_with_model",
    claim:
      "copy, move, drop, swap and mint give the model's cnode or its error in both modes, and leave the first cnode",
    subject: ["copySlot", "moveSlot", "dropSlot", "swapSlots", "mintSlot"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.map(
      domain.product({
        x: domain.of(...CONTENTS),
        y: domain.of(...CONTENTS),
        z: domain.of(...CONTENTS),
        mode: domain.of<model.Mode>("compat", "v3"),
        pinned: domain.of<readonly bigint[]>([], [0n], [1n, 5n]),
        name: domain.of<Name>("copy", "move", "swap", "drop", "mint"),
        a: domain.of(0n, 1n, 3n, 4n, 5n),
        b: domain.of(0n, 1n, 2n, 4n),
      }),
      ({ x, y, z, ...rest }): Case => ({ ...rest, contents: [x, y, z] }),
    ),
    reaches: ["done", ...FAILURES],
    implementation: kernel,
    mutants: [
      mutant(OPERATIONS, 'mode === "v3" ? [from, to] : [to]', 'mode === "v3" ? [to] : [from, to]'),
      mutant(OPERATIONS, 'mode === "compat" || cnode.content(slot)', "cnode.content(slot)"),
      mutant(OPERATIONS, "cnode.content(slot) === undefined", "cnode.get(slot) === undefined"),
      mutant(
        OPERATIONS,
        "pinnedAmong(begun.value, begun.value.slots) ?? beyond(begun.value, from)",
        "beyond(begun.value, from) ?? pinnedAmong(begun.value, begun.value.slots)",
      ),
      mutant(
        OPERATIONS,
        "const blocked = occupied(begun.value, to);",
        "const blocked = undefined;",
      ),
      mutant(OPERATIONS, "const taken = after(cnode.take(from));", "const taken = ok(cnode);"),
      mutant(OPERATIONS, "half.value.put(second, atFirst)", "half.value.put(second, atSecond)"),
      mutant(OPERATIONS, "pinned.includes(candidate)", "pinned[0] === candidate"),
      mutant(
        OPERATIONS,
        "return pinnedAmong(begun.value, [to]) ?? occupied",
        "return occupied",
      ),
    ],
    check(at, reach, face) {
      const entries = at.contents.flatMap((content, i): Value[] =>
        content === undefined ? [] : [[BigInt(i), ...content]]
      );
      const start: model.CNode = [2n, entries];
      const real = realCNode(face, start);
      const done = onReal(face, at, real);
      reach(done.ok ? "done" : done.error.kind);
      return agreesWithModel(
        { outcome: realDone(done), state: plainCap(real) },
        { outcome: modelDone(onModel(at, start)), state: [CNODE, start] },
      );
    },
  }),
  defineProof({
    id: "kernel/cnode_changes_agree_with_model",
    claim:
      "any changes give the model's slots and previous targets, the hash of a cnode made at once, and leave every earlier cnode",
    subject: [
      "CNodeCap.set",
      "CNodeCap.put",
      "CNodeCap.take",
      "CNodeCap.get",
      "CNodeCap.entries",
      "capHash",
    ],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(fc.tuple(cnodeOf(hash), fc.array(change, { maxLength: 12 })), {
      runs: 250,
      describe: "cnodes of five sizes and up to 12 changes",
    }),
    reaches: ["done", "slot-out-of-range"],
    implementation: kernel,
    mutants: [
      mutant(TREE, ": branch(left, replaced(right,", ": branch(undefined, replaced(right,"),
      mutant(
        TREE,
        "left === undefined && right === undefined ? undefined : {",
        "left === undefined && right === undefined ? { left, right, root: undefined } : {",
      ),
      mutant(TREE, "if (rest >= half) rest -= half;", ""),
      mutant(TREE, "index += half", "index += 1"),
      mutant(TREE, "(entries[probe]?.[0] ?? half) < half", "(entries[probe]?.[0] ?? half) <= half"),
      mutant(
        CNODE_FILE,
        "const before = this.#tree.get(index.value);",
        "const before = next.value;",
      ),
      mutant(CNODE_FILE, "if (!isInside(index.value, this.#sizeLog))", "if (index.value > 65535)"),
      mutant("src/kernel/slot.ts", "return slot < 2 ** sizeLog;", "return slot <= 2 ** sizeLog;"),
    ],
    check([[size = 0n, slots = []], changes], reach, face) {
      const entries = Array.isArray(slots) ? slots : [];
      let state: model.CNode = [typeof size === "bigint" ? size : 0n, entries];
      let real = cnodeIn(realCap(face, [CNODE, state]));
      for (const { how, slot, hash } of changes) {
        const before = [plainCap(real), valueOf(face.capHash(real))];
        const index = Number(slot);
        const content = how === "put" ? { missing: hash } : { target: hash };
        if (how === "get") {
          const [got, kept] = [real.get(index), real.content(index)];
          const wanted = model.contentOf(state, slot);
          const plain = kept && ("missing" in kept ? [1n, kept.missing] : [0n, kept.target]);
          const failure = allOf(agrees(got, model.get(state, slot)), agrees(plain, wanted));
          if (failure !== undefined) return failure;
          continue;
        }
        const changed = how === "set"
          ? real.set(index, hash)
          : how === "take"
          ? real.take(index)
          : real.put(index, content);
        const step = model.set(state, slot, how === "take" ? undefined : hash);
        reach(changed.ok ? "done" : changed.error.kind);
        if (!changed.ok || !("cnode" in step)) {
          const failure = agrees([changed.ok, "cnode" in step], [false, false]);
          if (failure !== undefined) return failure;
          continue;
        }
        const next: model.CNode = how === "put"
          ? [state[0], step.cnode[1].map((e) => marked(e, slot))]
          : step.cnode;
        const failure = allOf(
          agrees(changed.value.previous, model.get(state, slot)),
          agrees([plainCap(real), valueOf(face.capHash(real))], before),
          agrees(plainCap(changed.value.cnode), [CNODE, next]),
          agrees(valueOf(face.capHash(changed.value.cnode)), capHash(sha, [CNODE, next])),
        );
        if (failure !== undefined) return failure;
        [state, real] = [next, changed.value.cnode];
      }
      return undefined;
    },
  }),
];

register(proofs);
