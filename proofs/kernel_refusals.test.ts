/** What refusals tell: the argument, the place in an encoding, the slot; and stores that fail. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { call, callsOf, poisoned } from "./_kit/kernel_calls.ts";
import { register } from "./_kit/register.ts";

const AA = "aa".repeat(32);
const WRONG = Symbol("no argument");

/** The names of the parameters of a function, as its source has them. */
function parametersOf(self: object, name: string): readonly string[] {
  const source = String(Reflect.get(self, name));
  const list = /\(([^)]*)\)/.exec(source)?.[1] ?? "";
  return list.split(",").map((parameter) => parameter.split("=")[0]?.trim() ?? "");
}

/** Those of the functions that are called; taken at once, since a proof may see them wrapped. */
const PARAMETERS = callsOf(kernel).map(([self, name]) => parametersOf(self, name));

const errorOf = (result: unknown): unknown => Reflect.get(Object(result), "error");

/** Whether a refusal names an argument, or a part of it, and what it was given. */
function names(result: unknown, parameter: string): string | undefined {
  const error = errorOf(result);
  if (error === undefined) return undefined;
  const told = Reflect.get(Object(error), "expected");
  return allOf(
    agrees(
      [Reflect.get(Object(error), "kind"), Reflect.get(Object(error), "parameter")],
      ["invalid-argument", parameter],
    ),
    typeof told === "string" && told !== "" ? undefined : `it expects ${String(told)}`,
  );
}

/** A wrong part of an argument, and what it is called. */
function partsOf(argument: unknown, name: string): readonly (readonly [string, unknown])[] {
  return poisoned(argument, () => WRONG).map((part) => {
    if (Array.isArray(part)) return [`${name}[${part.length - 1}]`, part];
    const key = Object.entries(Object(part)).find(([, value]) => value === WRONG)?.[0];
    return [`${name}.${key}`, part];
  });
}

/** Encodings with something wrong, and what is told of them. */
const MALFORMED: Readonly<
  Record<string, (face: Face) => readonly [Uint8Array, string, number, string]>
> = {
  "two bytes too many": (face) => [longer(typeOf(face), 2), ".type", 33, "2 bytes too many"],
  "a byte too many": (face) => [longer(typeOf(face), 1), ".type", 33, "1 bytes too many"],
  "a byte too few": (face) => [typeOf(face).slice(0, -1), ".type", 1, "at least 32 bytes, not 31"],
  nothing: () => [new Uint8Array(0), "", 0, "a selector from 0 to 6"],
  "no such kind": () => [Uint8Array.of(7), "", 0, "a selector from 0 to 6"],
  "an offset too small": (
    face,
  ) => [patched(pagesOf(face), 2, 3), ".data", 1, "an offset out of place"],
  "an offset too great": (
    face,
  ) => [patched(pagesOf(face), 1, 5), ".data", 1, "an offset out of place"],
  "another form": (
    face,
  ) => [patched(pagesOf(face), 5, 2), ".data.content", 5, "a selector from 0 to 1"],
  "another size of pages": (face) => [
    patched(pagesOf(face), 6, 2),
    ".data.content.paged",
    6,
    "page 0 of 1 bytes",
  ],
  "a page beyond the end": (face) => [
    patched(pagesOf(face), 18, 255),
    ".data.content.paged.pages",
    18,
    "an offset beyond the end",
  ],
  "a hash too long": (face) => [
    longer(pagesOf(face), 2),
    ".data.content.paged.pages[2].missing",
    30,
    "32 bytes, not 34",
  ],
  "slots and a byte": (
    face,
  ) => [longer(cnodeOf(face), 1), ".cnode.slots", 6, "a multiple of 37 bytes"],
  "a cnode too large": (
    face,
  ) => [patched(cnodeOf(face), 1, 33), ".cnode", 1, "a size of 2^33 slots"],
  "slots out of order": (
    face,
  ) => [patched(cnodeOf(face), 6, 2), ".cnode", 1, "slots that do not ascend"],
  "a strange mark": (
    face,
  ) => [patched(cnodeOf(face), 10, 2), ".cnode", 1, "a mark that is neither 0 nor 1"],
  "something behind idle": (face) => [
    longer(instanceOf(face), 1),
    ".instanceV3.status.idle",
    102,
    "nothing, not 1 bytes",
  ],
};

const longer = (bytes: Uint8Array, count: number) =>
  Uint8Array.of(...bytes, ...new Uint8Array(count));
const patched = (bytes: Uint8Array, at: number, value: number) =>
  bytes.map((byte, i) => i === at ? value : byte);
