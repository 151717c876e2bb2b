/** The npm package, file by file: JavaScript, declarations, description and papers. */

import ts from "typescript";
import { toJavaScript } from "./stage.ts";

/** What `deno.json` says, as far as the package needs it. */
export interface Config {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly imports: Readonly<Record<string, string>>;
  /** The address of the repository, which provenance is checked against. */
  readonly repository?: string | undefined;
}

/** The folder of the package in which the made files lie. */
export const MADE = "dist";

/** The package of its own that every installation gets, for the kernel. */
const REGULAR = ["@noble/hashes"];

/** Those that only some faces need, and bring no other: whoever uses such a face installs them. */
const OPTIONAL = ["fast-check", "typescript", "z3-solver"];

/** The program of the package. */
const PROGRAM = "src/cli/start.ts";

/** The version in an entry like `npm:name@^1.2.3`, or `npm:/name@^1.2.3/` for its parts. */
function versionOf(name: string, imports: Config["imports"]): string {
  const target = imports[name] ?? imports[`${name}/`] ?? "";
  const version = target.slice(target.lastIndexOf("@") + 1).replace("/", "");
  if (!target.startsWith("npm:") || version === "") throw new Error(`no version of ${name}`);
  return version;
}

function versionsOf(names: readonly string[], imports: Config["imports"]): object {
  return Object.fromEntries(names.map((name) => [name, versionOf(name, imports)]));
}

/** A source file's place in the package, with another ending. */
export function madeFrom(source: string, ending: ".js" | ".d.ts"): string {
  return `${MADE}/${source.replace(/^\.\//, "").replace(/\.ts$/, ending)}`;
}

/** The description of the package. */
export function packageJson(config: Config): object {
  const { name, version, license, exports, imports, repository } = config;
  return {
    name,
    version,
    description: "Guest code in isolated memory under a gas budget, with proofs over the source",
    license,
    ...(repository === undefined ? {} : { repository: { type: "git", url: repository } }),
    type: "module",
    // No module does anything but define: a bundler may leave out each that nobody uses.
    sideEffects: [`./${madeFrom(PROGRAM, ".js")}`],
    engines: { node: ">=20" },
    bin: { ringfence: `./${madeFrom(PROGRAM, ".js")}` },
    exports: {
      ...Object.fromEntries(
        Object.entries(exports).map(([face, source]) => [face, {
          types: `./${madeFrom(source, ".d.ts")}`,
          default: `./${madeFrom(source, ".js")}`,
        }]),
      ),
      "./package.json": "./package.json",
    },
    files: [MADE, "CHANGELOG.md"],
    dependencies: versionsOf(REGULAR, imports),
    peerDependencies: versionsOf(OPTIONAL, imports),
    peerDependenciesMeta: Object.fromEntries(OPTIONAL.map((each) => [each, { optional: true }])),
  };
}

/** A relative module in a declaration, which the compiler leaves as it was written. */
const RELATIVE = /(\bfrom |\bimport\(|\bimport )"(\.[^"]+)\.ts"/g;

/** The declarations of a module; problems are those that the compiler has with it. */
export function toDeclarations(
  text: string,
  fileName: string,
): { readonly text: string; readonly problems: readonly string[] } {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      isolatedDeclarations: true,
      strict: true,
    },
  });
  return {
    text: outputText.replaceAll(RELATIVE, '$1"$2.js"'),
    problems: diagnostics.map(({ messageText }) =>
      `${fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`
    ),
  };
}

/** A source file. */
export interface Source {
  /** Its path from the root of the project. */
  readonly path: string;
  readonly text: string;
}

/** The files of the package, by their paths, and what is wrong with them. */
export interface Package {
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** Makes the package out of the published sources and the papers. */
export function buildPackage(
  config: Config,
  sources: readonly Source[],
  papers: readonly Source[],
): Package {
  const files = new Map<string, string>();
  const problems: string[] = [];
  for (const { path, text } of sources) {
    const declarations = toDeclarations(text, path);
    problems.push(...declarations.problems);
    const program = path === PROGRAM ? "#!/usr/bin/env node\n" : "";
    files.set(madeFrom(path, ".js"), program + toJavaScript(text, path));
    files.set(madeFrom(path, ".d.ts"), declarations.text);
  }
  for (const { path, text } of papers) files.set(path, text);
  files.set("package.json", `${JSON.stringify(packageJson(config), undefined, 2)}\n`);
  for (const [face, source] of Object.entries(config.exports)) {
    if (!files.has(madeFrom(source, ".js"))) problems.push(`${face} has no ${source}`);
  }
  return { files, problems };
}

/** The files that may be in the package: what was made of sources, and the papers. */
export function strangers(paths: readonly string[]): string[] {
  const papers = new Set(["package.json", "README.md", "LICENSE", "CHANGELOG.md"]);
  const made = new RegExp(`^${MADE}/(mod|src/.+|model/.+)\\.(js|d\\.ts)$`);
  return paths.filter((path) => !papers.has(path) && (!made.test(path) || /\.test\./.test(path)));
}
