/** The command `kernel run`: exit codes, values, and what wrong manifests are told. */

import fc from "fast-check";
import {
  agrees,
  allOf,
  defineProof,
  domain,
  isTotal,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import { GUESTS, manifest, manifestText, runKernel } from "./_kit/cli_kernel.ts";
import { BASE, CASES, WRONG } from "./_kit/cli_kernel_manifests.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/mod.ts");
const SUBJECT = ["main"];
const SPEC = "Ringfence, command line";
const FILE = "dir/m.json";

/** What a run printed as JSON. */
interface Report {
  readonly exitCode: number;
  readonly returnValue: string | null;
  readonly detail: string | null;
  readonly gas: { readonly limit: string; readonly used: string };
}

function run(face: Face, value: unknown, ...options: readonly string[]) {
  return runKernel(face, ["run", FILE, ...options], { ...GUESTS, [FILE]: manifestText(value) });
}

function reportOf(text: string): Report {
  const report: Report = JSON.parse(text);
  return report;
}

/** A value with another one in the place of one of its parts; the number says which. */
function damaged(value: unknown, at: number, other: unknown): unknown {
  let left = at;
  const walk = (part: unknown): unknown => {
    if (left-- === 0) return other;
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, walk(each)]));
  };
  return walk(value);
}

/** A chain of cnodes of so many names, each of which holds the next. */
function chain(length: number): unknown {
  const cnodes = Array.from({ length }, (_, at) => {
    const slots = at + 1 < length ? { 0: `c${at + 1}` } : {};
    return [`c${at}`, { sizeLog: 0, slots }] as const;
  });
  return manifest("halt", {}, { cnodes: Object.fromEntries(cnodes) });
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/kernel_run_tells_how_it_ended",
    claim: "what a manifest describes is published and invoked; the exit code is how that ended",
    subject: SUBJECT,
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...CASES),
    reaches: [0, 1, 2, 3, 4, 5, 7, 8, 9, 65].map(String),
    implementation: cli,
    mutants: [
      mutant("src/cli/kernel_report.ts", '"panic": EXIT_CODE.panic', '"panic": EXIT_CODE.trap'),
      mutant("src/cli/kernel_report.ts", 'if (is("oog_marker"))', 'if (is("gas"))'),
      mutant(
        "src/cli/kernel_report.ts",
        '=== "gas" ? EXIT_CODE.outOfGas',
        '=== "storage" ? EXIT_CODE.outOfGas',
      ),
      mutant("src/cli/kernel_run.ts", "args[index] ?? 0n", "args[index + 1] ?? 0n"),
      mutant(
        "src/cli/kernel_run.ts",
        "assist.gasMeterSet(number, value)",
        "assist.gasMeterSet(0n, value)",
      ),
      mutant("src/cli/kernel_run.ts", "assist.storageQuotaSet(number, value)", "0"),
      mutant("src/cli/kernel_run.ts", "hostMarkers: hostMarkers.value,", ""),
      mutant("src/cli/kernel_run.ts", "...(quota === undefined ? {} : { quota }),", ""),
      mutant(
        "src/cli/kernel_code.ts",
        "...packed.value, labels",
        "...packed.value, packedBitmask: code.starts, labels",
      ),
      mutant("src/cli/kernel_code.ts", "`${folder}${file}`", "file"),
      mutant("src/cli/kernel_image.ts", "gasSlots,\n", "gasSlots: [],\n"),
      mutant("src/cli/kernel_image.ts", "quotaSlots,\n", "quotaSlots: [],\n"),
      mutant("src/cli/kernel_image.ts", "memoryMappings: mappings,", ""),
      mutant("src/cli/exact_json.ts", "(-?\\d{15}\\d+)$/", "(-?\\d{15}\\d)$/"),
    ],
    check: ([value, expected, told], reach, face) => {
      reach(`${expected}`);
      const { code, out, error } = run(face, value, "--json");
      if (code >= 64) return agrees([code, out, error !== ""], [expected, "", true]);
      const { exitCode, returnValue, detail } = reportOf(out);
      return agrees([code, exitCode, returnValue ?? detail, error], [expected, code, told, ""]);
    },
  }),
  defineProof({
    id: "cli/kernel_mistakes_have_their_path",
    claim: "a wrong manifest exits with 65 and tells the path of the part that is wrong",
    subject: SUBJECT,
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of(...WRONG),
    reaches: ["whole", "part"],
    implementation: cli,
    mutants: [
      mutant("src/cli/kernel_reader.ts", "`${path}[${index}]`", "path"),
      mutant("src/cli/kernel_reader.ts", "if (odd !== undefined) {", "if (false) {"),
      mutant("src/cli/kernel_reader.ts", "value.length > max", "value.length > max + 1"),
      mutant("src/cli/kernel_reader.ts", "wholeOf(value, 0n, max)", "wholeOf(value, 0n, max + 1n)"),
      mutant("src/cli/kernel_reader.ts", "wholeOf(value, 0n, max)", "wholeOf(value, -1n, max)"),
      mutant("src/cli/kernel_manifest.ts", "if (number > max)", "if (number > max + 1n)"),
      mutant("src/cli/kernel_manifest.ts", "(?:0|[1-9]\\d{0,19})", "(?:\\d{1,20})"),
      mutant("src/cli/kernel_build.ts", "if (this.#entries.has(name))", "if (false)"),
      mutant("src/cli/kernel_build.ts", "if (isCapHash(name))", "if (false)"),
      mutant("src/cli/kernel_build.ts", "given.length !== 1", "given.length === 0"),
      mutant("src/cli/kernel_build.ts", 'if (this.#mode !== "v3")', "if (false)"),
      mutant("src/cli/kernel_image.ts", 'if (typeof mapping === "number")', "if (false)"),
      mutant("src/cli/kernel_image.ts", "endpoint.index === index", "endpoint.index !== index"),
      mutant("src/cli/kernel_code.ts", "readOnlyData.length + ", ""),
      mutant("src/cli/exact_json.ts", "&& !MARKED.test(value)", ""),
      mutant("src/cli/kernel_run.ts", "resume && args.length > 0", "resume && args.length > 1"),
      mutant("src/cli/kernel_run.ts", "resume: resume || undefined, ", ""),
    ],
    check: ([value, path], reach, face) => {
      reach(path === "" ? "whole" : "part");
      const { code, out, error } = run(face, value);
      const begin = `${FILE}: ${path === "" ? "expected" : `${path}: `}`;
      return agrees([code, out, error.slice(0, begin.length)], [65, "", begin]);
    },
  }),
  defineProof({
    id: "cli/kernel_names_nest_to_a_depth",
    claim:
      "names that refer to each other are resolved up to a depth of 256, and refused beyond it",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(1, 2, 255, 256, 257, 20_000),
    reaches: ["done", "refused"],
    implementation: cli,
    mutants: [
      mutant("src/cli/kernel_build.ts", "this.#depth >= DEPTH_MAX", "this.#depth > DEPTH_MAX"),
      mutant("src/cli/kernel_build.ts", "this.#depth >= DEPTH_MAX", "this.#depth >= DEPTH_MAX - 1"),
      mutant("src/cli/kernel_build.ts", "    this.#depth--;\n", ""),
    ],
    check: (length, reach, face) => {
      const expected = length > 256 ? 65 : 0;
      reach(expected === 0 ? "done" : "refused");
      return agrees(run(face, chain(length)).code, expected);
    },
  }),
  defineProof({
    id: "cli/kernel_gas_is_that_of_the_line",
    claim:
      "the gas of the command line goes before that of the manifest, and that before the default",
    subject: SUBJECT,
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.product({
      line: domain.of(undefined, "0x130", "5000000000"),
      gas: domain.of(undefined, 277n, 2n ** 64n - 1n),
      text: domain.of(false, true),
    }),
    reaches: ["line", "manifest", "default"],
    implementation: cli,
    mutants: [
      mutant("src/cli/kernel_run.ts", "given.value ?? manifest.value.gas", "manifest.value.gas"),
      mutant("src/cli/kernel_run.ts", "const GAS = 1_000_000_000n", "const GAS = 1_000n"),
      mutant("src/cli/kernel_report.ts", "`gas: ${gas.used} used of", "`gas: ${gas.used} used,"),
    ],
    check: ({ line, gas, text }, reach, face) => {
      reach(line !== undefined ? "line" : gas !== undefined ? "manifest" : "default");
      const options = line === undefined ? [] : ["--gas", line];
      const { code, out } = run(
        face,
        manifest("halt", {}, { gas }),
        ...options,
        ...(text ? [] : ["--json"]),
      );
      const limit = BigInt(line ?? gas ?? 1_000_000_000);
      if (code !== 0) return `it exits with ${code}`;
      if (text) return out.includes(` used of ${limit}\n`) ? undefined : out;
      const { gas: told } = reportOf(out);
      return allOf(
        agrees(told.limit, `${limit}`),
        agrees(BigInt(told.used) > 0n && BigInt(told.used) <= limit, true),
      );
    },
  }),
  defineProof({
    id: "cli/kernel_run_is_total",
    claim: "any value in any place of a manifest is told as a mistake, or taken",
    subject: SUBJECT,
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.record({
        at: fc.nat(70),
        other: fc.oneof(
          fc.jsonValue({ maxDepth: 2 }),
          fc.constantFrom(
            2n ** 64n,
            2n ** 53n + 1n,
            "root",
            "code",
            "text",
            "whole number x",
            "aa",
          ),
          fc.nat(300),
        ),
      }),
      { runs: 400, describe: "a manifest with something else in one place" },
    ),
    reaches: ["done", "mistake", "other"],
    implementation: cli,
    mutants: [
      mutant(
        "src/cli/exact_json.ts",
        "const digits = MARKED.exec(value)?.[1];",
        "const digits = value.startsWith(MARK) ? value.slice(MARK.length) : undefined;",
      ),
      mutant("src/cli/kernel_reader.ts", 'typeof value === "object" && value !== null &&', ""),
    ],
    check: ({ at, other }, reach, face) =>
      isTotal(() => {
        const { code } = run(face, damaged(BASE, at, other), "--gas", "2000");
        reach(code === 0 ? "done" : code === 65 ? "mistake" : "other");
      }),
  }),
];

register(proofs);
