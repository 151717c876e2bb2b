import { assertEquals } from "@std/assert";
import { faultsOf, withFault } from "./mutate/operators.ts";
import { strengthText } from "./mutate/text.ts";

/** The texts that the operators make of a text. */
function variants(text: string): readonly string[] {
  return faultsOf({ path: "src/x.ts", text }).map((fault) => withFault(text, fault));
}

Deno.test("mutate: each operator makes its faults", () => {
  assertEquals(variants("f(a < b);").slice(1), ["f(a <= b);"]);
  assertEquals(variants("x = a - b;").slice(1), ["x = a + b;", "x = (b) - (a);"]);
  assertEquals(variants("const x = a >>> b;"), ["const x = a >> b;", "const x = (b) >>> (a);"]);
  assertEquals(variants("const x = a && b;"), ["const x = a || b;"]);
  assertEquals(variants("const x = 0x10;"), ["const x = (17);", "const x = (15);"]);
  assertEquals(variants("const x = 7n;"), ["const x = (8n);", "const x = (6n);"]);
  assertEquals(variants("const x = a ? b : c;"), ["const x = !(a) ? b : c;"]);
  assertEquals(variants("const x = !a;"), ["const x = (a);"]);
  assertEquals(variants("const x = true;"), ["const x = false;"]);
  assertEquals(variants('const x = { kind: "a" };'), ['const x = { kind: "a_" };']);
  assertEquals(variants("f();"), [";"]);
  assertEquals(variants("const f = () => { if (a) return b; return c; };"), [
    "const f = () => { if (!(a)) return b; return c; };",
    "const f = () => { if (a) ; return c; };",
  ]);
});

Deno.test("mutate: types, imports and messages are left alone", () => {
  assertEquals(variants('import { a } from "./a.ts";'), []);
  assertEquals(variants('type T = { kind: "a"; size: 3 };'), []);
  assertEquals(variants('const x = f("a");'), []);
  assertEquals(variants('const x = { message: "a" };'), []);
});

Deno.test("mutate: a score counts what was found of what was judged", () => {
  const fault = { path: "src/x.ts", line: 1, text: "", operator: "bits", from: "|", to: "&" };
  const text = strengthText([{
    room: "int",
    faults: 10,
    seed: 3,
    effort: 1,
    leftOut: [],
    judged: [
      { ...fault, verdict: "failed" },
      { ...fault, verdict: "ended" },
      { ...fault, verdict: "crashed" },
      { ...fault, verdict: "passed" },
    ],
  }]);
  const rows = text.split("\n").filter((line) => line.startsWith("| int"));
  assertEquals(rows, ["| int | 10 | 4 (a sample, seed 3) | 3 | 1 | 0 | 1 | 75.0% |"]);
});
