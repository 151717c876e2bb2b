/** Static proofs: what no file of `src/` holds, whatever runs. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineProof, type Domain, domain, type Mutant, type Proof } from "../src/proof/mod.ts";
import { register } from "./_kit/register.ts";
import {
  chance,
  codeGeneration,
  definite,
  endlessLoops,
  houseRule,
  neverReturns,
  rejects,
  type Rule,
  rules,
  unguardedCalls,
} from "./_kit/static_rules.ts";
import { fileAt, filesOf, ROOT, seeded, type Sources, sources } from "./_kit/static_sources.ts";

const SPEC = "House rules: nothing throws, nothing is hidden";

/** Where faults are put: a file that is looked at early. */
const FILE = "src/argument.ts";

function seeds(...lines: readonly string[]): readonly Mutant<Sources>[] {
  return lines.map((line) => seeded(FILE, line));
}

/** A proof that no file of `src/` breaks a rule. */
function holdsInSource(
  name: string,
  claim: string,
  rule: Rule,
  mutants: readonly Mutant<Sources>[],
): Proof {
  return defineProof({
    id: `static/${name}`,
    claim,
    subject: ["src/"],
    spec: SPEC,
    strength: "exhaustive",
    domain: filesOf("src"),
    reaches: ["file"],
    implementation: sources,
    mutants,
    check(path, reach, sources) {
      reach("file");
      return rule(fileAt(path, sources()))[0];
    },
  });
}

/** The settings of the type checker that other static proofs lean on. */
const SETTINGS = [
  "strict",
  "noUncheckedIndexedAccess",
  "exactOptionalPropertyTypes",
  "noImplicitOverride",
  "noImplicitReturns",
  "noFallthroughCasesInSwitch",
] as const;

type Config = () => string;
const configuration: Config = () => readFileSync(join(ROOT, "deno.json"), "utf8");

const settings: Domain<string> = domain.of(...SETTINGS);

/** Without a setting in a configuration. */
function switchedOff(name: string): Mutant<Config> {
  return {
    name: `${name} is off`,
    implementation: () => () => configuration().replace(`"${name}": true`, `"${name}": false`),
  };
}

export const proofs: readonly Proof[] = [
  holdsInSource(
    "nothing_throws",
    "no file of src/ holds a throw, or a promise made to reject, but the hostile values of the " +
      "toolkit and its registered tests",
    rules(houseRule("a throw"), rejects),
    seeds(
      'export function f(): void { throw new Error("x"); }',
      "export const f = () => { try { throw 1; } catch { return 2; } };",
      'export const f = () => Promise.reject(new Error("x"));',
    ),
  ),
  holdsInSource(
    "calls_that_throw_are_caught",
    "functions of the engine that throw for values of the right type (JSON.parse, structuredClone, " +
      "decodeURI, WebAssembly constructors, RegExp of a text) are called inside a try that catches, " +
      "but for those that all callers guard",
    unguardedCalls,
    seeds(
      "export const f = (text: string): unknown => JSON.parse(text);",
      "export function f(t: string): unknown { try { return () => JSON.parse(t); } catch { return 0; } }",
      "export function f(t: string): unknown { try { return 1; } catch { return JSON.parse(t); } }",
      "export function f(t: string): unknown { try { return JSON.parse(t); } finally { g(); } }",
      "export const memory = () => new WebAssembly.Memory({ initial: 1 });",
    ),
  ),
  holdsInSource(
    "nothing_is_asserted",
    "no file of src/ holds a non-null assertion, a field said to have a value, the type any, or a " +
      "cast other than `as const` outside the brands of the int room: what an index or a lookup " +
      "gives is guarded, because the type checker cannot be silenced",
    rules(
      houseRule("a non-null assertion"),
      houseRule("a cast"),
      houseRule("the type any"),
      definite,
    ),
    seeds(
      "export const f = (list: number[]): number => list[0]!;",
      "export const f = (list: number[]): number => list[0] as number;",
      "export const f = (list: number[]): number => <number> list[0];",
      "export class C { #x!: number; }",
      "export const f = (value: any): number => value[0];",
    ),
  ),
  holdsInSource(
    "no_code_is_made",
    "no file of src/ outside the recompiler makes code: no eval, Function, WebAssembly module or " +
      "instance, worker, import of a computed name, or timer with a text",
    codeGeneration,
    seeds(
      'export const f = () => eval("1");',
      'export const f = new Function("return 1");',
      "export const F = Function;",
      "export const f = (b: Uint8Array<ArrayBuffer>) => new WebAssembly.Module(b);",
      "export const f = (b: Uint8Array<ArrayBuffer>) => globalThis.WebAssembly.instantiate(b);",
      "export const f = (name: string) => import(name);",
      'export const f = () => setTimeout("1");',
      'export const f = () => (() => {}).constructor("return 1")();',
    ),
  ),
  holdsInSource(
    "every_function_returns",
    "no loop of src/ is endless (each without a condition holds a return, or a break or continue " +
      "that leaves it), and no function is said never to return",
    rules(endlessLoops, neverReturns),
    seeds(
      "export function f(): void { for (;;) g(); }",
      "export function f(): void { while (true) { switch (g()) { case 1: break; } } }",
      "export function f(): void { for (;;) { for (;;) { break; } } }",
      "export function f(): void { a: for (;;) { b: for (;;) { continue a; } } }",
      "export function f(): void { do { const h = () => { return 1; }; } while (true); }",
      "export function f(): never { return g(); }",
    ),
  ),
  holdsInSource(
    "nothing_depends_on_chance",
    "no file of src/ outside the proof toolkit and the command line reads a clock or draws a " +
      "random number",
    (file) => /^src\/(proof|cli)\//.test(file.path) ? [] : chance(file),
    seeds(
      "export const f = () => Math.random();",
      "export const f = () => Date.now();",
      "export const f = () => new Date();",
      "export const f = () => performance.now();",
    ),
  ),
  defineProof({
    id: "static/type_checks_are_on",
    claim: "the settings that make the type checker ask for a guard at every index, and for a " +
      "result on every path, are on for the whole project",
    subject: ["deno.json"],
    spec: SPEC,
    strength: "exhaustive",
    domain: settings,
    reaches: ["on"],
    implementation: configuration,
    mutants: SETTINGS.map(switchedOff),
    check(name, reach, configuration) {
      const { compilerOptions }: { compilerOptions: Readonly<Record<string, unknown>> } = JSON
        .parse(configuration());
      reach("on");
      return compilerOptions[name] === true ? undefined : `${name} is off`;
    },
  }),
];

register(proofs);
