/** States in which single instructions are tried by generated code, on pages that it reaches. */

import * as model from "../../model/pvm.ts";
import type { Code } from "../../model/pvm_decode.ts";
import { biased } from "../../src/proof/mod.ts";
import type { Machine } from "../../src/pvm/mod.ts";
import fc from "fast-check";
import { value } from "./paged.ts";
import type { Page, Setup } from "./pvm.ts";
import { ENTRIES, SCENARIO, type Scenario } from "./pvm_scenario.ts";

export const PAGE_SIZE = 4096;
/** Two writable pages in a row, one by itself, and pages that can only be read before and behind. */
export const PAGES: readonly Page[] = [
  { start: 0x1_0000, access: "read-only" },
  { start: 0x1_1000, access: "read-write" },
  { start: 0x1_2000, access: "read-write" },
  { start: 0x1_4000, access: "read-only" },
  { start: 0x1_5000, access: "read-write" },
  { start: 0x1_6000, access: "read-only" },
];
/** The same with the page at address 0, which is reserved in the Gray Paper. */
const WITH_FIRST: readonly Page[] = [{ start: 0, access: "read-write" }, ...PAGES];

/** Addresses at the borders of the pages, and any. */
const ADDRESS: fc.Arbitrary<bigint> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(
      fc.constantFrom(...PAGES, { start: 0x1_3000 }, { start: 0x1_7000 }),
      fc.constantFrom(-8, -7, -4, -3, -2, -1, 0, 1, 2_000),
    ).map(([{ start }, delta]) => BigInt(start + delta)),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -9, max: 9 }).map((delta) => BigInt.asUintN(32, BigInt(delta))),
  },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 15 }).map(BigInt) },
  { weight: 3, arbitrary: fc.constant(0xffff_0000n) },
  { weight: 1, arbitrary: biased.unsigned(32) },
);

/** Scenarios whose addresses are at these pages, and whose gas ends soon. */
export const COMPILED_SCENARIO: fc.Arbitrary<Scenario> = fc.tuple(
  SCENARIO,
  fc.option(ADDRESS, { nil: undefined, freq: 8 }),
  fc.array(fc.option(ADDRESS, { nil: undefined, freq: 1 }), { minLength: 13, maxLength: 13 }),
  fc.oneof(fc.constant(9n), fc.constant(9n), fc.constantFrom(0n, 1n, 2n, 4n)),
  fc.boolean(),
).map(([scenario, address, pointers, gas, isStack]) => ({
  ...scenario,
  // The stack pointer has a window of its own.
  fields: isStack ? { ...scenario.fields, b: 1 } : scenario.fields,
  address,
  registers: scenario.registers.map((register, index) => pointers[index] ?? register),
  gas,
  backend: "sparse",
  hasLast: false,
}));

/** A setup on these pages whose places are all entries of the jump table, so that code begins there. */
export function entered(setup: Setup, places: readonly number[]): Setup {
  const { bytes, mask } = setup.code;
  const entries = [...ENTRIES, ...places.map(BigInt)];
  const code: Code = {
    bytes,
    mask,
    jumpTable: {
      count: BigInt(entries.length),
      width: 8n,
      bytes: entries.flatMap((entry) =>
        Array.from({ length: 8 }, (_, i) => entry / 256n ** BigInt(i) % 256n)
      ),
    },
  };
  const pages = setup.dialect === "javm" ? WITH_FIRST : PAGES;
  const heap = { base: 0x1_1000, top: 0x1_2f00, maxPages: 8 };
  return { ...setup, code, pageSize: PAGE_SIZE, pages, heap };
}

/** How many ways on there are for a run of the model. */
const STEPS_MAX = 64;

/** Runs the model to its exit; nothing when that is far away. */
export function toExit(start: model.Machine): model.Step | undefined {
  let step: model.Step = { machine: start, exit: undefined };
  for (let count = 0; count < STEPS_MAX; count++) {
    step = model.step(step.machine);
    if (step.exit !== undefined) return step;
  }
  return undefined;
}

/** A machine put back to where it began, in the memory that it has; false when its pages changed. */
export function putBack(machine: Machine, setup: Setup, from: model.Machine): boolean {
  const { memory } = machine;
  const { pages } = from.memory;
  if ([...memory.pages()].length !== pages.length) return false;
  for (const page of pages) {
    if (page.access !== "read-write") continue;
    value(memory.write(Number(page.start), Uint8Array.from(page.bytes, Number)));
  }
  const { heap } = setup;
  if (heap !== undefined) value(memory.setHeap(heap.base, heap.top, heap.maxPages));
  value(machine.setGas(setup.gas));
  setup.registers.forEach((word, index) => value(machine.setRegister(index, word)));
  return true;
}

/** A setup in a sparse memory, on pages that generated code reaches one by one or on small ones. */
export function onLargePages([setup, isLarge]: readonly [Setup, boolean]): Setup {
  if (!isLarge) return { ...setup, backend: "sparse" };
  const pages = setup.dialect === "javm" ? WITH_FIRST : PAGES;
  const heap = { base: 0x1_1000, top: 0x1_2f00, maxPages: 8 };
  return { ...setup, backend: "sparse", pageSize: PAGE_SIZE, pages, heap };
}
