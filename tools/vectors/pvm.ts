/** The files of the PVM. */

import { bundle, fieldByField, type Head, type VectorFile } from "./json.ts";
import { type Ran, ran, type Setup } from "./pvm_case.ts";
import { cellsOf, coverageJson, coverageText, holesOf } from "./pvm_coverage.ts";
import { DIALECTS, GAS_MODELS, isPossible, opcodesOf } from "./pvm_exits.ts";
import { gasCases, heapCases, hostCases, MACHINES } from "./pvm_hosts.ts";
import {
  garbageCases,
  lowCases,
  malformedCases,
  randomCases,
  undefinedBytes,
  wrapCases,
} from "./pvm_odd.ts";
import { allSteps, setupOf, type StepCase } from "./pvm_steps.ts";
import { countOf, valueSetup } from "./pvm_values.ts";

const SPEC = ["Gray Paper, appendix A"];
const BOTH = [...SPEC, "JAVM"];
const head = (kind: string, spec = BOTH): Head => ({ family: "pvm", kind, spec });

function casesFile(name: string, setups: readonly Setup[], spec = BOTH): VectorFile {
  const cases = setups.map((setup) => ran(setup).json);
  return bundle(`pvm/${name}.json`, head("cases", spec), cases);
}

/** The exits that the official schema can express. */
const OFFICIAL: readonly string[] = ["halt", "panic", "page-fault"];

function officialFile({ json, exit }: Ran): readonly VectorFile[] {
  const added = [
    "expected-page-map",
    "initial-heap",
    "read-only-store",
    "dialect",
    "gas-model",
    "steps",
  ];
  const isPlain = OFFICIAL.includes(exit) && added.every((field) => json[field] === undefined);
  if (!isPlain) return [];
  return [{
    path: `pvm/programs/${json.name}.json`,
    head: head("official", SPEC),
    count: 1,
    text: fieldByField(json),
  }];
}

/** The cases that need no addition, each in a file of its own. */
function officialFiles(): readonly VectorFile[] {
  const opcodes = opcodesOf("gray-paper").filter(({ mnemonic }) => mnemonic !== "sbrk");
  const values = opcodes.flatMap((opcode) =>
    Array.from({ length: Math.min(4, countOf(opcode)) }, (_, i) => {
      // Loads and stores show their edges; what computes shows its signs and carries.
      const index = i * Math.max(1, Math.floor(countOf(opcode) / 4));
      return valueSetup(`inst_${opcode.mnemonic}_${index}`, opcode, index, "gray-paper", "block");
    })
  );
  const jumps = opcodes.filter((opcode) => isPossible(opcode, "gray-paper", "halt")).map((opcode) =>
    setupOf(
      `inst_${opcode.mnemonic}_halts`,
      opcode,
      { label: "halts", fields: { a: 3, b: 3, x: 0n, y: 0n }, registers: { 3: 0xffff_0000n } },
      "gray-paper",
      "block",
    )
  );
  const low = lowCases().filter(({ dialect }) => dialect === "gray-paper")
    .map((setup) => ({ ...setup, name: setup.name.replace("gray-paper_block", "low") }));
  return [...values, ...jumps, ...low].flatMap((setup) =>
    officialFile(ran({ ...setup, readOnlyStore: "panic" }))
  );
}

/** Instructions with operands of every kind; dialects and gas models take turns. */
function valueSetups(): readonly Setup[] {
  return DIALECTS.flatMap((dialect) =>
    opcodesOf(dialect).flatMap((opcode) =>
      Array.from({ length: countOf(opcode) }, (_, i) => {
        const gasModel = GAS_MODELS[(i + Number(opcode.number)) % GAS_MODELS.length] ?? "block";
        const name = `${dialect}_${opcode.mnemonic}_${i}`;
        return valueSetup(name, opcode, i, dialect, gasModel);
      })
    )
  );
}

function coverageFiles(steps: readonly StepCase[]): readonly VectorFile[] {
  const cells = cellsOf(steps);
  const holes = holesOf(cells);
  if (holes.length > 0) throw new Error(`the coverage has holes:\n${holes.join("\n")}`);
  const bytes = DIALECTS.reduce((sum, dialect) => sum + undefinedBytes(dialect).length, 0);
  const text = coverageText(cells, bytes);
  return [
    bundle("pvm/coverage.json", head("coverage"), coverageJson(cells)),
    { path: "pvm/coverage.md", head: head("coverage"), count: 0, text },
  ];
}

/** Every file of the PVM. Throws when an opcode has an exit without a case. */
export function pvmFiles(): readonly VectorFile[] {
  const steps = MACHINES.map(({ dialect, gasModel }) => ({
    name: `steps_${dialect}_${gasModel}`.replaceAll("-", "_"),
    cases: allSteps(dialect, gasModel),
  }));
  return [
    ...officialFiles(),
    ...steps.map(({ name, cases }) =>
      bundle(`pvm/${name}.json`, head("cases"), cases.map(({ json }) => json))
    ),
    casesFile("values", valueSetups()),
    casesFile("host_calls", hostCases()),
    casesFile("out_of_gas", gasCases()),
    casesFile("malformed", malformedCases(), ["Gray Paper, appendix A.2"]),
    casesFile("low_memory", lowCases()),
    casesFile("wrap_around", wrapCases()),
    casesFile("sbrk", heapCases(), ["Gray Paper, appendix A.5.9"]),
    casesFile("garbage", garbageCases()),
    casesFile("random", randomCases(300)),
    ...coverageFiles(steps.flatMap(({ cases }) => cases)),
  ];
}
