/** The official test vectors of the PVM, run on the machine and on its model. */

import type * as paged from "../../model/paged.ts";
import { change, empty } from "../../model/paged_regions.ts";
import * as model from "../../model/pvm.ts";
import { deblob, littleEndianBytes } from "../../model/pvm_program.ts";
import { SparseMemory } from "../../src/paged/mod.ts";
import { agrees } from "../../src/proof/mod.ts";
import { decodeBlob, type Exit, Machine, Program } from "../../src/pvm/mod.ts";
import { value } from "./paged.ts";
import type { Chunk, Region, Vector } from "./pvm_vectors.ts";

/** What a run ends in: every field of a vector that says what is expected. */
export interface Outcome {
  readonly status: string;
  readonly pc: bigint;
  readonly gas: bigint;
  readonly registers: readonly bigint[];
  /** Every page: where it starts, whether it can be written, and its bytes. */
  readonly pages: readonly string[];
  readonly faultAddress: bigint | undefined;
}

const PAGE = 4096;

/** The bytes of a region with what the chunks put there. */
function contents({ address, length }: Region, chunks: readonly Chunk[]): Uint8Array {
  const bytes = new Uint8Array(length);
  for (const chunk of chunks) {
    for (const [place, byte] of chunk.contents.entries()) {
      const at = chunk.address + place - address;
      if (at >= 0 && at < length) bytes[at] = byte;
    }
  }
  return bytes;
}

function pageText(start: number | bigint, access: string, bytes: Iterable<unknown>): string {
  return `${start} ${access} ${[...bytes].join()}`;
}

/** What a vector expects. */
export function expectedOf({ initial: { regions }, expected }: Vector): Outcome {
  const { memory, ...others } = expected;
  const pages = regions.toSorted((a, b) => a.address - b.address).flatMap((region) => {
    const bytes = contents(region, memory);
    return Array.from({ length: region.length / PAGE }, (_, index) => {
      const access = region.isWritable ? "read-write" : "read-only";
      const part = bytes.subarray(index * PAGE, (index + 1) * PAGE);
      return pageText(region.address + index * PAGE, access, part);
    });
  });
  return { ...others, pages };
}

function outcome(
  exit: Exit | model.Exit,
  machine: {
    readonly pc: number | bigint;
    readonly gas: bigint;
    readonly registers: readonly bigint[];
  },
  pages: readonly string[],
): Outcome {
  return {
    status: exit.kind,
    pc: BigInt(machine.pc),
    gas: machine.gas,
    registers: machine.registers,
    pages,
    faultAddress: exit.kind === "page-fault" ? BigInt(exit.address) : undefined,
  };
}

/** Runs a vector on a machine: to the exit at once, or step by step. */
export function runOnMachine({ program, initial }: Vector, stepwise = false): Outcome {
  const code = value(decodeBlob(Uint8Array.from(program)));
  const memory = value(SparseMemory.create({ reservedBytes: 65_536 }));
  for (const region of initial.regions) {
    const access = region.isWritable ? "read-write" : "read-only";
    const bytes = contents(region, initial.memory);
    value(memory.mapRegion(region.address, region.length, access, bytes));
  }
  const { registers, gas, pc } = initial;
  const made = value(Program.create(code, { gasModel: "block" }));
  const machine = value(Machine.create(made, { memory, gas, registers, pc }));
  let exit = stepwise ? machine.step() : machine.run();
  while (exit === undefined) exit = machine.step();
  return outcome(
    exit,
    machine,
    Array.from(memory.pages(), ({ address, access, bytes }) => pageText(address, access, bytes)),
  );
}

/** Runs a vector on the model. */
export function runOnModel({ program, initial }: Vector): Outcome {
  const parsed = deblob(program.map(BigInt));
  if ("error" in parsed) throw new Error(`malformed program: ${parsed.error.field}`);
  const { code, starts, width, table } = parsed.ok;
  let memory: paged.Memory = empty({
    backend: "sparse",
    pageSize: BigInt(PAGE),
    limitBytes: 2n ** 32n,
    reservedBytes: 65_536n,
    wraps: true,
  });
  for (const region of initial.regions) {
    const access = region.isWritable ? "read-write" : "read-only";
    // Without zeros at the end, which are there anyway: the model puts bytes one by one.
    const bytes = Array.from(contents(region, initial.memory), BigInt);
    const used = bytes.slice(0, bytes.findLastIndex((byte) => byte !== 0n) + 1);
    memory = change(memory, "map", region.address, region.length, access, used).state;
  }
  const { exit, machine } = model.run(model.create({
    code: {
      bytes: code,
      mask: starts.map((bit) => bit === 1n),
      jumpTable: {
        count: BigInt(table.length),
        width,
        bytes: table.flatMap((entry) => littleEndianBytes(entry, Number(width))),
      },
    },
    dialect: "gray-paper",
    gasModel: "block",
    memoryCycles: 25n,
    readOnlyStore: "panic",
  }, { pc: BigInt(initial.pc), gas: initial.gas, registers: initial.registers, memory }));
  return outcome(
    exit,
    machine,
    machine.memory.pages.map(({ start, access, bytes }) => pageText(start, access, bytes)),
  );
}

/** How a run falls short of a vector; nothing when it does not. */
export function mismatch(vector: Vector, actual: Outcome): string | undefined {
  return agrees(actual, expectedOf(vector));
}
