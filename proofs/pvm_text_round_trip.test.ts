/** The disassembler's text assembles to exactly the code it was made of, whatever the code. */

import fc from "fast-check";
import { agrees, allOf, defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { codes, type Face, mutant } from "./_kit/pvm_input.ts";
import { complaint, decoded } from "./_kit/pvm_text.ts";
import { register } from "./_kit/register.ts";

const SPEC = "docs/assembly.md";
const TEXT = "src/pvm/text/instruction_text.ts";
const DISASSEMBLE = "src/pvm/text/disassemble.ts";
const LAYOUT = "src/pvm/text/layout.ts";

/** Text and back. */
function comesBack(code: pvm.Code, { assemble, disassemble }: Face): string | undefined {
  const text = disassemble(code);
  if (!text.ok) return "refused code";
  const program = assemble(text.value);
  if (!program.ok) return `${text.value}: ${complaint(program.error)}`;
  const failure = agrees(program.value.code, code);
  return failure === undefined ? undefined : `${text.value}: ${failure}`;
}

const FILLS: readonly (readonly number[])[] = [
  [0],
  [0x12, 0x01, 0x80, 0x7f, 0],
  [0x47, 0x04, 0, 0, 0, 0, 0x80],
  [0x31, 0x02, 1, 0, 0x80, 0xff],
];

/** A jump that one test places: how many bytes between it and its label, and its length. */
interface Placed {
  readonly gap: number;
  readonly jumps: number;
  readonly pin: number | undefined;
  readonly backwards: boolean;
}

function gapLines(gap: number): string {
  const line = `.raw ${Array.from({ length: 64 }, () => 0).join(",")}\n`;
  return line.repeat(Math.floor(gap / 64)) + ".raw 0\n".repeat(gap % 64);
}

/** Jumps to one label over a gap; those in between are as short or as long. */
function placedSource({ gap, jumps, pin, backwards }: Placed): string {
  const jump = `jump there${pin === undefined ? "" : `:${pin}`}\n`.repeat(jumps);
  return backwards
    ? `there: fallthrough\n${gapLines(gap)}${jump}fallthrough`
    : `${jump}${gapLines(gap)}there: fallthrough`;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/text_every_instruction_comes_back",
    claim:
      "code with any first byte, of every length, with telling operands, inside or at the end, is the same after disassembling and assembling",
    subject: ["disassemble", "assemble"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      opcode: domain.range(0, 255),
      skip: domain.of(0, 1, 2, 3, 6, 9, 25),
      fill: domain.of(...FILLS),
      isLast: domain.of(false, true),
    }),
    reaches: ["defined", "undefined"],
    implementation: pvm,
    mutants: [
      mutant(TEXT, "if (!isExact) return undefined;", ""),
      mutant(TEXT, "encoded.length <= end - pc", "true"),
      mutant(
        TEXT,
        "return shortest(value) === length ? text",
        "return shortest(value) <= length ? text",
      ),
      mutant(TEXT, "if (value === 0 && length === 0)", "if (value === 0)"),
      mutant(TEXT, 'value < 0 ? "-" : "+"', '"+"'),
      mutant(DISASSEMBLE, "written?.length ?? Math.min", "Math.min"),
    ],
    check({ opcode, skip, fill, isLast }, reach, face) {
      reach(face.OPCODES.some(({ code }) => code === opcode) ? "defined" : "undefined");
      const operands = Array.from({ length: skip }, (_, i) => fill[i % fill.length] ?? 0);
      const rest = isLast ? [] : [1, 51, 0];
      const code = {
        bytes: Uint8Array.from([1, opcode, ...operands, ...rest]),
        starts: Uint8Array.from([
          1,
          1,
          ...operands.map(() => 0),
          ...rest.map((_, i) => i < 2 ? 1 : 0),
        ]),
        jumpTable: { count: 0, width: 0, bytes: new Uint8Array(0) },
      };
      return comesBack(code, face);
    },
  }),
  defineProof({
    id: "pvm/text_any_code_comes_back",
    claim:
      "random code, with any starts and any jump table, is the same after disassembling and assembling",
    subject: ["disassemble", "assemble"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(codes(120), { runs: 1500, describe: "garbage of up to 120 bytes" }),
    reaches: ["table", "no table"],
    implementation: pvm,
    mutants: [
      mutant(DISASSEMBLE, "width === entryWidth(entries) ? []", "width < 9 ? []"),
      mutant(DISASSEMBLE, "Math.min(width, ENTRY_VALUE_BYTES)", "ENTRY_VALUE_BYTES"),
      mutant(
        DISASSEMBLE,
        "`.op ${hexList(bytes.subarray(pc, pc + length))}",
        "`.raw ${hexList(bytes.subarray(pc, pc + length))}",
      ),
      mutant(
        DISASSEMBLE,
        "if (starts[target] === 1) labelled[target] = 1;",
        "labelled[target] = 1;",
      ),
      mutant(DISASSEMBLE, "const EXACT_WIDTH_MAX = 6;", "const EXACT_WIDTH_MAX = 8;"),
      mutant(TEXT, "`${numberText(BigInt(target))}:${length}`", "numberText(BigInt(target))"),
    ],
    check(code, reach, face) {
      reach(code.jumpTable.count > 0 ? "table" : "no table");
      return comesBack(code, face);
    },
  }),
  defineProof({
    id: "pvm/text_jumps_are_shortest",
    claim:
      "jumps over gaps around the reach of each length lead to their label, each as short as it can be or as long as it is told, and come back through text",
    subject: ["assemble", "disassemble"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.union<Placed>(
      domain.product({
        gap: domain.union(domain.range(0, 2), domain.range(116, 132)),
        jumps: domain.of(1, 2, 5),
        pin: domain.of(undefined, 3, 4),
        backwards: domain.of(false, true),
      }),
      domain.product({
        gap: domain.range(32_763, 32_766),
        jumps: domain.of(1),
        pin: domain.of(undefined),
        backwards: domain.of(false, true),
      }),
    ),
    reaches: ["1", "2", "3", "4"],
    implementation: pvm,
    mutants: [
      mutant(LAYOUT, "needed <= item[field]", "needed < item[field] + 2"),
      mutant(
        LAYOUT,
        "    place(draft, resolver);\n    resolver.derive();\n",
        "    if (round === 0) place(draft, resolver);\n    resolver.derive();\n",
      ),
      mutant(TEXT, "const follows = shortest(least) === length;", "const follows = true;"),
    ],
    check(placed, reach, face) {
      const program = face.assemble(placedSource(placed));
      if (!program.ok) return complaint(program.error);
      const { code, symbols } = program.value;
      const there = Number(symbols.get("there") ?? -1n);
      for (let pc = code.starts.indexOf(1); pc >= 0; pc = code.starts.indexOf(1, pc + 1)) {
        if (code.bytes[pc] !== 40) continue;
        const next = code.starts.indexOf(1, pc + 1);
        const isLastJump = !placed.backwards && code.bytes[next] !== 40;
        const distance = there - pc;
        const least = [0, 1, 2, 3, 4].find((n) =>
          BigInt.asIntN(8 * n, BigInt(distance)) === BigInt(distance)
        );
        const length = placed.pin ?? least ?? -1;
        reach(`${length}`);
        const end = isLastJump ? there - placed.gap : next;
        const low = Uint8Array.from({ length }, (_, i) => Math.floor(distance / 256 ** i) & 255);
        const failure = allOf(
          agrees(end - pc - 1, length),
          agrees(code.bytes.slice(pc + 1, end), low),
        );
        if (failure !== undefined) return failure;
      }
      return comesBack(code, face);
    },
  }),
  defineProof({
    id: "pvm/text_tangled_jumps_come_back",
    claim:
      "jumps across each other, of any lengths that hold their distances, shortest together or not, come back through text",
    subject: ["disassemble", "assemble"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.array(
        fc.record({
          gap: fc.oneof(fc.nat(3), fc.integer({ min: 20, max: 130 })),
          to: fc.nat(11),
          length: fc.integer({ min: 1, max: 4 }),
        }),
        { minLength: 2, maxLength: 12 },
      ),
      { runs: 600, describe: "up to 12 jumps with gaps of up to 130 bytes" },
    ),
    reaches: ["unpinned", "pinned"],
    implementation: pvm,
    mutants: [
      mutant(TEXT, "const JUMP_SLACK = 4;", "const JUMP_SLACK = 0;"),
    ],
    check(jumps, reach, face) {
      // Lengths that hold every distance: 1 where 127 bytes are enough, else what is wished.
      const places: number[] = [];
      let length = 0;
      for (const jump of jumps) {
        places.push(length);
        length += 1 + jump.length + jump.gap;
      }
      const bytes = new Uint8Array(length + 1);
      const starts = new Uint8Array(length + 1);
      for (const [index, jump] of jumps.entries()) {
        const pc = places[index] ?? 0;
        const distance = (places[jump.to % jumps.length] ?? 0) - pc;
        starts[pc] = 1;
        bytes[pc] = 40;
        for (let i = 0; i < jump.length; i++) {
          bytes[pc + 1 + i] = Math.floor(distance / 256 ** i) & 255;
        }
        // The next instruction ends this one; a gap follows as one of its own.
        starts[pc + 1 + jump.length] = 1;
      }
      starts[length] = 1;
      const code = { bytes, starts, jumpTable: { count: 0, width: 0, bytes: new Uint8Array(0) } };
      const text = face.disassemble(code);
      if (!text.ok) return "refused code";
      for (const line of text.value.split("\n").filter((line) => line.includes("jump L_"))) {
        reach(line.includes(":") ? "pinned" : "unpinned");
      }
      return allOf(
        decoded(code, 0n) === undefined ? "made no code" : undefined,
        comesBack(code, face),
      );
    },
  }),
];

register(proofs);
