/** The table of what the single steps of the PVM cover: counted again, with this library's own table of opcodes. */

import { parseExact } from "../../../src/cli/exact_json.ts";
import { decodeBlob, OPCODES } from "../../../src/pvm/mod.ts";
import { bytesOf } from "./pvm_pages.ts";
import { difference, field, type Given, listIn, small, text } from "./values.ts";

const DIALECTS = ["gray-paper", "javm"] as const;
const GAS_MODELS = ["instruction", "block", "pipeline"] as const;
const EXITS = [
  ...["running", "halt", "panic", "trap", "ecall", "host-call", "page-fault", "out-of-gas"],
] as const;

/** The text of a file of the folder. */
export type Read = (path: string) => string | undefined;

function casesOf(path: string, read: Read): readonly Given[] {
  const parsed = parseExact(read(path) ?? "");
  if (!parsed.ok) throw new Error(`${path} cannot be read`);
  return listIn(parsed.value, "cases");
}

/** The number of the instruction that a case does. */
function opcodeIn(each: Given): number | undefined {
  const code = decodeBlob(bytesOf(field(each, "program")));
  return code.ok ? code.value.bytes[small(field(each, "initial-pc"))] : undefined;
}

const keyOf = (dialect: string, gasModel: string, code: number | undefined, exit: string) =>
  `${dialect} ${gasModel} ${code} ${exit}`;

/** How many single steps there are. */
function counted(paths: readonly string[], read: Read): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of paths.flatMap((path) => casesOf(path, read))) {
    if (field(each, "steps") !== 1) throw new Error(`${field(each, "name")}: no single step`);
    const dialect = text(field(each, "dialect") ?? "gray-paper");
    const gasModel = text(field(each, "gas-model") ?? "block");
    const exit = text(field(each, "expected-status"));
    const key = keyOf(dialect, gasModel, opcodeIn(each), exit);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The rows that the table has to have, but for the reasons why something is impossible. */
function rowsOf(counts: ReadonlyMap<string, number>): readonly object[] {
  return DIALECTS.flatMap((dialect) =>
    OPCODES.filter(({ dialects }) => dialects.includes(dialect)).flatMap(({ mnemonic, code }) =>
      EXITS.map((exit) => ({
        name: `${dialect} ${mnemonic} ${exit}`,
        ...{ opcode: mnemonic, number: code, dialect, exit },
        cases: Object.fromEntries(
          GAS_MODELS.map((model) => [model, counts.get(keyOf(dialect, model, code, exit)) ?? 0]),
        ),
      }))
    )
  );
}

/** How many cases a row has under each gas model. */
const countsIn = (row: Given) =>
  GAS_MODELS.map((model) => small(field(field(row, "cases"), model)));

/** What is wrong with the reasons: an exit has one, or a case under every gas model. */
function reasonProblem(row: Given): string | undefined {
  const counts = countsIn(row);
  const hasReason = field(row, "impossible") !== undefined;
  const isRight = hasReason ? counts.every((n) => n === 0) : counts.every((n) => n > 0);
  return isRight ? undefined : `${field(row, "name")}: a case or a reason is missing, or too many`;
}

/** What is wrong with a table as data. */
export function coverageProblems(
  cases: readonly Given[],
  paths: readonly string[],
  read: Read,
): readonly string[] {
  const steps = paths.filter((path) => /^pvm\/steps_[a-z_]+\.json$/.test(path));
  const counts = counted(steps, read);
  const rows = rowsOf(counts);
  const given = cases.map((row) => ({ ...Object(row), impossible: undefined }));
  const total = rows.flatMap(countsIn).reduce((sum, count) => sum + count, 0);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const wrong = difference(given, rows, "cases");
  return [
    ...(wrong === undefined ? [] : [wrong]),
    ...(total === all ? [] : [`${all - total} steps are of no opcode`]),
    ...cases.flatMap((row) => reasonProblem(row) ?? []),
  ];
}

/** What is wrong with a table as text, given the same as data. */
export function coverageTextProblems(
  written: string,
  cases: readonly Given[],
  read: Read,
): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const row of cases) {
    const key = `${field(row, "dialect")} ${field(row, "opcode")}`;
    const line = lines.get(key) ?? [`${field(row, "number")}`, `\`${field(row, "opcode")}\``];
    line.push(text(field(row, "impossible") ?? countsIn(row).join(" ")));
    lines.set(key, line);
  }
  const table = written.split("\n").filter((line) => /^\| \d/.test(line));
  const total = cases.flatMap(countsIn).reduce((sum, count) => sum + count, 0);
  const possible = cases.filter((row) => field(row, "impossible") === undefined).length;
  const bytes = casesOf("pvm/garbage.json", read)
    .filter((each) => /_byte_\d+$/.test(text(field(each, "name")))).length;
  const told = [
    `${total} cases; ${possible} cells of ${cases.length} are possible`,
    `${cases.length - possible} are impossible`,
    `The ${bytes} bytes that are no`,
  ].find((each) => !written.includes(each));
  const wrong = difference(table, [...lines.values()].map((line) => `| ${line.join(" | ")} |`));
  return [
    ...(told === undefined ? [] : [`it does not say: ${told}`]),
    ...(wrong === undefined ? [] : [`a row ${wrong}`]),
  ];
}
