/** Vectors of linear memory, tables and modules on the implementation. */

import {
  callIndirect,
  DataSegment,
  ElementSegment,
  IsolatedMemory,
  type LentMemory,
  Module,
  Table,
} from "../../../src/linear/mod.ts";
import type { MemoryLease } from "../../../src/linear/mod.ts";
import {
  bytes,
  decimal,
  difference,
  field,
  type Given,
  hex,
  list,
  listIn,
  number,
  runs,
  text,
  valueOf,
} from "./values.ts";

type Access = IsolatedMemory | MemoryLease;
type Result = { readonly ok: true; readonly value: unknown } | {
  readonly ok: false;
  readonly error: { readonly kind: string };
};

const LOADS: Readonly<Record<string, (memory: Access, at: number) => Result>> = {
  "u8.load": (m, at) => m.loadU8(at),
  "u16.load": (m, at) => m.loadU16(at),
  "i32.load": (m, at) => m.loadI32(at),
  "i64.load": (m, at) => m.loadI64(at),
  "f32.load": (m, at) => m.loadF32Bits(at),
  "f64.load": (m, at) => m.loadF64Bits(at),
  "i32.load8_s": (m, at) => m.loadI32From8S(at),
  "i32.load8_u": (m, at) => m.loadI32From8U(at),
  "i32.load16_s": (m, at) => m.loadI32From16S(at),
  "i32.load16_u": (m, at) => m.loadI32From16U(at),
  "i64.load8_s": (m, at) => m.loadI64From8S(at),
  "i64.load8_u": (m, at) => m.loadI64From8U(at),
  "i64.load16_s": (m, at) => m.loadI64From16S(at),
  "i64.load16_u": (m, at) => m.loadI64From16U(at),
  "i64.load32_s": (m, at) => m.loadI64From32S(at),
  "i64.load32_u": (m, at) => m.loadI64From32U(at),
};

const bits = (value: Given) => BigInt(`0x${text(value)}`);

const STORES: Readonly<Record<string, (memory: Access, at: number, value: Given) => Result>> = {
  "u8.store": (m, at, value) => m.storeU8(at, number(value)),
  "u16.store": (m, at, value) => m.storeU16(at, number(value)),
  "i32.store": (m, at, value) => m.storeI32(at, number(value)),
  "i64.store": (m, at, value) => m.storeI64(at, decimal(value)),
  "f32.store": (m, at, value) => m.storeF32Bits(at, Number(bits(value))),
  "f64.store": (m, at, value) => m.storeF64Bits(at, bits(value)),
  "i32.store8": (m, at, value) => m.storeI32As8(at, number(value)),
  "i32.store16": (m, at, value) => m.storeI32As16(at, number(value)),
  "i64.store8": (m, at, value) => m.storeI64As8(at, decimal(value)),
  "i64.store16": (m, at, value) => m.storeI64As16(at, decimal(value)),
  "i64.store32": (m, at, value) => m.storeI64As32(at, decimal(value)),
};

/** A value as the vectors write it. */
function written(op: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return hex(value);
  if (op === "f32.load" || op === "f64.load") {
    const width = op === "f32.load" ? 8 : 16;
    return BigInt(String(value)).toString(16).padStart(width, "0");
  }
  return typeof value === "bigint" ? value.toString() : value ?? null;
}

function outcome(op: string, result: Result | number): unknown {
  if (typeof result === "number") return { ok: result };
  return result.ok ? { ok: written(op, result.value) } : { trap: result.error.kind };
}

/** Does an operation on a memory, or through a lease. */
function onMemory(
  memory: Access,
  op: string,
  args: readonly Given[],
  segments: readonly DataSegment[] = [],
): unknown {
  const load = LOADS[op];
  if (load !== undefined) return outcome(op, load(memory, number(args[0])));
  const store = STORES[op];
  if (store !== undefined) return outcome(op, store(memory, number(args[0]), args[1]));
  if (op === "write") return outcome(op, memory.write(number(args[0]), bytes(args[1])));
  if (op === "memory.size") return { ok: memory.size() };
  const [a = 0, b = 0, c = 0, d = 0] = args.map(number);
  switch (op) {
    case "read":
      return outcome(op, memory.read(a, b));
    case "memory.grow":
      return { ok: memory.grow(a) };
    case "memory.fill":
      return outcome(op, memory.fill(a, b, c));
    case "memory.copy":
      return outcome(op, memory.copy(a, b, c));
    case "memory.init": {
      const segment = segments[a];
      if (segment === undefined) throw new Error(`no segment ${a}`);
      return outcome(op, memory.initSegment(segment, b, c, d));
    }
    case "data.drop":
      segments[a]?.drop();
      return { ok: null };
    default:
      throw new Error(`no operation is called ${op}`);
  }
}

function memoryOf(create: Given): IsolatedMemory {
  const [pages, max] = [number(field(create, "initial-pages")), number(field(create, "max-pages"))];
  const pageSizeBytes = number(field(create, "page-bytes"));
  return valueOf(IsolatedMemory.create(pages, max, { pageSizeBytes }), "no memory");
}

const stateOf = (memory: IsolatedMemory) => ({
  pages: Number(memory.pageCount),
  bytes: runs(memory.asSlice()),
});

