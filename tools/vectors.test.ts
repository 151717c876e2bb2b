import { assert, assertEquals } from "@std/assert";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { readVector } from "../src/cli/vector.ts";
import { runVector, WAYS } from "../src/cli/vector_run.ts";
import { importsOf } from "./house/imports.ts";
import { ROOT } from "./process.ts";
import { main } from "./vectors.ts";
import { FAMILIES, withManifest, type Written } from "./vectors/all.ts";
import { arenaFiles, edgesOfArena } from "./vectors/arena.ts";
import { checkFolder } from "./vectors/check/folder.ts";
import { isWritable, readFolder, schemas, writeFolder } from "./vectors/folder.ts";
import { bundle, fieldByField, type JsonObject, type VectorFile } from "./vectors/json.ts";
import { ask } from "./vectors/kernel_code.ts";
import * as compat from "./vectors/kernel_compat_world.ts";
import { imagesFile } from "./vectors/kernel_images.ts";
import { encodingCase } from "./vectors/kernel_ssz.ts";
import { caseOf } from "./vectors/kernel_v3.ts";
import { imageWith, instance } from "./vectors/kernel_world.ts";
import { trace } from "./vectors/linear_memory_trace.ts";
import { linearModuleFile } from "./vectors/linear_module.ts";
import { edgesOfTables } from "./vectors/linear_table.ts";
import { ran, type Setup } from "./vectors/pvm_case.ts";
import { op, program } from "./vectors/pvm_code.ts";
import { cellsOf, coverageText, holesOf } from "./vectors/pvm_coverage.ts";
import { DIALECTS, GAS_MODELS, opcodesOf } from "./vectors/pvm_exits.ts";
import { malformedCases } from "./vectors/pvm_odd.ts";
import { step } from "./vectors/trace.ts";
import { allSteps, type StepCase, stepsOf } from "./vectors/pvm_steps.ts";

const SCHEMAS = schemas();
const CALLS: Setup = {
  name: "calls",
  program: program([
    op("ecalli", { x: 3n }),
    op("load_imm_64", { a: 1, x: 2n ** 63n }),
    op("trap"),
  ]),
  dialect: "javm",
  gasModel: "pipeline",
  gas: 2n ** 64n - 1n,
  pages: [{ address: 0x2_0000, length: 4096, writable: false }],
  memory: [{ address: 0x2_0010, contents: [1, 2, 3] }],
  resume: [{ registers: [[7, 2n ** 64n - 1n]] }],
};

/** A small folder with something of every family. */
function small(): readonly Written[] {
  const pvm = { family: "pvm", kind: "cases", spec: ["Gray Paper, appendix A"] };
  const official: VectorFile = {
    path: "pvm/programs/plain.json",
    head: { ...pvm, kind: "official" },
    count: 1,
    text: fieldByField(
      ran({ ...CALLS, name: "plain", dialect: "gray-paper", gasModel: "block", pc: 5, resume: [] })
        .json,
    ),
  };
  const arena = { family: "arena", spec: ["guest arena ABI"] };
  const leaf = instance(imageWith(ask(0), { bare: true }));
  return withManifest("a test", [
    ...arenaFiles().filter(({ head }) => head.kind === "codec"),
    bundle("arena/traces.json", { ...arena, kind: "traces" }, edgesOfArena()),
    bundle(
      "linear/table.json",
      { family: "linear", kind: "table", spec: ["Wasm"] },
      edgesOfTables(),
    ),
    linearModuleFile(),
    bundle("linear/memory.json", { family: "linear", kind: "memory", spec: ["Wasm"] }, [
      trace("stores", { pages: 1, max: 2, pageBytes: 16 }, [
        step("i64.store", 3, "-2"),
        step("f32.store", 13, "7fc00000"),
        step("i64.load16_s", 9),
        step("memory.grow", 1),
      ]),
    ]),
    imagesFile(),
    bundle("kernel/ssz.json", { family: "kernel", kind: "ssz", spec: ["capabilities"] }, [
      encodingCase([2n, [[0n, [1n, 2n]]]], "data"),
      encodingCase([4n, ["11".repeat(32)]], "type"),
    ]),
    bundle("kernel/compat.json", { family: "kernel", kind: "compat", spec: ["JAVM"] }, [
      compat.caseOf("halts", compat.worldOf([...ask(3, 2), ...ask(0)]), [
        { call: "invoke", gas: 9000n },
        { call: "resume", gas: 1n },
      ]),
    ]),
    bundle(
      "pvm/some.json",
      pvm,
      [CALLS, ...malformedCases().slice(0, 5)].map((each) => ran(each).json),
    ),
    bundle("kernel/v3.json", { family: "kernel", kind: "v3", spec: ["kernel v3"] }, [
      caseOf("leaf", leaf, [{}, { gas: 0n }]),
    ]),
    official,
  ], SCHEMAS);
}

const SMALL = small();

