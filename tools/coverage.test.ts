import { assertEquals } from "@std/assert";
import { coverageTableText, readLcov } from "./coverage_report.ts";

Deno.test("coverage: branches are counted, and the lines of those not taken listed", () => {
  const text = [
    "SF:/root-of/src/b.ts",
    "BRDA:3,1,0,5",
    "BRDA:3,1,1,0",
    "BRDA:9,2,0,-",
    "end_of_record",
    "SF:/root-of/src/a.ts",
    "end_of_record",
  ].join("\n");
  const files = readLcov(text, "/root-of/");
  assertEquals(files, [
    { path: "src/a.ts", branches: 0, branchesTaken: 0, missed: [] },
    { path: "src/b.ts", branches: 3, branchesTaken: 1, missed: [3, 9] },
  ]);
  const lines = coverageTableText(files, () => ["", "", "a ?? 0"]).split("\n");
  assertEquals(
    lines.at(-1),
    "branches: 1 of 3, 33.3%; not taken on 1 lines with a default, and on 1 others",
  );
});
