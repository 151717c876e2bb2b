/** Figures of benchmarks as tables: ratios to the baseline of their group. */

/** Where the figures are kept. */
export const RECORD = "docs/bench.md";

/** What `deno bench --json` says of one benchmark. */
export interface Bench {
  readonly name: string;
  readonly group?: string | null;
  readonly baseline: boolean;
  readonly results: readonly { readonly ok?: { readonly min: number } }[];
}

/** The figures of one runtime. */
export interface RuntimeFigures {
  readonly runtime: string;
  readonly benches: readonly Bench[];
}

const BEGIN = "<!-- figures -->";
const END = "<!-- end of figures -->";

function timeOf({ results }: Bench): number | undefined {
  return results[0]?.ok?.min;
}

function keyOf({ group, name }: Bench): string {
  return `${group ?? ""}\n${name}`;
}

function ratioText(ratio: number): string {
  return `${ratio < 0.1 ? ratio.toFixed(3) : ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)}×`;
}

function find(figures: RuntimeFigures, key: string): number | undefined {
  const bench = figures.benches.find((candidate) => keyOf(candidate) === key);
  return bench === undefined ? undefined : timeOf(bench);
}

/** The row of one benchmark. A runtime that lacks it, or its baseline, is an error. */
function rowOf(bench: Bench, baseline: Bench, runtimes: readonly RuntimeFigures[]): string {
  const cells = runtimes.map((figures) => {
    const time = find(figures, keyOf(bench));
    const base = find(figures, keyOf(baseline));
    if (time === undefined || base === undefined) {
      throw new Error(`${figures.runtime} has no figure for ${bench.group}: ${bench.name}`);
    }
    return ratioText(time / base);
  });
  return `| ${[bench.group, bench.name, baseline.name, ...cells].join(" | ")} |`;
}

/** The rows of all benchmarks, group by group. The first runtime leads. */
export function ratioRows(runtimes: readonly RuntimeFigures[]): string[] {
  const benches = runtimes[0]?.benches ?? [];
  const groups = [...new Set(benches.map(({ group }) => group ?? ""))];
  return groups.flatMap((group) => {
    const members = benches.filter((bench) => (bench.group ?? "") === group);
    const baseline = members.find((bench) => bench.baseline);
    if (baseline === undefined) throw new Error(`the group "${group}" has no baseline`);
    const others = members.filter((bench) => bench !== baseline);
    return others.map((bench) => rowOf(bench, baseline, runtimes));
  });
}

/** The head of the table. */
export function headOf(runtimes: readonly string[]): string[] {
  const cells = ["Group", "What", "Against", ...runtimes];
  return [`| ${cells.join(" | ")} |`, `| ${cells.map(() => "---").join(" | ")} |`];
}

/** The cells of a row without their padding. */
function cellsOf(line: string): string[] {
  return line.split("|").slice(1, -1).map((cell) => cell.trim());
}

/** The rows of the tables of a text, without padding and heads. */
export function rowsIn(text: string): string[] {
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  return lines.filter((line, index) => {
    const isRule = (other: string | undefined) => other !== undefined && /^[|\s:-]+$/.test(other);
    return !isRule(line) && !isRule(lines[index + 1]);
  }).map((line) => `| ${cellsOf(line).join(" | ")} |`);
}

function figuresPart(text: string): { readonly from: number; readonly to: number } | undefined {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  return from < 0 || to < from ? undefined : { from: from + BEGIN.length, to };
}

/** The rows of figures that the README shows. */
export function figuresIn(readme: string): string[] {
  const part = figuresPart(readme);
  return part === undefined ? [] : rowsIn(readme.slice(part.from, part.to));
}

/** The README with new figures in the rows that it shows. */
export function refreshed(
  readme: string,
  head: readonly string[],
  rows: readonly string[],
): string {
  const part = figuresPart(readme);
  if (part === undefined) throw new Error("README.md has no place for figures");
  const lines = figuresIn(readme).map((old) => {
    const [group, what] = cellsOf(old);
    const row = rows.find((candidate) => {
      const cells = cellsOf(candidate);
      return cells[0] === group && cells[1] === what;
    });
    if (row === undefined) throw new Error(`no benchmark is called ${group}: ${what}`);
    return row;
  });
  const table = [...head, ...lines].join("\n");
  return `${readme.slice(0, part.from)}\n\n${table}\n\n${readme.slice(part.to)}`;
}
