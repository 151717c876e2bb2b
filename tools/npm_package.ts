/**
 * The npm package: built, packed, installed in empty folders, and tried:
 * `deno task npm [--keep DIR] [--repository URL]`.
 *
 * With `--keep` the package and its tarball stay in a new folder, for publishing.
 */

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { isPublished } from "./house/imports.ts";
import { readTree } from "./house/tree.ts";
import { buildPackage, type Config, packageJson, strangers } from "./npm_package_build.ts";
import { facesByNeed, importsAll, runsGuest, specifier } from "./npm_package_use.ts";
import { type Ending, npm, ROOT, run } from "./process.ts";
import { type Outcome, runSteps, type Step } from "./steps.ts";

const PAPERS = ["README.md", "LICENSE", "CHANGELOG.md"];

/** The ways in which the compiler of a user may look for declarations. */
const RESOLUTIONS = [
  { module: "node16", moduleResolution: "node16" },
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
];

/** What the program that runs a guest prints; the gas is that of the README. */
const GUEST_PRINTS =
  '["23",100,"23",100,-5,"division-by-zero","function","function","function","function","function"]\n';

/** Where a run works. */
interface Places {
  /** The package. */
  readonly made: string;
  /** A folder in which it is installed, and nothing else. */
  readonly alone: string;
  /** A folder in which it is installed with the packages that some faces need. */
  readonly others: string;
}

/** A failure with what a program printed; nothing when it ended well. */
function failure(what: string, { code, text }: Ending): Outcome | undefined {
  return code === 0 ? undefined : { ok: false, summary: `${what} failed`, details: text };
}

function build(config: Config, places: Places): Outcome {
  const sources = readTree(ROOT).filter(({ path }) => isPublished(path) && path.endsWith(".ts"));
  const papers = PAPERS.map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
  const { files, problems } = buildPackage(config, sources, papers);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(places.made, path)), { recursive: true });
    writeFileSync(join(places.made, path), text);
  }
  const summary = `${sources.length} modules`;
  return problems.length === 0
    ? { ok: true, summary }
    : { ok: false, summary: `${problems.length} problems`, details: problems.join("\n") };
}

