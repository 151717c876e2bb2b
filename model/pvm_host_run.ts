/**
 * The reference model of running a machine with its host, and of invoking a standard program with
 * arguments (Gray Paper, appendix A.6 and A.8).
 *
 * @module
 */

import { allows, bytesOf, type HostMemory, PAGE } from "./pvm_host_memory.ts";
import type { Answered, Core, Host, Inner, Running, Stopped } from "./pvm_host_state.ts";
import { regions, registers, standard } from "./pvm_program_start.ts";

/** What the host does with a call. */
export interface Handled {
  /** The state afterwards. */
  readonly state: Host;
  /** What the handler answered. */
  readonly answer: Answered["answer"] | "halt";
}

/** The whole state of a machine with a host. */
export interface Hosted extends Running {
  /** The inner machines. */
  readonly inner: readonly Inner[];
}

/** Runs a machine with its host until something other than a call stops it (`Psi_H`). */
export function runWithHost(
  core: Core,
  blob: readonly bigint[],
  from: Hosted,
  host: (id: bigint, state: Host) => Handled,
): { readonly exit: Stopped; readonly state: Hosted } {
  let state = from;
  for (;;) {
    const { exit, state: ran } = core.run(blob, state);
    state = { ...state, pc: ran.pc, gas: ran.gas, registers: ran.registers, memory: ran.memory };
    if (exit.kind !== "host-call") return { exit, state };
    const handled = host(exit.detail, state);
    state = { ...state, ...handled.state };
    if (handled.answer !== "continue") {
      return { exit: { kind: handled.answer, detail: 0n }, state };
    }
    state = { ...state, pc: core.behind(blob, state.pc) };
  }
}

/** The memory that a standard program starts with. */
function memoryOf(parts: ReturnType<typeof regions>): HostMemory {
  return {
    pages: parts.flatMap(({ start, end, access }) =>
      Array.from(
        { length: Number((end - start) / PAGE) },
        (_, i) => ({ page: start / PAGE + BigInt(i), access }),
      )
    ),
    bytes: parts.flatMap(({ start, bytes }) =>
      bytes.flatMap((byte, i) => (byte === 0n ? [] : [{ at: start + BigInt(i), byte }]))
    ),
  };
}

/** What comes of invoking a program. */
export interface Invoked {
  /** The gas that was used. */
  readonly gasUsed: bigint;
  /** What it gave. */
  readonly output: "panic" | "out-of-gas" | readonly bigint[];
}

/** Invokes a standard program with arguments (`Psi_M`). */
export function invoke(
  core: Core,
  program: readonly bigint[],
  { pc, gas, args }: {
    readonly pc: bigint;
    readonly gas: bigint;
    readonly args: readonly bigint[];
  },
  host: (id: bigint, state: Host) => Handled,
): Invoked {
  const parsed = standard(program);
  if ("error" in parsed || !core.isProgram(parsed.ok.blob)) return { gasUsed: 0n, output: "panic" };
  const memory = memoryOf(regions(parsed.ok, args));
  const start = { pc, gas, memory, registers: registers(args), inner: [] };
  const { exit, state } = runWithHost(core, parsed.ok.blob, start, host);
  const gasUsed = gas - state.gas;
  if (exit.kind === "out-of-gas") return { gasUsed, output: "out-of-gas" };
  if (exit.kind !== "halt") return { gasUsed, output: "panic" };
  const [from = 0n, count = 0n] = state.registers.slice(7, 9);
  const isReadable = allows(state.memory, "read", from, count);
  return { gasUsed, output: isReadable ? bytesOf(state.memory, from, count) : [] };
}
