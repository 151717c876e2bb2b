/** Static proofs on how files and functions hang together: imports and recursion. */

import { posix } from "node:path";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { importOffences, importsOf } from "../tools/house/imports.ts";
import { register } from "./_kit/register.ts";
import { cyclesOf } from "./_kit/static_calls.ts";
import { CYCLES } from "./_kit/static_cycles.ts";
import {
  exportedFiles,
  fileAt,
  filesOf,
  seeded,
  type Sources,
  sources,
} from "./_kit/static_sources.ts";

const FACES = exportedFiles();

/** The file that an import means, should it be one of this package. */
function meant(from: string, target: string): string | undefined {
  return target.startsWith(".") ? posix.join(posix.dirname(from), target) : undefined;
}

const targets = new WeakMap<object, readonly string[]>();

/** All files that a file brings with it. */
function closureOf(start: string, sources: Sources): ReadonlySet<string> {
  const files = sources();
  const found = new Set([start]);
  for (const path of found) {
    const file = fileAt(path, files);
    const known = targets.get(file) ??
      importsOf(file).flatMap(({ target }) => meant(path, target) ?? []);
    targets.set(file, known);
    for (const target of known) found.add(target);
  }
  return found;
}

/** The exports that may make code, by what they are for. */
const MAKE_CODE: readonly string[] = ["src/pvm/recompiler/mod.ts", "src/cli/mod.ts"];

/** The rooms whose recursion is listed. */
const ROOMS = [
  "int",
  "linear",
  "arena",
  "paged",
  "pvm",
  "recompiler",
  "kernel",
  "cli",
  "proof",
] as const;

export const proofs: readonly Proof[] = [
  defineProof({
    id: "static/floors_hold",
    claim: "every file of src/ imports only what stands on a lower floor, through its face, and " +
      "packages that are its room's own",
    subject: ["src/"],
    spec: "House rules: floors and faces",
    strength: "exhaustive",
    domain: filesOf("src"),
    reaches: ["file"],
    implementation: sources,
    mutants: [
      seeded("src/argument.ts", 'import { U8 } from "./int/mod.ts";'),
      seeded("src/arena/access.ts", 'export { Memory } from "../linear/mod.ts";'),
      seeded("src/arena/access.ts", 'import { asU8 } from "../int/brand.ts";'),
      seeded("src/int/brand.ts", 'import fc from "fast-check";'),
    ],
    check(path, reach, sources) {
      reach("file");
      const [offence] = importOffences(fileAt(path, sources()), FACES);
      return offence === undefined ? undefined : `${path}:${offence.line}: ${offence.message}`;
    },
  }),
  defineProof({
    id: "static/model_and_source_share_nothing",
    claim: "no file of model/ brings anything but files of model/ with it, and no file of src/ " +
      "brings one of model/",
    subject: ["src/", "model/"],
    spec: "House rules: the model stands alone",
    strength: "exhaustive",
    domain: domain.union(filesOf("model"), filesOf("src")),
    reaches: ["model", "src"],
    implementation: sources,
    mutants: [
      seeded("model/arena.ts", 'import { ok } from "../src/result.ts";'),
      seeded("model/arena.ts", 'import fc from "fast-check";'),
      seeded("model/arena.ts", 'type T = import("../src/result.ts").Ok<number>;'),
      seeded("src/argument.ts", 'import { state } from "../model/arena.ts";'),
    ],
    check(path, reach, sources) {
      const room = path.split("/")[0] ?? "";
      reach(room);
      const foreign = importsOf(fileAt(path, sources())).find(({ target }) => {
        const file = meant(path, target);
        if (room === "model") return file === undefined || !file.startsWith("model/");
        return file?.startsWith("model/") ?? false;
      });
      return foreign === undefined ? undefined : `${path}:${foreign.line}: ${foreign.target}`;
    },
  }),
  defineProof({
    id: "static/exports_that_make_no_code",
    claim:
      "no export of the package but the recompiler and the command line brings a file of the " +
      "recompiler with it, so that a host whose engine forbids code from bytes runs all others",
    subject: ["deno.json"],
    spec: "House rules: code is made in one place",
    strength: "exhaustive",
    domain: domain.of(...FACES),
    reaches: ["makes code", "makes none"],
    implementation: sources,
    mutants: [
      seeded("src/pvm/machine.ts", 'import { recompiler } from "./recompiler/mod.ts";'),
      seeded("src/kernel/vm.ts", 'import { recompiler } from "../pvm/recompiler/mod.ts";'),
    ],
    check(face, reach, sources) {
      const makes = [...closureOf(face, sources)]
        .some((path) => path.startsWith("src/pvm/recompiler/"));
      reach(makes ? "makes code" : "makes none");
      return agrees(makes, MAKE_CODE.includes(face));
    },
  }),
  defineProof({
    id: "static/recursion_is_bounded",
    claim: "every cycle of functions that mention each other is in the list of those whose bound " +
      "is known, and the list holds no other",
    subject: ["src/"],
    spec: "House rules: the list of cycles, proofs/_kit/static_cycles.ts",
    strength: "exhaustive",
    domain: domain.of(...ROOMS),
    reaches: ["with cycles", "without"],
    implementation: sources,
    mutants: [
      seeded("src/int/brand.ts", "export function f(n: number): number { return f(n - 1); }"),
      seeded(
        "src/int/brand.ts",
        "const f = (n: number): number => g(n); function g(n: number): number { return f(n); }",
      ),
      seeded("src/int/brand.ts", "class C { m(list: number[]): void { list.forEach(this.m); } }"),
      seeded(
        "src/int/brand.ts",
        "interface I { go(): void } class D implements I { constructor(readonly i: I) {} " +
          "go(): void { this.i.go(); } }",
      ),
    ],
    check(room, reach, sources) {
      const found = cyclesOf(room, sources).map((names) => names.join(" ")).sort();
      reach(found.length > 0 ? "with cycles" : "without");
      const listed = CYCLES.filter((cycle) => cycle.room === room)
        .map(({ functions }) => functions.join(" ")).sort();
      const fresh = found.find((cycle) => !listed.includes(cycle));
      const stale = listed.find((cycle) => !found.includes(cycle));
      return fresh !== undefined
        ? `not listed: ${fresh}`
        : stale !== undefined
        ? `listed, but no cycle: ${stale}`
        : agrees(found.length, listed.length);
    },
  }),
];

register(proofs);
