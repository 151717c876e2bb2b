import { assertEquals, assertThrows } from "@std/assert";
import { collectBenchmarks } from "../bench/_kit/collect.ts";
import { type Bench, headOf, ratioRows, refreshed, rowsIn } from "./bench_table.ts";

function bench(group: string, name: string, min: number, baseline = false): Bench {
  return { group, name, baseline, results: [{ ok: { min } }] };
}

const FIGURES = [
  { runtime: "Deno", benches: [bench("load", "bare", 2, true), bench("load", "ours", 5)] },
  { runtime: "Node", benches: [bench("load", "ours", 30), bench("load", "bare", 1, true)] },
];
const ROWS = ["| load | ours | bare | 2.50× | 30× |"];

Deno.test("bench table: ratios to the baseline of the group, in each runtime", () => {
  assertEquals(ratioRows(FIGURES), ROWS);
});

Deno.test("bench table: a group without a baseline and a missing figure are errors", () => {
  const lonely = [{ runtime: "Deno", benches: [bench("load", "ours", 5)] }];
  assertThrows(() => ratioRows(lonely), Error, "no baseline");
  const partial = [...FIGURES, { runtime: "Bun", benches: [bench("load", "bare", 1, true)] }];
  assertThrows(() => ratioRows(partial), Error, "Bun has no figure");
});

Deno.test("bench table: the rows that the README shows are refreshed, and no others", () => {
  const readme = "a\n<!-- figures -->\n| x |\n| --- |\n| load | ours | old | 9 | 9 |\n" +
    "<!-- end of figures -->\nb\n";
  const text = refreshed(readme, headOf(["Deno", "Node"]), ROWS);
  assertEquals(rowsIn(text), ["| load | ours | bare | 2.50× | 30× |"]);
  assertEquals([text.startsWith("a\n"), text.endsWith("\nb\n")], [true, true]);
  assertThrows(() => refreshed(readme, [], []), Error, "no benchmark is called load: ours");
});

Deno.test("bench kit: every form of Deno.bench is collected", () => {
  const real = Object.getOwnPropertyDescriptor(globalThis, "Deno");
  const fn = () => {};
  try {
    const collected = collectBenchmarks();
    Deno.bench("a", fn);
    Deno.bench({ name: "b", group: "g", baseline: true }, fn);
    Deno.bench({ name: "c", fn });
    Deno.bench("d", { group: "g" }, fn);
    assertEquals(collected, [
      { name: "a", fn },
      { name: "b", group: "g", baseline: true, fn },
      { name: "c", fn },
      { name: "d", group: "g", fn },
    ]);
  } finally {
    if (real !== undefined) Object.defineProperty(globalThis, "Deno", real);
  }
});
