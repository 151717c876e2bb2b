import { assert, assertEquals } from "@std/assert";
import { importOffences, importsOf } from "./house/imports.ts";
import { syntaxOffences } from "./house/syntax.ts";
import { wordOffences } from "./house/words.ts";
import { checkHouse } from "./house.ts";

const FACES: ReadonlySet<string> = new Set(["src/linear/mod.ts", "src/linear/unboxed.ts"]);

function imports(path: string, target: string): readonly string[] {
  const text = `import { x } from "${target}";\n`;
  return importOffences({ path, text }, FACES).map(({ message }) => message);
}

function syntax(path: string, text: string): readonly string[] {
  return syntaxOffences({ path, text }).map(({ message }) => message);
}

function words(text: string): readonly string[] {
  return wordOffences({ path: "notes.md", text }).map(({ message }) => message);
}

Deno.test("house: a room may stand on what is below it", () => {
  assertEquals(imports("src/linear/memory.ts", "./bounds.ts"), []);
  assertEquals(imports("src/linear/memory.ts", "../result.ts"), []);
  assertEquals(imports("src/linear/memory.ts", "../int/mod.ts"), []);
  assertEquals(imports("src/linear/numeric/div.ts", "../../int/mod.ts"), []);
  assertEquals(imports("src/int/mod.ts", "../argument.ts"), []);
  assertEquals(imports("src/pvm/memory.ts", "../linear/unboxed.ts"), []);
  assertEquals(imports("src/pvm/recompiler/emit.ts", "../mod.ts"), []);
  assertEquals(imports("src/proof/proof.ts", "fast-check"), []);
  assertEquals(imports("model/linear_table.ts", "./linear_slot.ts"), []);
  assertEquals(imports("mod.ts", "./src/arena/mod.ts"), []);
  assertEquals(imports("proofs/int.test.ts", "../src/int/wide.ts"), []);
});

Deno.test("house: a room that reaches elsewhere is found", () => {
  const cases: readonly (readonly [from: string, target: string, message: string])[] = [
    ["src/int/mod.ts", "../linear/mod.ts", "int reaches up a floor, to linear"],
    ["src/result.ts", "./int/mod.ts", "result.ts reaches sideways, to int"],
    ["src/arena/arena.ts", "../linear/mod.ts", "arena reaches sideways, to linear"],
    ["src/linear/memory.ts", "../int/brand.ts", "linear reaches into int past its face"],
    ["src/pvm/memory.ts", "../linear/bounds.ts", "pvm reaches into linear past its face"],
    ["src/pvm/mod.ts", "./recompiler/mod.ts", "pvm reaches up a floor, to recompiler"],
    ["src/attic/mod.ts", "../result.ts", "no floor is known for the room attic"],
    [
      "src/linear/memory.ts",
      "../../model/int.ts",
      "src/ imports model/int.ts, which is not part of it",
    ],
    [
      "src/linear/memory.ts",
      "../../proofs/int.test.ts",
      "src/ imports proofs/int.test.ts, which is not part of it",
    ],
    [
      "src/linear/memory.ts",
      "@std/assert",
      "linear imports @std/assert, a package that is not its own",
    ],
    [
      "src/linear/memory.ts",
      "fast-check",
      "linear imports fast-check, a package that is not its own",
    ],
    ["model/int.ts", "../src/result.ts", "model/ imports src/result.ts; it stands alone"],
    ["model/int.ts", "node:util", "model/ imports node:util; it stands alone"],
    ["mod.ts", "./model/mod.ts", "mod.ts imports model/mod.ts; it re-exports src/ alone"],
    ["mod.ts", "fast-check", "mod.ts imports fast-check; it re-exports src/ alone"],
  ];
  for (const [from, target, message] of cases) assertEquals(imports(from, target), [message]);
});

Deno.test("house: every form of import is read", () => {
  const text = [
    'import "./a.ts";',
    'import type { B } from "./b.ts";',
    'export * from "./c.ts";',
    'const d = await import("./d.ts");',
    'type E = import("./e.ts").E;',
    "// import './f.ts' in a comment, and \"import('./g.ts')\" in a string",
    "const s = \"import './h.ts'\";",
  ].join("\n");
  const found = importsOf({ path: "src/x.ts", text }).map(({ target, line }) => [target, line]);
  assertEquals(found, [["./a.ts", 1], ["./b.ts", 2], ["./c.ts", 3], ["./d.ts", 4], ["./e.ts", 5]]);
});

