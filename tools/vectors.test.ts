import { assert, assertEquals } from "@std/assert";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { readVector } from "../src/cli/vector.ts";
import { runVector, WAYS } from "../src/cli/vector_run.ts";
import { importsOf } from "./house/imports.ts";
import { ROOT } from "./process.ts";
import { main } from "./vectors.ts";
import { FAMILIES } from "./vectors/all.ts";
import { isWritable, writeFolder } from "./vectors/folder.ts";
import { readFolder } from "./vectors/check/read_folder.ts";
import type { JsonObject } from "./vectors/json.ts";
import { cellsOf, coverageText, holesOf } from "./vectors/pvm_coverage.ts";
import { DIALECTS, GAS_MODELS, opcodesOf } from "./vectors/pvm_exits.ts";
import { allSteps, type StepCase, stepsOf } from "./vectors/pvm_steps.ts";
import { changed, SMALL, small, wrong } from "./vectors_small.ts";

Deno.test("vectors: a folder that is right has no problem", () => {
  assertEquals(wrong(SMALL), []);
});

Deno.test("vectors: a missing, an added and an altered file are found", () => {
  const without = (path: string) => SMALL.filter((file) => file.path !== path);
  assertEquals(wrong(without("pvm/some.json")), ["pvm/some.json: it is missing"]);
  assertEquals(wrong(without("manifest.json")), ["manifest.json: it is missing"]);
  assert(wrong(without("schemas/arena.schema.json")).some((each) => each.includes("is missing")));
  const extra = [...SMALL, { path: "pvm/other.json", text: "{}" }];
  assertEquals(wrong(extra), ["pvm/other.json: the manifest lacks it"]);
  assertEquals(wrong(changed("arena/codec.json", "pack_0", "pack_X")), [
    "arena/codec.json: its SHA-256 is another one",
  ]);
  const cut = wrong(changed("arena/codec.json", "pack_0", "pack"));
  assertEquals(cut.length, 2, cut.join());
});

Deno.test("vectors: the writers import nothing of src/", () => {
  const seen = new Set<string>();
  const outside = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = readFileSync(join(ROOT, path), "utf8");
    for (const { target } of importsOf({ path, text })) {
      if (target.startsWith(".")) visit(posix.join(posix.dirname(path), target));
      else outside.add(target);
    }
  };
  visit("tools/vectors/all.ts");
  assert(seen.has("model/pvm.ts") && seen.has("tools/vectors/pvm_steps.ts"));
  assertEquals(
    [...seen].filter((path) => !/^(model|tools\/vectors)\/[a-z0-9_]+\.ts$/.test(path)),
    [],
  );
  assertEquals([...outside].sort(), ["@noble/hashes/blake2.js", "@noble/hashes/sha2.js"]);
});

Deno.test("vectors: the same again is the same, byte for byte", () => {
  assertEquals(small(), SMALL);
  const texts = () => FAMILIES.arena?.().map(({ text }) => text);
  assertEquals(texts(), texts());
});

const [DIALECT] = DIALECTS;

Deno.test("vectors: the coverage has no hole, and a seeded one is seen", () => {
  assert(DIALECT !== undefined);
  const steps: StepCase[] = GAS_MODELS.flatMap((gasModel) => [...allSteps(DIALECT, gasModel)]);
  const cells = (cases: readonly StepCase[]) =>
    cellsOf(cases).filter((cell) => cell.dialect === DIALECT);
  assertEquals(holesOf(cells(steps)), []);
  assert(!coverageText(cellsOf(steps), 1).includes("undefined"));
  const without = steps.filter(({ opcode, exit, gasModel }) =>
    opcode.mnemonic !== "jump" || exit !== "panic" || gasModel !== "block"
  );
  assertEquals(holesOf(cells(without)), [
    `jump (${DIALECT}, block): panic: there is no case`,
  ]);
  const [odd] = steps;
  assert(odd !== undefined);
  const wild = holesOf(cells([...steps, { ...odd, exit: "ecall" }]));
  assertEquals(wild.length, 1);
  assert(wild[0]?.includes("impossible"));
});

Deno.test("vectors: a plain program is a vector of the command conformance", () => {
  const text = SMALL.find(({ path }) => path === "pvm/programs/plain.json")?.text ?? "";
  const vector = readVector(text);
  assert(vector.ok);
  for (const way of WAYS) assertEquals(runVector(vector.value, way), []);
});

Deno.test("vectors: every opcode of a dialect has steps of its own", () => {
  for (const dialect of DIALECTS) {
    const [opcode] = opcodesOf(dialect);
    assert(opcode !== undefined);
    const names = stepsOf(opcode, dialect, "block").map(({ json }: { json: JsonObject }) =>
      json.name
    );
    assertEquals(new Set(names).size, names.length);
  }
});

Deno.test("vectors: a folder is written, written anew, and not where other things are", () => {
  const folder = Deno.makeTempDirSync();
  try {
    assert(isWritable(folder));
    writeFolder(folder, SMALL);
    assert(isWritable(folder));
    assertEquals([...readFolder(folder).keys()].sort(), SMALL.map(({ path }) => path).sort());
    const fewer = SMALL.filter(({ path }) => path !== "pvm/programs/plain.json");
    writeFolder(folder, fewer);
    assertEquals(readFolder(folder).size, fewer.length);
    assertEquals(main([folder, "--check", "--json"]), 1);
    writeFolder(folder, SMALL);
    assertEquals(main([folder, "--check", "--json"]), 0);
    Deno.removeSync(join(folder, "manifest.json"));
    assert(!isWritable(folder));
    assertEquals(main([folder]), 1);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("vectors: wrong arguments are told, and help is no mistake", () => {
  // The empty name would be the folder that one stands in.
  for (const wrong of [[], [""], ["a", "b"], ["a", "--other"]]) assertEquals(main(wrong), 2);
  assertEquals(main(["--help"]), 0);
  assertEquals(main(["/nowhere/at/all", "--check"]), 1);
});
