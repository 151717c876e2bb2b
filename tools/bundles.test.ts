import { assertEquals } from "@std/assert";
import { stop } from "esbuild";
import { line, problemsOf, roomOf, unmeasured } from "./bundles.ts";
import { measure } from "./bundles_measure.ts";

const WANTED = { name: "a", file: "src/a/mod.ts", limitBytes: 100, rooms: ["int", "a"] };

Deno.test("bundles: too many bytes, another room and an empty bundle are problems", () => {
  const parts = [{ path: "src/a/mod.ts", bytes: 9 }, { path: "src/result.ts", bytes: 1 }];
  assertEquals(problemsOf(WANTED, { bytes: 200, gzipBytes: 100, parts }), []);
  assertEquals(problemsOf(WANTED, { bytes: 200, gzipBytes: 101, parts }), [
    "101 bytes are more than 100",
  ]);
  const more = [...parts, { path: "src/pvm/machine.ts", bytes: 1 }];
  assertEquals(problemsOf(WANTED, { bytes: 200, gzipBytes: 100, parts: more }), [
    "it pulls in src/pvm/machine.ts",
  ]);
  assertEquals(problemsOf(WANTED, { bytes: 0, gzipBytes: 20, parts: [] }), ["nothing is in it"]);
});

Deno.test("bundles: the room of a module", () => {
  assertEquals(roomOf("src/linear/load.ts"), "linear");
  assertEquals(roomOf("src/linear/numeric/i32.ts"), "linear/numeric");
  assertEquals(roomOf("src/pvm/recompiler/mod.ts"), "pvm/recompiler");
  assertEquals(roomOf("model/mod.ts"), "model");
  assertEquals(roomOf("src/result.ts"), undefined);
});

Deno.test("bundles: an export that is not measured is told", () => {
  assertEquals(unmeasured({ "./linear": "./src/linear/mod.ts", "./new": "./src/new.ts" }), [
    "./new",
  ]);
});

Deno.test("bundles: a line has name, sizes, limit and modules", () => {
  const bundle = { bytes: 12_345, gzipBytes: 99, parts: [{ path: "x", bytes: 1 }] };
  assertEquals(
    line(WANTED, bundle, false).replaceAll(/ +/g, " "),
    "a 12,345 99 100 1 FAILED",
  );
});

Deno.test("bundles: what nobody uses is not in a bundle", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      `${root}/mod.ts`,
      'export * from "./a.ts";\nexport * from "./b.ts";\n',
    );
    await Deno.writeTextFile(`${root}/a.ts`, "export const a: number = Math.random();\n");
    await Deno.writeTextFile(`${root}/b.ts`, "export const b: number = Math.random();\n");
    const all = await measure(root, "mod.ts");
    assertEquals(all.parts.map(({ path }) => path).sort(), ["a.ts", "b.ts"]);
    const one = await measure(root, "mod.ts", ["b"]);
    assertEquals(one.parts.map(({ path }) => path), ["b.ts"]);
    assertEquals(one.bytes > 0 && one.gzipBytes > 0, true);
  } finally {
    await stop();
    await Deno.remove(root, { recursive: true });
  }
});
