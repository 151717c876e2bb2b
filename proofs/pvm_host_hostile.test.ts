/** Whatever the host's side is given, it returns. */

import { BLANK } from "../model/pvm_host_memory.ts";
import {
  allOf,
  defineProof,
  domain,
  type Hostile,
  hostileFor,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import type { Machine } from "../src/pvm/mod.ts";
import { value } from "./_kit/paged.ts";
import { type Face, mutant } from "./_kit/pvm.ts";
import { GUEST, machineOf, registersOf } from "./_kit/pvm_host.ts";
import { register } from "./_kit/register.ts";

const HOST = "src/pvm/host/";

/** A call with a hostile value somewhere: what it gives, with the caller's types forgotten. */
type Attack = (face: Face, given: unknown) => unknown;

/** A machine in front of its call. */
function machine(face: Face): Machine {
  const registers = registersOf({ 7: 1n });
  const made = machineOf(face, GUEST, { gas: 50n, registers, memory: BLANK });
  made.setPc(12);
  return made;
}

const go = () => ({ kind: "continue" });
const bytes = Uint8Array.of(0);
const call = (target: unknown, ...given: readonly unknown[]): unknown =>
  typeof target === "function" ? Reflect.apply(target, undefined, given) : undefined;

/** What takes a value of some kind and has to refuse every other. */
const REFUSALS: Readonly<Record<string, Attack>> = {
  "runWithHost machine": (face, given) => call(face.runWithHost, given, go),
  "runWithAsyncHost machine": (face, given) => call(face.runWithAsyncHost, given, go),
  "charge machine": (face, given) => call(face.charge, given),
  "give machine": (face, given) => call(face.give, given, 1n),
  "gasCall machine": (face, given) => call(face.gasCall, undefined, given),
  "unknownCall machine": (face, given) => call(face.unknownCall, undefined, given),
  "log machine": (face, given) => call(value(face.Log.create()).handler, undefined, given),
  "machine machine": (face, given) =>
    call(value(face.InnerMachines.create()).handlers[8], undefined, given),
  "hostCalls call": (face, given) => call(value(face.hostCalls({})), given, machine(face)),
};

/** What takes options of many kinds, and answers in one way or the other. */
const OPTIONS: Readonly<Record<string, Attack>> = {
  "runWithHost handler": (face, given) => call(face.runWithHost, machine(face), given),
  "runWithAsyncHost handler": (face, given) => call(face.runWithAsyncHost, machine(face), given),
  "charge gas": (face, given) => call(face.charge, machine(face), given),
  "give result": (face, given) => call(face.give, machine(face), given),
  "hostCalls table": (face, given) => call(face.hostCalls, given),
  "hostCalls entry": (face, given) => call(face.hostCalls, { 1: given }),
  "hostCalls options": (face, given) => call(face.hostCalls, {}, given),
  "hostCalls unknown": (face, given) => call(face.hostCalls, {}, { unknown: given }),
  "hostCalls ecall": (face, given) => call(face.hostCalls, {}, { ecall: given }),
  "InnerMachines options": (face, given) => call(face.InnerMachines.create, given),
  "InnerMachines machines": (face, given) => call(face.InnerMachines.create, { machines: given }),
  "InnerMachines at": (face, given) => {
    const inner = value(face.InnerMachines.create());
    return Reflect.apply(inner.at, inner, [given]);
  },
  "Log options": (face, given) => call(face.Log.create, given),
  "Log answer": (face, given) => call(face.Log.create, { answer: given, bytes: given }),
  "Log records": (face, given) => call(face.Log.create, { records: given }),
  "invoke program": (face, given) => call(face.invoke, given, { gas: 1n }),
  "invoke options": (face, given) => call(face.invoke, bytes, given),
  "invoke gas": (face, given) => call(face.invoke, bytes, { gas: given }),
  "invoke args": (face, given) => call(face.invoke, bytes, { gas: 1n, args: given }),
  "invoke pc": (face, given) => call(face.invoke, bytes, { gas: 1n, pc: given }),
  "invoke handler": (face, given) => call(face.invoke, bytes, { gas: 1n, handler: given }),
  "invoke limit": (face, given) => call(face.invoke, bytes, { gas: 1n, limitBytes: given }),
  "invokeAsync program": (face, given) => call(face.invokeAsync, given, { gas: 1n }),
  "invokeAsync options": (face, given) => call(face.invokeAsync, bytes, given),
};

/** Every attack with every value that must be refused, or merely survived. */
const attacks = (table: Readonly<Record<string, Attack>>) => domain.of(...Object.keys(table));

const SUBJECT = ["runWithHost", "runWithAsyncHost", "charge", "give"];

/** What an attack gave, once it is there. */
async function given(face: Face, attack: Attack | undefined, hostile: Hostile): Promise<unknown> {
  return await attack?.(face, hostile.make());
}

/** The kind of an outcome, an answer or an error. */
function kindOf(outcome: unknown): unknown {
  if (typeof outcome !== "object" || outcome === null) return typeof outcome;
  if ("error" in outcome) return kindOf(outcome.error);
  return "kind" in outcome ? outcome.kind : "value";
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_refuses_what_is_no_machine",
    claim:
      "every function and handler that takes a machine or a call refuses all else, and does nothing",
    subject: [
      ...SUBJECT,
      "gasCall",
      "unknownCall",
      "Log.create",
      "InnerMachines.create",
      "hostCalls",
    ],
    spec: "Ringfence: nothing throws",
    strength: "bounded",
    domain: domain.product({ name: attacks(REFUSALS), hostile: hostileFor("any") }),
    reaches: ["invalid-argument", "panic"],
    implementation: pvm,
    mutants: [
      mutant(`${HOST}run.ts`, "machineParts(machine) === undefined", "machine === undefined"),
      mutant(
        `${HOST}charge.ts`,
        "if (parts === undefined) return PANIC;\n  if (gas",
        "if (parts === undefined) return undefined;\n  if (gas",
      ),
      mutant(
        `${HOST}charge.ts`,
        "if (machineParts(machine) === undefined) return PANIC;\n  return",
        "return",
      ),
      mutant(
        `${HOST}dispatch.ts`,
        '? "ecall" : undefined;',
        '? "ecall" : 0n;',
      ),
    ],
    async check({ name, hostile }, reach, face) {
      const kind = kindOf(await given(face, REFUSALS[name], hostile));
      if (kind !== "panic" && kind !== "invalid-argument") return `${name} gave ${String(kind)}`;
      reach(kind);
      return undefined;
    },
  }),
  defineProof({
    id: "pvm/host_survives_hostile_options",
    claim: "handlers, tables, limits and options of any kind are taken or refused, never thrown at",
    subject: [
      ...SUBJECT,
      "hostCalls",
      "InnerMachines.create",
      "InnerMachines.at",
      "Log.create",
      "invoke",
      "invokeAsync",
    ],
    spec: "Ringfence: nothing throws",
    strength: "bounded",
    domain: domain.product({ name: attacks(OPTIONS), hostile: hostileValues }),
    reaches: ["invalid-argument", "value"],
    implementation: pvm,
    mutants: [
      mutant(`${HOST}run.ts`, 'typeof handler === "function"', "handler !== undefined"),
      mutant(`${HOST}charge.ts`, "if (!u64.is(gas)) return PANIC;", ""),
      mutant(
        `${HOST}dispatch.ts`,
        "if (id === undefined || !isHandler<A>(handler)) return undefined;",
        "if (id === undefined || handler === null) return undefined;",
      ),
      mutant(
        `${HOST}dispatch.ts`,
        "    return isHandler<A | HostAnswer>(handler) ? handler : undefined;",
        "    return isHandler<A | HostAnswer>(handler) ? handler : otherwise;",
      ),
      mutant(
        `${HOST}inner_limits.ts`,
        "isWhole(machines, 0, MACHINES_MAX) &&",
        'typeof machines === "number" &&',
      ),
      mutant(`${HOST}inner_machines.ts`, "usize.is(n) ?", "n !== undefined ?"),
      mutant(`${HOST}log.ts`, "isWhole(records, 0, U32_MAX) &&", 'typeof records === "number" &&'),
      mutant(`${HOST}invoke.ts`, "if (!u64.is(gas)) return", 'if (typeof gas !== "bigint") return'),
      mutant(`${HOST}invoke.ts`, "if (!usize.is(pc)) return", 'if (typeof pc !== "number") return'),
    ],
    async check({ name, hostile }, reach, face) {
      let outcome: unknown;
      try {
        outcome = await given(face, OPTIONS[name], hostile);
      } catch {
        return `${name} threw`;
      }
      const kind = kindOf(outcome);
      if (kind === "invalid-argument") reach(kind);
      if (kind === "value") reach(kind);
      const isTaken = kind !== "invalid-argument" && kind !== "panic";
      const mayTake = TAKES[name]?.(hostile.make()) ?? true;
      return allOf(
        isTotal(() => kindOf(outcome)),
        isTaken && !mayTake ? `${name} took ${hostile.code}` : undefined,
      );
    },
  }),
];

const isFunction = (given: unknown) => typeof given === "function";
const isAbsent = (given: unknown) => given === undefined || given === null;
const isCount = (given: unknown) =>
  typeof given === "number" && given >= 0 && given < 2 ** 53 && Number.isInteger(given) &&
  !Object.is(given, -0);
const isWord = (given: unknown) => typeof given === "bigint" && given >= 0n && given < 2n ** 64n;

/** What some of them may take. */
const TAKES: Readonly<Record<string, (given: unknown) => boolean>> = {
  "runWithHost handler": isFunction,
  "runWithAsyncHost handler": isFunction,
  "charge gas": (given) => given === undefined || isWord(given),
  "give result": isWord,
  "hostCalls entry": isFunction,
  "hostCalls unknown": (given) => isAbsent(given) || isFunction(given),
  "hostCalls ecall": (given) => isAbsent(given) || isFunction(given),
  "InnerMachines machines": (given) => isAbsent(given) || isCount(given),
  "InnerMachines at": () => true,
  "Log records": (given) => isAbsent(given) || isCount(given),
  "invoke gas": isWord,
  "invoke pc": (given) => isAbsent(given) || isCount(given),
  "invoke handler": (given) => isAbsent(given) || isFunction(given),
};

register(proofs);
