import { assert, assertEquals } from "@std/assert";
import { coverageProblems, coverageTextProblems } from "./vectors/check/coverage.ts";
import { bundleText } from "./vectors/json.ts";
import { cellsOf, coverageJson, coverageText } from "./vectors/pvm_coverage.ts";
import { MACHINES } from "./vectors/pvm_hosts.ts";
import { allSteps } from "./vectors/pvm_steps.ts";
import { reached, type Row } from "./vectors_small.ts";

const STEPS = MACHINES.map(({ dialect, gasModel }) => allSteps(dialect, gasModel));
const CELLS = cellsOf(STEPS.flat());
const HEAD = { family: "pvm", kind: "cases", spec: ["a test"] };
const GARBAGE = bundleText(HEAD, [{ name: "x_byte_2" }, { name: "x_byte_3" }, { name: "noise" }]);
const TEXT = coverageText(CELLS, 2);
const FILES: ReadonlyMap<string, string> = new Map([
  ["pvm/garbage.json", GARBAGE],
  ...STEPS.map((steps, i) =>
    [`pvm/steps_${"abcdef"[i]}.json`, bundleText(HEAD, steps.map(({ json }) => json))] as const
  ),
]);

/** The table as it is read. */
function rows(): Row[] {
  const parsed: unknown = JSON.parse(bundleText(HEAD, coverageJson(CELLS)));
  return [...reached(parsed, ["cases"])];
}

const problems = (cases: readonly unknown[], files = FILES) =>
  coverageProblems(cases, [...files.keys()], (path) => files.get(path));
const inText = (written: string, cases: readonly unknown[] = rows(), files = FILES) =>
  coverageTextProblems(written, cases, (path) => files.get(path));

Deno.test("vectors: the coverage says what the single steps are", () => {
  assertEquals(problems(rows()), []);
  assertEquals(inText(TEXT), []);
});

Deno.test("vectors: a table of other numbers, rows or reasons is found", () => {
  const seeds: readonly (readonly [string, (cases: Row[]) => void])[] = [
    ["another number", ([row]) => Object.assign(row ?? {}, { number: 1 })],
    ["another opcode", ([row]) => Object.assign(row ?? {}, { opcode: "fallthrough" })],
    ["one more case", ([row]) => Object.assign(Object(row?.cases), { block: 1 })],
    ["a row less", (cases) => cases.pop()],
    ["a row twice", (cases) => cases.push(...cases.slice(-1))],
    ["two rows changed over", (cases) => cases.reverse()],
    ["no reason", ([row]) => delete row?.impossible],
    [
      "a reason too many",
      (cases) =>
        Object.assign(cases.find(({ impossible }) => !impossible) ?? {}, { impossible: "R1" }),
    ],
  ];
  for (const [name, seed] of seeds) {
    const cases = rows();
    seed(cases);
    assert(problems(cases).length > 0, name);
  }
});

Deno.test("vectors: steps that are not those of the table are found", () => {
  const path = "pvm/steps_a.json";
  const steps: { cases: Row[] } = JSON.parse(FILES.get(path) ?? "");
  const seeds: readonly (readonly [string, (cases: Row[]) => void])[] = [
    ["one less", (cases) => cases.pop()],
    ["another exit", ([each]) => Object.assign(each ?? {}, { "expected-status": "halt" })],
    ["another instruction", ([each]) => Object.assign(each ?? {}, { "initial-pc": 0 })],
    ["no single step", ([each]) => delete each?.steps],
  ];
  for (const [name, seed] of seeds) {
    const cases = structuredClone(steps.cases);
    seed(cases);
    const files = new Map([...FILES, [path, JSON.stringify({ ...steps, cases })]]);
    let found: readonly string[] = [];
    try {
      found = problems(rows(), files);
    } catch (mistake) {
      found = [String(mistake)];
    }
    assert(found.length > 0, name);
  }
});

Deno.test("vectors: a coverage in words that says something else is found", () => {
  const seeds: readonly (readonly [string, string])[] = [
    ["| 0 | `trap` | R1", "| 0 | `trap` | R2"],
    ["| 1 | `fallthrough`", "| 2 | `fallthrough`"],
    ["| 10 | `ecalli`", "ecalli"],
    ["The 2 bytes", "The 3 bytes"],
    [" cases; ", "0 cases; "],
    [" are impossible", "1 are impossible"],
  ];
  for (const [from, to] of seeds) {
    assert(TEXT.includes(from), from);
    assert(inText(TEXT.replace(from, to)).length > 0, from);
  }
});
