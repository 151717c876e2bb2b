/** What the generated modules are: valid, small, and able to reach nothing but the guest's memory. */

import { defineProof, domain, type Proof, sampled } from "../src/proof/mod.ts";
import type * as pvm from "../src/pvm/mod.ts";
import * as modules from "../src/pvm/recompiler/module.ts";
import { cut } from "../src/pvm/recompiler/segments.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { realCode, type Setup } from "./_kit/pvm.ts";
import { machinesOf, PROGRAM } from "./_kit/pvm_arbitrary.ts";
import { assemble, op } from "./_kit/pvm_assemble.ts";
import { preparedOf } from "./_kit/recompiler.ts";
import { register } from "./_kit/register.ts";

type Face = typeof modules;
const mutant = sourceMutants<Face>("src/pvm/recompiler/module.ts");

/** What a module imports and exports, in words. */
function surface(bytes: Uint8Array<ArrayBuffer>): string {
  if (!WebAssembly.validate(bytes)) return "not valid";
  const module = new WebAssembly.Module(bytes);
  const imports = WebAssembly.Module.imports(module)
    .map(({ module, name, kind }) => `${module}.${name}: ${kind}`);
  const exports = WebAssembly.Module.exports(module).map(({ name, kind }) => `${name}: ${kind}`);
  return [...imports, ...exports].join(", ");
}

const MAIN_BASE = 0x2_0000;

function modulesAreClosed({ code, dialect, gasModel }: Setup, face: Face): string | undefined {
  const prepared = preparedOf(realCode(code), dialect, gasModel);
  const segments = cut(prepared);
  for (let chunk = 0; chunk + 1 < segments.chunks.length; chunk++) {
    const found = surface(face.chunkModule(prepared, segments, chunk, MAIN_BASE));
    if (found !== "m.m: memory, f: function") return found;
  }
  const step = surface(face.stepModule());
  return step === "t.t: table, f: function, u: function" ? undefined : step;
}

const LENGTH = 4_000;
const span = (make: (place: number) => readonly number[]) =>
  Array.from({ length: LENGTH }, (_, place) => make(place));

/** Code that is made to cost much, 4,000 instructions of it. */
const HOSTILE: Readonly<Record<string, () => readonly (readonly number[])[]>> = {
  "jumps to themselves": () => span(() => op("jump")),
  "one block": () => span(() => op("add_64", { a: 1, b: 2, d: 3 })),
  "blocks of one": () => span(() => op("fallthrough")),
  "jumps back": () =>
    span((place) => op("branch_ne", { a: 1, b: 2, offset: BigInt(-6 * Math.min(place, 900)) })),
  "crossing loops": () =>
    span((place) => op("branch_ne", { a: 1, b: 2, offset: BigInt(-6 * ((place * 7919) % 700)) })),
  "jumps everywhere": () =>
    span((place) =>
      op("branch_ne", { a: 1, b: 2, offset: BigInt(6 * ((place * 37) % 800 - 400)) })
    ),
  "stores": () => span(() => op("store_ind_u64", { a: 1, b: 2, x: 77n })),
  "dynamic jumps": () => span(() => op("jump_ind", { a: 7 })),
};

/** The most bytes of module that an instruction may become, and that come on top of each chunk. */
const BYTES_PER_INSTRUCTION = 120;
const BYTES_PER_CHUNK = 2_000;

function staysWithin(name: string, gasModel: pvm.GasModel, face: Face): string | undefined {
  const code = realCode(assemble(HOSTILE[name]?.() ?? []));
  const prepared = preparedOf(code, "gray-paper", gasModel);
  const segments = cut(prepared);
  const { chunks, first } = segments;
  for (let chunk = 0; chunk + 1 < chunks.length; chunk++) {
    const [from, to] = [chunks[chunk] ?? 0, chunks[chunk + 1] ?? 0];
    const instructions = (first[to] ?? 0) - (first[from] ?? 0);
    if (instructions > 2_000 || to - from > 800) return `${instructions}, ${to - from} segments`;
    if (chunk > 1) continue; // the others are like these
    const bytes = face.chunkModule(prepared, segments, chunk, MAIN_BASE);
    if (!WebAssembly.validate(bytes)) return "not valid";
    const most = BYTES_PER_CHUNK + BYTES_PER_INSTRUCTION * instructions;
    if (bytes.length > most) return `${bytes.length} bytes for ${instructions} instructions`;
  }
  return undefined;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/modules_reach_the_memory_alone",
    claim: "every generated module is valid, imports the guest's memory and exports one function",
    subject: ["chunkModule", "stepModule"],
    spec: "WebAssembly core 2.0, 5.5",
    strength: "sampled",
    domain: sampled(machinesOf(PROGRAM), {
      runs: 300,
      describe: "programs of up to 12 instructions",
    }),
    reaches: ["done"],
    implementation: modules,
    mutants: [
      mutant("src/pvm/recompiler/code_writer.ts", "h >>= 7;", "h >>>= 7;"),
      mutant("src/pvm/recompiler/module.ts", "MEMORY_KIND, 0, 1]", "MEMORY_KIND, 0, 1, 0]"),
      mutant(
        "src/pvm/recompiler/module.ts",
        "[[14, op.I64], [8, op.I32]]",
        "[[14, op.I64], [7, op.I32]]",
      ),
      mutant(
        "src/pvm/recompiler/module.ts",
        'EXPORTS, listed([...named("f")',
        'EXPORTS, listed([...named("g")',
      ),
    ],
    check: (setup, reach, face) => {
      reach("done");
      return modulesAreClosed(setup, face);
    },
  }),
  defineProof({
    id: "recompiler/hostile_code_stays_within_limits",
    claim: "chunks and modules of code made to cost much stay within their limits, and are valid",
    subject: ["chunkModule"],
    spec: "limits of the recompiler",
    strength: "bounded",
    domain: domain.product({
      name: domain.of(...Object.keys(HOSTILE)),
      gasModel: domain.of("instruction" as const, "pipeline" as const),
    }),
    reaches: ["done"],
    implementation: modules,
    mutants: [
      mutant("src/pvm/recompiler/shape.ts", "open.length === DEPTH_MAX", "false"),
    ],
    check: ({ name, gasModel }, reach, face) => {
      reach("done");
      return staysWithin(name, gasModel, face);
    },
  }),
];

register(proofs);
