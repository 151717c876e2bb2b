/** A small folder of vectors, and what a check says of it when something is changed. */

import { assert } from "@std/assert";
import { withManifest, type Written } from "./vectors/all.ts";
import { arenaFiles, edgesOfArena } from "./vectors/arena.ts";
import { checkFolder } from "./vectors/check/folder.ts";
import type { Folder } from "./vectors/check/read_folder.ts";
import { schemas } from "./vectors/folder.ts";
import { bundle, fieldByField, type VectorFile } from "./vectors/json.ts";
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
import { malformedCases } from "./vectors/pvm_odd.ts";
import { step } from "./vectors/trace.ts";

/** The schemas of the project. */
export const SCHEMAS: readonly Written[] = schemas();
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
export function small(): readonly Written[] {
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
    bundle("pvm/heap.json", pvm, [
      ran({ ...CALLS, name: "heap", heap: { base: 0x3_0000, top: 0x3_0000, maxPages: 1 } }).json,
    ]),
    bundle("kernel/v3.json", { family: "kernel", kind: "v3", spec: ["kernel v3"] }, [
      caseOf("leaf", leaf, [{}, { gas: 0n }]),
    ]),
    official,
  ], SCHEMAS);
}

/** That folder. */
export const SMALL: readonly Written[] = small();

/** Files as a check takes them. */
export const folderOf = (files: readonly Written[]): Folder =>
  new Map(files.map(({ path, text }) => [path, new TextEncoder().encode(text)]));

/** What is wrong with a folder. */
export const wrong = (files: readonly Written[]): readonly string[] =>
  checkFolder(folderOf(files)).flatMap(({ path, problems }) =>
    problems.map((problem) => `${path}: ${problem}`)
  );

/** The folder with the text of one file changed. */
export function changed(path: string, from: string, to: string): readonly Written[] {
  return SMALL.map((file) => {
    if (file.path !== path) return file;
    assert(file.text.includes(from), `${path} does not hold ${from}`);
    return { path, text: file.text.replace(from, to) };
  });
}

/** A folder of that file alone, whose manifest knows what it is now. */
export function changedAndKnown(path: string, from: string, to: string): readonly Written[] {
  const manifest: { files: { path: string; family: string; kind: string; count: number }[] } = JSON
    .parse(SMALL[0]?.text ?? "");
  const made = changed(path, from, to).flatMap(({ path: at, text }): VectorFile[] => {
    const entry = manifest.files.find((each) => each.path === at);
    if (entry === undefined || at !== path) return [];
    return [{ path, text, count: entry.count, head: { ...entry, spec: ["a test"] } }];
  });
  return withManifest("a test", made, SCHEMAS);
}

/** A file of the folder as it is read, and the same folder with that file changed. */
export function edited(path: string, edit: (cases: Row[]) => void): readonly string[] {
  const file = SMALL.find((each) => each.path === path);
  const bundle: { cases: Row[] } = JSON.parse(file?.text ?? "");
  edit(bundle.cases);
  return wrong(changedAndKnown(path, file?.text ?? "", JSON.stringify(bundle)));
}

/** An object of a file, whose fields are looked into. */
export type Row = Record<string, unknown>;

/** The objects that a path of fields leads to; through lists to all of their items. */
export function reached(from: unknown, path: readonly string[]): readonly Row[] {
  if (Array.isArray(from)) return from.flatMap((each) => reached(each, path));
  if (typeof from !== "object" || from === null) return [];
  const [name, ...rest] = path;
  return name === undefined ? [Object(from)] : reached(Reflect.get(from, name), rest);
}
