/** Machines on generated code beside machines on the interpreter, which has proofs of its own. */

import { SparseMemory } from "../../src/paged/mod.ts";
import * as pvm from "../../src/pvm/mod.ts";
import type { Code, Engine, Exit, GasModel, Machine } from "../../src/pvm/mod.ts";
import type * as recompiler from "../../src/pvm/recompiler/mod.ts";
import { type MutantMaker, sourceMutants } from "./mutants.ts";
import { value } from "./paged.ts";
import { exitText } from "./pvm.ts";

/** The face under proof. */
export type Face = typeof recompiler;
/** Makes mutants of it. They share the interpreter and the memories. */
export const mutant: MutantMaker<Face> = sourceMutants<Face>("src/pvm/recompiler/mod.ts");

/** A machine to make, on either engine. */
export interface Start {
  readonly code: Code;
  readonly dialect: "gray-paper" | "javm";
  readonly gasModel: GasModel;
  readonly gas: bigint;
  readonly registers: readonly bigint[];
  readonly pc?: number | undefined;
  readonly readOnlyStore?: "panic" | "page-fault" | undefined;
}

/** The first address of the page that the main window begins with: two writable pages. */
export const MAIN = 0x2_0000;
/** A writable page by itself, next to one that can only be read. */
export const OTHER = 0x3_0000;
/** The pages of the stack, up to the end of the space. */
export const STACK = 0xffff_e000;
export const PAGE = 4096;

/** A memory with pages of every kind. */
export function memoryOf(dialect: "gray-paper" | "javm"): SparseMemory {
  const memory = value(
    SparseMemory.create({ reservedBytes: dialect === "javm" ? 0 : 0x1_0000, limitBytes: 2 ** 20 }),
  );
  const bytes = Uint8Array.from({ length: 2 * PAGE }, (_, place) => place * 37 + (place >> 8));
  const writable = [[MAIN, 2 * PAGE], [OTHER, PAGE], [STACK, 2 * PAGE]] as const;
  for (const [start, size] of writable) {
    value(memory.mapRegion(start, size, "read-write", bytes));
  }
  value(memory.mapRegion(OTHER + PAGE, PAGE, "read-only", bytes));
  value(memory.setHeap(MAIN, MAIN + 2 * PAGE, 8));
  return memory;
}

/** A machine on an engine; on the interpreter when there is none. */
export function machineOf(
  start: Start,
  engine?: Engine,
  memory: SparseMemory = memoryOf(start.dialect),
): Machine {
  const dialect = start.dialect === "javm" ? pvm.JAVM : pvm.GRAY_PAPER;
  const program = value(pvm.Program.create(start.code, { dialect, gasModel: start.gasModel }));
  const { gas, registers, pc, readOnlyStore } = start;
  return value(
    pvm.Machine.create(program, { memory, gas, registers, pc, readOnlyStore, engine }),
  );
}

/** Two machines that have to stay alike. */
export interface Pair {
  readonly plain: Machine;
  readonly quick: Machine;
}

export function pairOf(start: Start, engine: Engine): Pair {
  return { plain: machineOf(start), quick: machineOf(start, engine) };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return a.length === b.length;
}

/** How the state of one machine differs from that of the other; nothing when it does not. */
function difference({ plain, quick }: Pair): string | undefined {
  const scalars = (machine: Machine) => {
    const top = machine.memory.sbrk(0);
    const { pc, gas, registers } = machine;
    return `pc ${pc}, gas ${gas}, registers ${registers}, heap ${top.ok ? top.value : "?"}`;
  };
  const [expected, actual] = [scalars(plain), scalars(quick)];
  if (expected !== actual) return `${actual}; not ${expected}`;
  const [pages, others] = [[...plain.memory.pages()], [...quick.memory.pages()]];
  const differs = pages.some(({ address, access, bytes }, place) => {
    const other = others[place];
    return other?.address !== address || other.access !== access || !sameBytes(bytes, other.bytes);
  });
  return differs || pages.length !== others.length ? "the memories differ" : undefined;
}

/** Runs both to the next exit: that exit, and how they differ. */
export function runBoth(
  pair: Pair,
): { readonly exit: Exit; readonly failure: string | undefined } {
  const [exit, other] = [pair.plain.run(), pair.quick.run()];
  const failure = exitText(exit) === exitText(other)
    ? difference(pair)
    : `${exitText(other)}; not ${exitText(exit)}`;
  return { exit, failure };
}

/** Does the same to both. */
export function both({ plain, quick }: Pair, change: (machine: Machine) => void): void {
  change(plain);
  change(quick);
}

/** Runs both through their exits, each of which the host answers in the simplest way. */
export function staysAlike(
  pair: Pair,
  exitsMax: number,
  onExit: (exit: Exit) => void = () => {},
): string | undefined {
  for (let exits = 1; exits <= exitsMax; exits++) {
    const { exit, failure } = runBoth(pair);
    onExit(exit);
    if (failure !== undefined) return `exit ${exits}: ${failure}`;
    if (exit.kind === "out-of-gas") both(pair, (machine) => machine.setGas(37n));
    else if (exit.kind === "page-fault") {
      if (!pair.plain.memory.mapRegion(exit.address, PAGE, "read-write").ok) return undefined;
      pair.quick.memory.mapRegion(exit.address, PAGE, "read-write");
    } else if (exit.kind !== "host-call" && exit.kind !== "ecall") return undefined;
  }
  return undefined;
}

/** A program as engines are handed it. */
export function preparedOf(
  code: pvm.Code,
  dialect: "gray-paper" | "javm",
  gasModel: pvm.GasModel,
): pvm.Prepared {
  let found: pvm.Prepared | undefined;
  const engine = pvm.Engine.create(({ prepared }) => {
    found = prepared;
    return () => ({ kind: "panic" });
  });
  const program = value(
    pvm.Program.create(code, {
      dialect: dialect === "javm" ? pvm.JAVM : pvm.GRAY_PAPER,
      gasModel,
    }),
  );
  value(pvm.Machine.create(program, { memory: memoryOf("gray-paper"), gas: 0n, engine }));
  if (found === undefined) throw new Error("the engine was handed nothing");
  return found;
}
