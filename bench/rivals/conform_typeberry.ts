/** The engine of @typeberry/lib for the conformance driver: `conform --exec "deno run … THIS"`. */

import { callOf, type End, type Request, serve, STATUS } from "./conform_adapter.ts";

interface Registers {
  setU64(index: number, value: bigint): void;
  getAllU64(): BigUint64Array;
}

interface Builder {
  setReadablePages(start: number, end: number, data: Uint8Array): Builder;
  setWriteablePages(start: number, end: number, data: Uint8Array): Builder;
  finalize(heapStart: number, heapEnd: number): object;
}

interface Interpreter {
  readonly gas: { get(): number | bigint };
  readonly registers: Registers;
  resetGeneric(
    program: Uint8Array,
    pc: number,
    gas: bigint,
    registers: Registers,
    memory: object,
  ): void;
  runProgram(): void;
  nextStep(): number;
  getStatus(): number;
  getPC(): number;
  getExitParam(): number | null;
  getMemoryPage(page: number): Uint8Array | null;
}

interface Package {
  readonly Interpreter: { new: (options: object) => Interpreter };
  readonly Registers: { empty(): Registers };
  readonly MemoryBuilder: { new (): Builder };
}

const place = "@typeberry/lib/pvm-interpreter";
const { Interpreter, Registers, MemoryBuilder }: Package = await import(place);

const PAGE = 4096;
const RUNNING = 255;
const PAGE_FAULT = 2;
const HOST_CALL = 3;
/** An empty heap, where no page is. */
const HEAP = 0xfefe_0000;

function run({ program, registers, pc, gas, pages, memory, steps }: Request): End {
  const builder = new MemoryBuilder();
  for (const { address, length, access } of pages) {
    const bytes = new Uint8Array(PAGE);
    for (const { address: at, data } of memory) {
      if (at >= address && at < address + length) bytes.set(data, at - address);
    }
    if (access === "read-only") {
      builder.setReadablePages(address, address + length, bytes);
    } else builder.setWriteablePages(address, address + length, bytes);
  }
  const given = Registers.empty();
  for (const [index, value] of registers.entries()) given.setU64(index, value);
  const machine = Interpreter.new({});
  const space = builder.finalize(HEAP, HEAP);
  machine.resetGeneric(Uint8Array.from(program), pc, gas, given, space);
  if (steps === undefined) machine.runProgram();
  else for (let left = steps; left > 0 && machine.nextStep() === RUNNING; left--);
  const status = machine.getStatus();
  const argument = machine.getExitParam();
  return {
    status: status === RUNNING ? "running" : STATUS[status] ?? `status ${status}`,
    address: status === PAGE_FAULT ? argument : null,
    call: status === HOST_CALL && argument !== null ? callOf(argument) : null,
    pc: machine.getPC(),
    gas: BigInt(machine.gas.get()),
    registers: [...machine.registers.getAllU64()],
    memory: pages.map(({ address }) => ({
      address,
      data: machine.getMemoryPage(address / PAGE) ?? new Uint8Array(0),
    })),
  };
}

await serve({
  name: "typeberry",
  release: "0.11.0",
  capabilities: {
    families: ["pvm"],
    dialects: ["gray-paper"],
    gasModels: ["instruction"],
    readOnlyStore: ["panic"],
    hostCalls: true,
    heap: false,
    malformed: false,
    steps: true,
  },
  run,
});
