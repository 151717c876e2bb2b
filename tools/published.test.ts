import { assertEquals } from "@std/assert";
import { compareLists, expectedFiles, listedFiles } from "./published.ts";
import { ROOT } from "./process.ts";

Deno.test("published: the list of a dry run is read", () => {
  const text = "Simulating publish of @x/y@0.1.0 with files:\n" +
    "   file:///a%20b/src/mod.ts (1.5KB)\n   file:///a%20b/LICENSE (12B)\nSuccess Dry run complete\n";
  assertEquals(listedFiles(text, "file:///a%20b/"), ["LICENSE", "src/mod.ts"]);
});

Deno.test("published: what is too much and what is missing are both named", () => {
  assertEquals(compareLists(["a", "b"], ["a", "b"]), []);
  assertEquals(compareLists(["a", "x"], ["a", "b"]), ["not to publish: x", "not published: b"]);
});

Deno.test("published: sources and papers are expected, tests and tools are not", () => {
  const files = expectedFiles(ROOT);
  for (const file of ["src/result.ts", "model/mod.ts", "mod.ts", "LICENSE", "deno.json"]) {
    assertEquals([file, files.includes(file)], [file, true]);
  }
  assertEquals(files.filter((file) => /^(tools|proofs|bench|docs|examples|\.)/.test(file)), []);
});
