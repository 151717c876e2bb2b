import { assertEquals } from "@std/assert";
import { readLcov } from "./coverage/lcov.ts";
import { coverageTableText, problemsOf, reportOf, withRow } from "./coverage/report.ts";

const LCOV = [
  "SF:/root-of/src/b.ts",
  "BRDA:1,1,0,5",
  "BRDA:1,1,1,0",
  "BRDA:2,2,0,-",
  "BRDA:2,2,1,0",
  "BRDA:3,2,1,0",
  "BRDA:4,3,1,0",
  "end_of_record",
  "SF:/root-of/src/a.ts",
  "end_of_record",
].join("\n");

const TEXT = [
  "const a = list[at] ?? 0;",
  "const b = condition ? list.at(-1) ?? 0 : 1;",
  "const c = name ?? 0;",
  "const d = other ?? 0;",
].join("\n");

Deno.test("coverage: the branches of a report are read", () => {
  assertEquals(readLcov(LCOV, "/root-of/"), [
    { path: "src/a.ts", branches: 0, missed: new Map() },
    { path: "src/b.ts", branches: 6, missed: new Map([[1, 1], [2, 2], [3, 1], [4, 1]]) },
  ]);
});

Deno.test("coverage: defaults of an index are known by syntax, others must be explained", () => {
  const [, file] = readLcov(LCOV, "/root-of/");
  if (file === undefined) throw new Error("two files were read");
  const report = reportOf(file, { path: "src/b.ts", text: TEXT }, [
    { path: "src/b.ts", lines: ["const c = name ?? 0;", "gone();"], reason: "a reason" },
    { path: "src/other.ts", lines: ["const d = other ?? 0;"], reason: "of another file" },
  ]);
  assertEquals([report.taken, report.defaults, report.explained], [1, 2, 1]);
  assertEquals(problemsOf([report]), [
    "not taken: src/b.ts:2: const b = condition ? list.at(-1) ?? 0 : 1;",
    "not taken: src/b.ts:4: const d = other ?? 0;",
    "explained, but taken or not there: src/b.ts: gone();",
  ]);
  const lines = coverageTableText([{ name: "b", files: [report] }]).split("\n");
  assertEquals(lines.at(-1), "| b | 1 of 6 | 16.7% | 2 | 1 | 2 |");
  // The page has other tables with rows of the same name.
  const page = "| b | 7 | 8 |\n\n| b | 0 of 2 | 0.0% | 0 | 0 | 2 |\n| c | 1 of 1 |\n";
  assertEquals(
    withRow(page, "b", [report]),
    "| b | 7 | 8 |\n\n| b | 1 of 6 | 16.7% | 2 | 1 | 2 |\n| c | 1 of 1 |\n",
  );
  assertEquals(withRow(page, "d", [report]), undefined);
});
