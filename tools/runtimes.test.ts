import { assertEquals, assertStringIncludes } from "@std/assert";
import { chosen } from "./runtimes.ts";
import { proofArguments, RUNTIMES } from "./runtimes_list.ts";
import { judgeProofs, judgeVectors, reasons, table } from "./runtimes_table.ts";
import { manifest, toJavaScript } from "./stage.ts";

const NAMES = ["deno", "bun", "node", "node@22", "node@24", "chromium"];

Deno.test("runtimes: those that are named, or all; an unknown one is a mistake", () => {
  assertEquals(chosen([]), ["deno", "bun", "node", "chromium"]);
  assertEquals(chosen([], true), NAMES);
  assertEquals(chosen(["node"]), ["node"]);
  assertEquals(chosen(["node", "perl"]), undefined);
});

Deno.test("runtimes: a newer Node runs a part of the proofs", () => {
  const argumentsOf = (name: string) =>
    RUNTIMES.filter((runtime) => runtime.name === name).flatMap((runtime) =>
      proofArguments(runtime, "")
    );
  assertEquals(argumentsOf("bun").at(-1), "--workers=2");
  assertEquals(argumentsOf("node@24").at(-1), "--shard=3/4");
});

const passed = (id: string) => ({ id, failures: [] });
const ALL = { ids: ["a/x", "a/y", "b/z"], leftOut: [], share: 1, whole: true };

Deno.test("runtimes: what fails, is missing or is left out in vain is a problem", () => {
  const reports = ALL.ids.map(passed);
  assertEquals(judgeProofs(reports, ALL), { passed: 3, leftOut: 0, problems: [] });
  const failed = [...reports.slice(1), { id: "a/x", failures: ["why"] }];
  assertStringIncludes(judgeProofs(failed, ALL).problems[0] ?? "", "a/x fails: why");
  assertEquals(judgeProofs(reports.slice(1), ALL).problems[0], "a/x was not run");
  const leftOut = [{ proofs: "b/", reason: "no files" }];
  assertEquals(judgeProofs(reports.slice(0, 2), { ...ALL, leftOut }), {
    passed: 2,
    leftOut: 1,
    problems: [],
  });
  assertEquals(judgeProofs(reports, { ...ALL, leftOut }).problems.length, 1);
  const vain = [{ proofs: "c/", reason: "none" }];
  assertEquals(judgeProofs(reports, { ...ALL, leftOut: vain }).problems, ["there is no proof c/"]);
  assertEquals(judgeProofs(reports, { ...ALL, leftOut: vain, whole: false }).problems, []);
});

Deno.test("runtimes: a part is enough where a part is wanted, and no less", () => {
  const wanted = { ...ALL, share: 3 };
  assertEquals(judgeProofs([passed("a/y")], wanted), { passed: 1, leftOut: 2, problems: [] });
  assertEquals(judgeProofs([], wanted).problems.length, 1);
});

Deno.test("runtimes: all vectors that were written have to be run", () => {
  const verdict = { path: "p.json", cases: 2, problems: [] };
  assertEquals(judgeVectors([verdict, verdict], 4), { cases: 4, problems: [] });
  assertEquals(judgeVectors([verdict], 4).problems.length, 1);
  assertEquals(judgeVectors([], 0).problems.length, 1);
  assertEquals(judgeVectors([{ ...verdict, problems: ["x differs"] }], 2).problems, [
    "p.json: x differs",
  ]);
});

Deno.test("runtimes: the table has a row for each, and the reasons follow", () => {
  const row = { runtime: "bun", version: "1.4.5", proofs: 7, leftOut: 2, vectors: 90, seconds: 5 };
  const lines = table([{ ...row, ok: true }, { ...row, runtime: "node", ok: false }]).split("\n");
  assertEquals(lines[1]?.split(/ {2,}/), ["bun", "1.4.5", "7", "2", "90", "5 s", "green"]);
  assertEquals(lines[2]?.endsWith("FAILED"), true);
  const rule = { proofs: "a/", reason: "none there" };
  assertEquals(reasons({ bun: [rule], node: [rule] }), [
    "left out in bun, node: a/: none there",
  ]);
});

Deno.test("stage: types go, and relative imports name what was made", () => {
  const text = 'import { a } from "./a.ts";\nexport const b: number = a;\n' +
    'export const c = () => import("../c.ts");\nimport fc from "fast-check";\nfc;\n';
  const made = toJavaScript(text, "x.ts");
  assertStringIncludes(made, 'from "./a.js"');
  assertStringIncludes(made, 'import("../c.js")');
  assertStringIncludes(made, 'from "fast-check"');
  assertEquals(made.includes(": number"), false);
});

Deno.test("stage: the package's own name leads to the copy", () => {
  const config = {
    name: "@x/y",
    exports: { ".": "./mod.ts", "./z": "./src/z/mod.ts" },
    imports: { "fast-check": "npm:fast-check@^4.1.0" },
  };
  assertEquals(manifest(config, "javascript", { buffer: "^6" }), {
    name: "@x/y",
    private: true,
    type: "module",
    exports: { ".": "./mod.js", "./z": "./src/z/mod.js" },
    dependencies: { "fast-check": "^4.1.0", buffer: "^6" },
  });
});
