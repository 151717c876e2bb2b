/** Modules: what can be made, and memories that are lent for a call. */

import { begin, create, end, type Lending, use } from "../../model/linear_module.ts";
import { create as createMemory } from "../../model/linear_memory.ts";
import { bundle, type JsonObject, type VectorFile } from "./json.ts";
import { memoryJson, onMemory } from "./linear_memory_trace.ts";
import { type Step, step } from "./trace.ts";

type Row = readonly [
  pages: number,
  max: number,
  pageBytes: number,
  slots: number,
  maxSlots: number,
];

const MADE: readonly Row[] = [
  [1, 2, 65_536, 3, 4],
  [0, 0, 65_536, 0, 0],
  [2, 2, 65_536, 4, 4],
  [2, 1, 65_536, 0, 0],
  [0, 0, 65_536, 5, 4],
  [2, 1, 65_536, 5, 4],
  [3, 65_536, 1, 0, 10_000_000],
  [4, 8, 16, 1, 1],
];

function making([pages, max, pageBytes, slots, maxSlots]: Row, index: number): JsonObject {
  const made = create({
    initialPages: pages,
    maxPages: max,
    pageSizeBytes: pageBytes,
    initialSlots: slots,
    maxSlots,
    globals: null,
  });
  if ("invalid" in made) throw new Error(`an argument is invalid: ${made.invalid}`);
  return {
    name: `make_${index}`,
    create: {
      "initial-pages": pages,
      "max-pages": max,
      "page-bytes": pageBytes,
      "initial-slots": slots,
      "max-slots": maxSlots,
    },
    outcome: "trap" in made ? { trap: made.trap } : {
      ok: { pages: made.ok.memory.bytes.length / pageBytes, slots: made.ok.table.slots.length },
    },
  };
}

function lending(name: string, steps: readonly Step[]): JsonObject {
  const made = createMemory(1, 2, { pageSizeBytes: 16 });
  if (!("ok" in made)) throw new Error("no memory");
  let state: Lending = { memory: made.ok, loans: [] };
  const done = steps.map(({ op, args }) => {
    const [loan, operation, operands] = args;
    let outcome: JsonObject = { ok: null };
    if (op === "begin") {
      outcome = { ok: state.loans.length };
      state = begin(state);
    } else if (op === "end") state = end(state, Number(loan));
    else {
      const used = use(state, Number(loan), (memory) => {
        const list = Array.isArray(operands) ? operands : [];
        const { memory: after, outcome: given } = onMemory(memory, String(operation), list);
        return { state: after, outcome: { ok: given } };
      });
      state = used.state;
      outcome = "ok" in used.outcome
        ? used.outcome.ok
        : { trap: "trap" in used.outcome ? used.outcome.trap : "" };
    }
    return { op, args, outcome, state: memoryJson(state.memory) };
  });
  const create = { "initial-pages": 1, "max-pages": 2, "page-bytes": 16 };
  return { name, create, steps: done };
}

const store = (loan: number, at: number, value: number) =>
  step("use", loan, "u8.store", [at, value]);

/** The file of modules. */
export function linearModuleFile(): VectorFile {
  const head = { family: "linear", kind: "module", spec: ["Wasm core 2.0, 4.5.4 and 4.2.5"] };
  return bundle("linear/module.json", head, [
    ...MADE.map(making),
    lending("while_the_call_runs", [
      step("begin"),
      store(0, 3, 7),
      step("use", 0, "u8.load", [3]),
      step("use", 0, "u8.load", [16]),
      step("use", 0, "memory.grow", [1]),
      step("use", 0, "u8.load", [16]),
      step("end", 0),
    ]),
    lending("after_the_call", [
      step("begin"),
      step("end", 0),
      store(0, 3, 7),
      step("use", 0, "u8.load", [99]),
      step("begin"),
      store(1, 3, 8),
      store(0, 4, 8),
      step("end", 1),
    ]),
    lending("calls_in_calls", [
      step("begin"),
      step("begin"),
      store(1, 1, 1),
      store(0, 2, 2),
      step("end", 1),
      store(1, 3, 3),
      store(0, 4, 4),
      step("end", 0),
      store(0, 5, 5),
    ]),
  ]);
}
