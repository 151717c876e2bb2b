/** Which branches are not taken, and whether each is explained. */

import type { SourceFile } from "../house/tree.ts";
import { defaultsOf } from "./defaults.ts";
import type { Explained } from "./explained.ts";
import type { FileCoverage } from "./lcov.ts";

/** A file, with its branches sorted. */
export interface FileReport {
  readonly path: string;
  readonly branches: number;
  readonly taken: number;
  /** Branches not taken that are the default of an index. */
  readonly defaults: number;
  /** Branches not taken that the list explains. */
  readonly explained: number;
  /** Lines at which a branch is not taken, and nothing explains it. */
  readonly open: readonly { readonly line: number; readonly text: string }[];
  /** Lines that the list explains, and that are taken or are not there. */
  readonly wrong: readonly string[];
}

/** What a line is known by: one that closes a block, together with the line above. */
function nameOf(lines: readonly string[], line: number): string {
  const text = lines[line - 1] ?? "";
  return text.startsWith("}") ? `${lines[line - 2] ?? ""} ${text}` : text;
}

/** What became of the branches of a file. */
export function reportOf(
  { path, branches, missed }: FileCoverage,
  file: SourceFile,
  list: readonly Explained[],
): FileReport {
  const lines = file.text.split("\n").map((line) => line.trim());
  const defaults = defaultsOf(file);
  const listed = new Set(list.filter((one) => one.path === path).flatMap((one) => one.lines));
  const used = new Set<string>();
  const open: { line: number; text: string }[] = [];
  let byIndex = 0;
  let byList = 0;
  let all = 0;
  for (const [line, count] of missed) {
    const text = nameOf(lines, line);
    const ofIndex = Math.min(count, defaults.get(line) ?? 0);
    all += count;
    byIndex += ofIndex;
    if (count === ofIndex) continue;
    if (listed.has(text)) {
      used.add(text);
      byList += count - ofIndex;
    } else open.push({ line, text });
  }
  const wrong = [...listed].filter((text) => !used.has(text));
  return {
    ...{ path, branches, taken: branches - all, defaults: byIndex, explained: byList },
    ...{ open: open.sort((a, b) => a.line - b.line), wrong },
  };
}

function share(taken: number, all: number): string {
  return all === 0 ? "no branches" : `${(100 * taken / all).toFixed(1)}%`;
}

function row(name: string, files: readonly FileReport[]): string {
  const sum = (of: (file: FileReport) => number) => files.reduce((all, file) => all + of(file), 0);
  const branches = sum((file) => file.branches);
  const taken = sum((file) => file.taken);
  const open = branches - taken - sum(({ defaults, explained }) => defaults + explained);
  const cells = [
    ...[name, `${taken} of ${branches}`, share(taken, branches)],
    ...[sum(({ defaults }) => defaults), sum(({ explained }) => explained), open],
  ];
  return `| ${cells.join(" | ")} |`;
}

/** A table of some groups of files. */
export function coverageTableText(
  groups: readonly { readonly name: string; readonly files: readonly FileReport[] }[],
): string {
  return [
    "| file | branches taken | share | default of an index | explained | not explained |",
    "| ---- | -------------- | ----- | ------------------- | --------- | ------------- |",
    ...groups.map(({ name, files }) => row(name, files)),
  ].join("\n");
}

/** A text with the row of a room in its table as it is now; nothing when it has no such row. */
export function withRow(
  text: string,
  room: string,
  files: readonly FileReport[],
): string | undefined {
  const old = new RegExp(`^\\| ${room} \\| [0-9]+ of .*$`, "m");
  return old.test(text) ? text.replace(old, row(room, files)) : undefined;
}

/** What is to be seen to: branches without an explanation, and explanations without a branch. */
export function problemsOf(files: readonly FileReport[]): readonly string[] {
  return files.flatMap(({ path, open, wrong }) => [
    ...open.map(({ line, text }) => `not taken: ${path}:${line}: ${text}`),
    ...wrong.map((text) => `explained, but taken or not there: ${path}: ${text}`),
  ]);
}
