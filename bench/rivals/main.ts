/**
 * This library against others that run the PVM: every engine in a process of its own, on the same
 * programs, with the same results and the same gas: `deno task bench:rivals`.
 */

import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ANAN_AS } from "./anan_as.ts";
import { type Entry, insist } from "./engine.ts";
import { LIMIT } from "./limit.ts";
import { MARK, measure, type Measured } from "./measure.ts";
import { type Column, report } from "./report.ts";
import { RINGFENCE } from "./ringfence.ts";
import { TYPEBERRY } from "./typeberry.ts";

const ENTRIES: readonly Entry[] = [...RINGFENCE, LIMIT, ...ANAN_AS, TYPEBERRY];
const USAGE = "usage: main [--part 0..1] [--rounds COUNT] [--engines NAME,...]";

interface Options {
  /** How much of the work of each program is done. */
  readonly part: number;
  /** How often every engine takes its turn. */
  readonly rounds: number;
  /** The engines whose names contain one of these. */
  readonly engines: readonly string[];
  /** The engine that this process is for; nothing for the one that starts the others. */
  readonly one: string | undefined;
}

function optionsFrom(given: readonly string[]): Options | undefined {
  const values = new Map<string, string>();
  for (let at = 0; at < given.length; at += 2) {
    values.set(given[at] ?? "", given[at + 1] ?? "");
  }
  const known = ["--part", "--rounds", "--engines", "--one"];
  if ([...values.keys()].some((name) => !known.includes(name))) {
    return undefined;
  }
  const [part, rounds] = [
    Number(values.get("--part") ?? 1),
    Number(values.get("--rounds") ?? 1),
  ];
  if (!(part > 0 && part <= 1) || !(rounds >= 1)) return undefined;
  const engines = (values.get("--engines") ?? "").split(",");
  return { part, rounds, engines, one: values.get("--one") };
}

/** What the measured process printed. */
function parsed(out: string): readonly Measured[] {
  const line = out.split("\n").find((line) => line.startsWith(MARK)) ??
    `${MARK}[]`;
  const found: unknown = JSON.parse(line.slice(MARK.length));
  insist(Array.isArray(found), "no figures");
  return found;
}

/** Measures an engine in a process of its own. */
function inOwnProcess(name: string, part: number): readonly Measured[] {
  console.error(name);
  const flags = "deno" in process.versions
    ? ["run", "--allow-all", "--no-check", "--node-modules-dir=manual"]
    : [];
  const main = fileURLToPath(import.meta.url);
  const args = [...flags, main, "--one", name, "--part", String(part)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
  });
  insist(status === 0, `${name}: ${stderr}`);
  return parsed(stdout);
}

/** The faster of two times for each program. */
function faster(
  before: readonly Measured[] | undefined,
  now: readonly Measured[],
): readonly Measured[] {
  return now.map((one, index) => {
    const other = before?.[index] ?? one;
    return {
      ...one,
      loadMs: Math.min(one.loadMs, other.loadMs),
      firstMs: Math.min(one.firstMs, other.firstMs),
      bestMs: Math.min(one.bestMs, other.bestMs),
    };
  });
}

async function main(): Promise<number> {
  const options = optionsFrom(process.argv.slice(2));
  if (options === undefined) {
    console.error(USAGE);
    return 2;
  }
  const { part, rounds, engines, one } = options;
  if (one !== undefined) {
    const entry = ENTRIES.find(({ name }) => name === one);
    insist(entry !== undefined, `there is no engine ${one}`);
    console.log(
      MARK + JSON.stringify(await measure(await entry.make(), one, part)),
    );
    return 0;
  }
  const names = ENTRIES.map(({ name }) => name).filter((name, index) =>
    index === 0 || engines.some((wanted) => name.includes(wanted))
  );
  const columns = new Map<string, Column>();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const measured = faster(
        columns.get(name)?.measured,
        inOwnProcess(name, part),
      );
      columns.set(name, { name, measured });
    }
  }
  console.log(report([...columns.values()]));
  return 0;
}

process.exitCode = await main();