const encoded = (face: Face, cap: Parameters<Face["encodeCap"]>[0]) => valueOf(face.encodeCap(cap));
const typeOf = (face: Face) => encoded(face, valueOf(face.TypeCap.create(AA)));
const pagesOf = (face: Face) =>
  encoded(face, valueOf(face.DataCap.paged(1, [Uint8Array.of(1), undefined, AA])));
const cnodeOf = (face: Face) =>
  encoded(
    face,
    valueOf(face.CNodeCap.create(4, [{ slot: 1, target: AA }, { slot: 2, missing: AA }])),
  );
const instanceOf = (face: Face) =>
  encoded(
    face,
    valueOf(face.InstanceCapV3.create({ imageHashChain: AA, imageHash: AA, rootCnode: AA })),
  );

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/a_refusal_names_the_argument",
    claim:
      "a function that refuses an argument, or a part of it, names it as the function's parameter, whatever the others are",
    subject: ["copySlot", "swapSlots", "mintSlot", "issueKernelInstance", "CNodeCap.create"],
    spec: "this library: bad input",
    strength: "bounded",
    domain: domain.of("whole", "part"),
    reaches: ["refused", "no value"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/slot_operations.ts",
        "    if (!index.ok) return index;\n",
        "    if (!index.ok) continue;\n",
      ),
      mutant("src/kernel/kernel_instance.ts", "  if (!known.ok) return known;\n", ""),
      mutant(
        "src/kernel/parse.ts",
        "return parse(field, `${parameter}.${name}`);",
        "return parse(field, name);",
      ),
    ],
    check(which, reach, face) {
      for (const [index, [self, name, args]] of callsOf(face).entries()) {
        const parameters = PARAMETERS[index] ?? [];
        for (const [place, argument] of args.entries()) {
          const parameter = parameters[place] ?? "";
          const wrong = which === "whole"
            ? [[parameter, WRONG] as const]
            : partsOf(argument, parameter);
          for (const [part, value] of wrong) {
            if (part === "content.missing") continue; // one of two, of which neither is right
            const result = call(self, name, args.with(place, value));
            reach(errorOf(result) === undefined ? "no value" : "refused");
            const failure = names(result, part);
            if (failure !== undefined) return `${name}, ${part}: ${failure}`;
          }
        }
      }
      return undefined;
    },
  }),
  defineProof({
    id: "kernel/a_malformed_encoding_is_told_by_its_place",
    claim:
      "an encoding with something wrong is refused with the field, the offset and what is wrong",
    subject: ["decodeCap"],
    spec: "Capabilities, 2.4",
    strength: "bounded",
    domain: domain.of(...Object.keys(MALFORMED)),
    reaches: ["refused"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/ssz/composite.ts",
        "`${to - last} bytes too many`",
        "`${to + last} bytes too many`",
      ),
      mutant(
        "src/kernel/ssz/composite.ts",
        "at least ${headSize} bytes, not ${to - from}",
        "at least ${headSize} bytes, not ${to + from}",
      ),
      mutant(
        "src/kernel/ssz/container.ts",
        "a selector from 0 to ${options.length - 1}",
        "a selector from 0 to ${options.length}",
      ),
    ],
    check(what, reach, face) {
      const [bytes, field, offset, problem] = MALFORMED[what]?.(face) ??
        [new Uint8Array(0), "", 0, ""];
      reach("refused");
      return agrees(face.decodeCap(bytes), {
        ok: false,
        error: { kind: "malformed", field: `cap${field}`, offset, problem },
      });
    },
  }),
  defineProof({
    id: "kernel/a_slot_out_of_range_is_named",
    claim: "slots beyond a cnode are refused by their number, the first that is beyond",
    subject: ["CNodeCap.create", "CNodeCap.set"],
    spec: "Capabilities, 2.3",
    strength: "bounded",
    domain: domain.range(0, 4),
    reaches: ["refused"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/cnode_cap.ts",
        "slot: asU32(beyond[0]), sizeLog });\n    }\n    const refs",
        "slot: asU32(entries.length), sizeLog });\n    }\n    const refs",
      ),
    ],
    check(sizeLog, reach, { CNodeCap }) {
      const size = 2 ** sizeLog;
      const slots = [0, size + 1, size].map((slot) => ({ slot, target: AA }));
      const cnode = valueOf(CNodeCap.create(sizeLog));
      const error = (slot: number) => ({
        ok: false,
        error: { kind: "slot-out-of-range", slot, sizeLog },
      });
      reach("refused");
      return allOf(
        agrees(CNodeCap.create(sizeLog, slots), error(size)),
        agrees(cnode.set(size, AA), error(size)),
        agrees(cnode.take(size), error(size)),
      );
    },
  }),
];

register(proofs);
