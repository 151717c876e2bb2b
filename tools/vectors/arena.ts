/** Vectors of the guest arena: traces and codecs. */

import { decode, encode, hexDecode, hexEncode } from "../../model/arena_codec.ts";
import { decode as decodeUtf8 } from "../../model/arena_utf8.ts";
import { bytesOf, outcomeOf, textOf, trace } from "./arena_trace.ts";
import { bundle, hex, type Json, type JsonObject, type VectorFile } from "./json.ts";
import { Random } from "./random.ts";
import { type Step, step } from "./trace.ts";

const packed = (ptr: number, len: number) => (BigInt(ptr) * 2n ** 32n + BigInt(len)).toString();

/** Text whose pieces are ill-formed in every way of Unicode's table. */
const UTF8 = [
  "",
  "68656c6c6f",
  "c3a9e282acf09f9880",
  "80",
  "c0af",
  "c3",
  "e08080",
  "e282",
  "eda080",
  "f0808080",
  "f09f98",
  "f4908080",
  "f5",
  "ff41",
  "41c341",
  "e282e282ac",
  "f09f41f09f98ac",
  "efbfbd",
  "efbbbf41",
  "00",
];

/** Every operation at its edges. */
export function edgesOfArena(): readonly JsonObject[] {
  return [
    trace("alloc", [0, 64, 64], [
      ...[1, 8, 9, 0, -1, 2 ** 31 - 1, 24, 23, 1].map((size) => step("alloc", size)),
      step("reset", false),
      step("alloc", 56),
      step("alloc", 1),
      step("reset", true),
      step("alloc", 57),
    ]),
    trace("above_a_base", [16, 40, 64], [
      step("write", 0, "0102030405060708090a0b0c0d0e0f10"),
      step("alloc", 4),
      step("write", 24, "aabbccdd"),
      step("alloc", 20),
      step("alloc", 8),
      step("write", 56, "ff"),
      step("reset", true),
      step("alloc", 32),
      step("alloc", 1),
    ]),
    trace("no_room_at_all", [0, 8, 16], [step("alloc", 1), step("host_arg_bytes", "01")]),
    trace("less_than_the_first_offset", [0, 4, 16], [step("alloc", 1), step("reset", true)]),
    trace("bytes", [0, 64, 64], [
      step("host_arg_bytes", "010203"),
      step("host_arg_bytes", ""),
      step("read", 8, 3),
      step("read", 61, 3),
      step("read", 61, 4),
      step("read", 64, 0),
      step("read", 2 ** 32 - 1, 0),
      step("read", 2 ** 32 - 1, 2),
      step("write", 62, "0102"),
      step("write", 62, "030405"),
      step("write", 2 ** 32 - 1, ""),
      step("read_packed", "0"),
      step("read_packed", packed(8, 3)),
      step("read_packed", packed(8, 0)),
      step("read_packed", packed(60, 8)),
      step("read_packed", packed(0, 3)),
    ]),
    trace("text", [0, 256, 256], [
      step("host_arg_str", "héllo €😀"),
      step("host_arg_str", ""),
      step("read_string", 8, 15),
      step("read_string", 8, 14),
      step("read_string_strict", 8, 15),
      step("read_string_strict", 8, 14),
      step("read_packed_string", packed(8, 6)),
      step("read_packed_string", "0"),
      step("read_string", 250, 10),
      ...UTF8.flatMap((bytes, i) => [
        step("write", 64 + 8 * i, bytes),
        step("read_string", 64 + 8 * i, bytes.length / 2),
        step("read_string_strict", 64 + 8 * i, bytes.length / 2),
      ]),
    ]),
    trace("handles", [0, 64, 64], [
      step("handle_alloc", 4),
      step("handle_alloc", 8),
      step("handle_write", 0, "01020304"),
      step("handle_write", 0, "0102030405"),
      step("handle_write", 1, "aa"),
      step("handle_read", 0),
      step("handle_read", 1),
      step("handle_alloc", 60),
      step("handle_alloc", 0),
      step("reset", false),
      step("handle_read", 0),
      step("handle_write", 1, "01"),
      step("handle_write", 1, "010203040506070809"),
      step("handle_alloc", 4),
      step("handle_read", 2),
      step("handle_read", 0),
      step("reset", true),
      step("handle_read", 2),
    ]),
  ];
}

