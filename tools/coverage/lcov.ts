/** The figures of a coverage run, read from the format of lcov. */

/** How much of a file was run. */
export interface FileCoverage {
  readonly path: string;
  readonly branches: number;
  /** How many branches were not taken at each line that has one. */
  readonly missed: ReadonlyMap<number, number>;
}

/** The files of a report. */
export function readLcov(text: string, root: string): readonly FileCoverage[] {
  return text.split("end_of_record").flatMap((record) => {
    const [, path] = /^SF:(.*)$/m.exec(record) ?? [];
    if (path === undefined) return [];
    const branches = [...record.matchAll(/^BRDA:(\d+),\d+,\d+,(\S+)$/gm)];
    const missed = new Map<number, number>();
    for (const [, text, taken] of branches) {
      const line = Number(text);
      if (taken === "0" || taken === "-") missed.set(line, (missed.get(line) ?? 0) + 1);
    }
    return [{
      path: path.startsWith(root) ? path.slice(root.length) : path,
      branches: branches.length,
      missed,
    }];
  }).sort((a, b) => (a.path < b.path ? -1 : 1));
}
