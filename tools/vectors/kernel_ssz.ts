/** Encodings and roots of capabilities of every kind, and bytes that encode none. */

import type { Cap } from "../../model/kernel_caps.ts";
import { partsOf, serialize, type Value } from "../../model/kernel_ssz.ts";
import { deserialize } from "../../model/kernel_ssz_read.ts";
import { ANY_CAP } from "../../model/kernel_v3_caps.ts";
import { bundle, hex, type JsonObject, type VectorFile } from "./json.ts";
import { ask, hashOf, NO_REGISTERS, packed, valueJson } from "./kernel_code.ts";
import { Random } from "./random.ts";

/** The kinds by their selectors. */
const KINDS = ["instance", "image", "data", "cnode", "type", "image-v3", "instance-v3"] as const;

const ONES = "11".repeat(32);
const TWOS = "22".repeat(32);
const ENDS = `${"00".repeat(31)}01`;
const REGISTERS = NO_REGISTERS.map((_, i) => 2n ** 64n - 1n - BigInt(i));
const NO_PATH: readonly Value[] = Array.from({ length: 8 }, () => 0n);

const bytesOf = (count: number, seed: string): readonly bigint[] =>
  new Random(seed).bytes(count).map((byte, i) => BigInt(i === count - 1 ? byte | 1 : byte));
const page = (...bytes: readonly bigint[]): Value =>
  Array.from({ length: 4096 }, (_, i) => bytes[i] ?? 0n);

const inline = (...bytes: readonly bigint[]): Cap => [2n, [[0n, bytes]]];
const paged = (size: bigint, ...pages: readonly Value[]): Cap => [2n, [[1n, [size, pages]]]];
const cnode = (log: bigint, ...slots: readonly Value[]): Cap => [3n, [log, slots]];

const { code, mask } = packed([...ask(1, 3, 4), ...ask(0)]);
const ENDPOINT: Value = [0n, 4096n, 1n, 4n, REGISTERS];

function imageV3(changes: Readonly<Record<number, Value>> = {}): Cap {
  const fields: readonly Value[] = [code, mask, [0n, 5n], [], [], [], [], [], [0n]];
  return [5n, fields.map((field, i) => changes[i] ?? field)];
}

const paused = (source: Value, callee: readonly bigint[]): Value => [
  1n,
  [ONES, REGISTERS, 5n, TWOS, 1n, callee, [[source, TWOS]]],
];