/** The first step of a trace that differs. */
function firstStep(
  trace: Given,
  apply: (op: string, args: readonly Given[]) => { outcome: unknown; state: unknown },
): string | undefined {
  for (const [i, step] of listIn(trace, "steps").entries()) {
    const op = text(field(step, "op"));
    const { outcome, state } = apply(op, listIn(step, "args"));
    const found = difference(outcome, field(step, "outcome"), "outcome") ??
      difference(state, field(step, "state"), "state");
    if (found !== undefined) return `step ${i}, ${op}: ${found}`;
  }
  return undefined;
}

/** Runs a trace of a memory. */
export function checkMemory(trace: Given): string | undefined {
  const memory = memoryOf(field(trace, "create"));
  const segments = listIn(trace, "segments").map((each) =>
    valueOf(DataSegment.create(bytes(each)), "no segment")
  );
  const dropped = new Set<number>();
  return firstStep(trace, (op, args) => {
    if (op === "data.drop") dropped.add(number(args[0]));
    const done = op === "renew"
      ? outcome(op, memory.init(number(args[0])))
      : onMemory(memory, op, args, segments);
    return { outcome: done, state: { ...stateOf(memory), dropped: [...dropped].sort() } };
  });
}

/** A slot as an argument. */
function entryOf(slot: Given): { typeIndex: number; funcIndex: number } | null {
  if (slot === null) return null;
  const [typeIndex, funcIndex] = list(slot).map(number);
  return { typeIndex: typeIndex ?? 0, funcIndex: funcIndex ?? 0 };
}

function slotsOf(table: Table): readonly unknown[] {
  return Array.from({ length: table.size() }, (_, at) => {
    const found = table.get(at);
    return found.ok ? [Number(found.value.typeIndex), Number(found.value.funcIndex)] : null;
  });
}

function onTable(
  table: Table,
  segments: readonly ElementSegment[],
  op: string,
  args: readonly Given[],
): unknown {
  const [a, b, c, d] = args;
  const n = (value: Given) => number(value);
  switch (op) {
    case "table.get": {
      const found = table.get(n(a));
      if (!found.ok) return { trap: found.error.kind };
      return { ok: [Number(found.value.typeIndex), Number(found.value.funcIndex)] };
    }
    case "table.set":
      return outcome(op, table.set(n(a), entryOf(b)));
    case "table.size":
      return { ok: Number(table.size()) };
    case "table.grow":
      return { ok: Number(table.grow(n(a), entryOf(b))) };
    case "table.fill":
      return outcome(op, table.fill(n(a), entryOf(b), n(c)));
    case "table.copy":
      return outcome(op, table.copy(n(a), n(b), n(c)));
    case "table.init": {
      const segment = segments[n(a)];
      if (segment === undefined) throw new Error(`no segment ${n(a)}`);
      return outcome(op, table.initSegment(segment, n(b), n(c), n(d)));
    }
    case "elem.drop":
      segments[n(a)]?.drop();
      return { ok: null };
    case "init_elements":
      return outcome(op, table.initElements(n(a), list(b).map(entryOf)));
    case "call_indirect":
      return outcome(op, callIndirect(table, n(a), n(b)));
    default:
      throw new Error(`no operation is called ${op}`);
  }
}

/** Runs a trace of a table. */
export function checkTable(trace: Given): string | undefined {
  const create = field(trace, "create");
  const [size, max] = [field(create, "initial-slots"), field(create, "max-slots")].map(number);
  const table = valueOf(Table.create(size ?? 0, max ?? 0), "no table");
  const segments = listIn(trace, "segments").map((each) =>
    valueOf(ElementSegment.create(list(each).map(entryOf)), "no segment")
  );
  const dropped = new Set<number>();
  return firstStep(trace, (op, args) => {
    if (op === "elem.drop") dropped.add(number(args[0]));
    const outcome = onTable(table, segments, op, args);
    return { outcome, state: { slots: slotsOf(table), dropped: [...dropped].sort() } };
  });
}

function making(create: Given): unknown {
  const of = (name: string) => number(field(create, name));
  const made = Module.create({
    initialPages: of("initial-pages"),
    maxPages: of("max-pages"),
    pageSizeBytes: of("page-bytes"),
    initialSlots: of("initial-slots"),
    maxSlots: of("max-slots"),
    globals: null,
  });
  if (!made.ok) return { trap: made.error.kind };
  const { memory, table } = made.value;
  return { ok: { pages: Number(memory.size()), slots: Number(table.size()) } };
}

/** Runs a case of a module. */
export function checkModule(each: Given): string | undefined {
  if (field(each, "steps") === undefined) {
    return difference(making(field(each, "create")), field(each, "outcome"), "outcome");
  }
  const memory = memoryOf(field(each, "create"));
  const loans: LentMemory[] = [];
  return firstStep(each, (op, [loan, operation, args]) => {
    let outcome: unknown = { ok: null };
    if (op === "begin") outcome = { ok: loans.push(memory.lend()) - 1 };
    else {
      const lent = loans[number(loan)];
      if (lent === undefined) throw new Error(`no loan ${number(loan)}`);
      if (op === "end") lent.revoke();
      else outcome = onMemory(lent.lease, text(operation), list(args));
    }
    return { outcome, state: stateOf(memory) };
  });
}
