/** The engine @fluffylabs/anan-as for the conformance driver: `conform --exec "deno run … THIS"`. */

import process from "node:process";
import { callOf, type End, type Request, serve, STATUS } from "./conform_adapter.ts";

interface Pause {
  readonly status: number;
  readonly exitCode: number;
  readonly pc: number;
  readonly gas: bigint;
  readonly registers: readonly bigint[];
}

interface AnanAs {
  prepareProgram(
    kind: number,
    hasMetadata: number,
    program: readonly number[],
    registers: readonly bigint[],
    pages: readonly object[],
    memory: readonly object[],
    args: readonly number[],
    preallocated: number,
  ): number;
  pvmStart(program: number, useSbrkGas: boolean): number;
  pvmResume(id: number, gas: bigint, pc: number): Pause | null;
  pvmReadMemory(id: number, address: number, length: number): Uint8Array | null;
  pvmDestroy(id: number): unknown;
}

interface Build {
  instantiate(imports: object): Promise<AnanAs>;
}

const GENERIC = 0;
const NO_METADATA = 1;
const ACCESS = { "read-only": 1, "read-write": 2 } as const;
const PAGE_FAULT = 2;
const HOST_CALL = 3;
const INT64_MAX = 2n ** 63n - 1n;
/** A build that never gives memory back is made anew after so many programs. */
const PROGRAMS_MAX = 500;

const build = process.argv[2] ?? "release";
const place = `./node_modules/@fluffylabs/anan-as/dist/build/${build}-inline.js`;
const { instantiate }: Build = await import(place);

function make(): Promise<AnanAs> {
  const abort = (_message: number, _file: number, line: number) => {
    throw new Error(`it gave up at line ${line}`);
  };
  return instantiate({ env: { abort, "console.log": () => {} } });
}

let engine = await make();
let programs = 0;
/** Instances for the next programs, made while the present one is in use. */
let next = make();

function fresh(): AnanAs {
  if (programs++ % PROGRAMS_MAX === PROGRAMS_MAX - 1) {
    next.then((made) => {
      engine = made;
      next = make();
    });
  }
  return engine;
}

function run({ program, registers, pc, gas, pages, memory }: Request): End {
  const vm = fresh();
  const mapped = pages.map(({ address, length, access }) => ({
    address,
    length,
    access: ACCESS[access],
  }));
  const prepared = vm.prepareProgram(
    ...[GENERIC, NO_METADATA, program, registers, mapped, memory, [], 0] as const,
  );
  const id = vm.pvmStart(prepared, false);
  const pause = vm.pvmResume(id, gas, pc);
  if (pause === null) throw new Error("it has no answer");
  const read = pages.map(({ address, length }) => ({
    address,
    data: vm.pvmReadMemory(id, address, length) ?? new Uint8Array(0),
  }));
  vm.pvmDestroy(id);
  const { status, exitCode } = pause;
  return {
    status: STATUS[status] ?? `status ${status}`,
    address: status === PAGE_FAULT ? exitCode : null,
    call: status === HOST_CALL ? callOf(exitCode) : null,
    pc: pause.pc,
    gas: pause.gas,
    registers: pause.registers,
    memory: read,
  };
}

await serve({
  name: `anan-as ${build}`,
  release: "1.2.0",
  capabilities: {
    families: ["pvm"],
    dialects: ["gray-paper"],
    gasModels: ["instruction"],
    readOnlyStore: ["panic"],
    hostCalls: true,
    heap: false,
    malformed: false,
    steps: false,
    gasMax: `${INT64_MAX}`,
  },
  run,
});
