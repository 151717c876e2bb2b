/** What the constructors of machines and engines make of anything, past the type checker. */

import {
  agrees,
  allOf,
  defineProof,
  domain,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const MACHINE = "src/pvm/machine.ts";
const inPaged = sourceMutants<typeof paged>("src/paged/mod.ts");

/** Whatever a machine says of itself, and does. */
function everything(machine: pvm.Machine): unknown[] {
  const before = [machine.pc, machine.gas, machine.register(7), machine.registers];
  const set = [machine.setPc(3), machine.setRegister(7, 5n), machine.setGas(9n)];
  const after = [machine.pc, machine.gas, machine.register(7)];
  const exits = [machine.step(), machine.setPc(0), machine.run(), machine.gas];
  return [...before, ...set, ...after, ...exits, machine.memory.mappedBytes];
}

/** A machine without code and memory, made as machines are. */
function bare(face: typeof pvm): unknown {
  const [bytes, starts] = [new Uint8Array(0), new Uint8Array(0)];
  const program = face.Program.create({ bytes, starts, jumpTable: { count: 0, width: 0, bytes } });
  const memory = paged.SparseMemory.create({ reservedBytes: 65_536 });
  if (!program.ok || !memory.ok) return "not made";
  const made = face.Machine.create(program.value, { memory: memory.value, gas: 0n });
  return made.ok ? everything(made.value) : made;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/forged_machines_have_no_code",
    claim:
      "what the constructor of a machine makes of any value is a machine without code, memory and gas",
    subject: [
      ...["run", "step", "pc", "setPc", "gas", "setGas", "register", "setRegister", "registers"],
      "memory",
    ].map((name) => `Machine.${name}`),
    spec: "nothing throws",
    strength: "bounded",
    domain: domain.product({ hostile: hostileValues, isObject: domain.of(false, true) }),
    reaches: ["forged"],
    implementation: pvm,
    mutants: [
      mutant(MACHINE, "Start.is(start) ? start : new Start()", "start"),
      mutant(MACHINE, "      pc: 0,", "      pc: 1,"),
    ],
    check({ hostile, isObject }, reach, face) {
      const given = isObject ? { state: hostile.make(), prepared: {} } : hostile.make();
      const found: unknown[] = [];
      const failure = isTotal(() => {
        found.push(everything(Reflect.construct(face.Machine, [given])));
      });
      reach("forged");
      return allOf(failure, agrees(found, failure === undefined ? [bare(face)] : []));
    },
  }),
  defineProof({
    id: "paged/an_empty_memory_has_no_pages",
    claim: "the memory without pages is the one that is created without options",
    subject: ["emptyMemory"],
    spec: "nothing throws",
    strength: "exhaustive",
    domain: domain.of("emptyMemory"),
    reaches: ["empty"],
    implementation: paged,
    mutants: [
      inPaged(
        "src/paged/sparse_memory.ts",
        "emptyMemory = () => new SparseMemory(new SparseStore(DEFAULT_SETTINGS));",
        "emptyMemory = () => new SparseMemory(new SparseStore({ ...DEFAULT_SETTINGS, wraps: false }));",
      ),
    ],
    check(_, reach, { emptyMemory, SparseMemory }) {
      const created = SparseMemory.create();
      reach("empty");
      if (!created.ok) return "no memory was created";
      const describe = (memory: paged.SparseMemory) => [
        [memory.pageSize, memory.limitBytes, memory.reservedBytes, memory.mappedBytes],
        [memory.mapRegion(4096, 4096, "read-write").ok, memory.mapRegion(0, 4096, "read-only").ok],
        [memory.mapRegion(0xffff_f000, 4096, "read-write").ok, memory.readU32(0xffff_fffe)],
      ];
      return agrees(describe(emptyMemory()), describe(created.value));
    },
  }),
];

register(proofs);
