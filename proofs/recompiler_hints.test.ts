/** Which branches generated modules say to be likely, and where they say that those are. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as modules from "../src/pvm/recompiler/module.ts";
import { cut } from "../src/pvm/recompiler/segments.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { realCode } from "./_kit/pvm.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { preparedOf } from "./_kit/recompiler.ts";
import { register } from "./_kit/register.ts";

const MODULE = "src/pvm/recompiler/module.ts";
const WRITER = "src/pvm/recompiler/chunk_writer.ts";
const ACCESSES = "src/pvm/recompiler/accesses.ts";
const FUNCTION = "src/pvm/recompiler/function_writer.ts";
const mutant = sourceMutants<typeof modules>(MODULE);

/** The branches of a line, as likely or not, behind that on the gas. */
const HINTED: Readonly<
  Record<string, readonly [line: readonly number[], likely: readonly number[]]>
> = {
  "nothing else": [op("add_64", { a: 1, b: 2, d: 3 }), []],
  "a load": [op("load_ind_u32", { a: 1, b: 2 }), [1, 0]],
  "a store by the stack": [op("store_ind_u8", { a: 3, b: 1 }), [1, 0]],
  "a branch": [op("branch_eq", { a: 1, b: 2, offset: 6n }), []],
  "a dynamic jump": [op("jump_ind", { a: 7 }), [0, 0]],
};

/** The sections of a module: their numbers, and where the content of each begins and ends. */
function sectionsOf(bytes: Uint8Array): readonly { id: number; at: number; end: number }[] {
  const found: { id: number; at: number; end: number }[] = [];
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at] ?? 0;
    const size = unsignedAt(bytes, at + 1);
    found.push({ id, at: size.end, end: size.end + size.value });
    at = size.end + size.value;
  }
  return found;
}

function unsignedAt(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly end: number } {
  const byte = bytes[at] ?? 0;
  if (byte < 128) return { value: byte, end: at + 1 };
  const rest = unsignedAt(bytes, at + 1);
  return { value: (byte % 128) + 128 * rest.value, end: rest.end };
}

/** Numbers from a place to another. */
function unsignedBetween(bytes: Uint8Array, at: number, end: number): readonly number[] {
  if (at >= end) return [];
  const { value, end: next } = unsignedAt(bytes, at);
  return [value, ...unsignedBetween(bytes, next, end)];
}

const IF = 0x04;
const NAME = "metadata.code.branch_hint";

/** What is said of the branches of a module's first function, and the instruction where each is said to be. */
function hintsOf(bytes: Uint8Array): unknown {
  const sections = sectionsOf(bytes);
  const custom = sections.findIndex(({ id }) => id === 0);
  const code = sections.findIndex(({ id }) => id === 10);
  const [{ at, end } = { at: 0, end: 0 }, { at: codeAt } = { at: 0 }] = [
    sections[custom],
    sections[code],
  ];
  const nameEnd = at + 1 + NAME.length;
  const name = String.fromCharCode(...bytes.subarray(at + 1, nameEnd));
  const [functions, first, count, ...hints] = unsignedBetween(bytes, nameEnd, end);
  const body = unsignedAt(bytes, codeAt + 1).end;
  const triples = Array.from(
    { length: hints.length / 3 },
    (_, index) => hints.slice(3 * index, 3 * index + 3),
  );
  return {
    ...{ name, length: bytes[at], functions, first, isBefore: custom < code },
    isWhole: count === triples.length && hints.length % 3 === 0,
    instructions: triples.map(([place = 0, size]) => [bytes[body + place], size]),
    likely: triples.map(([, , likely]) => likely),
  };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/branches_are_hinted_where_they_are",
    claim: "each hint names an `if` of the chunk's function; what nearly always holds is likely",
    subject: ["chunkModule"],
    spec: "WebAssembly branch hinting, 2.1",
    strength: "bounded",
    domain: domain.of(...Object.keys(HINTED)),
    reaches: ["hinted"],
    implementation: modules,
    mutants: [
      mutant(MODULE, "whole.length - written.code.length", "0"),
      mutant(
        MODULE,
        "content.unsigned(found.length / 2);",
        "content.unsigned(found.length);",
      ),
      mutant(MODULE, "content.unsigned(0); // which", "content.unsigned(1);"),
      mutant(MODULE, '"metadata.code.branch_hint"', '"metadata.code.branch_hints"'),
      mutant(MODULE, "content.byte(found[at + 1] ?? 0);", "content.byte(0);"),
      mutant(
        FUNCTION,
        "this.hints.push(this.code.length, 1);",
        "this.hints.push(this.code.length, 0);",
      ),
      mutant(FUNCTION, "this.hints.push(this.code.length, 0);", ""),
      mutant(ACCESSES, "writer.ifLikely();", "writer.if();"),
      mutant(
        WRITER,
        "writer.op(op.I32_LT_S);\n      writer.ifUnlikely();",
        "writer.op(op.I32_LT_S);\n      writer.ifLikely();",
      ),
    ],
    check: (name, reach, face) => {
      const [line = [], likely = []] = HINTED[name] ?? [];
      const code = realCode(assemble([line, op("trap")]));
      const prepared = preparedOf(code, "gray-paper", "block");
      reach("hinted");
      const all = [0, ...likely, 0];
      // What is behind a terminator is a segment of its own, which pays for itself.
      const ends = name === "a branch" || name === "a dynamic jump";
      const wanted = ends ? [...all, 0] : all;
      return agrees(hintsOf(face.chunkModule(prepared, cut(prepared), 0, 0x2_0000)), {
        ...{
          name: NAME,
          length: NAME.length,
          functions: 1,
          first: 0,
          isBefore: true,
          isWhole: true,
        },
        instructions: wanted.map(() => [IF, 1]),
        likely: wanted,
      });
    },
  }),
];

register(proofs);
