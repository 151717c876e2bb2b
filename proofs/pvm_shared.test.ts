/** Machines of one program: what one of them does is nothing to the others. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof pvm;
const mutant = sourceMutants<Face>("src/pvm/mod.ts");

/** Counts in r7 and r8, and calls the host in between. */
const SOURCE = `
        fallthrough
loop:   add_imm_64 r7, r7, 1
        ecalli 1
        add_64 r8, r8, r7
        jump loop
`;

function machineOf(face: Face, program: pvm.Program, first: bigint): pvm.Machine | undefined {
  const none = new Uint8Array(0);
  const parts = {
    readOnlyData: none,
    readWriteData: none,
    heapPages: 0,
    stackBytes: 0,
    blob: none,
  };
  const state = face.initialState(parts, none);
  if (!state.ok) return undefined;
  const registers = state.value.registers.map((value, index) => index === 7 ? first : value);
  const made = face.Machine.create(program, { memory: state.value.memory, registers, gas: 1_000n });
  return made.ok ? made.value : undefined;
}

/** Two machines that take turns as told, and the registers of both. */
function turns(face: Face, schedule: readonly boolean[]): readonly (readonly bigint[])[] {
  const assembled = face.assemble(SOURCE);
  const program = assembled.ok ? face.Program.create(assembled.value.code) : assembled;
  if (!program.ok) return [];
  const pair = [machineOf(face, program.value, 0n), machineOf(face, program.value, 1_000n)];
  for (const isFirst of schedule) {
    const machine = pair[isFirst ? 0 : 1];
    machine?.run();
    machine?.setRegister(9, machine.register(9) + machine.register(7));
  }
  return pair.map((machine) => [7, 8, 9].map((index) => machine?.register(index) ?? -1n));
}

/** What the registers hold after so many runs up to the call. */
function alone(runs: number, first: bigint): readonly bigint[] {
  let [r7, r8, r9] = [first, 0n, 0n];
  for (let run = 0; run < runs; run++) {
    if (run > 0) r8 += r7;
    r7++;
    r9 += r7;
  }
  return [r7, r8, r9];
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/machines_of_one_program_stay_apart",
    claim: "machines of one program that take turns do what each does alone",
    subject: ["Machine.run", "Machine.register", "Machine.setRegister"],
    spec: "Gray Paper, appendix A.1",
    strength: "bounded",
    domain: domain.words(domain.of(false, true), 7),
    reaches: ["one", "both"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/interpreter.ts", "layout.holder.words = layout.registers.slice();\n", ""),
      mutant("src/pvm/interpreter.ts", "  layout.registers.set(file.words);\n", ""),
      mutant("src/pvm/interpreter.ts", "  file.words = layout.registers;\n", ""),
      mutant("src/pvm/interpreter.ts", "  layout.holder = file;\n", ""),
    ],
    check: (schedule, reach, face) => {
      const first = schedule.filter((isFirst) => isFirst).length;
      const second = schedule.length - first;
      reach(first > 0 && second > 0 ? "both" : "one");
      return agrees(turns(face, schedule), [alone(first, 0n), alone(second, 1_000n)]);
    },
  }),
];

register(proofs);
