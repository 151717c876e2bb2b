/**
 * Whether the pages that cite proofs cite ones that exist, and as strong as they say:
 * `docs/deviations.md` and `docs/guarantees.md` against the two ledgers.
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { ROOT } from "./process.ts";

const LEDGERS = ["docs/proof-ledger.md", "docs/symbolic-ledger.md"];
const DEVIATIONS = "docs/deviations.md";
const GUARANTEES = "docs/guarantees.md";

/** The proofs of a ledger: the strength of each, by its id. */
export function proofsIn(ledger: string): [id: string, strength: string][] {
  return ledger.split("\n").flatMap((line) => {
    const [, id = "", , , strength = ""] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return /^[a-z0-9_]+\/\w+$/.test(id) ? [[id, strength]] : [];
  });
}

/** What a text cites: `room/name`, with … for any letters; `…name` may be of any room. */
export function citedIn(text: string): string[] {
  return [...text.matchAll(/`((?:[a-z0-9_]+\/|(?=…))[\w…]+)`/g)].map(([, id = ""]) => id);
}

/** The proofs that are meant by what is cited. */
function meant(cited: string, proofs: ReadonlyMap<string, string>): string[] {
  const pattern = new RegExp(`^${cited.split("…").join("[\\w/]*")}$`);
  return [...proofs.keys()].filter((id) => pattern.test(id));
}

const STRENGTHS = "exhaustive|symbolic|bounded|sampled|static";
const LABEL = new RegExp(`^ *- ((?:${STRENGTHS})(?:(?:, | and )(?:${STRENGTHS}))*):`, "i");

/** The proofs that are not as strong as the item of a list that cites them says. */
function weaker(text: string, proofs: ReadonlyMap<string, string>): string[] {
  return text.split(/^(?= *- )/m).flatMap((item) => {
    const said = LABEL.exec(item)?.[1]?.toLowerCase();
    return citedIn(item).flatMap((cited) => {
      if (said === undefined) return [`${cited} is cited without its strength`];
      // A static proof goes through every file, and has a room of its own.
      const found = meant(cited, proofs).map((id) =>
        id.startsWith("static/") ? "static" : proofs.get(id) ?? ""
      );
      const others = new Set(found.filter((strength) => !said.includes(strength)));
      return [...others].map((strength) => `${cited} is ${strength}, and said to be ${said}`);
    });
  });
}

/** The rows of tables without a proof in their last cell, and where they stand. */
function rowsWithout(text: string): number[] {
  return text.split("\n").flatMap((line, index) => {
    const isRow = line.startsWith("|") && !/^\|[-: |]+\|$/.test(line);
    const last = line.split("|").at(-2) ?? "";
    const isHead = last.trim() === "Proof";
    return isRow && !isHead && citedIn(last).length === 0 ? [index + 1] : [];
  });
}

/** The numbered promises that cite no proof. */
function promisesWithout(text: string): string[] {
  const promises = [...text.matchAll(/^(\d+)\. [^]*?(?=^\d+\. |^## |$(?![^]))/gm)];
  if (promises.length === 0) return ["no promise was found"];
  return promises.filter(([promise]) => citedIn(promise).length === 0)
    .map(([, number]) => `promise ${number} cites no proof`);
}

/** What is wrong with the pages of the project in a folder, one problem a line. */
export function citationProblems(root: string): string[] {
  const texts = new Map<string, string>();
  for (const name of [...LEDGERS, DEVIATIONS, GUARANTEES]) {
    if (!existsSync(join(root, name))) return [`${name} is missing`];
    texts.set(name, readFileSync(join(root, name), "utf8"));
  }
  const textOf = (name: string) => texts.get(name) ?? "";
  const empty = LEDGERS.filter((name) => proofsIn(textOf(name)).length === 0);
  if (empty.length > 0) return empty.map((name) => `${name} lists no proof`);
  const proofs = new Map(LEDGERS.flatMap((name) => proofsIn(textOf(name))));
  const unknown = [DEVIATIONS, GUARANTEES].flatMap((name) =>
    citedIn(textOf(name)).filter((cited) => meant(cited, proofs).length === 0)
      .map((cited) => `${name} cites ${cited}, which no ledger has`)
  );
  return [
    ...unknown,
    ...rowsWithout(textOf(DEVIATIONS)).map((line) =>
      `${DEVIATIONS}:${line}: a row without a proof`
    ),
    ...[...promisesWithout(textOf(GUARANTEES)), ...weaker(textOf(GUARANTEES), proofs)]
      .map((problem) => `${GUARANTEES}: ${problem}`),
  ];
}

if (import.meta.main) {
  const problems = citationProblems(process.argv[2] ?? ROOT);
  for (const problem of problems) console.log(problem);
  console.log(`deviations: ${problems.length} problems`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
