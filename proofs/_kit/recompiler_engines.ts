/** Machines on the recompiler beside machines on the interpreter and the model. */

import type * as model from "../../model/pvm.ts";
import type { Memory } from "../../src/paged/mod.ts";
import type { Engine, Exit, Machine } from "../../src/pvm/mod.ts";
import * as pvm from "../../src/pvm/mod.ts";
import { exitText, type Face as Pvm } from "./pvm.ts";
import type { Face } from "./recompiler.ts";

/** The face of the machine, whose machines run on an engine unless they are told another one. */
function pvmOn(engine: Engine): Pvm {
  const create: typeof pvm.Machine.create = (program, options) =>
    pvm.Machine.create(program, { engine, ...options });
  return {
    ...pvm,
    Machine: new Proxy(pvm.Machine, {
      get: (target, key) => key === "create" ? create : Reflect.get(target, key),
    }),
  };
}

/** The engines of an implementation, and the machines on each. */
export interface Engines {
  readonly recompiler: Engine;
  readonly auto: Engine;
  readonly compiled: Pvm;
  readonly tiered: Pvm;
}

const known = new WeakMap<Face["recompiler"], Engines>();

/** The engines of an implementation, made once. */
export function enginesOf(face: Face): Engines {
  const { recompiler: makeRecompiler, auto: makeAuto } = face;
  const found = known.get(makeRecompiler);
  if (found !== undefined) return found;
  const [recompiler, auto] = [makeRecompiler(), makeAuto()];
  const made = { recompiler, auto, compiled: pvmOn(recompiler), tiered: pvmOn(auto) };
  known.set(makeRecompiler, made);
  return made;
}

/** A page as it is compared. */
interface PageState {
  readonly address: number;
  readonly access: string;
  readonly bytes: Uint8Array;
}

/** The first place where two pages differ; -1 for none. */
function differingByte(a: Uint8Array, b: Uint8Array): number {
  if (a.length === b.length && a.length % 4 === 0) {
    const words = (bytes: Uint8Array) =>
      new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const [left, right] = [words(a), words(b)];
    let at = 0;
    while (at < left.length && left[at] === right[at]) at++;
    if (at === left.length) return -1;
  }
  for (let at = 0; at < Math.max(a.length, b.length); at++) if (a[at] !== b[at]) return at;
  return -1;
}

/** How two lists of pages differ. */
function differingPages(
  actual: readonly PageState[],
  expected: readonly PageState[],
): string | undefined {
  const summary = (pages: readonly PageState[]) =>
    pages.map(({ address, access }) => `${address} ${access}`).join();
  if (summary(actual) !== summary(expected)) {
    return `pages ${summary(actual)}; not ${summary(expected)}`;
  }
  for (const [index, { address, bytes }] of actual.entries()) {
    const wanted = expected[index]?.bytes ?? bytes;
    const at = differingByte(bytes, wanted);
    if (at >= 0) return `byte ${address + at}: ${bytes[at]}, not ${wanted[at]}`;
  }
  return undefined;
}

const topOf = (memory: Memory): number | string => {
  const top = memory.sbrk(0);
  return top.ok ? top.value : "?";
};

/** What a machine shows apart from its pages, in words. */
function words(exit: Exit | undefined, machine: Machine): string {
  const { pc, gas, registers, memory } = machine;
  return `${exitText(exit)}, pc ${pc}, gas ${gas}, heap ${topOf(memory)}, registers ${registers}`;
}

/** A machine after an exit. */
export interface Outcome {
  readonly exit: Exit | undefined;
  readonly machine: Machine;
}

/** How the exits and whole states of two machines differ. */
export function differ(actual: Outcome, expected: Outcome): string | undefined {
  const is = words(actual.exit, actual.machine);
  const wanted = words(expected.exit, expected.machine);
  if (is !== wanted) return `${is}; not ${wanted}`;
  return differingPages([...actual.machine.memory.pages()], [...expected.machine.memory.pages()]);
}

/** Pages of the model as bytes: its pages are values, and most of them stay as they are. */
const converted = new WeakMap<readonly bigint[], Uint8Array>();

function bytesOf(bytes: readonly bigint[]): Uint8Array {
  const known = converted.get(bytes) ?? Uint8Array.from(bytes, Number);
  converted.set(bytes, known);
  return known;
}

/** How the exit and whole state of a machine differ from the model's. */
export function differsFromModel(actual: Outcome, step: model.Step): string | undefined {
  const { pc, gas, registers, memory } = step.machine;
  const wanted = `${exitText(step.exit)}, pc ${pc}, gas ${gas}, heap ${memory.heap.top}, ` +
    `registers ${registers}`;
  const is = words(actual.exit, actual.machine);
  if (is !== wanted) return `${is}; not ${wanted}`;
  const pages = memory.pages.map(({ start, access, bytes }) => ({
    address: Number(start),
    access,
    bytes: bytesOf(bytes),
  }));
  return differingPages([...actual.machine.memory.pages()], pages);
}
