/** A copy of the project in a folder of its own, as Bun and Node need it. */

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { readTree } from "./house/tree.ts";
import { npm, ROOT } from "./process.ts";

/** What the copy is for: Bun runs TypeScript as it is, Node 20 needs JavaScript. */
export type Language = "typescript" | "javascript";

/** Names of packages and their versions. */
export type Packages = Readonly<Record<string, string>>;

interface Config {
  readonly name: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly imports: Readonly<Record<string, string>>;
}

/** A module with its types taken out; it imports others by `.js`. */
export function toJavaScript(text: string, fileName: string): string {
  return ts.transpileModule(text, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  }).outputText;
}

function inLanguage(path: string, language: Language): string {
  return language === "javascript" ? path.replace(/\.ts$/, ".js") : path;
}

/** The packages that proofs, examples and the check of vectors import. */
const PACKAGES = ["fast-check", "@chainsafe/ssz", "@noble/hashes", "@cfworker/json-schema"];

/** Their versions: an entry is like `npm:name@version`, or `npm:/name@version/` for its parts. */
function dependencies(imports: Config["imports"]): Packages {
  const versions = PACKAGES.flatMap((name) => {
    const target = imports[name] ?? imports[`${name}/`];
    return target === undefined
      ? []
      : [[name, target.slice(target.lastIndexOf("@") + 1).replace("/", "")] as const];
  });
  return Object.fromEntries(versions);
}

/** The package description of the copy: its own name leads to its own files. */
export function manifest(config: Config, language: Language, packages: Packages = {}): object {
  return {
    name: config.name,
    private: true,
    type: "module",
    exports: Object.fromEntries(
      Object.entries(config.exports).map(([name, file]) => [name, inLanguage(file, language)]),
    ),
    dependencies: { ...dependencies(config.imports), ...packages },
  };
}

/** Whether a file of the project takes part: what proofs, benchmarks and examples import. */
function takesPart(path: string): boolean {
  if (!path.endsWith(".ts")) return false;
  // They read sources with the compiler, which is not staged; what they say holds everywhere.
  if (/^proofs\/(_kit\/)?(static|symbolic)/.test(path)) return false;
  return /^(mod\.ts$|(?:src|model|proofs|bench|examples)\/)/.test(path) ||
    /^tools\/(proofs\w*|chromium_(buffer|compare|node|worker)|runtimes_(left_out|vectors)|vectors\/check\/.*)\.ts$/
      .test(path);
}

/**
 * Makes the copy and installs what it depends on.
 *
 * @param packages What else to install.
 * @returns Nothing, or why it could not be made.
 */
export async function stage(
  folder: string,
  language: Language,
  packages: Packages = {},
): Promise<string | undefined> {
  const config: Config = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  for (const { path, text } of readTree(ROOT).filter((file) => takesPart(file.path))) {
    const target = join(folder, inLanguage(path, language));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, language === "javascript" ? toJavaScript(text, path) : text);
  }
  for (const name of ["guests", "kernel"]) {
    const guests = join("examples", name);
    cpSync(join(ROOT, guests), join(folder, guests), {
      recursive: true,
      filter: (path) => !path.endsWith(".ts"),
    });
  }
  // Mutants patch the sources, so the sources lie beside what was made of them.
  if (language === "javascript") {
    cpSync(join(ROOT, "src"), join(folder, "src"), { recursive: true });
  }
  if (existsSync(join(ROOT, ".npmrc"))) cpSync(join(ROOT, ".npmrc"), join(folder, ".npmrc"));
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest(config, language, packages)));
  const { code, text } = await npm("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder });
  return code === 0 ? undefined : text;
}
