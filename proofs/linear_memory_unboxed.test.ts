/** The unboxed tier: the same values and the same bytes as the `Result` tier, without the reasons. */

import { agrees, allOf, defineProof, domain, hostileValues, type Proof } from "../src/proof/mod.ts";
import { BOUNDS, implementation, mutant, offsets } from "./_kit/linear_memory.ts";
import { stateOf, stateOfModel } from "./_kit/linear_memory.ts";
import { expected, isStore, LOADS, made, UNBOXED_CALLS } from "./_kit/linear_memory_tiers.ts";
import { pairGrown, STORES } from "./_kit/linear_memory_tiers.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm core 2.0, 4.4.7";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/unboxed_agrees_with_model",
    claim:
      "every unboxed load gives the model's value or nothing, every store the model's bytes or " +
      "none, at every offset of a memory that grew after the access was made; `high` changes with " +
      "a 64-bit load alone",
    subject: [...Object.keys(LOADS), "high", ...STORES].map((name) => `UnboxedAccess.${name}`)
      .concat("unboxedOf"),
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ what: UNBOXED_CALLS, offset: offsets(32) }),
    reaches: ["value", "out-of-bounds", "invalid-argument"],
    implementation,
    mutants: [
      ...BOUNDS,
      mutant("unboxed.ts", "getUint16(offset, true)", "getUint16(offset)"),
      mutant("unboxed.ts", "getInt8(offset)", "getUint8(offset)"),
      mutant("unboxed.ts", "getInt16(offset, true)", "getUint16(offset, true)"),
      mutant(
        "unboxed.ts",
        "if (!fits(at.size, offset, 8)) return undefined;",
        "if (!fits(at.size, offset, 4)) return undefined;",
      ),
      mutant(
        "unboxed.ts",
        "this.#high = at.view.getInt32(offset + 4, true)",
        "this.#high = at.view.getInt32(offset, true)",
      ),
      mutant(
        "unboxed.ts",
        "if (!fits(at.size, offset, 8)) return undefined;",
        "if (!fits(at.size, offset, 8)) {\n      this.#high = 0;\n      return undefined;\n    }",
      ),
      mutant("unboxed.ts", "!isWord(lo) || !isWord(hi)", "!isWord(lo)"),
      mutant(
        "unboxed.ts",
        "putHalves(at.view, offset, lo, hi)",
        "putHalves(at.view, offset, hi, lo)",
      ),
      mutant(
        "unboxed.ts",
        "at.view.setBigInt64(offset, value, true)",
        "at.view.setBigInt64(offset, value)",
      ),
      mutant(
        "unboxed.ts",
        "fits(at.size, offset, 1) ? at.view.getUint8(offset) : undefined",
        "fits(at.size, offset, 1) ? at.view.getUint8(offset) : 0",
      ),
      mutant(
        "backing.ts",
        "for (const window of this.#windows) window.open(this, buffer, bytes);",
        "",
      ),
    ],
    check({ what, offset }, reach, face) {
      const { real, model } = pairGrown(face);
      real.memory.asSlice().set(model.bytes);
      const { state, kind, value } = expected(model, what, offset);
      reach(kind);
      real.unboxed.loadI64Low(0); // leaves a high half that is not 0
      const { high } = real.unboxed;
      const given = made(real.unboxed, what, offset);
      const loadsHigh = what.method === "loadI64Low" && kind === "value";
      return allOf(
        agrees(given, value),
        loadsHigh ? undefined : agrees(real.unboxed.high, high),
        agrees(stateOf(real.memory), stateOfModel(state)),
      );
    },
  }),
  defineProof({
    id: "linear/unboxed_never_throws",
    claim: "every unboxed access, given any value in any place, returns; what it refuses changes " +
      "nothing; of what is no memory, unboxedOf makes an access that refuses everything",
    subject: [...Object.keys(LOADS), ...STORES].map((name) => `UnboxedAccess.${name}`)
      .concat("unboxedOf"),
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ what: UNBOXED_CALLS, hostile: hostileValues }),
    reaches: ["checked"],
    implementation,
    mutants: [
      mutant(
        "unboxed.ts",
        'if (!fits(at.size, offset, 8) || typeof value !== "number") return false;',
        "if (!fits(at.size, offset, 8)) return false;",
      ),
      mutant("unboxed.ts", "this.#window = Window.from(window);", "this.#window = window;"),
    ],
    check({ what, hostile }, reach, face) {
      const { real, model } = pairGrown(face);
      real.memory.asSlice().set(model.bytes);
      const spoilt = { method: what.method, operands: what.operands.map(hostile.make) };
      const [offset, operand] = [expected(model, what, hostile.make()), expected(model, spoilt, 3)];
      reach("checked");
      const first = made(real.unboxed, what, hostile.make());
      const after = agrees(stateOf(real.memory), stateOfModel(offset.state));
      real.memory.asSlice().set(model.bytes);
      const none = Reflect.apply(face.unboxedOf, undefined, [hostile.make()]);
      const forged = Reflect.construct(face.UnboxedAccess, [hostile.make()]);
      const nothing = isStore(what.method) ? false : undefined;
      return allOf(
        after,
        agrees(first, offset.value),
        agrees(
          made(real.unboxed, { ...what, operands: what.operands.map(hostile.make) }, 3),
          operand.value,
        ),
        agrees(stateOf(real.memory), stateOfModel(operand.state)),
        agrees(made(none, what, 0), nothing),
        agrees(made(forged, what, 0), nothing),
      );
    },
  }),
];

register(proofs);
