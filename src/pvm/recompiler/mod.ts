/**
 * The recompiler: engines that turn PVM programs into WebAssembly.
 *
 * They do to a machine exactly what the interpreter does; nothing that can be seen depends on the engine
 * but the time. Generated code works on the bytes of a `SparseMemory` in place; machines with another memory,
 * and machines where WebAssembly may not be compiled, are interpreted.
 *
 * @module
 */

import { Engine } from "../mod.ts";
import { runCompiled, runHot } from "./run.ts";

/**
 * An engine that runs programs by generated code from their first instruction on, compiled chunk by chunk
 * as they are reached. Of programs of more than 8,000 instructions it interprets each chunk at first,
 * about as long as compiling it takes; and runs of less than some 30 instructions between host calls it
 * leaves to the interpreter, once they are the usual ones.
 *
 * @returns The engine, for any number of machines. Errors: none.
 *
 * Spec: Gray Paper, appendix A; JAVM.
 *
 * @example A machine on generated code
 * ```ts
 * import { decodeBlob, Machine, Program } from "@ringfence/core/pvm";
 * import { recompiler } from "@ringfence/core/recompiler";
 * import { SparseMemory } from "@ringfence/core/paged";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const code = decodeBlob(Uint8Array.of(0, 0, 3, 1, 1, 0, 0b111)); // fallthrough twice, trap
 * const memory = SparseMemory.create({ reservedBytes: 65_536 });
 * assert(code.ok && memory.ok);
 * const program = Program.create(code.value);
 * assert(program.ok);
 * const options = { memory: memory.value, gas: 100n, engine: recompiler() };
 * const machine = Machine.create(program.value, options);
 * assert(machine.ok);
 * assertEquals(machine.value.run(), { kind: "panic" });
 * assertEquals<bigint>(machine.value.gas, 97n);
 * ```
 */
export function recompiler(): Engine {
  return Engine.create(runCompiled);
}

/**
 * An engine that interprets programs first and moves them to generated code once they proved hot, but for
 * machines whose runs between two host calls stay short.
 *
 * @returns The engine, for any number of machines. Errors: none.
 *
 * Spec: Gray Paper, appendix A; JAVM.
 *
 * @example An engine for programs of any kind
 * ```ts
 * import { Engine } from "@ringfence/core/pvm";
 * import { auto } from "@ringfence/core/recompiler";
 * import { assert } from "@std/assert";
 *
 * assert(auto() instanceof Engine);
 * ```
 */
export function auto(): Engine {
  return Engine.create(runHot);
}

// What the signatures above speak of
export type { Engine } from "../mod.ts";
