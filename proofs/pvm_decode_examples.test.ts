/** Instructions whose operands the specification spells out. */

import { instructionAt } from "../model/pvm_decode.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as instruction from "../src/pvm/instruction.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { codeOf } from "./_kit/pvm.ts";
import { register } from "./_kit/register.ts";

const FILE = "src/pvm/instruction.ts";
const mutant = sourceMutants<typeof instruction>(FILE);

/** The fields that an example speaks of. */
type Fields = Readonly<Partial<Record<"a" | "b" | "d" | "x" | "y" | "target", bigint>>>;

/** Where an instruction is, its bytes, and what its operands are; a bar ends it early. */
const EXAMPLES: readonly (readonly [number, string, Fields])[] = [
  [0, "0a 64", { x: 100n }],
  [0, "0a ff", { x: -1n }],
  [0, "0a", { x: 0n }],
  [0, "0a 90 01", { x: 400n }],
  [0, "14 07 88 77 66 55 44 33 22 11", { a: 7n, x: 0x1122_3344_5566_7788n }],
  [0, "1e 03 00 00 01 12", { x: 0x1_0000n, y: 0x12n }],
  [0, "1e 04 aa", { x: 0xaan, y: 0n }],
  [0, "1e 02 34 | 12", { x: 0x1234n, y: 0n }],
  [0, "1e 01 80 80", { x: -128n, y: -128n }],
  [20, "28 f3", { target: 7n }],
  [5, "28", { target: 5n }],
  [0, "33 07 d2 04", { a: 7n, x: 1234n }],
  [0, "33 07", { a: 7n, x: 0n }],
  [0, "33 ff 01", { a: 12n, x: 1n }],
  [0, "48 17 01 78 56 34 12", { a: 7n, x: 1n, y: 0x1234_5678n }],
  [0, "46 97 05 06", { a: 7n, x: 5n, y: 6n }],
  [3, "51 27 d3 04 06", { a: 7n, x: 1235n, target: 9n }],
  [0, "64 21", { d: 1n, a: 2n }],
  [0, "95 77 ff", { a: 7n, b: 7n, x: -1n }],
  [0, "7b 17 28", { a: 7n, b: 1n, x: 0x28n }],
  [100, "ac 23 0b 00 00 00", { a: 3n, b: 2n, target: 111n }],
  [3, "b4 77 02 d2 04 01", { a: 7n, b: 7n, x: 1234n, y: 1n }],
  [0, "c8 87 09", { a: 7n, b: 8n, d: 9n }],
  [0, "c8 87 10", { a: 7n, b: 8n, d: 12n }],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/decoding_known_answers",
    claim: "the instructions whose operands the specification spells out have those operands",
    subject: ["decode", "skipOf"],
    spec: "Gray Paper, appendix A.5, examples",
    strength: "exhaustive",
    domain: domain.of(...EXAMPLES),
    reaches: ["example"],
    implementation: instruction,
    mutants: [
      mutant(FILE, "return Math.min(4, selector & 7);", "return Math.min(4, selector);"),
      mutant(FILE, "rest(skip - length - at + 1)", "rest(skip - length - at + 2)"),
      mutant(FILE, "d: register(b2) }", "d: register(b2 & 15) }"),
      mutant(FILE, "const unused = 32 - 8 * count;", "const unused = 24 - 8 * count;"),
    ],
    check: ([pc, text, fields], reach, { decode, skipOf }) => {
      const [own = [], next = []] = text.split("|").map((part) =>
        part.trim().split(" ").map((byte) => Number.parseInt(byte, 16))
      );
      const before = Array.from({ length: pc }, () => 1);
      const starts = next.length === 0 ? [pc] : [pc, pc + own.length];
      const code = codeOf([...before, ...own, ...next], starts);
      const bytes = Uint8Array.from(code.bytes, Number);
      const skip = skipOf(Uint8Array.from(code.mask, Number), pc);
      const read = decode(bytes, pc, skip);
      const model = instructionAt(code, BigInt(pc), "gray-paper");
      reach("example");
      const X = BigInt.asIntN(64, BigInt(read.xHigh) * 2n ** 32n + BigInt(read.x >>> 0));
      const given: Required<Fields> = {
        a: BigInt(read.a),
        b: BigInt(read.b),
        d: BigInt(read.d),
        x: X,
        y: BigInt(read.y),
        target: BigInt(read.target),
      };
      return allOf(
        ...(["a", "b", "d", "x", "y", "target"] as const).map((name) => {
          const wanted = fields[name] ?? 0n;
          const modelled = BigInt.asIntN(64, model?.[name] ?? 0n);
          const failure = allOf(agrees(given[name], wanted), agrees(modelled, wanted));
          return failure && `${name}: ${failure}`;
        }),
      );
    },
  }),
];

register(proofs);