Deno.test("house: casts, assertions, any, throws and default exports are found", () => {
  assertEquals(syntax("src/linear/x.ts", "const a = b as C;"), ["a cast"]);
  assertEquals(syntax("src/linear/x.ts", "const a = <C> b;"), ["a cast"]);
  assertEquals(syntax("src/linear/x.ts", "const a = b!;"), ["a non-null assertion"]);
  assertEquals(syntax("tools/x.ts", "let a: any;"), ["the type any"]);
  assertEquals(syntax("src/linear/x.ts", "throw 1;"), ["a throw"]);
  assertEquals(syntax("tools/x.ts", "export default 1;"), ["a default export"]);
  assertEquals(syntax("tools/x.ts", "export default function f() {}"), ["a default export"]);
  assertEquals(syntax("model/x.ts", "new Uint8Array(1);"), ["Uint8Array in a model"]);
});

Deno.test("house: what is allowed is not found", () => {
  assertEquals(syntax("src/linear/x.ts", "const a = [1] as const; // as any, throw b!"), []);
  assertEquals(syntax("src/int/brand.ts", "const a = b as C;"), []);
  assertEquals(syntax("src/proof/hostile.ts", "throw 1;"), []);
  assertEquals(syntax("tools/x.ts", "throw 1;"), []);
  assertEquals(
    syntax("src/linear/x.ts", 'import { a as b } from "./a.ts"; export { b as c };'),
    [],
  );
});

Deno.test("house: long files, long functions and odd names are found", () => {
  const lines = (count: number) => "f();\n".repeat(count);
  assertEquals(syntax("src/a.ts", lines(300)), []);
  assertEquals(syntax("src/a.ts", lines(301)), ["301 lines; 300 are allowed"]);
  assertEquals(syntax("model/a.ts", lines(171)), ["171 lines; 170 are allowed"]);
  assertEquals(syntax("src/a.ts", `function g() {\n${lines(58)}}`), []);
  assertEquals(syntax("src/a.ts", `function g() {\n${lines(59)}}`), [
    "a function of 61 lines; 60 are allowed",
  ]);
  assertEquals(syntax("src/pvm/execute.ts", `function g() {\n${lines(59)}}`), []);
  assertEquals(syntax("src/aB.ts", ""), ["the name of the file is not snake_case"]);
  assertEquals(syntax("proofs/a_b.test.ts", ""), []);
});

Deno.test("house: marks, left-out tests and places of one machine are found", () => {
  // Put together here, so that this file does not hold what it looks for.
  const mark = ["TO", "DO"].join("");
  assertEquals(words(`// ${mark}: later`), ["a mark of unfinished work"]);
  assertEquals(words(["Deno.test", "only(f)"].join(".")), [
    "a test that is left out or runs alone",
  ]);
  assertEquals(words(["ignore:", "true"].join(" ")), ["a test that is left out or runs alone"]);
  assertEquals(words(["@ts", "ignore"].join("-")), ["a silenced type check"]);
  assertEquals(words(`see ${["", "home", "me"].join("/")}`), ["a path of one machine"]);
  assertEquals(words(["https:", "", "registry.example.org"].join("/")), ["the host of a registry"]);
  assertEquals(words("tokens.skip(1); cursor.only(2);"), []);
  assertEquals(words("src/home/x.ts and https://example.org/tmp/x"), []);
});

Deno.test("house: a whole tree is read, and an empty one holds nothing", async () => {
  const root = await Deno.makeTempDir();
  try {
    assertEquals(checkHouse(root), { files: 0, published: 0, offences: [] });
    await Deno.mkdir(`${root}/src/int`, { recursive: true });
    await Deno.writeTextFile(`${root}/src/result.ts`, "export const a = 1;\n");
    await Deno.writeTextFile(`${root}/src/int/mod.ts`, 'export * from "../linear/mod.ts";\n');
    const { files, published, offences } = checkHouse(root);
    assertEquals([files, published], [2, 2]);
    assertEquals(offences.length, 1);
    assert(offences[0]?.path === "src/int/mod.ts");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