/** Capabilities of every kind. */
const CAPS: readonly Cap[] = [
  [0n, [ONES, TWOS, ENDS, [], 0n, NO_REGISTERS, 0n, 0n]],
  [0n, [
    ONES,
    TWOS,
    ENDS,
    [[0n, [1n, 2n]], [4096n, bytesOf(40, "overlay")]],
    8192n,
    REGISTERS,
    7n,
    9n,
  ]],
  [0n, [ENDS, ENDS, ENDS, [[1n, []]], 2n ** 32n - 1n, REGISTERS, 2n ** 64n - 1n, 2n ** 64n - 1n]],
  [1n, [code, mask, [], [], [], [], [], [0n]]],
  [1n, [
    code,
    mask,
    [0n, 2n ** 32n - 1n],
    [ENDPOINT, ENDPOINT],
    [
      [0n, 4096n, NO_PATH, 0n],
      [2n ** 32n, 1n, NO_PATH.with(0, 3n).with(1, 9n), 2n],
    ],
    [[1n, ONES], [5n, TWOS]],
    [[0n, ENDS]],
    [1n, 6n],
  ]],
  [1n, [[], [], [], [], [], [], [], [1n, 0n]]],
  inline(),
  inline(1n),
  inline(0n, 0n, 7n),
  inline(...bytesOf(31, "a")),
  inline(...bytesOf(32, "b")),
  inline(...bytesOf(33, "c")),
  inline(...bytesOf(4095, "d")),
  inline(...partsOf(page(104n, 101n, 108n, 108n, 111n)).map((byte) => BigInt(String(byte)))),
  inline(...bytesOf(8192, "e")),
  paged(4096n),
  paged(4096n, [0n], [2n, ONES], [1n, page(1n, 2n, 3n)]),
  paged(8n, [1n, [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n]], [0n], [2n, TWOS]),
  cnode(0n),
  cnode(16n),
  cnode(0n, [0n, 0n, ONES]),
  cnode(3n, [3n, 0n, ONES], [5n, 1n, TWOS]),
  cnode(8n, [0n, 0n, ONES], [1n, 0n, ONES], [127n, 0n, TWOS], [255n, 0n, ENDS]),
  cnode(16n, [65_535n, 0n, ONES]),
  cnode(16n, [0n, 0n, ONES], [32_768n, 1n, TWOS]),
  [4n, [ONES]],
  [4n, ["00".repeat(32)]],
  imageV3(),
  imageV3({
    3: [[0n, 0n, 4n, 1n, REGISTERS], [9n, 0n, 0n, 0n, NO_REGISTERS]],
    4: [[4096n, 8192n, NO_PATH, 0n], [65_536n, 1n, NO_PATH.with(0, 3n).with(1, 9n), 2n]],
    5: [1n, 2n],
    6: [3n],
    7: [[4n, ONES], [255n, TWOS]],
    8: [1n, 10n],
  }),
  [6n, [ONES, TWOS, ENDS, [0n]]],
  [6n, [ONES, TWOS, ENDS, [2n]]],
  [6n, [ONES, TWOS, ENDS, paused([0n], [])]],
  [6n, [ONES, TWOS, ENDS, paused([1n, ENDS], [6n, 300n])]],
];

/** How long a value may be so that it is written beside its encoding. */
const SHORT = 2000;

/** The case of an encoding: the bytes, or those that a capability is written as. */
export function encodingCase(
  cap: Cap,
  name: string,
  bytes: readonly number[] = serialize(ANY_CAP, cap),
): JsonObject {
  const ssz = hex(bytes);
  return {
    name,
    cap: KINDS[Number(cap[0])],
    ssz,
    hash: hashOf(cap),
    ...(ssz.length <= SHORT ? { value: valueJson(cap[1]) } : {}),
  };
}

/** Bytes close to an encoding: cut, longer, and with one byte changed at every fourth place. */
function damaged(cap: Cap, name: string): readonly JsonObject[] {
  const bytes = serialize(ANY_CAP, cap);
  if (bytes.length > 400) return [];
  const random = new Random(name);
  const variants: (readonly [string, readonly number[]])[] = [
    ["longer", [...bytes, 0]],
    ["empty", []],
    ["selector_7", [7, ...bytes.slice(1)]],
  ];
  for (let at = 0; at < bytes.length; at++) {
    if (at % 3 === 0) variants.push([`cut_at_${at}`, bytes.slice(0, at)]);
    if (at % 2 === 0) variants.push([`byte_${at}`, bytes.with(at, random.of([0, 1, 3, 255]))]);
  }
  return variants.map(([what, changed]) => {
    const read = deserialize(ANY_CAP, changed);
    const [selector, fields] = partsOf(read?.value ?? []);
    return typeof selector === "bigint" && fields !== undefined
      ? encodingCase([selector, partsOf(fields)], `${name}_${what}`, changed)
      : { name: `${name}_${what}`, cap: KINDS[Number(cap[0])], ssz: hex(changed) };
  });
}

/** The file of encodings. */
export function sszFile(): VectorFile {
  const named = CAPS.map((cap, i) => [cap, `${KINDS[Number(cap[0])]}_${i}`] as const);
  const head = {
    family: "kernel",
    kind: "ssz",
    spec: ["capabilities: SSZ", "kernel v3: capabilities"],
  };
  return bundle("kernel/ssz.json", head, [
    ...named.map(([cap, name]) => encodingCase(cap, name)),
    ...named.flatMap(([cap, name]) => damaged(cap, name)),
  ]);
}
