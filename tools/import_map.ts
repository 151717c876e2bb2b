/**
 * The import map of a test run: that of `deno.json`, with a stand-in for `@std` where JSR cannot be
 * reached.
 */

import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { deno, ROOT } from "./process.ts";

/** The packages of JSR that tests use, and the files that stand in for them. */
export const STAND_INS: Readonly<Record<string, string>> = {
  "@std/assert": "./tools/std/assert.ts",
};

/** How long JSR may take to answer. */
const PATIENCE_MS = 20_000;

/** Names of modules and where they come from. */
export type Imports = Readonly<Record<string, string>>;

/** The imports that `deno.json` lists. */
export function configuredImports(): Imports {
  const config: { imports: Imports } = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json")));
  return config.imports;
}

/** The packages among them that come from JSR. */
export function jsrPackages(imports: Imports): readonly string[] {
  return Object.values(imports).filter((target) => target.startsWith("jsr:"));
}

/** The imports as a map in another folder needs them: stand-ins for JSR, and whole addresses. */
export function withStandIns(imports: Imports, standIns: Imports, root: string): Imports {
  const base = pathToFileURL(join(root, "/"));
  const entries = Object.entries(imports).map(([name, target]) => {
    const chosen = target.startsWith("jsr:") ? standIns[name] : target;
    if (chosen === undefined) throw new Error(`there is no stand-in for ${name}`);
    return [name, chosen.startsWith(".") ? new URL(chosen, base).href : chosen] as const;
  });
  return Object.fromEntries(entries);
}

/** Whether Deno gets every one of these packages from JSR, now or from its cache. */
export async function canLoad(packages: readonly string[]): Promise<boolean> {
  const ending = await deno(["cache", "--quiet", "--no-lock", ...packages], {
    timeoutMs: PATIENCE_MS,
  });
  return ending.code === 0;
}

/** A chosen import map. */
export interface Choice {
  /** The file of the map; without one, `deno.json` serves. */
  readonly file: string | undefined;
  /** What was chosen, in one line. */
  readonly reason: string;
}

/**
 * Chooses between JSR and the stand-ins.
 *
 * @param folder Where to write the map, should there be one.
 * @param reachable Finds out whether packages can be loaded.
 */
export async function chooseImportMap(
  folder: string,
  reachable: (packages: readonly string[]) => Promise<boolean> = canLoad,
): Promise<Choice> {
  const imports = configuredImports();
  const packages = jsrPackages(imports);
  if (await reachable(packages)) {
    return { file: undefined, reason: `${packages.join(", ")} from JSR` };
  }
  const file = join(folder, "import_map.json");
  const map = { imports: withStandIns(imports, STAND_INS, ROOT) };
  await Deno.writeTextFile(file, JSON.stringify(map, undefined, 2));
  return {
    file,
    reason: `JSR cannot be reached, so tools/std/ stands in for ${packages.join(", ")}`,
  };
}
