import { assertEquals } from "@std/assert";
import ts from "typescript";
import { EQUIVALENT, staleEntries } from "./mutate/equivalent.ts";
import { type Fault, faultsOf, withFault } from "./mutate/operators.ts";
import type { Verdict } from "./mutate/record.ts";
import { filesOf, proofFilesOf, ROOMS, SUBJECTS } from "./mutate/rooms.ts";
import { inDrawnOrder } from "./mutate/sample.ts";
import { switched } from "./mutate/switched.ts";
import { strengthText } from "./mutate/text.ts";
import { ROOT } from "./process.ts";

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

Deno.test("mutate: a fault keeps its name when other lines change", () => {
  const idsOf = (text: string) => faultsOf({ path: "src/x.ts", text }).map(({ id }) => id);
  const before = idsOf("const a = x < y;\nconst b = 1;");
  const after = idsOf("const b = 1;\nconst c = 2;\nconst a = x < y;");
  assertEquals(before.every((id) => after.includes(id)), true);
  assertEquals(new Set(idsOf("const a = 1 + 1;")).size, 5);
});

Deno.test("mutate: all faults stand in one text behind switches, and none changes the source", () => {
  const text = [
    "const table = { 1: a < b ? 7 : 8 };",
    "function f(x) { if (!x) return 1; g(x - 2); return x === 'a' && true; }",
  ].join("\n");
  const file = { path: "src/x.ts", text };
  const faults = faultsOf(file);
  const numbers = new Map(faults.map(({ id }, at) => [id, at + 1]));
  const all = switched(file, ({ id }) => numbers.get(id), "switch");
  for (const [number, fault] of [undefined, ...faults].entries()) {
    const chosen = folded(
      all.replaceAll(/ringfenceFault === (\d+)/g, (_, n) => `${+n === number}`),
    );
    const expected = fault === undefined ? text : withFault(text, fault);
    assertEquals(folded(chosen), folded(expected), `fault ${number}`);
  }
});

/** A text with the switches decided, and without what does not change its meaning. */
function folded(text: string): string {
  const decided = simplified(text);
  return decided.replaceAll(/[\s(){};[\]]/g, "").replaceAll('"', "'");
}

/** Chooses between the branches of conditions that are `true` or `false`. */
function simplified(text: string): string {
  const tree = ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true);
  const isKnown = (node: ts.Expression): boolean | undefined => {
    if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
    if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
    if (!ts.isBinaryExpression(node)) return undefined;
    const [left, right] = [isKnown(node.left), isKnown(node.right)];
    return left === undefined || right === undefined ? undefined : left || right;
  };
  const print = (node: ts.Node): string => {
    if (ts.isConditionalExpression(node)) {
      const known = isKnown(node.condition);
      if (known !== undefined) return print(known ? node.whenTrue : node.whenFalse);
    }
    if (ts.isIfStatement(node) && node.elseStatement !== undefined) {
      const known = isKnown(node.expression);
      if (known !== undefined) return print(known ? node.thenStatement : node.elseStatement);
    }
    let out = "";
    let at = node.getFullStart();
    ts.forEachChild(node, (child) => {
      out += text.slice(at, child.getFullStart()) + print(child);
      at = child.getEnd();
    });
    return out + text.slice(at, node.getEnd());
  };
  return print(tree);
}

Deno.test("mutate: the order is drawn with a seed, and hangs on each fault alone", () => {
  const faults = faultsOf({ path: "src/x.ts", text: "const a = [1, 2, 3, 4, 5, 6, 7];" });
  const names = (list: readonly Fault[]) => list.map(({ id }) => id);
  const order = names(inDrawnOrder(faults, 1));
  assertEquals(names(inDrawnOrder(faults.toReversed(), 1)), order);
  assertEquals(names(inDrawnOrder(faults, 2)).join() === order.join(), false);
  const some = names(inDrawnOrder(faults.slice(3), 1));
  assertEquals(some, order.filter((id) => some.includes(id)));
});

Deno.test("mutate: every entry of the lists of equivalents is a fault of the source", () => {
  const named = new Set(EQUIVALENT.map(({ path }) => path));
  const files = ROOMS.flatMap((room) => filesOf(ROOT, room)).filter(({ path }) => named.has(path));
  const faults = files.flatMap(faultsOf);
  assertEquals(staleEntries(faults), []);
  assertEquals(staleEntries([]).length, EQUIVALENT.length);
});

Deno.test("mutate: a score counts what was found of what was judged", () => {
  const faults = faultsOf({ path: "src/x.ts", text: "const a = [1, 2, 3];" });
  const kinds: readonly Verdict[] = ["failed", "ended", "crashed", "passed", "unreached"];
  const verdicts = new Map(
    kinds.map((kind, at) => [faults[at]?.id ?? "", kind] as const),
  );
  const measurement = { room: "int", seed: 3, effort: 1, leftOut: [], verdicts };
  const lines = strengthText([{ measurement, faults }]).split("\n");
  assertEquals(lines.filter((line) => line.startsWith("| int")), [
    "| int | 6 | 5 | 83% | 3 | 1 | 0 | 2 | 60.0% |",
  ]);
  assertEquals(lines.filter((line) => line.startsWith("| src")), [
    "| src/x.ts:1 | `2` | `(1)` | yes |",
    "| src/x.ts:1 | `3` | `(4)` | no |",
  ]);
});

Deno.test("mutate: what is a part of the judge has faults only in what its proofs are about", () => {
  for (const [room, subject] of Object.entries(SUBJECTS)) {
    assertEquals(ROOMS.includes(room), true);
    const name = subject.replace("proofs/", "./");
    for (const { path, text, own } of proofFilesOf(ROOT, room)) {
      assertEquals([path, own, text.includes(`"${name}"`)], [path, true, true]);
    }
  }
});
