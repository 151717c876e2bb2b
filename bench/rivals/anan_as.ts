/** The engine @fluffylabs/anan-as, in its configurations. */

import { type Entry, insist, type Loaded } from "./engine.ts";

interface Pause {
  readonly status: number;
  readonly nextPc: number;
  readonly gas: bigint;
  readonly registers: bigint[];
}

interface AnanAs {
  resetJAM(
    program: number[],
    pc: number,
    gas: bigint,
    args: number[],
    hasMetadata: boolean,
  ): void;
  nSteps(steps: number): boolean;
  getStatus(): number;
  getProgramCounter(): number;
  getGasLeft(): bigint;
  getRegisters(): Uint8Array;
  setRegisters(registers: number[]): void;
  prepareProgram(
    kind: number,
    hasMetadata: number,
    program: number[],
    registers: bigint[],
    pages: object[],
    memory: object[],
    args: number[],
    preallocated: number,
  ): number;
  pvmStart(program: number): number;
  pvmResume(id: number, gas: bigint, pc: number): Pause | null;
  pvmSetRegisters(id: number, registers: bigint[]): void;
  pvmDestroy(id: number): unknown;
}

interface Build {
  instantiate(imports: object): Promise<AnanAs>;
}

/** Its builds that are made for speed. */
const BUILDS = ["release-stub", "release-mini", "release"];
/** How many pages it is told to make room for at the start: the most that it takes. */
const PREALLOCATED = 128;
const RUNS = 3;
const STEPS = 0xffff_ffff;
const HALT = 0;
const HOST = 3;
const STANDARD_PROGRAM = 1;
const NO_METADATA = 1;

/** Its machine as its debugger steps it, many instructions at once; typeberry runs it like this. */
function stepped(engine: AnanAs, program: number[], gas: bigint): Loaded {
  engine.resetJAM(program, 0, gas, [], false);
  return {
    run() {
      for (;;) {
        while (engine.nSteps(STEPS));
        if (engine.getStatus() !== HOST) break;
        const registers = engine.getRegisters();
        const view = new DataView(registers.buffer, registers.byteOffset);
        view.setBigUint64(56, view.getBigUint64(56, true) + 1n, true);
        engine.setRegisters([...registers]);
      }
      insist(
        engine.getStatus() === HALT,
        `anan-as stopped: ${engine.getStatus()}`,
      );
      const registers = engine.getRegisters();
      const result = new DataView(registers.buffer, registers.byteOffset)
        .getBigUint64(56, true);
      return { result, gasUsed: gas - engine.getGasLeft() };
    },
  };
}

/** Its machine as its resumable interface runs it. */
function resumed(engine: AnanAs, bytes: number[], gas: bigint): Loaded {
  const [registers, pages, memory, args]: [
    bigint[],
    object[],
    object[],
    number[],
  ] = [
    [],
    [],
    [],
    [],
  ];
  const program = engine.prepareProgram(
    STANDARD_PROGRAM,
    NO_METADATA,
    bytes,
    registers,
    pages,
    memory,
    args,
    PREALLOCATED,
  );
  const id = engine.pvmStart(program);
  return {
    run() {
      let pause = engine.pvmResume(id, gas, 0);
      while (pause !== null && pause.status === HOST) {
        pause.registers[7] = (pause.registers[7] ?? 0n) + 1n;
        engine.pvmSetRegisters(id, pause.registers);
        pause = engine.pvmResume(id, pause.gas, pause.nextPc);
      }
      insist(
        pause !== null && pause.status === HALT,
        `anan-as stopped: ${pause?.status}`,
      );
      engine.pvmDestroy(id);
      return { result: pause.registers[7] ?? 0n, gasUsed: gas - pause.gas };
    },
  };
}

/** Makes an instance of a build. */
async function instanceOf(name: string): Promise<AnanAs> {
  const place = `./node_modules/@fluffylabs/anan-as/dist/build/${name}-inline.js`;
  const build: Build = await import(place);
  const fail = () => {
    throw new Error("anan-as gave up");
  };
  return await build.instantiate({
    env: { abort: fail, "console.log": () => {} },
  });
}

/** Every configuration of anan-as. */
export const ANAN_AS: readonly Entry[] = BUILDS.flatMap((build) => [
  {
    name: `anan-as ${build}, steps`,
    async make() {
      const engine = await instanceOf(build);
      return {
        runs: RUNS,
        load: ({ program }, gas) => stepped(engine, [...program], gas),
      };
    },
  },
  {
    name: `anan-as ${build}, resume`,
    async make() {
      const engine = await instanceOf(build);
      return {
        runs: RUNS,
        load: ({ program }, gas) => resumed(engine, [...program], gas),
      };
    },
  },
]);
