/** A host's assist behind the guard: whatever it does, the kernel gets a value or an error. */

import * as guard from "../src/kernel/assist_guard.ts";
import { InProcessKernelAssist, isCapHash } from "../src/kernel/mod.ts";
import {
  agrees,
  allOf,
  defineProof,
  domain,
  type Hostile,
  hostileValues,
  type Proof,
} from "../src/proof/mod.ts";
import { valueOf } from "./_kit/kernel.ts";
import { call } from "./_kit/kernel_calls.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const GUARD = "src/kernel/assist_guard.ts";
const mutant = sourceMutants<typeof guard>(GUARD);
const HASH = "11".repeat(32);

/** Every method with good arguments. */
const CALLS: Readonly<Record<string, readonly unknown[]>> = {
  gasMeterGet: [1n],
  gasMeterSet: [1n, 2n],
  storageQuotaGet: [1n],
  storageQuotaSet: [1n, 2n],
  yieldCatcherMarkers: [HASH],
  yieldCatcherAdd: [HASH, HASH],
  yieldCatcherRemove: [HASH, HASH],
  yieldCatcherNew: [],
  hostOpen: [1n],
  hostSave: [HASH, 1n, 1n],
};
const METHODS = Object.keys(CALLS);

/** Whether an answer is a value of a method's type; the two that answer nothing take anything. */
function fits(method: string, answer: unknown): boolean {
  const isU64 = typeof answer === "bigint" && answer >= 0n && answer < 2n ** 64n;
  if (method === "yieldCatcherAdd" || method === "yieldCatcherRemove") return true;
  if (method === "hostOpen") return answer === undefined || isCapHash(answer);
  if (method === "hostSave") return answer === undefined || isU64;
  if (method === "yieldCatcherNew") return isCapHash(answer);
  if (method === "yieldCatcherMarkers") return isEmptyList(answer);
  return isU64;
}

function isEmptyList(value: unknown): boolean {
  try {
    return Array.isArray(value) && value.length === 0;
  } catch {
    return false;
  }
}

/** An assist whose methods all do the same. */
function assistOf(does: () => unknown): Record<string, unknown> {
  return Object.fromEntries(METHODS.map((method) => [method, does]));
}

function kindOf(result: unknown): unknown {
  if (typeof result !== "object" || result === null || !("ok" in result)) return "no result";
  if (result.ok === true) return "ok";
  const error = "error" in result ? result.error : undefined;
  return typeof error === "object" && error !== null && "kind" in error ? error.kind : "no error";
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/assist_guard_contains_every_answer",
    claim:
      "whatever a method of an assist gives or throws, the guard gives a value of its type or assist-failed",
    subject: METHODS.map((method) => `GuardedAssist.${method}`).concat("guardAssist"),
    spec: "The capability kernel, What is stored; this library: nothing throws",
    strength: "bounded",
    domain: domain.product<{ value: Hostile; throws: boolean }>({
      value: hostileValues,
      throws: domain.of(false, true),
    }),
    reaches: ["ok", "assist-failed"],
    implementation: guard,
    mutants: [
      mutant(
        GUARD,
        "} catch (thrown) {\n      return failed(method, `threw ${describe(thrown)}`);",
        "} finally {\n      answer = [answer];",
      ),
      mutant(GUARD, "describe(thrown)", "thrown"),
      mutant(
        GUARD,
        "if (value.ok) return value;",
        "if (value.ok || args.length > 2) return value;",
      ),
      mutant(GUARD, '"gasMeterGet", [id], parseU64', '"gasMeterGet", [id], ok'),
      mutant(
        GUARD,
        '"gasMeterSet", [id, value], parseU64',
        '"gasMeterSet", [id, value], parseMaybeU64',
      ),
      mutant(GUARD, '"storageQuotaGet", [id], parseU64', '"storageQuotaGet", [id], ok'),
      mutant(
        GUARD,
        '"storageQuotaSet", [id, value], parseU64',
        '"storageQuotaSet", [id, value], ok',
      ),
      mutant(GUARD, "[catcher], parseHashes", "[catcher], ok"),
      mutant(GUARD, '"yieldCatcherNew", [], parseHash', '"yieldCatcherNew", [], ok'),
      mutant(GUARD, '"hostOpen", [file], parseMaybeTarget', '"hostOpen", [file], ok'),
      mutant(GUARD, "[data, quota, size], parseMaybeU64", "[data, quota, size], parseU64"),
    ],
    check({ value, throws }, reach, { guardAssist }) {
      const answer = value.make();
      const guarded = valueOf(guardAssist(assistOf(() => {
        if (throws) throw answer;
        return answer;
      })));
      return allOf(...METHODS.map((method) => {
        const kind = kindOf(call(guarded, method, CALLS[method] ?? []));
        reach(`${kind}`);
        const failure = agrees(kind, !throws && fits(method, answer) ? "ok" : "assist-failed");
        return failure === undefined ? undefined : `${method}: ${failure}`;
      }));
    },
  }),
  defineProof({
    id: "kernel/assist_guard_takes_assists_alone",
    claim:
      "only an object with every method is an assist; each is read once, and called on the assist",
    subject: ["guardAssist"],
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: domain.product<{ value: Hostile; method: string }>({
      value: hostileValues,
      method: domain.of(...METHODS),
    }),
    reaches: ["refused", "taken"],
    implementation: guard,
    mutants: [
      mutant(GUARD, "if (!isFunction(value)) return undefined;", ""),
      mutant(
        GUARD,
        "} catch {\n    return undefined;\n  }",
        "} finally {\n    functions.size;\n  }",
      ),
      mutant(
        GUARD,
        "Reflect.apply(call, this.assist, args)",
        "Reflect.apply(call, undefined, args)",
      ),
      mutant(GUARD, "this.assist = assist;", "this.assist = Object.create(assist);"),
    ],
    check({ value, method }, reach, { guardAssist }) {
      const hostile = value.make();
      const whole = guardAssist(hostile);
      const lacking = guardAssist({ ...assistOf(() => 0n), [method]: hostile });
      reach(lacking.ok ? "taken" : "refused");
      const real = new InProcessKernelAssist();
      const guarded = valueOf(guardAssist(real));
      const set = guarded.gasMeterSet(5n, 6n);
      return allOf(
        agrees(whole.ok, false),
        agrees(lacking.ok, typeof hostile === "function"),
        agrees([set, guarded.gasMeterGet(5n)], [{ ok: true, value: 0n }, { ok: true, value: 6n }]),
        agrees([guarded.assist === real, real.gasMeterGet(5n)], [true, 6n]),
      );
    },
  }),
];

register(proofs);
