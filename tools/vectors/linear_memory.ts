/** Vectors of linear memory. */

import { LOADS, STORES } from "../../model/linear_memory_access.ts";
import { bitsOfFloat, FLOAT32, FLOAT64 } from "../../model/linear_memory_value.ts";
import { bundle, hex, type Json, type JsonObject, type VectorFile } from "./json.ts";
import { LOAD_NAMES, type Shape, STORE_NAMES, trace } from "./linear_memory_trace.ts";
import { Random } from "./random.ts";
import { type Step, step } from "./trace.ts";

const PAGE = 65_536;
const ONE: Shape = { pages: 1, max: 2, pageBytes: PAGE };
const SMALL: Shape = { pages: 2, max: 4, pageBytes: 16 };

const WORDS = [
  "0",
  "1",
  "-1",
  "-128",
  "127",
  "128",
  "32767",
  "-32768",
  "2147483647",
  "-2147483648",
];
const LONGS = [...WORDS, "4294967295", "9223372036854775807", "-9223372036854775808"];
const FLOATS = [0, -0, 1, -1.5, 0.1, 5e-324, 1.7976931348623157e308, Infinity, -Infinity, NaN];

/** Operands of a store that are worth trying. */
function operandsOf(op: string): readonly Json[] {
  if (op === "f64.store") {
    const bits = FLOATS.map((value) => bitsOfFloat(value, FLOAT64));
    return [...bits, 0x7ff0_0000_0000_0001n, 0xfff8_0000_0000_deadn].map((each) =>
      each.toString(16).padStart(16, "0")
    );
  }
  if (op === "f32.store") {
    const bits = FLOATS.map((value) => bitsOfFloat(value, FLOAT32));
    return [...bits, 0x7f80_0001n, 0xffc0_beefn, 1n].map((each) =>
      each.toString(16).padStart(8, "0")
    );
  }
  return op.startsWith("i64") ? LONGS : WORDS.map(Number);
}

/** Each load and store at its edges, on a whole page. */
function accesses(): readonly JsonObject[] {
  const stores = Object.entries(STORE_NAMES).map(([op, name]) => {
    const { width } = STORES[name];
    const [load = ""] = Object.keys(LOAD_NAMES).filter((each) =>
      each === op.replace("store", "load")
    );
    const reads = load === "" ? [] : [load];
    const edges = [PAGE - width, PAGE - width + 1, PAGE - 1, PAGE, 2 ** 32 - 1, 2 ** 53 - 1];
    const [operand = 0] = operandsOf(op);
    return trace(`${op}`, ONE, [
      ...operandsOf(op).flatMap((value, i) => [
        step(op, 24 * i + 3, value),
        ...reads.map((read) => step(read, 24 * i + 3)),
      ]),
      ...edges.map((at) => step(op, at, op.startsWith("f") ? operand : operandsOf(op)[2] ?? 0)),
      step("memory.grow", 1),
      step(op, PAGE - width + 1, operandsOf(op)[2] ?? 0),
    ]);
  });
  const bytes = "000180ff7f8000ffff7fc07ff00102030405060708ff";
  const loads = Object.entries(LOAD_NAMES).map(([op, name]) => {
    const { width } = LOADS[name];
    const edges = [PAGE - width, PAGE - width + 1, PAGE - 1, PAGE, 2 ** 32 - 1, 2 ** 53 - 1];
    return trace(`${op}`, ONE, [
      step("write", 0, bytes),
      step("write", PAGE - 8, "f1f2f3f4f5f6f7f8"),
      ...Array.from({ length: 15 }, (_, at) => step(op, at)),
      ...edges.map((at) => step(op, at)),
      step("memory.grow", 1),
      step(op, PAGE - width + 1),
    ]);
  });
  return [...loads, ...stores];
}

