/** The memory and the registers that a standard program starts with. */

import * as model from "../model/pvm_program_start.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm_input.ts";
import { register } from "./_kit/register.ts";

const SPEC = "Gray Paper, appendix A.7";
const START = "src/pvm/initial_state.ts";
const U24_MAX = 2 ** 24 - 1;

/** Bytes that tell their place, none of them 0; in both worlds' terms, made once for each length. */
const made = new Map<number, { bytes: Uint8Array; list: readonly bigint[] }>();
function data(length: number): { bytes: Uint8Array; list: readonly bigint[] } {
  const known = made.get(length);
  if (known !== undefined) return known;
  const bytes = Uint8Array.from({ length }, (_, i) => 1 + (i % 251));
  const fresh = { bytes, list: Array.from(bytes, BigInt) };
  made.set(length, fresh);
  return fresh;
}

/** Whether a region holds its bytes and behind them zeros. */
function holds(memory: pvm.Memory, { start, end, bytes }: model.Region): string | undefined {
  const read = memory.read(Number(start), Number(end - start));
  if (!read.ok) return `cannot read the region at ${start}`;
  const wrong = read.value.findIndex((byte, i) => byte !== Number(bytes[i] ?? 0n));
  return wrong < 0 ? undefined : `wrong byte at ${start} + ${wrong}`;
}

const EDGES = domain.of(0, 1, 4096, 4097);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/input_start_agrees",
    claim:
      "for data, heap, stack and arguments of lengths at the edges of pages and zones, memory and registers are the model's: every region, every byte, where the heap may grow",
    subject: ["initialState"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      readOnly: domain.of(0, 1, 4096, 65_537),
      readWrite: domain.of(0, 4096, 4097),
      heapPages: domain.of(0, 1, 17),
      stackBytes: EDGES,
      args: domain.of(0, 4096, 4097),
    }),
    reaches: ["stack", "no stack", "heap", "no heap"],
    implementation: pvm,
    mutants: [
      mutant(START, "2 * PROGRAM_ZONE + roundUp(", "PROGRAM_ZONE + roundUp("),
      mutant(
        START,
        "roundUp(readOnlyData.length, PROGRAM_ZONE)",
        "roundUp(readOnlyData.length, PAGE_SIZE)",
      ),
      mutant(START, "+ heapPages * PAGE_SIZE", "+ heapPages"),
      mutant(START, '"read-only", readOnlyData', '"read-write", readOnlyData'),
      mutant(START, "STACK_END - stack, stack,", "STACK_END, stack,"),
      mutant(
        START,
        "const STACK_END = ARGUMENTS_START - PROGRAM_ZONE;",
        "const STACK_END = ARGUMENTS_START;",
      ),
      mutant(START, '"read-only", args', '"read-only", program.blob'),
      mutant(START, "memory.setHeap(heapStart, heapEnd,", "memory.setHeap(heapStart, heapStart,"),
      mutant(START, "(STACK_END - stack - heapStart)", "(STACK_END - heapStart)"),
      mutant(START, "registers[8] = asU64(BigInt(bytes.length))", "registers[8] = asU64(0n)"),
      mutant(
        START,
        "registers[0] = asU64(BigInt(HALT_ADDRESS))",
        "registers[0] = asU64(BigInt(STACK_END))",
      ),
      mutant(
        START,
        "registers[7] = asU64(BigInt(ARGUMENTS_START))",
        "registers[6] = asU64(BigInt(ARGUMENTS_START))",
      ),
    ],
    check({ readOnly, readWrite, heapPages, stackBytes, args }, reach, { initialState }) {
      const expected = model.regions({
        readOnly: data(readOnly).list,
        readWrite: data(readWrite).list,
        heapPages: BigInt(heapPages),
        stackBytes: BigInt(stackBytes),
        blob: [],
      }, data(args).list);
      reach(stackBytes > 0 ? "stack" : "no stack");
      reach(readWrite + heapPages > 0 ? "heap" : "no heap");
      const state = initialState({
        readOnlyData: data(readOnly).bytes,
        readWriteData: data(readWrite).bytes,
        heapPages,
        stackBytes,
        blob: new Uint8Array(0),
      }, data(args).bytes);
      if (!state.ok) return "refused a program";
      const { memory, registers } = state.value;
      const stack = expected.find(({ end }) => end === 0xfefe_0000n)?.start ?? 0xfefe_0000n;
      const heapStart = 0x2_0000 + Math.ceil(readOnly / 65_536) * 65_536;
      return allOf(
        agrees(
          memory.regions().map(({ start, size, access }) => ({
            start: BigInt(start),
            end: BigInt(start) + BigInt(size),
            access,
          })),
          expected.map(({ start, end, access }) => ({ start, end, access })),
        ),
        agrees(registers, model.registers(data(args).list)),
        agrees(memory.heapBase, heapStart),
        agrees(memory.heapTop, heapStart + 4096 * (Math.ceil(readWrite / 4096) + heapPages)),
        agrees(memory.maxHeapPages, Number(stack - BigInt(heapStart)) / 4096),
        agrees(memory.reservedBytes, 65_536),
        ...expected.map((region) => holds(memory, region)),
      );
    },
  }),
  defineProof({
    id: "pvm/input_start_limits",
    claim:
      "a start is refused, with its reason, exactly when it maps more bytes than the limit or has more than 2^24 argument bytes; the largest of all fits the default",
    subject: ["initialState"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      size: domain.of("small", "largest"),
      args: domain.of(0, 1, 2 ** 24, 2 ** 24 + 1),
      limit: domain.of(-1, 0, 1, undefined),
    }),
    reaches: ["ok", "limit-exceeded", "invalid-argument"],
    implementation: pvm,
    mutants: [
      mutant(START, "bytes.length > ARGUMENT_BYTES_MAX", "bytes.length >= ARGUMENT_BYTES_MAX"),
      mutant(START, "bytes.length > ARGUMENT_BYTES_MAX", "bytes.length > ARGUMENT_BYTES_MAX + 1"),
      mutant(START, ": { limitBytes, reservedBytes", ": { reservedBytes"),
      mutant(START, "    if (!done.ok) return done;\n", ""),
    ],
    check({ size, args, limit }, reach, { initialState }) {
      const isLargest = size === "largest";
      const empty = new Uint8Array(0);
      const program = {
        readOnlyData: isLargest ? new Uint8Array(U24_MAX) : empty,
        readWriteData: isLargest ? new Uint8Array(U24_MAX) : Uint8Array.of(1),
        heapPages: isLargest ? 65_535 : 0,
        stackBytes: isLargest ? U24_MAX : 1,
        blob: empty,
      };
      const pages = isLargest ? 3 * 4096 + 65_535 : 2;
      const needed = 4096 * (pages + Math.ceil(args / 4096));
      const limitBytes = limit === undefined ? undefined : needed + limit;
      const expected = args > 2 ** 24 ? "invalid-argument" : limit === -1 ? "limit-exceeded" : "ok";
      reach(expected);
      const state = initialState(program, new Uint8Array(args), limitBytes);
      return allOf(
        agrees(state.ok ? "ok" : state.error.kind, expected),
        state.ok ? agrees(state.value.memory.mappedBytes, needed) : undefined,
      );
    },
  }),
];

register(proofs);
