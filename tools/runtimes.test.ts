import { assertEquals, assertStringIncludes } from "@std/assert";
import { chosen } from "./runtimes.ts";
import { manifest, toJavaScript } from "./stage.ts";

Deno.test("runtimes: those that are named, or all; an unknown one is a mistake", () => {
  assertEquals(chosen([])?.map(({ name }) => name), ["bun", "node"]);
  assertEquals(chosen(["node"])?.map(({ name }) => name), ["node"]);
  assertEquals(chosen(["node", "perl"]), undefined);
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
  assertEquals(manifest(config, "javascript"), {
    name: "@x/y",
    private: true,
    type: "module",
    exports: { ".": "./mod.js", "./z": "./src/z/mod.js" },
    dependencies: { "fast-check": "^4.1.0" },
  });
});
