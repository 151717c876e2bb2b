/**
 * The reference model of what the host of a machine does: the calls, what they cost, and the machines
 * that a machine runs inside (Gray Paper, appendix B).
 *
 * How code is judged and run is not its subject: that is handed to it.
 *
 * @module
 */

import { allows, BLANK, bytesOf, bytesOfNumber, numberOf, PAGE } from "./pvm_host_memory.ts";
import { accessAt, withBytes, withPages } from "./pvm_host_memory.ts";
import { FULL, HUH, OK, OOB, WHAT, WHO } from "./pvm_host_state.ts";
import type { Answered, Core, Host, Inner, Limits } from "./pvm_host_state.ts";

/** The state with a register replaced. */
export function withRegister(state: Host, index: number, value: bigint): Host {
  return { ...state, registers: state.registers.map((old, i) => (i === index ? value : old)) };
}

const answer = (state: Host, value: bigint): Answered => ({
  state: withRegister(state, 7, value),
  answer: "continue",
});

const panic = (state: Host): Answered => ({ state, answer: "panic" });

const replace = (state: Host, next: Inner): Host => ({
  ...state,
  inner: state.inner.map((one) => (one.n === next.n ? next : one)),
});

const sum = (numbers: readonly bigint[]) => numbers.reduce((total, each) => total + each, 0n);

const operand = (state: Host, index: number): bigint => state.registers[index] ?? 0n;

function machine(core: Core, limits: Limits, state: Host): Answered {
  const [start, count, pc] = [operand(state, 7), operand(state, 8), operand(state, 9)];
  if (!allows(state.memory, "read", start, count)) return panic(state);
  const codeBytes = sum(state.inner.map(({ blob }) => BigInt(blob.length)));
  const isFull = BigInt(state.inner.length) >= limits.machines;
  if (isFull || codeBytes + count > limits.codeBytes) return answer(state, FULL);
  const blob = bytesOf(state.memory, start, count);
  if (!core.isProgram(blob)) return answer(state, HUH);
  let n = 0n;
  while (state.inner.some((one) => one.n === n)) n += 1n;
  const inner = [...state.inner, { n, blob, memory: BLANK, pc }];
  return answer({ ...state, inner: inner.sort((a, b) => (a.n < b.n ? -1 : 1)) }, n);
}

function peek(state: Host, one: Inner | undefined): Answered {
  const [to, from, count] = [operand(state, 8), operand(state, 9), operand(state, 10)];
  if (!allows(state.memory, "write", to, count)) return panic(state);
  if (one === undefined) return answer(state, WHO);
  if (!allows(one.memory, "read", from, count)) return answer(state, OOB);
  const memory = withBytes(state.memory, to, bytesOf(one.memory, from, count));
  return answer({ ...state, memory }, OK);
}

function poke(state: Host, one: Inner | undefined): Answered {
  const [from, to, count] = [operand(state, 8), operand(state, 9), operand(state, 10)];
  if (!allows(state.memory, "read", from, count)) return panic(state);
  if (one === undefined) return answer(state, WHO);
  if (!allows(one.memory, "write", to, count)) return answer(state, OOB);
  const memory = withBytes(one.memory, to, bytesOf(state.memory, from, count));
  return answer(replace(state, { ...one, memory }), OK);
}

function pages(limits: Limits, state: Host, one: Inner | undefined): Answered {
  const [first, count, kind] = [operand(state, 8), operand(state, 9), operand(state, 10)];
  if (one === undefined) return answer(state, WHO);
  if (kind > 4n || first < 16n || first + count >= 2n ** 20n) return answer(state, HUH);
  for (let page = first; kind > 2n && page < first + count; page += 1n) {
    if (accessAt(one.memory, page * PAGE) === undefined) return answer(state, HUH);
  }
  const access = kind === 0n ? "none" : kind === 1n || kind === 3n ? "read-only" : "read-write";
  const isMapping = kind === 1n || kind === 2n;
  const others = state.inner.filter(({ n }) => n !== one.n).map(({ memory }) => memory.pages);
  const kept = one.memory.pages.filter(({ page }) => page < first || page >= first + count);
  const needed = sum([...others, kept].map((list) => BigInt(list.length) * PAGE)) + count * PAGE;
  if (isMapping && count > 0n && needed > limits.mappedBytes) return answer(state, FULL);
  const memory = withPages(one.memory, first, count, access, kind > 2n);
  return answer(replace(state, { ...one, memory }), OK);
}

const CODES = { halt: 0n, panic: 1n, "page-fault": 2n, "host-call": 3n, "out-of-gas": 4n };

function invoke(core: Core, state: Host, one: Inner | undefined): Answered {
  const at = operand(state, 8);
  if (!allows(state.memory, "write", at, 112n)) return panic(state);
  if (one === undefined) return answer(state, WHO);
  const [gas = 0n, ...registers] = Array.from(
    { length: 14 },
    (_, i) => numberOf(bytesOf(state.memory, at + 8n * BigInt(i), 8n)),
  );
  const { exit, state: ran } = core.run(one.blob, { ...one, gas, registers });
  const ended = exit.kind === "halt" || exit.kind === "panic";
  const pc = ended ? 0n : exit.kind === "host-call" ? core.behind(one.blob, ran.pc) : ran.pc;
  const memory = withBytes(state.memory, at, [ran.gas, ...ran.registers].flatMap(bytesOfNumber));
  const saved = replace({ ...state, memory }, { ...one, memory: ran.memory, pc });
  const hasDetail = exit.kind === "page-fault" || exit.kind === "host-call";
  return answer(hasDetail ? withRegister(saved, 8, exit.detail) : saved, CODES[exit.kind]);
}

function expunge(state: Host, one: Inner | undefined): Answered {
  if (one === undefined) return answer(state, WHO);
  return answer({ ...state, inner: state.inner.filter(({ n }) => n !== one.n) }, one.pc);
}

/** Does a call: takes 10 gas, or runs out of it and does nothing. */
export function call(core: Core, limits: Limits, id: bigint, before: Host): Answered {
  if (before.gas < 10n) return { state: { ...before, gas: 0n }, answer: "out-of-gas" };
  const state = { ...before, gas: before.gas - 10n };
  const one = state.inner.find(({ n }) => n === operand(state, 7));
  if (id === 0n) return answer(state, state.gas);
  if (id === 8n) return machine(core, limits, state);
  if (id === 9n) return peek(state, one);
  if (id === 10n) return poke(state, one);
  if (id === 11n) return pages(limits, state, one);
  if (id === 12n) return invoke(core, state, one);
  if (id === 13n) return expunge(state, one);
  return answer(state, WHAT);
}
