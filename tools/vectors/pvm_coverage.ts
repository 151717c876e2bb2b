/** How many cases there are for each opcode, exit, dialect and gas model; and whether one is missing. */

import type { JsonObject } from "./json.ts";
import {
  DIALECTS,
  type ExitName,
  EXITS,
  GAS_MODELS,
  isPossible,
  opcodesOf,
  type Reason,
  REASONS,
  whyNot,
} from "./pvm_exits.ts";
import type { StepCase } from "./pvm_steps.ts";

/** One opcode of one dialect, and one exit. */
export interface Cell {
  readonly opcode: string;
  readonly number: bigint;
  readonly dialect: string;
  readonly exit: ExitName;
  /** How many cases there are, by gas model. */
  readonly cases: readonly number[];
  /** Why there can be none. */
  readonly impossible: Reason | undefined;
}

/** Every cell of the table. */
export function cellsOf(steps: readonly StepCase[]): readonly Cell[] {
  const counts = new Map<string, number>();
  for (const { opcode, dialect, gasModel, exit } of steps) {
    const key = `${dialect} ${gasModel} ${opcode.mnemonic} ${exit}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return DIALECTS.flatMap((dialect) =>
    opcodesOf(dialect).flatMap((opcode) =>
      EXITS.map((exit): Cell => ({
        opcode: opcode.mnemonic,
        number: opcode.number,
        dialect,
        exit,
        cases: GAS_MODELS.map((gasModel) =>
          counts.get(`${dialect} ${gasModel} ${opcode.mnemonic} ${exit}`) ?? 0
        ),
        impossible: isPossible(opcode, dialect, exit) ? undefined : whyNot(opcode, exit),
      }))
    )
  );
}

/** What is wrong with a table: exits without a case, and cases of exits that are called impossible. */
export function holesOf(cells: readonly Cell[]): readonly string[] {
  return cells.flatMap(({ opcode, dialect, exit, cases, impossible }) =>
    cases.flatMap((count, i) => {
      const where = `${opcode} (${dialect}, ${GAS_MODELS[i]}): ${exit}`;
      if (impossible === undefined) return count > 0 ? [] : [`${where}: there is no case`];
      return count === 0 ? [] : [`${where}: ${count} cases of what is impossible (${impossible})`];
    })
  );
}

/** The table as data. */
export function coverageJson(cells: readonly Cell[]): readonly JsonObject[] {
  return cells.map(({ opcode, number, dialect, exit, cases, impossible }) => ({
    name: `${dialect} ${opcode} ${exit}`,
    opcode,
    number,
    dialect,
    exit,
    cases: Object.fromEntries(GAS_MODELS.map((gasModel, i) => [gasModel, cases[i] ?? 0])),
    impossible,
  }));
}

function tableOf(cells: readonly Cell[], dialect: string): string {
  const rows = new Map<string, string[]>();
  for (const { opcode, number, cases, impossible, dialect: of } of cells) {
    if (of !== dialect) continue;
    const row = rows.get(opcode) ?? [`${number}`, `\`${opcode}\``];
    row.push(impossible ?? cases.join(" "));
    rows.set(opcode, row);
  }
  const head = ["", "opcode", ...EXITS];
  return [head, head.map(() => "---"), ...rows.values()].map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

/** The table as text. */
export function coverageText(cells: readonly Cell[], undefinedBytes: number): string {
  const reasons = Object.entries(REASONS).map(([name, why]) => `- ${name}: ${why}.`);
  const possible = cells.filter(({ impossible }) => impossible === undefined);
  const total = cells.flatMap(({ cases }) => cases).reduce((sum, count) => sum + count, 0);
  return `# Coverage of the PVM

How many single steps there are for each opcode and each way in which one instruction can end, under the
gas models ${GAS_MODELS.join(", ")}, in this order. Where an exit is impossible for an opcode, the
cell has the reason, which follows from the form of the opcode.

${total} cases; ${possible.length} cells of ${cells.length} are possible, each has a case under every
gas model; ${cells.length - possible.length} are impossible. The ${undefinedBytes} bytes that are no
opcode, of both dialects together, have a case each in \`garbage.json\`.

${reasons.join("\n")}

${DIALECTS.map((dialect) => `## ${dialect}\n\n${tableOf(cells, dialect)}`).join("\n\n")}
`;
}
