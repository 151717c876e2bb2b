/** The unchecked tier: right where its precondition holds, and harmless where it does not. */

import { agrees, allOf, defineProof, domain, hostileValues } from "../src/proof/mod.ts";
import { isTotal, type Proof } from "../src/proof/mod.ts";
import { call, implementation, kept, mutant, stateOf } from "./_kit/linear_memory.ts";
import { stateOfModel } from "./_kit/linear_memory.ts";
import {
  expected,
  isStore,
  pairGrown,
  shape,
  UNCHECKED_CALLS,
} from "./_kit/linear_memory_tiers.ts";
import { STORES, UNCHECKED_LOADS } from "./_kit/linear_memory_tiers.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Wasm core 2.0, 4.4.7";
const tiny = kept({ ...shape, pages: 2 });

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/unchecked_agrees_in_bounds",
    claim:
      "where its precondition holds, every unchecked access does what the model's does, also " +
      "after growth",
    subject: [...UNCHECKED_LOADS, ...STORES].map((name) => `UncheckedAccess.${name}`)
      .concat("uncheckedOf"),
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({ what: UNCHECKED_CALLS, offset: domain.range(0, 24) }),
    reaches: ["value", "other"],
    implementation,
    mutants: [
      mutant("unchecked.ts", "getUint16(offset, true)", "getUint16(offset)"),
      mutant("unchecked.ts", "getBigInt64(offset, true)", "getBigUint64(offset, true)"),
      mutant("unchecked.ts", "setInt16(offset, value, true)", "setInt8(offset, value)"),
      mutant(
        "unchecked.ts",
        "putHalves(this.#window.view, offset, lo, hi)",
        "putHalves(this.#window.view, offset, hi, lo)",
      ),
      mutant("put.ts", "view.setFloat64(offset, value, true)", "view.setFloat64(offset, value)"),
    ],
    check({ what, offset }, reach, face) {
      const { real, model } = pairGrown(face);
      real.memory.asSlice().set(model.bytes);
      const { state, kind, value } = expected(model, what, offset);
      reach(kind === "value" ? "value" : "other");
      if (kind !== "value") return undefined;
      const given = call(real.unchecked, what.method, [offset, ...what.operands]);
      return allOf(
        agrees(given, isStore(what.method) ? undefined : value),
        agrees(stateOf(real.memory), stateOfModel(state)),
      );
    },
  }),
  defineProof({
    id: "linear/unchecked_never_throws",
    claim: "where its precondition does not hold, an unchecked access still returns, changes no " +
      "size, and changes no byte of another memory",
    subject: [...UNCHECKED_LOADS, ...STORES].map((name) => `UncheckedAccess.${name}`)
      .concat("uncheckedOf"),
    spec: "none: its precondition is broken",
    strength: "bounded",
    domain: domain.product({ what: UNCHECKED_CALLS, hostile: hostileValues }),
    reaches: ["checked"],
    implementation,
    mutants: [
      mutant(
        "unchecked.ts",
        "return this.#window.view.getUint8(offset);\n    } catch {\n      return 0;\n    }",
        "return this.#window.view.getUint8(offset);\n    } finally {}",
      ),
      mutant(
        "unchecked.ts",
        "return this.#window.view.getFloat64(offset, true);\n    } catch {\n      return 0;\n    }",
        "return this.#window.view.getFloat64(offset, true);\n    } finally {}",
      ),
      mutant(
        "unchecked.ts",
        "this.#window.view.setInt32(offset, value, true);\n    } catch {",
        "this.#window.view.setInt32(offset, value, true);\n    } finally {",
      ),
    ],
    check({ what: { method, operands }, hostile }, reach, face) {
      const { real, model } = pairGrown(face);
      const other = tiny(face);
      const sizes = [real.memory.activeSize, real.memory.size(), real.memory.asSlice().length];
      const none = Reflect.apply(face.uncheckedOf, undefined, [hostile.make()]);
      const forged = Reflect.construct(face.UncheckedAccess, [hostile.make()]);
      reach("checked");
      return allOf(
        isTotal(() => call(real.unchecked, method, [hostile.make(), ...operands])),
        isTotal(() => call(real.unchecked, method, [3, ...operands.map(hostile.make)])),
        isTotal(() => call(real.unchecked, method, [model.bytes.length - 1, ...operands])),
        isTotal(() => call(none, method, [0, ...operands])),
        isTotal(() => call(forged, method, [0, ...operands])),
        agrees([real.memory.activeSize, real.memory.size(), real.memory.asSlice().length], sizes),
        agrees(stateOf(other.real), stateOfModel(other.model)),
      );
    },
  }),
];

register(proofs);
