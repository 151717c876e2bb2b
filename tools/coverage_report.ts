/** The figures of a coverage run, read from the format of lcov. */

/** How much of a file was run. */
export interface FileCoverage {
  readonly path: string;
  readonly branches: number;
  readonly branchesTaken: number;
  /** The lines at which a branch was not taken. */
  readonly missed: readonly number[];
}

/** The files of a report. */
export function readLcov(text: string, root: string): readonly FileCoverage[] {
  return text.split("end_of_record").flatMap((record) => {
    const [, path] = /^SF:(.*)$/m.exec(record) ?? [];
    if (path === undefined) return [];
    const branches = [...record.matchAll(/^BRDA:(\d+),\d+,\d+,(\S+)$/gm)];
    const missed = branches.filter(([, , taken]) => taken === "0" || taken === "-")
      .map(([, line]) => Number(line));
    return [{
      path: path.startsWith(root) ? path.slice(root.length) : path,
      branches: branches.length,
      branchesTaken: branches.length - missed.length,
      missed: [...new Set(missed)].sort((a, b) => a - b),
    }];
  }).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function share(taken: number, all: number): string {
  return all === 0 ? "no branches" : `${(100 * taken / all).toFixed(1)}%`;
}

/** Whether the branch of a line is the default of an index that the type checker asks for. */
function isDefault(line: string | undefined): boolean {
  return line !== undefined && line.includes("??");
}

/**
 * A table of all files, and the sum.
 *
 * @param linesOf The lines of a file, to tell defaults behind `??` from other branches.
 */
export function coverageTableText(
  files: readonly FileCoverage[],
  linesOf: (path: string) => readonly string[],
): string {
  let defaults = 0;
  let others = 0;
  const rows = files.map(({ path, branches, branchesTaken, missed }) => {
    const lines = linesOf(path);
    const rest = missed.filter((line) => !isDefault(lines[line - 1]));
    defaults += missed.length - rest.length;
    others += rest.length;
    return `| ${path} | ${branchesTaken} of ${branches} | ${share(branchesTaken, branches)} | ` +
      `${missed.length - rest.length} | ${rest.join(", ")} |`;
  });
  const all = files.reduce((sum, file) => sum + file.branches, 0);
  const taken = files.reduce((sum, file) => sum + file.branchesTaken, 0);
  return [
    "| file | branches taken | share | lines with a default not taken | other lines |",
    "| ---- | -------------- | ----- | ------------------------------ | ----------- |",
    ...rows,
    "",
    `branches: ${taken} of ${all}, ${share(taken, all)}; not taken on ${defaults} lines with a ` +
    `default, and on ${others} others`,
  ].join("\n");
}
