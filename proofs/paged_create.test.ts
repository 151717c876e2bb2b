/** Making memories: which options and arguments are taken. */

import {
  agrees,
  allOf,
  defineProof,
  domain,
  type Hostile,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import type { Result } from "../src/result.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import type { Face } from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const of = (...names: readonly string[]): string[] =>
  ["FlatMemory", "SparseMemory"].flatMap((owner) => names.map((name) => `${owner}.${name}`));
/** Values at the edges of the options. */
const EDGES: readonly unknown[] = [
  ...[2, 3, 4, 6, 8, 4096, 65_536, 131_072, 2 ** 31 - 2 ** 16, 2 ** 31, 2 ** 32],
  "none",
];

/** Whether a result is a refusal. */
function isRefused(given: unknown): boolean {
  return typeof given === "object" && given !== null && "ok" in given && given.ok === false;
}

/** Whether `withPages` and `create` must refuse a value for an option. */
function expectedRefusals(backend: string, option: string, value: unknown): boolean[] {
  const isIn = (max: number): boolean =>
    typeof value === "number" && Number.isInteger(value) && !Object.is(value, -0) && value >= 0 &&
    value <= max;
  const refuses = (valid: boolean): boolean[] => [!valid, !valid];
  switch (option) {
    case "pageSize":
      return refuses(value === undefined || [4, 8, 4096, 65_536].some((size) => size === value));
    case "limitBytes":
      return refuses(value === undefined || isIn(2 ** 31 - 2 ** 16));
    case "reservedBytes":
      return refuses(value === undefined || (isIn(2 ** 32) && Number(value) % 4096 === 0));
    case "wraps":
      return refuses(value === undefined || typeof value === "boolean");
    case "options":
      return refuses(value === undefined || (typeof value === "object" && isReadable(value)));
    case "pages": // of no access: a flat memory counts them, a sparse one does not
      return [!isIn(backend === "FlatMemory" ? 2 : 2 ** 20), false];
    default:
      return [value !== "none", false];
  }
}

/** Whether the options of an object can be read. */
function isReadable(value: object | null): boolean {
  try {
    return value !== null && Reflect.get(value, "pageSize") === undefined;
  } catch {
    return false;
  }
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "paged/memories_are_made_of_valid_options_alone",
    claim: "create and withPages refuse exactly the options and arguments that are out of range",
    subject: of("create", "withPages", "pageSize", "limitBytes", "reservedBytes"),
    spec: "limits are explicit; nothing throws",
    strength: "bounded",
    domain: domain.product({
      backend: domain.of("FlatMemory" as const, "SparseMemory" as const),
      option: domain.of(
        "pageSize",
        "limitBytes",
        "reservedBytes",
        "wraps",
        "options",
        "pages",
        "access",
      ),
      given: domain.union<Hostile>(
        hostileValues,
        domain.map(domain.of(...EDGES), (value) => ({ code: String(value), make: () => value })),
      ),
    }),
    reaches: ["made", "refused"],
    implementation: paged,
    mutants: [
      mutant("src/paged/options.ts", "(pageSize & (pageSize - 1)) !== 0", "false"),
      mutant("src/paged/options.ts", "reservedBytes % pageSize !== 0", "false"),
      mutant(
        "src/paged/options.ts",
        "isWhole(wantedBytes, 0, LIMIT_BYTES_MAX)",
        "isWhole(wantedBytes, 0, SPACE)",
      ),
      mutant("src/paged/options.ts", "  } catch {\n    return null;", "  } finally {\n    void 0;"),
      mutant("src/paged/options.ts", 'if (typeof wraps !== "boolean")', 'if (wraps === "boolean")'),
      mutant(
        "src/paged/region.ts",
        "isWhole(pages, 0, SPACE / pageSize)",
        "isWhole(pages, 0, SPACE)",
      ),
    ],
    check({ backend, option, given }, reach, face) {
      const value = given.make();
      const make = face[backend];
      const options = { pageSize: 4096, limitBytes: 8192, reservedBytes: 0, [option]: value };
      const args = option === "pages" || option === "access"
        ? [option === "pages" ? value : 1, option === "access" ? value : "none", options]
        : [0, "none", option === "options" ? value : options];
      const results: Result<paged.Memory, unknown>[] = [];
      const failure = isTotal(() => {
        results.push(Reflect.apply(make.withPages, make, args));
        results.push(Reflect.apply(make.create, make, args.slice(2)));
      });
      if (failure !== undefined) return failure;
      const refused = results.map(isRefused);
      reach(refused[0] === true ? "refused" : "made");
      const made = results[1];
      const wanted = { pageSize: 4096, limitBytes: 8192, reservedBytes: 0 };
      if (made?.ok !== true || value === undefined || !(option in wanted)) {
        return agrees(refused, expectedRefusals(backend, option, value));
      }
      const { pageSize, limitBytes, reservedBytes } = made.value;
      return allOf(
        agrees(refused, expectedRefusals(backend, option, value)),
        agrees({ pageSize, limitBytes, reservedBytes }, { ...wanted, [option]: value }),
      );
    },
  }),
  defineProof({
    id: "paged/only_memories_are_memories",
    claim: "isMemory tells the memories of both backends from every other value",
    subject: ["isMemory"],
    spec: "nothing throws",
    strength: "bounded",
    domain: hostileValues,
    reaches: ["told apart"],
    implementation: paged,
    mutants: [mutant("src/paged/memory.ts", "#store in value", "true")],
    check(hostile, reach, { isMemory, FlatMemory, SparseMemory }) {
      reach("told apart");
      const made = [FlatMemory.create(), SparseMemory.create()];
      const memories = made.map((each) => each.ok && isMemory(each.value));
      return agrees([isMemory(hostile.make()), ...memories], [false, true, true]);
    },
  }),
];

register(proofs);