function randomTraces(): readonly JsonObject[] {
  const random = new Random("arena");
  const data = () => hex(random.bytes(random.below(9)));
  return Array.from({ length: 60 }, (_, i) => {
    let handles = 0;
    const steps = Array.from({ length: 20 }, (): Step => {
      switch (random.below(9)) {
        case 0:
          return step("reset", random.below(2) === 0);
        case 1:
          return step("write", random.below(52), data());
        case 2:
          return step("read", random.below(52), random.below(16));
        case 3:
          return step("host_arg_bytes", data());
        case 4:
          return step("read_string", random.below(48), random.below(9));
        case 5:
          return step("read_packed", packed(random.below(48), random.below(9)));
        case 6:
          if (handles === 0) return step("alloc", random.below(12));
          return random.below(2) === 0
            ? step("handle_read", random.below(handles))
            : step("handle_write", random.below(handles), data());
        case 7:
          // A handle of one byte: there is room, since the arena is reset before.
          handles++;
          return step("handle_alloc", 1);
        default:
          return step("alloc", random.below(20));
      }
    });
    // Before each handle the arena begins anew, so that every handle of a trace is there.
    const whole = steps.flatMap((each) =>
      each.op === "handle_alloc" ? [step("reset", false), each] : [each]
    );
    return trace(`random_${i}`, [8 * random.below(2), 48, 56], whole);
  });
}

function codecs(): readonly JsonObject[] {
  const cases: JsonObject[] = [];
  const add = (op: string, args: readonly Json[], outcome: JsonObject) =>
    cases.push({ name: `${op}_${cases.length}`, op, args, outcome });
  const words = [0, 1, 8, 255, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
  for (const ptr of words) {
    for (const len of words) {
      add("pack", [ptr, len], outcomeOf(encode(ptr, len), (value) => value.toString()));
    }
  }
  for (
    const value of [
      0n,
      1n,
      2n ** 32n,
      2n ** 63n,
      2n ** 64n - 1n,
      -1n,
      -(2n ** 63n),
      0x1234_0000_5678n,
    ]
  ) {
    const given = outcomeOf(decode(value), ({ ptr, len }) => [Number(ptr), Number(len)]);
    add("unpack", [value.toString()], given);
  }
  for (const text of ["", "00", "ff", "FFfe", "0", "abc", "0g", "g0", "00 1", "é0", "0x12"]) {
    add("hex_decode", [text], outcomeOf(hexDecode(text), hex));
  }
  for (const bytes of ["", "00", "ff10", "0123456789abcdef"]) {
    add("hex_encode", [bytes], { ok: hexEncode(bytesOf(bytes)) });
  }
  for (const bytes of UTF8) {
    const { codePoints, illFormedAt } = decodeUtf8(bytesOf(bytes));
    add("utf8_decode", [bytes], { ok: textOf(codePoints) });
    const strict = illFormedAt === undefined
      ? { ok: textOf(codePoints) }
      : { error: { kind: "invalid-utf8", position: Number(illFormedAt) } };
    add("utf8_decode_strict", [bytes], strict);
  }
  return cases;
}

/** The files of the arena. */
export function arenaFiles(): readonly VectorFile[] {
  const spec = ["guest arena ABI"];
  return [
    bundle("arena/traces.json", { family: "arena", kind: "traces", spec }, [
      ...edgesOfArena(),
      ...randomTraces(),
    ]),
    bundle(
      "arena/codec.json",
      { family: "arena", kind: "codec", spec: [...spec, "Unicode 15, table 3-7"] },
      codecs(),
    ),
  ];
}
