/** The official test vectors on the reference model. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Memory } from "../model/paged.ts";
import { change, empty } from "../model/paged_regions.ts";
import * as model from "../model/pvm.ts";
import { deblob, littleEndianBytes } from "../model/pvm_program.ts";
import { readVector, type Vector, type VectorBytes } from "../src/cli/mod.ts";
import { agrees } from "../src/proof/mod.ts";

const PAGE = 4096;

/** The bytes of the page at `start`, with what the chunks put there. */
function pageBytes(start: number, chunks: readonly VectorBytes[]): readonly bigint[] {
  const bytes = new Uint8Array(PAGE);
  for (const { address, contents } of chunks) {
    for (const [place, byte] of contents.entries()) {
      const at = address + place - start;
      if (at >= 0 && at < PAGE) bytes[at] = byte;
    }
  }
  return Array.from(bytes, BigInt);
}

/** The pages of a vector with the bytes of some chunks, in ascending order. */
function pagesOf({ pages }: Vector, chunks: readonly VectorBytes[]) {
  return pages.toSorted((a, b) => a.address - b.address).flatMap(({ address, length, writable }) =>
    Array.from({ length: length / PAGE }, (_, index) => {
      const start = address + index * PAGE;
      return {
        start: BigInt(start),
        access: writable ? "read-write" : "read-only",
        bytes: pageBytes(start, chunks),
      } as const;
    })
  );
}

/** The memory that a vector starts with. */
function memoryOf(vector: Vector): Memory {
  let memory = empty({
    backend: "sparse",
    pageSize: BigInt(PAGE),
    limitBytes: 2n ** 32n,
    reservedBytes: 65_536n,
    wraps: true,
  });
  for (const { start, access, bytes } of pagesOf(vector, vector.memory)) {
    // Without zeros at the end, which are there anyway: the model puts bytes one by one.
    const used = bytes.slice(0, bytes.findLastIndex((byte) => byte !== 0n) + 1);
    memory = change(memory, "map", Number(start), PAGE, access, used).state;
  }
  return memory;
}

/** Runs a vector, with gas charged for whole blocks; throws when its program is malformed. */
function run(vector: Vector) {
  const parsed = deblob(Array.from(vector.program, BigInt));
  if ("error" in parsed) throw new Error(`malformed program: ${parsed.error.field}`);
  const { code, starts, width, table } = parsed.ok;
  const program = {
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
  } as const;
  const { gas, registers, pc } = vector;
  return model.run(
    model.create(program, { pc: BigInt(pc), gas, registers, memory: memoryOf(vector) }),
  );
}

/** How one file falls short; nothing when it does not. */
function problemOf(path: string): string | undefined {
  const read = readVector(readFileSync(path, "utf8"));
  if (!read.ok) return read.error.detail;
  const { expected } = read.value;
  try {
    const { exit, machine } = run(read.value);
    const fault = exit.kind === "page-fault" ? exit.address : undefined;
    const { pc, gas, registers, memory } = machine;
    return agrees(
      { status: exit.kind, fault, pc, gas, registers, pages: memory.pages },
      {
        status: expected.status,
        fault: expected.faultAddress === undefined ? undefined : BigInt(expected.faultAddress),
        pc: BigInt(expected.pc),
        gas: expected.gas,
        registers: expected.registers,
        pages: pagesOf(read.value, expected.memory),
      },
    );
  } catch (mistake) {
    return mistake instanceof Error ? mistake.message : "it cannot be run";
  }
}

/** Runs every vector of a folder on the model, and says whether all of them passed. */
export function conformModel(folder: string, asJson: boolean): boolean {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json")).toSorted();
  const failures = files.flatMap((name) => {
    const problem = problemOf(join(folder, name));
    return problem === undefined ? [] : [{ file: name, problems: [problem] }];
  });
  const [total, fail] = [files.length, failures.length];
  const counts = { pass: total - fail, fail, skip: 0, total };
  if (asJson) console.log(JSON.stringify({ model: { ...counts, failures } }));
  else {
    for (const { file, problems } of failures) {
      console.log(`FAILED ${file}\n  ${problems.join("\n  ")}`);
    }
    console.log(`model: ${counts.pass} pass, ${fail} fail, 0 skip, ${total} total`);
  }
  return fail === 0 && total > 0;
}
