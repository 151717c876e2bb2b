/** Attacks through what a memory hands out, and refusals by the engine itself. */

import { agrees, agreesWithModel, allOf, defineProof, domain } from "../src/proof/mod.ts";
import { isTotal, type Proof } from "../src/proof/mod.ts";
import { call, implementation, memory, mutant, outcomeOf } from "./_kit/linear_memory.ts";
import { pair, stateOf, stateOfModel } from "./_kit/linear_memory.ts";
import { applyModel, applyReal, VALID } from "./_kit/linear_memory_commands.ts";
import { stateOfModelWorld, stateOfWorld, worlds } from "./_kit/linear_memory_commands.ts";
import { register } from "./_kit/register.ts";

const shape = { pages: 1, max: 3, pageBytes: 16 };
const METHODS = [...new Set(VALID.map(({ method }) => `IsolatedMemory.${method}`))];

/** What a caller can try with the buffer behind a view. */
const ATTACKS: Readonly<Record<string, (view: Uint8Array) => unknown>> = {
  "structuredClone with transfer": ({ buffer }) =>
    structuredClone(buffer, { transfer: buffer instanceof ArrayBuffer ? [buffer] : [] }),
  "transfer": ({ buffer }) => call(buffer, "transfer", []),
  "transfer to another length": ({ buffer }) => call(buffer, "transfer", [1]),
  "transferToFixedLength": ({ buffer }) => call(buffer, "transferToFixedLength", [0]),
  "resize": ({ buffer }) => call(buffer, "resize", [0]),
  "postMessage": ({ buffer }) => {
    const { port1, port2 } = new MessageChannel();
    try {
      call(port1, "postMessage", [buffer, [buffer]]);
    } finally {
      port1.close();
      port2.close();
    }
  },
  "own properties on the buffer": ({ buffer }) =>
    Object.defineProperties(buffer, { byteLength: { value: 0 }, constructor: { value: null } }),
  "own properties on the view": (view) =>
    Object.defineProperties(view, { buffer: { value: null }, set: { value: null } }),
  "another prototype": ({ buffer }) => Object.setPrototypeOf(buffer, null),
  "freeze": ({ buffer }) => Object.freeze(buffer),
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "linear/attacks_through_the_slice_fail",
    claim: "whatever is done to a view of the memory or to the buffer behind it, every operation " +
      "still gives the model's outcome and whole state",
    subject: ["IsolatedMemory.asSlice", ...METHODS],
    spec: "Wasm JavaScript interface 2.0, 5.3",
    strength: "bounded",
    domain: domain.product({
      attack: domain.of(...Object.keys(ATTACKS)),
      command: domain.of(...VALID),
    }),
    reaches: ["attacked"],
    implementation,
    mutants: [
      mutant(
        "backing.ts",
        "const heldBytes = this.#heldBytes;",
        "const heldBytes = this.#memory.buffer.byteLength;",
      ),
      mutant("memory.ts", "new Uint8Array(bytes.buffer, 0, bytes.length)", "bytes"),
      // An ordinary buffer, which a caller can detach.
      mutant(
        "backing.ts",
        "window.open(this, this.#memory.buffer, this.#pages * this.pageBytes);",
        "window.open(this, new ArrayBuffer(this.#memory.buffer.byteLength), this.#pages * this.pageBytes);",
      ),
    ],
    check({ attack, command }, reach, face) {
      const { real, model } = worlds(face, shape);
      isTotal(() => ATTACKS[attack]?.(real.memory.asSlice()));
      reach("attacked");
      const { state, outcome } = applyModel(model, command);
      return agreesWithModel(
        { outcome: applyReal(real, command), state: stateOfWorld(real) },
        { outcome, state: stateOfModelWorld(state) },
      );
    },
  }),
  engineRefuses(),
];

/** The engine's own refusals, which no argument brings about reliably. */
function engineRefuses(): Proof {
  return defineProof({
    id: "linear/engine_refusal_is_an_error",
    claim:
      "when the engine has no room, create and init give allocation-failed, grow gives -1, and " +
      "the memory stays as it was",
    subject: ["IsolatedMemory.create", "IsolatedMemory.init", "IsolatedMemory.grow"],
    spec: "Wasm JavaScript interface 2.0, 5.3",
    strength: "exhaustive",
    domain: domain.of("create", "init", "grow"),
    reaches: ["create", "init", "grow"],
    implementation,
    mutants: [
      mutant("backing.ts", "} catch {\n      return false;", "} catch {\n      return true;"),
      mutant("backing.ts", "} catch {\n      return false;\n    }", "} finally {}"),
      mutant("backing.ts", "} catch {\n      return undefined;\n    }", "} finally {}"),
    ],
    check(operation, reach, face) {
      const real = memory(face, { pages: 1, max: 4, pageBytes: 65_536 });
      const { model } = pair(face, { pages: 1, max: 4, pageBytes: 65_536 });
      real.asSlice().set(model.bytes);
      const engine = WebAssembly.Memory;
      const grow = engine.prototype.grow;
      const refuse = (): never => {
        throw new RangeError("no room");
      };
      reach(operation);
      let given: unknown;
      try {
        Reflect.set(WebAssembly, "Memory", function () {
          refuse();
        });
        engine.prototype.grow = refuse;
        given = operation === "create"
          ? outcomeOf(face.IsolatedMemory.create(2, 4))
          : operation === "init"
          ? outcomeOf(real.init(3))
          : real.grow(1);
      } finally {
        Reflect.set(WebAssembly, "Memory", engine);
        engine.prototype.grow = grow;
      }
      return allOf(
        agrees(given, operation === "grow" ? -1 : { trap: "allocation-failed" }),
        agrees(stateOf(real), stateOfModel(model)),
      );
    },
  });
}

register(proofs);
