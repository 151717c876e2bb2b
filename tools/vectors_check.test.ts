import { assert, assertEquals } from "@std/assert";
import { parseExact } from "../src/cli/exact_json.ts";
import { checkImages } from "./vectors/check/kernel.ts";
import { checkPvm } from "./vectors/check/pvm.ts";
import { changedAndKnown, edited, reached, type Row, SMALL, wrong } from "./vectors_small.ts";

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

Deno.test("vectors: a number of far too many digits is called that", () => {
  for (const path of ["pvm/some.json", "kernel/v3.json"]) {
    const found = wrong(changedAndKnown(path, '"version": 1', `"version": ${"1".repeat(2 ** 24)}`));
    assertEquals(found, [`${path}: it is no JSON: a number of more than 4096 characters`]);
  }
});

Deno.test("vectors: a field that the writer always writes cannot be left out", () => {
  const ended = ["calls", "outcome", "ok"];
  const fields: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["kernel/ssz.json", [], ["value", "cap"]],
    ["kernel/compat.json", [], ["tables", "limits", "caps"]],
    ["kernel/compat.json", ["tables"], ["catchers", "quotas", "files"]],
    ["kernel/compat.json", ["calls"], ["tables", "args", "endpoint", "instance", "made", "depth"]],
    ["kernel/compat.json", ["calls", "tables"], ["catchers"]],
    ["kernel/compat.json", ended, ["slot0", "gas-used"]],
    ["kernel/v3.json", ["limits"], ["host-markers"]],
    ["kernel/v3.json", ["tables"], ["meters"]],
    ["kernel/v3.json", ["calls"], ["tables", "trace", "instance", "args", "endpoint"]],
    ["kernel/v3.json", ended, ["post", "value"]],
    ["pvm/heap.json", [], ["expected-heap-top", "initial-heap"]],
    ["pvm/heap.json", ["resume"], ["expected-heap-top"]],
  ];
  for (const [path, at, names] of fields) {
    for (const name of names) {
      const found = edited(path, (cases) => {
        const rows = reached(cases, at).filter((row) => row[name] !== undefined);
        assert(rows.length > 0, `${path}: nothing has ${name}`);
        for (const row of rows) delete row[name];
      });
      assert(found.some((each) => each.includes("not valid")), `${path}: ${name}: ${found.join()}`);
    }
  }
});

Deno.test("vectors: what a page fault, an operation and a pause say is asked for", () => {
  const seeds: readonly (readonly [string, object])[] = [
    ["kernel/compat.json", { kind: "faulted", "gas-used": "1", reason: { kind: "page-fault" } }],
    ["kernel/compat.json", { kind: "paused", "gas-used": "1" }],
    ["kernel/v3.json", { kind: "faulted", "gas-used": "1", reason: { kind: "operation-failed" } }],
    ["kernel/v3.json", { kind: "faulted", "gas-used": "1", reason: { kind: "trap", address: 1 } }],
    ["kernel/v3.json", { kind: "paused", "gas-used": "1", post: "11".repeat(32) }],
  ];
  for (const [path, ok] of seeds) {
    const found = edited(path, (cases) => {
      for (const call of reached(cases, ["calls"])) call.outcome = { ok };
    });
    assert(found.some((each) => each.includes("not valid")), `${path}: ${found.join()}`);
  }
});

Deno.test("vectors: what becomes of an image with slots to begin with is looked into", () => {
  const file = SMALL.find(({ path }) => path === "kernel/images.json");
  const bundle: { cases: Row[] } = JSON.parse(file?.text ?? "");
  const [each] = reached(bundle, ["cases"]).filter(({ name }) => name === "initial");
  assertEquals(checkImages(each), undefined);
  const others = [{ ok: "11".repeat(32) }, { error: { kind: "refusedx" } }];
  for (const v3 of others) assert(checkImages({ ...each, v3 })?.includes("v3"));
  const refused = { error: { kind: "refused" } };
  const [wide] = reached(bundle, ["cases"]).filter(({ name }) => name === "endpoint_64");
  assert(checkImages({ ...wide, compat: refused })?.includes("compat"));
});

Deno.test("vectors: what no machine can be, and what a malformed blob changes, is found", () => {
  const plain = parseExact(SMALL.find(({ path }) => path.endsWith("/plain.json"))?.text ?? "");
  const cases = parseExact(SMALL.find(({ path }) => path === "pvm/some.json")?.text ?? "");
  assert(plain.ok && cases.ok);
  const [good] = reached(plain.value, []);
  const bad = reached(cases.value, ["cases"]).find((row) => row["expected-error"] !== undefined);
  assert(good !== undefined && bad !== undefined);
  const pages = (...given: readonly (readonly [number, number])[]) => ({
    "initial-page-map": given.map(([address, length]) => ({
      address,
      length,
      "is-writable": true,
    })),
  });
  const seeds: readonly (readonly [Row, Row, RegExp])[] = [
    [good, pages([0x2_0000, 4095]), /no whole pages/],
    [good, pages([0x2_0001, 4096]), /no whole pages/],
    [good, pages([0x2_0000, 8192], [0x2_1000, 4096]), /twice/],
    [good, pages([0xffff_f000, 8192]), /beyond/],
    [good, pages([0x2_0000, 2 ** 29]), /too many/],
    [good, { program: [0, 0, 2, 40, 0, 1], "initial-gas": 2 ** 40, "initial-pc": 0 }, /runs on/],
    [bad, { "expected-gas": 1 }, /gas/],
    [bad, { "expected-pc": 1 }, /pc/],
    [bad, { "expected-regs": Array.from({ length: 13 }, () => 9) }, /registers/],
    [bad, { "expected-page-map": pages([0x2_0000, 4096])["initial-page-map"] }, /pages/],
    [bad, { "expected-error": { field: "x" } }, /error/],
  ];
  const judge = (row: Row) => {
    try {
      return checkPvm(row) ?? "";
    } catch (mistake) {
      return String(mistake);
    }
  };
  assertEquals([judge(good), judge(bad)], ["", ""]);
  for (const [row, changes, reason] of seeds) {
    const found = judge({ ...row, ...changes });
    assert(reason.test(found), `${JSON.stringify(changes)}: ${found}`);
  }
});