/** The bulk operations at their edges. */
function bulk(): readonly JsonObject[] {
  const segments = [[0xa1, 0xb2, 0xc3, 0xd4, 0xe5], []];
  const write = step("write", 4, "0102030405060708");
  return [
    trace("fill", ONE, [
      step("memory.fill", 0, 0x5a, 8),
      step("memory.fill", 6, 0x1ff, 4),
      step("memory.fill", PAGE - 2, 7, 2),
      step("memory.fill", PAGE - 2, 8, 3),
      step("memory.fill", PAGE, 9, 0),
      step("memory.fill", PAGE + 1, 9, 0),
      step("memory.fill", 2 ** 32 - 1, 9, 2),
    ]),
    trace("copy", SMALL, [
      write,
      ...[[6, 4, 8], [2, 4, 8], [4, 4, 8], [24, 4, 8], [25, 4, 8], [0, 25, 8], [32, 0, 0], [
        33,
        0,
        0,
      ]]
        .map(([to = 0, from = 0, length = 0]) => step("memory.copy", to, from, length)),
    ]),
    trace("init", SMALL, [
      step("memory.init", 0, 3, 0, 5),
      step("memory.init", 0, 10, 2, 3),
      step("memory.init", 0, 10, 2, 4),
      step("memory.init", 0, 30, 0, 3),
      step("memory.init", 1, 0, 0, 0),
      step("memory.init", 1, 0, 0, 1),
      step("data.drop", 0),
      step("memory.init", 0, 0, 0, 0),
      step("memory.init", 0, 0, 0, 1),
      step("data.drop", 0),
    ], segments),
    trace("grow", SMALL, [
      write,
      step("memory.size"),
      step("memory.grow", 0),
      step("memory.grow", 1),
      step("i32.store", 44, 77),
      step("memory.grow", 2),
      step("memory.grow", 1),
      step("memory.grow", 1),
      step("memory.grow", 2 ** 32 - 1),
      step("memory.size"),
      step("i32.load", 44),
    ]),
    trace("renew", SMALL, [
      write,
      step("renew", 3),
      write,
      step("renew", 5),
      step("renew", 0),
      write,
    ]),
    trace("no_pages", { pages: 0, max: 1, pageBytes: PAGE }, [
      step("u8.load", 0),
      step("read", 0, 0),
      step("read", 1, 0),
      step("write", 0, ""),
      step("memory.grow", 1),
      step("u8.load", 0),
    ]),
    trace("no_bytes_at_the_end", ONE, [
      step("read", PAGE, 0),
      step("read", PAGE + 1, 0),
      step("write", PAGE, ""),
      step("write", PAGE - 1, "0102"),
      step("read", PAGE - 3, 3),
    ]),
  ];
}

/** Random traces on a small memory, whose whole state is short. */
function randomTraces(): readonly JsonObject[] {
  const random = new Random("linear memory");
  const at = () => random.below(8) === 0 ? random.of([40, 48, 63, 64, 2 ** 31]) : random.below(36);
  const operand = (op: string) => random.of(operandsOf(op));
  const draw = (): Step => {
    switch (random.below(9)) {
      case 0:
        return step("write", at(), hex(random.bytes(random.below(9))));
      case 1:
        return step("memory.fill", at(), random.below(256), random.below(9));
      case 2:
      case 3:
        return step("memory.copy", at(), at(), random.below(12));
      case 4:
        return step("memory.init", random.below(2), at(), random.below(7), random.below(7));
      case 5:
        return random.below(6) === 0
          ? step("data.drop", random.below(2))
          : step("memory.grow", random.below(3));
      case 6:
        return step(random.of(Object.keys(LOAD_NAMES)), at());
      default: {
        const op = random.of(Object.keys(STORE_NAMES));
        return step(op, at(), operand(op));
      }
    }
  };
  return Array.from(
    { length: 60 },
    (_, i) =>
      trace(
        `random_${i}`,
        { pages: 1 + random.below(2), max: 4, pageBytes: 16 },
        Array.from({ length: 24 }, draw),
        [random.bytes(6), random.bytes(3)],
      ),
  );
}

/** The file of linear memory. */
export function linearMemoryFile(): VectorFile {
  const head = { family: "linear", kind: "memory", spec: ["Wasm core 2.0, 4.4.7"] };
  return bundle("linear/memory.json", head, [...accesses(), ...bulk(), ...randomTraces()]);
}
