/**
 * The engine's own numeric instructions, as an oracle that shares no code with implementation or
 * model: a WebAssembly module, assembled here byte by byte, with one function for each instruction.
 */

/** The types of values, by their bytes (Wasm core 2.0, 5.3.1). */
const TYPES = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c } as const;
type ValueType = keyof typeof TYPES;

/** An instruction: its name here, what it takes and gives, and its bytes (Wasm core 2.0, 5.4.7). */
interface Instruction {
  readonly name: string;
  readonly takes: readonly ValueType[];
  readonly gives: ValueType;
  readonly code: readonly number[];
}

/** Names of instructions whose opcodes follow one another. */
function run(
  group: string,
  first: number,
  names: string,
  takes: readonly ValueType[],
  gives: ValueType,
): Instruction[] {
  return names.split(" ").map((name, place) => ({
    name: `${group}.${name}`,
    takes,
    gives,
    code: [first + place],
  }));
}

const DIVISIONS = "divS divU remS remU";
const SHIFTS = "shl shrS shrU rotl rotr";
const TRUNCATIONS = ["F32S", "F32U", "F64S", "F64U"] as const;

/** The four truncations to one type, which trap, and the four that saturate. */
function truncations(group: "i32" | "i64", first: number, saturating: number): Instruction[] {
  return TRUNCATIONS.flatMap((suffix, place): Instruction[] => {
    const takes: readonly ValueType[] = [suffix.startsWith("F32") ? "f32" : "f64"];
    return [
      { name: `${group}.trunc${suffix}`, takes, gives: group, code: [first + place] },
      { name: `${group}.truncSat${suffix}`, takes, gives: group, code: [0xfc, saturating + place] },
    ];
  });
}

/** Operations on the bits of a float: into the float, the instruction, and back. */
function onBits(group: "f32" | "f64", int: ValueType, abs: number): Instruction[] {
  const [to, back] = group === "f32" ? [0xbe, 0xbc] : [0xbf, 0xbd];
  return [
    { name: `${group}.absBits`, takes: [int], gives: int, code: [to, abs, back] },
    { name: `${group}.negBits`, takes: [int], gives: int, code: [to, abs + 1, back] },
  ];
}

const INSTRUCTIONS: readonly Instruction[] = [
  ...run("i32", 0x67, "clz ctz popcnt", ["i32"], "i32"),
  ...run("i32", 0x6d, DIVISIONS, ["i32", "i32"], "i32"),
  ...run("i32", 0x74, SHIFTS, ["i32", "i32"], "i32"),
  ...run("i64", 0x79, "clz ctz popcnt", ["i64"], "i64"),
  ...run("i64", 0x7f, DIVISIONS, ["i64", "i64"], "i64"),
  ...run("i64", 0x86, SHIFTS, ["i64", "i64"], "i64"),
  ...run("f32", 0x8b, "abs neg", ["f32"], "f32"),
  ...run("f32", 0x90, "nearest sqrt", ["f32"], "f32"),
  ...run("f32", 0x96, "min max copysign", ["f32", "f32"], "f32"),
  ...run("f64", 0x99, "abs neg", ["f64"], "f64"),
  ...run("f64", 0x9e, "nearest", ["f64"], "f64"),
  ...run("f64", 0xa4, "min max copysign", ["f64", "f64"], "f64"),
  ...run("i32", 0xa7, "wrapI64", ["i64"], "i32"),
  ...truncations("i32", 0xa8, 0),
  ...run("i64", 0xac, "extendI32S extendI32U", ["i32"], "i64"),
  ...truncations("i64", 0xae, 4),
  ...run("f32", 0xb2, "convertI32S convertI32U", ["i32"], "f32"),
  ...run("f32", 0xb4, "convertI64S convertI64U", ["i64"], "f32"),
  ...run("f32", 0xb6, "demoteF64", ["f64"], "f32"),
  ...run("f64", 0xb7, "convertI32S convertI32U", ["i32"], "f64"),
  ...run("f64", 0xb9, "convertI64S convertI64U", ["i64"], "f64"),
  ...run("f64", 0xbb, "promoteF32", ["f32"], "f64"),
  ...run("i32", 0xbc, "reinterpretF32", ["f32"], "i32"),
  ...run("i64", 0xbd, "reinterpretF64", ["f64"], "i64"),
  ...run("f32", 0xbe, "reinterpretI32", ["i32"], "f32"),
  ...run("f64", 0xbf, "reinterpretI64", ["i64"], "f64"),
  ...run("i32", 0xc0, "extend8S extend16S", ["i32"], "i32"),
  ...run("i64", 0xc2, "extend8S extend16S extend32S", ["i64"], "i64"),
  ...onBits("f32", "i32", 0x8b),
  ...onBits("f64", "i64", 0x99),
];

/** A whole number in LEB128. */
function leb(value: number): number[] {
  return value < 0x80 ? [value] : [value % 0x80 + 0x80, ...leb(Math.floor(value / 0x80))];
}

/** Something with its length before it. */
function sized(bytes: readonly number[]): number[] {
  return [...leb(bytes.length), ...bytes];
}

/** A vector of items with their number before them, as the body of a section. */
function section(id: number, items: readonly (readonly number[])[]): number[] {
  return [id, ...sized([...leb(items.length), ...items.flat()])];
}

function assemble(): Uint8Array<ArrayBuffer> {
  const types = INSTRUCTIONS.map(({ takes, gives }) => [
    0x60,
    ...sized(takes.map((type) => TYPES[type])),
    ...sized([TYPES[gives]]),
  ]);
  const exported = INSTRUCTIONS.map(({ name }, place) => [
    ...sized([...new TextEncoder().encode(name)]),
    0x00,
    ...leb(place),
  ]);
  const bodies = INSTRUCTIONS.map(({ takes, code }) =>
    sized([0x00, ...takes.flatMap((_, place) => [0x20, place]), ...code, 0x0b])
  );
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(3, INSTRUCTIONS.map((_, place) => leb(place))),
    ...section(7, exported),
    ...section(10, bodies),
  );
}

const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble()));

/** The names of the instructions that the engine can be asked for, as `group.operation`. */
export const ORACLE_NAMES: readonly string[] = INSTRUCTIONS.map(({ name }) => name);

/** What the engine gives for operands of the right types, or `"trap"`. */
export function oracle(name: string, operands: readonly (number | bigint)[]): unknown {
  const instruction = exports[name];
  if (typeof instruction !== "function") throw new Error(`no instruction ${name}`);
  try {
    return Reflect.apply(instruction, undefined, operands);
  } catch (stopped) {
    if (stopped instanceof WebAssembly.RuntimeError) return "trap";
    throw stopped;
  }
}