/** The name of a packed tarball. */
function tarballOf({ name, version }: Config): string {
  return `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
}

async function pack(config: Config, { made }: Places): Promise<Outcome> {
  const ending = await npm("npm", ["pack", "--json"], { cwd: made });
  const failed = failure("npm pack", ending);
  if (failed !== undefined) return failed;
  const told: readonly { filename: string; size: number; files: readonly { path: string }[] }[] =
    JSON.parse(ending.out);
  const [packed] = told;
  const paths = packed?.files.map(({ path }) => path) ?? [];
  const wrong = strangers(paths);
  if (packed === undefined || paths.length === 0 || !existsSync(join(made, tarballOf(config)))) {
    return { ok: false, summary: "there is no tarball", details: ending.text };
  }
  if (wrong.length > 0) {
    return { ok: false, summary: "files that are not for users", details: wrong.join("\n") };
  }
  return { ok: true, summary: `${paths.length} files, ${Math.ceil(packed.size / 1024)} KB` };
}

async function installIn(folder: string, packages: readonly string[]): Promise<Ending> {
  mkdirSync(folder);
  if (existsSync(join(ROOT, ".npmrc"))) cpSync(join(ROOT, ".npmrc"), join(folder, ".npmrc"));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  return await npm("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: folder });
}

/** The packages that some faces need, with their versions. */
function optionalPackages(config: Config): string[] {
  const { peerDependencies } = { peerDependencies: {}, ...packageJson(config) };
  return Object.entries(peerDependencies).map(([name, version]) => `${name}@${version}`);
}

async function install(config: Config, { made, alone, others }: Places): Promise<Outcome> {
  const tarball = join(made, tarballOf(config));
  const first = await installIn(alone, [tarball]);
  const second = await installIn(others, [tarball, ...optionalPackages(config)]);
  const failed = failure("npm install", first) ?? failure("npm install", second);
  if (failed !== undefined) return failed;
  const brought = optionalPackages(config).map((each) => each.slice(0, each.lastIndexOf("@")));
  const unasked = brought.filter((name) => existsSync(join(alone, "node_modules", name)));
  return unasked.length > 0
    ? { ok: false, summary: `brings ${unasked.join(", ")} unasked` }
    : { ok: true, summary: `alone, and with ${brought.join(", ")}` };
}

/** Checks the types of programs in a folder under each resolution. */
async function types(folder: string, compiler: string, files: readonly string[]): Promise<Outcome> {
  for (const { module, moduleResolution } of RESOLUTIONS) {
    const project = join(folder, `tsconfig.${moduleResolution}.json`);
    const compilerOptions = {
      target: "es2023",
      lib: ["es2023", "dom"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      module,
      moduleResolution,
    };
    writeFileSync(project, JSON.stringify({ compilerOptions, files }));
    const ending = await run("node", [compiler, "-p", project], { cwd: folder });
    const failed = failure(`tsc under ${moduleResolution}`, ending);
    if (failed !== undefined) return failed;
  }
  return { ok: true, summary: RESOLUTIONS.map((each) => each.moduleResolution).join(", ") };
}

/** Imports faces; each has to have something. */
async function imports(config: Config, folder: string, faces: readonly string[]): Promise<Outcome> {
  writeFileSync(join(folder, "all.js"), importsAll(config.name, faces));
  const ending = await run("node", ["all.js"], { cwd: folder });
  const failed = failure("an import", ending);
  if (failed !== undefined) return failed;
  const counts: readonly (readonly [face: string, names: number])[] = JSON.parse(ending.out);
  const empty = counts.filter(([, names]) => names === 0).map(([face]) => face);
  if (empty.length > 0 || counts.length !== faces.length) {
    return { ok: false, summary: `nothing in ${empty.join(", ")}` };
  }
  return { ok: true, summary: `${counts.length} faces` };
}

/** A face whose package is missing says so, by the name of that package. */
async function missing(
  config: Config,
  folder: string,
  needs: ReadonlyMap<string, string>,
): Promise<Outcome> {
  for (const [face, needed] of needs) {
    const text = `import ${JSON.stringify(specifier(config.name, face))};\n`;
    writeFileSync(join(folder, "missing.js"), text);
    const ending = await run("node", ["missing.js"], { cwd: folder });
    if (ending.code === 0 || !ending.text.includes(`Cannot find package '${needed}'`)) {
      return { ok: false, summary: `${face} does not ask for ${needed}`, details: ending.text };
    }
  }
  return { ok: true, summary: [...needs].map(([face, name]) => `${face}: ${name}`).join(", ") };
}

async function guest(folder: string): Promise<Outcome> {
  const ending = await run("node", ["use.js"], { cwd: folder });
  const failed = failure("a guest", ending);
  if (failed !== undefined) return failed;
  return ending.out === GUEST_PRINTS
    ? { ok: true, summary: "runs on both engines" }
    : { ok: false, summary: "prints something else", details: ending.out };
}

async function program(folder: string): Promise<Outcome> {
  const source = join(ROOT, "examples/guests/crc32.pvmasm");
  const ending = await npm("npx", ["ringfence", "run", source, "--text", "123456789"], {
    cwd: folder,
  });
  const failed = failure("ringfence run", ending);
  if (failed !== undefined) return failed;
  return ending.out.includes("result: 4 bytes cbf43926") // the CRC-32 of these digits
    ? { ok: true, summary: "ringfence run" }
    : { ok: false, summary: "ringfence run prints something else", details: ending.out };
}

function steps(config: Config, places: Places): Step[] {
  const { alone, others } = places;
  const faces = Object.keys(config.exports);
  const { plain, needy } = facesByNeed(faces);
  const compiler = join(others, "node_modules/typescript/bin/tsc");
  const typesIn = (folder: string, these: readonly string[]) => () => {
    writeFileSync(join(folder, "use.ts"), runsGuest(config.name));
    writeFileSync(join(folder, "all.ts"), importsAll(config.name, these));
    return types(folder, compiler, ["use.ts", "all.ts"]);
  };
  return [
    { name: "build", run: () => Promise.resolve(build(config, places)) },
    { name: "pack", run: () => pack(config, places) },
    { name: "install", run: () => install(config, places) },
    { name: "types, alone", run: typesIn(alone, plain) },
    { name: "types, with others", run: typesIn(others, faces) },
    { name: "imports, alone", run: () => imports(config, alone, plain) },
    { name: "imports, with others", run: () => imports(config, others, faces) },
    { name: "what is missing is named", run: () => missing(config, alone, needy) },
    {
      name: "a guest",
      run: () => {
        writeFileSync(join(alone, "use.js"), runsGuest(config.name));
        return guest(alone);
      },
    },
    { name: "the program", run: () => program(alone) },
  ];
}

async function main(keep: string | undefined, repository: string | undefined): Promise<boolean> {
  const written: Config = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  const config = { ...written, repository };
  const folder = await Deno.makeTempDir({ prefix: "ringfence-npm-" });
  const made = keep === undefined ? join(folder, "package") : resolve(keep);
  try {
    if (existsSync(made)) throw new Error(`there is a folder ${made} already`);
    const places = { made, alone: join(folder, "alone"), others: join(folder, "others") };
    return await runSteps("npm", steps(config, places));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  try {
    const { values } = parseArgs({
      options: { keep: { type: "string" }, repository: { type: "string" } },
    });
    process.exitCode = await main(values.keep, values.repository) ? 0 : 1;
  } catch (mistake) {
    console.error(`${mistake instanceof Error ? mistake.message : mistake}`);
    console.error("usage: npm [--keep DIR] [--repository URL]");
    process.exitCode = 2;
  }
}
