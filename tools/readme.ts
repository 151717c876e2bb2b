/** Whether the README and its companions say what is so. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { figuresIn, RECORD, rowsIn } from "./bench_table.ts";

/** The texts whose commands and links are checked. */
const TEXTS = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md"],
  ...["examples/README.md", "examples/proof/README.md"],
  ...["README", "guide-embed", "guide-prove", "guide-implement", "vectors", "conformance"]
    .map((name) => `docs/${name}.md`),
  ...["guarantees", "deviations", "pvm", "assembly", "recompiler", "kernel", "symbolic", "strength"]
    .map((name) => `docs/${name}.md`),
  ...["support", "workbench", "foreign_engines"].map((name) => `docs/${name}.md`),
];
/** The commands that the README promises to someone who has Node and npm alone. */
const PROMISED = ["npx -y deno@2 task demo", "npx -y deno@2 task test"];
/** What CI calls, and what it has to call. */
const GATE = ".ci/run";
const GATE_COMMAND = "npx -y deno@2 task test";

const LONGEST = 200;

interface Config {
  readonly tasks: Readonly<Record<string, unknown>>;
  readonly exports: Readonly<Record<string, string>>;
  readonly name: string;
}

/** The tasks that a text mentions. */
export function tasksIn(text: string): string[] {
  const found = [...text.matchAll(/\bdeno(?:@2)? task ([a-z][\w:-]*)/g)];
  return [...new Set(found.map(([, task = ""]) => task))];
}

/** The files that a text links to. */
export function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

function problemsOf(root: string, name: string, config: Config): string[] {
  const path = join(root, name);
  if (!existsSync(path)) return [`${name} is missing`];
  const text = readFileSync(path, "utf8");
  const tasks = tasksIn(text).filter((task) => !(task in config.tasks));
  const links = linksIn(text).filter((link) => !existsSync(join(dirname(path), link)));
  return [
    ...tasks.map((task) => `${name} speaks of the task ${task}, which does not exist`),
    ...links.map((link) => `${name} links to ${link}, which does not exist`),
  ];
}

function figureProblems(root: string, readme: string): string[] {
  const path = join(root, RECORD);
  if (!existsSync(path)) return [`${RECORD} is missing`];
  const recorded = new Set(rowsIn(readFileSync(path, "utf8")));
  const rows = figuresIn(readme);
  if (rows.length === 0) return ["README.md shows no figures"];
  return rows.filter((row) => !recorded.has(row)).map((row) =>
    `README.md shows a figure that ${RECORD} does not: ${row}`
  );
}

/** What is wrong with the texts of the project in a folder, one problem a line. */
export function readmeProblems(root: string): string[] {
  const config: Config = JSON.parse(readFileSync(join(root, "deno.json"), "utf8"));
  const problems = TEXTS.flatMap((name) => problemsOf(root, name, config));
  if (!existsSync(join(root, "README.md"))) return problems;
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const length = readme.split("\n").length - 1;
  if (length > LONGEST) problems.push(`README.md has ${length} lines; ${LONGEST} are allowed`);
  for (const command of PROMISED) {
    if (!readme.includes(`\n${command}`)) problems.push(`README.md lacks the command ${command}`);
  }
  for (const name of Object.keys(config.exports)) {
    const specifier = join(config.name, name).replaceAll("\\", "/");
    if (!readme.includes(`\`${specifier}\``)) problems.push(`README.md does not name ${specifier}`);
  }
  const gate = existsSync(join(root, GATE)) ? readFileSync(join(root, GATE), "utf8") : "";
  if (!gate.split("\n").includes(GATE_COMMAND)) {
    problems.push(`${GATE} does not call ${GATE_COMMAND}`);
  }
  return [...problems, ...figureProblems(root, readme)];
}
