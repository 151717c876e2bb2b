/**
 * The demo: `deno task demo` assembles the guests of `examples/guests/` and runs each under a
 * generous and a small gas budget, checks what they give against answers of the host's own, and then
 * shows a host with memory, table, module and arena, and programs on the capability kernel.
 *
 * It ends with code 1 when a result is not what it has to be.
 */

import process from "node:process";
import { assemble, invoke, type Machine, type StandardProgram } from "@ringfence/core/pvm";
import { ANSWERS } from "./guests/answers.ts";
import { sourceOf } from "./guests/source.ts";
import { showHeap } from "./heap.ts";
import { type Job, JOBS } from "./jobs.ts";
import { showKernel } from "./kernel.ts";

const GENEROUS = 1_000_000_000n;
const SMALL = 100_000n;
const USAGE = "usage: demo (it takes no arguments)";

/** How a run ended. */
interface Run {
  readonly exit: string;
  readonly gasUsed: bigint;
  /** What the guest gave. */
  readonly bytes: Uint8Array | undefined;
  /** The machine as it stopped. */
  readonly machine: Machine | undefined;
}

function run(program: StandardProgram, args: Uint8Array, gas: bigint): Run {
  const invoked = invoke(program, { gas, args });
  if (!invoked.ok) {
    return { exit: invoked.error.kind, gasUsed: 0n, bytes: undefined, machine: undefined };
  }
  const { outcome, gasUsed, machine } = invoked.value;
  const bytes = outcome.kind === "halt" ? outcome.bytes : undefined;
  return { exit: outcome.kind, gasUsed, bytes, machine };
}

/** Goes on with a machine that stopped. */
function resume(machine: Machine, gas: bigint): Run {
  machine.setGas(gas);
  const exit = machine.run();
  const [address, length] = [Number(machine.register(7)), Number(machine.register(8))];
  const read = machine.memory.read(address, length);
  const bytes = exit.kind === "halt" && read.ok ? read.value : undefined;
  return { exit: exit.kind, gasUsed: gas - machine.gas, bytes, machine };
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && a.length === b?.length && a.every((byte, at) => byte === b[at]);
}

function row(cells: readonly string[]): void {
  const [guest = "", result = "", exit = "", gas = "", speed = ""] = cells;
  const line = [guest.padEnd(9), result.padEnd(45), exit.padEnd(11), gas.padStart(12)];
  console.log(`  ${line.join(" ")} ${speed.padStart(9)}`.trimEnd());
}

/** Shows one guest under both budgets; gives how many results are wrong. */
function showGuest({ guest, args, describe }: Job): number {
  const assembled = assemble(sourceOf(guest));
  if (!assembled.ok) {
    row([guest, "WRONG: the source is not right"]);
    return 1;
  }
  const { program } = assembled.value;
  const answer = ANSWERS[guest](args);
  const short = run(program, args, SMALL);
  const start = performance.now();
  const whole = run(program, args, GENEROUS);
  const speed = Number(whole.gasUsed) / (performance.now() - start) / 1000;
  const isRight = whole.exit === "halt" && isSame(whole.bytes, answer);
  const result = whole.bytes === undefined ? "nothing" : describe(whole.bytes);
  const gas = whole.gasUsed.toLocaleString("en");
  row([guest, `${result}${isRight ? "" : " WRONG"}`, whole.exit, gas, speed.toFixed(0)]);

  const rest = short.machine === undefined ? short : resume(short.machine, GENEROUS);
  const isStopped = short.exit === "out-of-gas" && short.gasUsed === SMALL;
  const isResumed = isSame(rest.bytes, answer) && rest.gasUsed === whole.gasUsed - SMALL;
  const resumed = isStopped && isResumed ? "with more gas it goes on to the same" : "WRONG";
  row(["", resumed, short.exit, short.gasUsed.toLocaleString("en")]);
  return Number(!isRight) + Number(!isStopped || !isResumed);
}

function showGuests(): number {
  const [generous, small] = [GENEROUS.toLocaleString("en"), SMALL.toLocaleString("en")];
  console.log(`Guests on the interpreter, each under ${generous} gas and under ${small};`);
  console.log("an instruction costs 1 gas:\n");
  row(["guest", "result, checked by the host", "exit", "gas used", "million/s"]);
  return JOBS.map(showGuest).reduce((sum, wrong) => sum + wrong, 0);
}

function main(args: readonly string[]): number {
  if (args.length === 1 && args[0] === "--help") {
    console.log(USAGE);
    return 0;
  }
  if (args.length > 0) {
    console.error(USAGE);
    return 2;
  }
  let wrong = showGuests();
  console.log("");
  wrong += showHeap();
  console.log("");
  wrong += showKernel();
  console.log(wrong === 0 ? "\ndemo: every result is as expected" : `\ndemo: ${wrong} are wrong`);
  return wrong === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
