/** The figures of all engines as tables. */

import process from "node:process";
import { insist } from "./engine.ts";
import type { Measured } from "./measure.ts";

/** An engine and its figures. The first is what the others are compared with. */
export interface Column {
  readonly name: string;
  readonly measured: readonly Measured[];
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(
    values.reduce((sum, value) => sum + Math.log(value), 0) / values.length,
  );
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join(
    "\n",
  );
}

const programsOf = ({ measured }: Column) => measured.filter(({ calls }) => calls === 0);
const callsOf = ({ measured }: Column) => measured.find(({ calls }) => calls > 0);

const bestOf = ({ bestMs }: Measured) => bestMs;
const firstOf = ({ loadMs, firstMs }: Measured) => loadMs + firstMs;

/** How often an engine is faster than another one, program by program. */
function times(
  faster: Column,
  slower: Column,
  of: (measured: Measured) => number,
): readonly number[] {
  const others = programsOf(slower);
  return programsOf(faster).map((one, index) => {
    const other = others[index];
    insist(other !== undefined, `${slower.name} has other programs`);
    const isSame = one.gasUsed === undefined || other.gasUsed === undefined ||
      one.gasUsed === other.gasUsed;
    insist(
      isSame,
      `${slower.name} and ${faster.name} differ in gas for ${one.guest}`,
    );
    return of(other) / of(one);
  });
}

const rounded = (value: number) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** A table of how often each engine is faster than the first. */
function ratios(
  columns: readonly Column[],
  base: Column,
  of: (one: Measured) => number,
): string {
  const names = programsOf(base).map(({ guest }) => guest);
  return table(
    ["engine", "geometric mean", ...names],
    columns.map((column) => {
      const found = times(column, base, of);
      return [
        column.name,
        rounded(geometricMean(found)),
        ...found.map(rounded),
      ];
    }),
  );
}

/** A table of millions of instructions a second, and microseconds for a host call. */
function speeds(columns: readonly Column[], base: Column): string {
  const gas = programsOf(base);
  return table(
    ["engine", "host call", ...gas.map(({ guest }) => guest)],
    columns.map((column) => {
      const call = callsOf(column);
      const host = call === undefined ? "" : (1000 * call.bestMs / call.calls).toFixed(3);
      const speed = programsOf(column).map((one, index) =>
        rounded((gas[index]?.gasUsed ?? NaN) / one.bestMs / 1000)
      );
      return [column.name, host, ...speed];
    }),
  );
}

/** How `auto` stands to the better of the two that it chooses from. */
function choice(
  columns: readonly Column[],
  of: (one: Measured) => number,
): string | undefined {
  const [interpreter, recompiler, auto] = ["interpreter", "recompiler", "auto"]
    .map((name) => columns.find((column) => column.name === name));
  if (
    interpreter === undefined || recompiler === undefined || auto === undefined
  ) return undefined;
  const shares = auto.measured.map((one, index) => {
    const pair = [interpreter.measured[index], recompiler.measured[index]];
    return of(one) /
      Math.min(
        ...pair.map((other) => other === undefined ? Infinity : of(other)),
      );
  });
  const each = shares.map((share, index) => `${auto.measured[index]?.guest} ${share.toFixed(2)}`);
  return `${geometricMean(shares).toFixed(2)} times the better one's time (${each.join(", ")})`;
}

/** How the recompiler stands to each other engine. */
function standings(columns: readonly Column[]): readonly string[] {
  const recompiler = columns.find(({ name }) => name === "recompiler");
  if (recompiler === undefined) return [];
  return columns.filter((column) => column !== recompiler).map((column) => {
    const found = times(recompiler, column, bestOf);
    return `- ${rounded(geometricMean(found))} times ${column.name} (${
      found.map(rounded).join(", ")
    })`;
  });
}

function runtime(): string {
  const { deno, bun, node } = process.versions;
  return deno ? `Deno ${deno}` : bun ? `Bun ${bun}` : `Node ${node}`;
}

/** All tables, in Markdown. */
export function report(columns: readonly Column[]): string {
  const [base] = columns;
  insist(base !== undefined, "no engine was measured");
  const steady = choice(columns, bestOf);
  const first = choice(columns, firstOf);
  return [
    `### ${runtime()}`,
    "Times as fast as the interpreter, steady state; higher is faster:",
    ratios(columns, base, bestOf),
    "Times as fast as the interpreter, loading and the first run in a new process:",
    ratios(columns, base, firstOf),
    "Millions of instructions a second, and microseconds for a host call:",
    speeds(columns, base),
    "The recompiler, geometric mean and program by program:",
    standings(columns).join("\n"),
    ...(steady === undefined ? [] : [`Auto, steady state: ${steady}.`]),
    ...(first === undefined ? [] : [`Auto, first run: ${first}.`]),
  ].join("\n\n");
}
