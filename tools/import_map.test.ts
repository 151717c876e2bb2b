import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  chooseImportMap,
  configuredImports,
  jsrPackages,
  STAND_INS,
  withStandIns,
} from "./import_map.ts";
import { deno } from "./process.ts";

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("import map: where JSR answers, deno.json serves", () =>
  inFolder(async (folder) => {
    const asked: string[] = [];
    const { file, reason } = await chooseImportMap(folder, (packages) => {
      asked.push(...packages);
      return Promise.resolve(true);
    });
    assertEquals(file, undefined);
    assertEquals(asked, [...jsrPackages(configuredImports())]);
    assertStringIncludes(reason, "from JSR");
    assertEquals(Array.from(Deno.readDirSync(folder)), []);
  }));

Deno.test("import map: where JSR does not answer, the stand-ins work", () =>
  inFolder(async (folder) => {
    const { file, reason } = await chooseImportMap(folder, () => Promise.resolve(false));
    assertStringIncludes(reason, "JSR cannot be reached");
    assertEquals(reason.includes("\n"), false);
    const program = `${folder}/program.ts`;
    await Deno.writeTextFile(
      program,
      'import { assertEquals } from "@std/assert";\n' +
        'import { ok } from "@ringfence/core";\n' +
        'assertEquals(ok(1), { ok: true, value: 1 });\nconsole.log("held");\n',
    );
    const { code, text } = await deno(["run", "--no-check", `--import-map=${file}`, program]);
    assertEquals([code, text], [0, "held\n"]);
  }));

Deno.test("import map: every package of JSR has a stand-in", () => {
  for (const [name, target] of Object.entries(configuredImports())) {
    assertEquals(target.startsWith("jsr:"), name in STAND_INS);
  }
});

Deno.test("import map: nothing but what comes from JSR is changed", () => {
  const imports = { "a": "npm:a@1", "@std/x": "jsr:@std/x@1", "own": "./own.ts" };
  const mapped = withStandIns(imports, { "@std/x": "./tools/x.ts" }, "/root dir");
  assertEquals(mapped, {
    "a": "npm:a@1",
    "@std/x": "file:///root%20dir/tools/x.ts",
    "own": "file:///root%20dir/own.ts",
  });
});
