import { assertEquals, assertStringIncludes } from "@std/assert";
import { buildPackage, packageJson, strangers, toDeclarations } from "./npm_package_build.ts";
import { facesByNeed, importsAll, specifier } from "./npm_package_use.ts";

const CONFIG = {
  name: "@x/y",
  version: "1.2.3",
  license: "Apache-2.0",
  exports: { ".": "./mod.ts", "./z": "./src/z/mod.ts" },
  imports: {
    "@noble/hashes/": "npm:/@noble/hashes@^2.4.0/",
    "fast-check": "npm:fast-check@^4.1.0",
    typescript: "npm:typescript@~5.9.3",
    "z3-solver": "npm:z3-solver@^4",
  },
};

Deno.test("npm: the description has exports with types, and what is optional is no dependency", () => {
  const described = { exports: {}, dependencies: {}, ...packageJson(CONFIG) };
  assertEquals(described.exports, {
    ".": { types: "./dist/mod.d.ts", default: "./dist/mod.js" },
    "./z": { types: "./dist/src/z/mod.d.ts", default: "./dist/src/z/mod.js" },
    "./package.json": "./package.json",
  });
  assertEquals(described.dependencies, { "@noble/hashes": "^2.4.0" });
});

Deno.test("npm: declarations lead to what was made", () => {
  const text = 'export type { A } from "./a.ts";\n' +
    'export const b: import("../b.ts").B = 1;\nimport fc from "fast-check";\n' +
    "export const c: typeof fc = fc;\n";
  const made = toDeclarations(text, "x.ts");
  assertEquals(made.problems, []);
  assertStringIncludes(made.text, 'from "./a.js"');
  assertStringIncludes(made.text, 'import("../b.js")');
  assertStringIncludes(made.text, 'from "fast-check"');
  assertEquals(toDeclarations("export const d = Math.max(1);\n", "x.ts").problems.length, 1);
});

Deno.test("npm: a face without its module is a problem", () => {
  const sources = [{ path: "mod.ts", text: "export const a: number = 1;\n" }];
  const { files, problems } = buildPackage(CONFIG, sources, [{ path: "LICENSE", text: "free" }]);
  assertEquals(problems, ["./z has no ./src/z/mod.ts"]);
  assertEquals([...files.keys()].sort(), [
    "LICENSE",
    "dist/mod.d.ts",
    "dist/mod.js",
    "package.json",
  ]);
});

Deno.test("npm: tests, vectors and sources are strangers in the package", () => {
  const fine = ["package.json", "README.md", "dist/mod.js", "dist/src/a/b.d.ts", "dist/model/c.js"];
  assertEquals(strangers(fine), []);
  const wrong = ["dist/src/a.test.js", "proofs/a.js", "dist/vectors/a.json", "src/a.ts", ".npmrc"];
  assertEquals(strangers([...fine, ...wrong]), wrong);
});

Deno.test("npm: faces are told apart by what they need", () => {
  const { plain, needy } = facesByNeed([".", "./linear", "./proof"]);
  assertEquals(plain, [".", "./linear"]);
  assertEquals([...needy], [["./proof", "fast-check"]]);
  assertEquals([specifier("@x/y", "."), specifier("@x/y", "./z")], ["@x/y", "@x/y/z"]);
  assertStringIncludes(importsAll("@x/y", ["./z"]), 'import * as face0 from "@x/y/z";');
});