const folderOf = (files: readonly Written[]) =>
  new Map(files.map(({ path, text }) => [path, new TextEncoder().encode(text)]));

/** What is wrong with a folder. */
const wrong = (files: readonly Written[]) =>
  checkFolder(folderOf(files)).flatMap(({ path, problems }) =>
    problems.map((problem) => `${path}: ${problem}`)
  );

/** The folder with the text of one file changed. */
function changed(path: string, from: string, to: string): readonly Written[] {
  return SMALL.map((file) => {
    if (file.path !== path) return file;
    assert(file.text.includes(from), `${path} does not hold ${from}`);
    return { path, text: file.text.replace(from, to) };
  });
}

/** A folder of that file alone, whose manifest knows what it is now. */
function changedAndKnown(path: string, from: string, to: string): readonly Written[] {
  const manifest: { files: { path: string; family: string; kind: string; count: number }[] } = JSON
    .parse(SMALL[0]?.text ?? "");
  const made = changed(path, from, to).flatMap(({ path: at, text }): VectorFile[] => {
    const entry = manifest.files.find((each) => each.path === at);
    if (entry === undefined || at !== path) return [];
    return [{ path, text, count: entry.count, head: { ...entry, spec: ["a test"] } }];
  });
  return withManifest("a test", made, SCHEMAS);
}

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

Deno.test("vectors: a wrong expectation is found in every family, also when the manifest knows it", () => {
  const seeds: readonly (readonly [string, string, string])[] = [
    ["arena/codec.json", '"outcome": { "ok": "0" }', '"outcome": { "ok": "1" }'],
    ["arena/traces.json", '"left": 40', '"left": 41'],
    ["linear/table.json", '"trap": "undefined-element"', '"trap": "table-out-of-bounds"'],
    ["linear/module.json", '"trap": "lease-expired"', '"trap": "out-of-bounds"'],
    ["pvm/some.json", '"expected-pc": 5', '"expected-pc": 6'],
    ["pvm/some.json", "9223372036854775808", "9223372036854775809"],
    ["pvm/some.json", '"problem": "truncated"', '"problem": "trailing"'],
    ["pvm/programs/plain.json", '"expected-status": "panic"', '"expected-status": "halt"'],
    [
      "pvm/programs/plain.json",
      '"contents": [1, 2, 3] }],\n  "expected-gas"',
      '"contents": [1, 2, 4] }],\n  "expected-gas"',
    ],
    ["linear/memory.json", '"ok": "-1"', '"ok": "-2"'],
    ["linear/memory.json", '"trap": "out-of-bounds"', '"ok": null'],
    ["linear/memory.json", '"bytes": "feffff', '"bytes": "fdffff'],
    ["kernel/images.json", '"content-hash": "', '"content-hash": "0'],
    ["kernel/images.json", '"kind": "refused" }', '"kind": "other" }'],
    ["kernel/ssz.json", '"value": [["0", ["1", "2"]]]', '"value": [["0", ["1", "3"]]]'],
    ["kernel/ssz.json", '"cap": "type"', '"cap": "data"'],
    ["kernel/compat.json", '"kind": "invariant"', '"kind": "instance-not-found"'],
    ["kernel/compat.json", '["1", "5000"]', '["1", "5001"]'],
    ["kernel/v3.json", '"depth": 0', '"depth": 1'],
    ["kernel/v3.json", '"kind": "halt", "gas-used": "', '"kind": "halt", "gas-used": "1'],
    ["kernel/v3.json", '"made": [{ "hash": "', '"made": [{ "hash": "00'],
  ];
  for (const [path, from, to] of seeds) {
    const found = wrong(changedAndKnown(path, from, to));
    assert(found.length > 0, `${path}: ${from} became ${to} and was not found`);
    assert(found.every((each) => each.startsWith(path)), found.join("\n"));
  }
});

Deno.test("vectors: what the schemas exclude is found", () => {
  const seeds: readonly (readonly [string, string, string])[] = [
    ["pvm/some.json", '"gas-model"', '"gas"'],
    ["pvm/some.json", '"javm"', '"other"'],
    ["pvm/programs/plain.json", '"initial-pc"', '"dialect": "javm",\n  "initial-pc"'],
    ["arena/codec.json", '"op": "pack"', '"op": "packs"'],
    ["kernel/v3.json", '"gas-used": "', '"gas-used": "x'],
    ["linear/table.json", '"kind": "table"', '"kind": "memory"'],
    ["linear/module.json", '"version": 1', '"version": 2'],
  ];
  for (const [path, from, to] of seeds) {
    const found = wrong(changedAndKnown(path, from, to));
    assert(found.some((each) => each.includes("not valid")), `${path}: ${found.join()}`);
  }
  const manifest = SMALL.map((file, i) =>
    i > 0 ? file : { ...file, text: file.text.replace('"version": 1', '"version": "1"') }
  );
  assert(wrong(manifest).some((each) => each.startsWith("manifest.json: not valid")));
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
