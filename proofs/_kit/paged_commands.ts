/** Operations on a paged memory as values, for programs of them. */

import fc from "fast-check";
import * as model from "../../model/paged.ts";
import { sbrk } from "../../model/paged_heap.ts";
import { change, empty, read, write } from "../../model/paged_regions.ts";
import type * as paged from "../../src/paged/mod.ts";
import { ACCESSES, outcomeOf, readTyped, WIDTHS, writeTyped } from "./paged.ts";

/** The size of a page in bytes. */
export const PAGE = 8;

/** An operation on a paged memory with pages of {@link PAGE} bytes. */
export type Command =
  | {
    readonly do: "map" | "reset" | "protect";
    readonly page: number;
    readonly pages: number;
    readonly access: model.Access;
    readonly init: Uint8Array;
  }
  | { readonly do: "write" | "read"; readonly at: number; readonly data: Uint8Array }
  | {
    readonly do: "store" | "load";
    readonly at: number;
    readonly width: 1 | 2 | 4 | 8;
    readonly bits: bigint;
  }
  | { readonly do: "sbrk"; readonly size: number }
  | { readonly do: "clear" };

const address = fc.oneof(fc.nat(6 * PAGE), fc.integer({ min: 2 ** 32 - 10, max: 2 ** 32 - 1 }));
/** Any operation, near the first pages or the end of the address space. */
export const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom("map" as const, "reset" as const, "protect" as const),
      page: fc.oneof(fc.nat(4), fc.constant(2 ** 29 - 1)),
      pages: fc.integer({ min: 0, max: 3 }),
      access: fc.constantFrom(...ACCESSES),
      init: fc.uint8Array({ maxLength: 20 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("write" as const, "read" as const),
      at: address,
      data: fc.uint8Array({ maxLength: 20 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom("store" as const, "load" as const),
      at: address,
      width: fc.constantFrom(...WIDTHS),
      bits: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("sbrk" as const), size: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.constant({ do: "clear" as const }) },
);

/** Runs it on the model. */
export function applyModel(state: model.Memory, command: Command): model.Step {
  const same = (outcome: model.Outcome): model.Step => ({ state, outcome });
  switch (command.do) {
    case "map":
    case "reset":
    case "protect": {
      const init = command.do === "map" ? Array.from(command.init, BigInt) : "absent";
      const [start, size] = [command.page * PAGE, command.pages * PAGE];
      return change(state, command.do, start, size, command.access, init);
    }
    case "write":
      return write(state, command.at, Array.from(command.data, BigInt));
    case "read":
      return same(read(state, command.at, command.data.length));
    case "store": {
      const value = command.width === 8 ? command.bits : Number(command.bits % 2n ** 32n);
      return model.store(state, BigInt(command.width), command.at, value);
    }
    case "load":
      return same(model.load(state, BigInt(command.width), command.at));
    case "sbrk":
      return sbrk(state, command.size);
    case "clear":
      return { state: empty(state), outcome: { ok: undefined } };
  }
}

/** Runs it on a memory. */
export function applyReal(real: paged.Memory, command: Command): unknown {
  switch (command.do) {
    case "map":
    case "reset":
    case "protect": {
      const [start, size] = [command.page * PAGE, command.pages * PAGE];
      const how = `${command.do}Region` as const;
      const init = command.do === "map" ? [command.init] : [];
      // What "none" does to a map is a matter of callers without a compiler.
      return outcomeOf(Reflect.apply(real[how], real, [start, size, command.access, ...init]));
    }
    case "write":
      return outcomeOf(real.write(command.at, command.data));
    case "read":
      return outcomeOf(real.read(command.at, command.data.length));
    case "store":
      return outcomeOf(writeTyped(real, command.width, command.at, command.bits));
    case "load":
      return outcomeOf(readTyped(real, command.width, command.at));
    case "sbrk":
      return outcomeOf(real.sbrk(command.size));
    case "clear":
      return { ok: real.clear() };
  }
}
