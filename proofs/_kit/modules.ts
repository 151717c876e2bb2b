/** What the proofs of modules share: making them, seeing their whole state, running calls in calls. */

import type { Reach } from "../../src/proof/mod.ts";
import { agrees } from "../../src/proof/mod.ts";
import type * as linear from "../../src/linear/mod.ts";
import { create as createMemory, write } from "../../model/linear_memory.ts";
import * as model from "../../model/linear_module.ts";
import { type Face, outcomeOf, stateOf, stateOfModel } from "./tables.ts";

/** A memory of one page of some bytes. */
export function memoryOf(
  { IsolatedMemory }: Pick<Face, "IsolatedMemory">,
  bytes: number,
): linear.IsolatedMemory {
  const made = IsolatedMemory.create(1, 2, { pageSizeBytes: bytes });
  if (!made.ok) throw new Error(`no memory: ${made.error.kind}`);
  return made.value;
}

/** A library module without a slot. */
export function libraryOf(
  { LibraryModule }: Pick<Face, "LibraryModule">,
): linear.LibraryModule<string> {
  const made = LibraryModule.create({ initialSlots: 0, maxSlots: 0, globals: "globals" });
  if (!made.ok) throw new Error(`no library module: ${made.error.kind}`);
  return made.value;
}

/** The bytes of a memory. */
export function bytesOf(memory: linear.MemoryAccess): readonly number[] | string {
  const read = memory.read(0, memory.activeSize);
  return read.ok ? [...read.value] : read.error.kind;
}

/** The whole state of a module. */
export function stateOfModule({ memory, table, globals }: linear.Module<unknown>): unknown {
  const { maxPages, pageSizeBytes } = memory;
  return { bytes: bytesOf(memory), maxPages, pageSizeBytes, table: stateOf(table), globals };
}

/** The whole state of a module of the model, in the same form. */
export function stateOfModelModule({ memory, table, globals }: model.Module): unknown {
  const { bytes, maxPages, pageBytes } = memory;
  return { bytes, maxPages, pageSizeBytes: pageBytes, table: stateOfModel(table), globals };
}

/** A step of a program of calls; `put k` stores through the lease of the k-th call. */
export type Command = "enter" | "leave" | "throw" | `put ${0 | 1 | 2}`;

/** The number of the lease that a command stores through, if it does. */
function leaseOf(command: Command): number | undefined {
  return command.startsWith("put ") ? Number(command.slice(4)) : undefined;
}

/** What the callbacks of the programs throw. */
const THROWN = Object.freeze({ hostile: true });

/** What the model sees happen: each outcome, and after it the byte and every lease. */
function traceOfModel(commands: readonly Command[]): unknown[] {
  const trace: unknown[] = [];
  const made = createMemory(1, 1, { pageSizeBytes: 1 });
  if (!("ok" in made)) return [made];
  let state: model.Lending = { memory: made.ok, loans: [] };
  const running: number[] = [];
  const observe = (outcome: unknown) => {
    const leases = state.loans.map((_, loan) =>
      model.use(state, loan, (memory) => ({ state: memory, outcome: { ok: memory.bytes[0] } }))
        .outcome
    );
    trace.push([outcome, state.memory.bytes, leases]);
  };
  const finish = (outcome: (loan: number) => unknown) => {
    const loan = running.pop();
    if (loan === undefined) return;
    state = model.end(state, loan);
    observe(outcome(loan));
  };
  commands.forEach((command, at) => {
    const lease = leaseOf(command);
    if (command === "enter") {
      state = model.begin(state);
      running.push(state.loans.length - 1);
      observe("entered");
    } else if (command === "leave") finish((loan) => ({ ok: loan }));
    else if (command === "throw") finish(() => "threw");
    else if (lease !== undefined && lease < state.loans.length) {
      const step = model.use(state, lease, (memory) => write(memory, 0, [at + 1]));
      state = step.state;
      observe(step.outcome);
    }
  });
  while (running.length > 0) finish((loan) => ({ ok: loan }));
  return trace;
}

/** The same program on two library modules that take turns, with one memory of one byte. */
function traceOf(face: Face, commands: readonly Command[], reach: Reach): unknown[] {
  const trace: unknown[] = [];
  const memory = memoryFor(face);
  const libraries = [libraryOf(face), libraryOf(face)];
  const leases: linear.MemoryLease[] = [];
  let next = 0;
  const observe = (outcome: unknown) => {
    trace.push([outcome, bytesOf(memory), leases.map((lease) => outcomeOf(lease.loadU8(0)))]);
  };
  const enter = (): void => {
    const loan = leases.length;
    const result = libraries[loan % 2]?.withMemory(memory, (lease) => {
      leases.push(lease);
      observe("entered");
      run(true);
      return loan;
    });
    if (result === undefined) return;
    if (result.ok) observe({ ok: result.value });
    else {
      const { error } = result;
      observe(error.kind === "callback-threw" && error.thrown === THROWN ? "threw" : error);
    }
    reach(result.ok ? "returned" : "threw");
  };
  function run(inside: boolean): void {
    while (next < commands.length) {
      const at = next++;
      const command = commands[at] ?? "leave";
      const lease = leases[leaseOf(command) ?? leases.length];
      if (command === "enter") enter();
      else if (command === "leave" && inside) return;
      else if (command === "throw" && inside) throw THROWN;
      else if (lease !== undefined) {
        const outcome = outcomeOf(lease.storeU8(0, at + 1));
        observe(outcome);
        reach(JSON.stringify(outcome).includes("expired") ? "expired" : "stored");
      }
    }
  }
  run(false);
  return trace;
}

/** One memory for each implementation, begun anew: engines bound how many can be alive. */
const memories = new WeakMap<Face["IsolatedMemory"], linear.IsolatedMemory>();

function memoryFor({ IsolatedMemory }: Face): linear.IsolatedMemory {
  const memory = memories.get(IsolatedMemory) ?? memoryOf({ IsolatedMemory }, 1);
  memories.set(IsolatedMemory, memory);
  memory.init(1);
  return memory;
}

/** A program of calls in calls: every outcome, the memory and every lease agree with the model. */
export function callsAgree(
  commands: readonly Command[],
  reach: Reach,
  face: Face,
): string | undefined {
  return agrees(traceOf(face, commands, reach), traceOfModel(commands));
}
