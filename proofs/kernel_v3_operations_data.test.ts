/** Operations of mode v3 on Data, files and quotas, with operands out of a small set. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { ADDRESS, SLOT } from "./_kit/kernel_programs.ts";
import { done, EMPTIES, numbers, QUOTAS, single } from "./_kit/kernel_v3_single.ts";
import { register } from "./_kit/register.ts";

const SPEC = "the kernel, mode v3: Operands";
const SUBJECT = ["Vm.create", "Vm.invokeCached"];
const OP_SLOTS = "src/kernel/v3/operations/slots.ts";
const OP_DATA = "src/kernel/v3/operations/data.ts";
const METERS = "src/kernel/v3/meters.ts";

const NO_CHARGE = mutant(
  METERS,
  'const set = setLeft(run, "quota", id, left - cost);',
  'const set = setLeft(run, "quota", id, left);',
);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/v3_minting",
    claim:
      "MINT_CNODE and MINT_DATA with sizes and quotas of every sort charge and make what the model says",
    subject: [...SUBJECT, "InProcessKernelAssist.storageQuotaGet"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.union(
      domain.map(
        domain.product({ to: EMPTIES, size: numbers(0, 8, 16, 17, 2n ** 32n), quota: QUOTAS }),
        ({ to, size, quota }) => ({ code: 5, operands: [to, size, quota] }),
      ),
      domain.map(
        domain.product({
          at: numbers(ADDRESS.data, ADDRESS.data + 4090, 0),
          length: numbers(0, 24, 6, 2 ** 28 + 1),
          quota: QUOTAS,
          to: EMPTIES,
        }),
        ({ at, length, quota, to }) => ({ code: 23, operands: [at, length, quota, to] }),
      ),
    ),
    reaches: done(5, 23),
    implementation: kernel,
    mutants: [
      NO_CHARGE,
      mutant(OP_SLOTS, "const MINT_CNODE_BYTES = 32;", "const MINT_CNODE_BYTES = 31;"),
      mutant(OP_SLOTS, "CNODE_SIZE_LOG_MAX);", "CNODE_SIZE_LOG_MAX + 1);"),
      mutant(
        OP_DATA,
        "const paid = payNamed(run, quota.value, size.value);",
        "const paid = payNamed(run, quota.value, length.value);",
      ),
      mutant(
        "src/kernel/v3/operations/quota.ts",
        'rowId(run, "quota", target)',
        'rowId(run, "gas", target)',
      ),
    ],
    check: (each, reach, face) => single(face, each, reach),
  }),
  defineProof({
    id: "kernel/v3_reading_and_files",
    claim: "READ_DATA, OPEN and SAVE give the model's bytes, files and charges, or fault",
    subject: [
      ...SUBJECT,
      "InProcessKernelAssist.hostOpen",
      "InProcessKernelAssist.storageQuotaGet",
    ],
    spec: SPEC,
    strength: "bounded",
    domain: domain.union(
      domain.map(
        domain.product({ file: numbers(2, 1, 2n ** 64n - 1n), to: EMPTIES }),
        ({ file, to }) => ({ code: 24, operands: [file, to] }),
      ),
      domain.map(
        domain.product({ from: numbers(SLOT.data, SLOT.pinned, SLOT.gas), quota: QUOTAS }),
        ({ from, quota }) => ({ code: 25, operands: [from, quota] }),
      ),
      domain.map(
        domain.product({
          from: numbers(SLOT.data, SLOT.pinned, SLOT.gas, SLOT.other),
          at: numbers(ADDRESS.scratch, ADDRESS.scratch + 4090, 2n ** 32n + BigInt(ADDRESS.data), 0),
          length: numbers(0, 3, 6, 7, 2n ** 64n - 1n),
        }),
        ({ from, at, length }) => ({ code: 22, operands: [from, at, length] }),
      ),
    ),
    reaches: done(22, 24, 25),
    implementation: kernel,
    mutants: [
      mutant(
        OP_DATA,
        "if (!machine.memory.canWrite(address, count)) return FAILED; // all of it or nothing",
        "",
      ),
      mutant(OP_DATA, "machine.setRegister(7, BigInt(count));", "machine.setRegister(7, allowed);"),
      mutant(OP_DATA, "frame.machine.setRegister(7, file.value);", ""),
      mutant(
        OP_DATA,
        "allowed < BigInt(length.value) ? Number(allowed) : length.value",
        "length.value",
      ),
    ],
    check: (each, reach, face) => single(face, each, reach),
  }),
];

register(proofs);
