/** What a host keeps when it is told nothing of limits, and what machines that are gone leave free. */

import { BLANK } from "../model/pvm_host_memory.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { U64 } from "../src/int/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import { value } from "./_kit/paged.ts";
import { type Face, mutant } from "./_kit/pvm.ts";
import { GUEST, machineOf } from "./_kit/pvm_host.ts";
import { register } from "./_kit/register.ts";

const LOG = "src/pvm/host/log.ts";
const LIMITS = "src/pvm/host/inner_limits.ts";
const SLOTS = "src/pvm/host/inner_slots.ts";

const PAGE = 4096;
const AT = 0x20000;
const FULL = 2n ** 64n - 5n;
const HUH = 2n ** 64n - 9n;
const CALL = { kind: "host-call", id: value(U64.from(0n)) } as const;

/** A caller with zeros that it can read. */
function callerWith(face: Face, bytes: number): pvm.Machine {
  const machine = machineOf(face, GUEST, { gas: 0n, registers: [], memory: BLANK });
  if (bytes > 0) {
    value(machine.memory.resetRegion(AT, Math.ceil(bytes / PAGE) * PAGE, "read-only"));
  }
  return machine;
}

/** Has a handler do a call with these registers from 7 on; register 7 afterwards. */
function called(
  machine: pvm.Machine,
  handler: pvm.HostHandler,
  ...registers: readonly (bigint | number)[]
): bigint {
  value(machine.setGas(10n));
  registers.forEach((each, index) => value(machine.setRegister(7 + index, BigInt(each))));
  handler(CALL, machine);
  return machine.register(7);
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_log_has_usual_limits",
    claim: "a log that was told no limits keeps 1,000 records, and 1 MiB of text",
    subject: ["Log.create", "Log.records", "Log.dropped"],
    spec: "Ringfence: limits are explicit",
    strength: "exhaustive",
    domain: domain.of("records", "bytes", "largest"),
    reaches: ["records", "bytes", "largest"],
    implementation: pvm,
    mutants: [
      mutant(LOG, "const RECORDS = 1_000;", "const RECORDS = 999;"),
      mutant(LOG, "const RECORDS = 1_000;", "const RECORDS = 1_001;"),
      mutant(LOG, "const BYTES = 2 ** 20;", "const BYTES = 2 ** 20 + 1;"),
      mutant(LOG, "const BYTES = 2 ** 20;", "const BYTES = 2 ** 20 - 1;"),
      mutant(LOG, "const U32_MAX = 2 ** 32 - 1;", "const U32_MAX = 2 ** 32;"),
      mutant(LOG, "const U32_MAX = 2 ** 32 - 1;", "const U32_MAX = 2 ** 32 - 2;"),
    ],
    check(what, reach, face) {
      reach(what);
      if (what === "largest") {
        const most = 2 ** 32 - 1;
        const taken = [{ records: most, bytes: most }, { records: most + 1 }, { bytes: most + 1 }]
          .map((options) => face.Log.create(options).ok);
        return agrees(taken, [true, false, false]);
      }
      const log = value(face.Log.create());
      const machine = callerWith(face, 2 ** 20);
      const write = (length: number) => called(machine, log.handler, 1, AT, 0, AT, length);
      if (what === "records") {
        for (let record = 0; record < 1_002; record++) write(0);
        return agrees([log.records.length, log.dropped], [1_000, 2]);
      }
      write(2 ** 20 - 1);
      for (let record = 0; record < 3; record++) write(1);
      return agrees([log.records.length, log.dropped], [2, 2]);
    },
  }),
  defineProof({
    id: "pvm/inner_machines_have_usual_limits",
    claim:
      "where nothing else is said there can be 256 inner machines, 16 MiB of their code, and 64 MiB " +
      "of their memory",
    subject: ["InnerMachines.create"],
    spec: "Ringfence: limits are explicit",
    strength: "exhaustive",
    domain: domain.of("machines", "code", "memory"),
    reaches: ["machines", "code", "memory"],
    implementation: pvm,
    mutants: [
      mutant(LIMITS, "const MACHINES = 256;", "const MACHINES = 255;"),
      mutant(LIMITS, "const MACHINES = 256;", "const MACHINES = 257;"),
      mutant(LIMITS, "const CODE_BYTES = 2 ** 24;", "const CODE_BYTES = 2 ** 24 - 1;"),
      mutant(LIMITS, "const CODE_BYTES = 2 ** 24;", "const CODE_BYTES = 2 ** 24 + 1;"),
      mutant(LIMITS, "const MAPPED_BYTES = 2 ** 26;", "const MAPPED_BYTES = 2 ** 26 - 1;"),
      mutant(LIMITS, "const MAPPED_BYTES = 2 ** 26;", "const MAPPED_BYTES = 2 ** 26 + 4096;"),
    ],
    check(what, reach, face) {
      const { handlers } = value(face.InnerMachines.create());
      reach(what);
      const most = 2 ** 24;
      const machine = callerWith(face, what === "code" ? most + 1 : PAGE);
      const make = (bytes: number) => called(machine, handlers[8], AT, bytes, 0);
      if (what === "code") {
        // So many zeros are no program, which is found out where they are not too many.
        return agrees([make(most), make(most + 1)], [HUH, FULL]);
      }
      if (what === "machines") {
        const made = Array.from({ length: 257 }, () => make(3));
        return agrees([made.at(255), made.at(256)], [255n, FULL]);
      }
      make(3);
      const pages = (count: number) => called(machine, handlers[11], 0, 16, count, 2);
      const all = 2 ** 26 / PAGE;
      return agrees([pages(all + 1), pages(all)], [FULL, 0n]);
    },
  }),
  defineProof({
    id: "pvm/inner_machines_that_are_gone_take_no_memory",
    claim:
      "a machine that was expunged leaves its number and all of its memory, and takes none itself",
    subject: ["InnerMachines.create", "InnerMachines.numbers"],
    spec: "Gray Paper, appendix B.8",
    strength: "bounded",
    domain: domain.product({
      gone: domain.words(domain.range(0, 2), 2),
      more: domain.of(-1, 0, 1),
    }),
    reaches: ["some", "none"],
    implementation: pvm,
    mutants: [
      mutant(SLOTS, "mappedBytes ?? 0), 0);", "mappedBytes ?? 1), 0);"),
      mutant(SLOTS, "mappedBytes ?? 0), 0);", "mappedBytes ?? -1), 0);"),
      mutant(SLOTS, "this.#slots[Number(n)] = undefined;", ""),
    ],
    check({ gone, more }, reach, face) {
      const mappedBytes = 6 * PAGE + more;
      const inner = value(face.InnerMachines.create({ mappedBytes }));
      const { handlers } = inner;
      const machine = callerWith(face, PAGE);
      const pages = (n: number, count: number) => called(machine, handlers[11], n, 16, count, 2);
      for (let n = 0; n < 4; n++) called(machine, handlers[8], AT, 3, 0);
      for (let n = 0; n < 4; n++) pages(n, 1);
      for (const n of gone) called(machine, handlers[13], n);
      const left = [0, 1, 2, 3].filter((n) => !gone.includes(n));
      reach(gone.length === 0 ? "none" : "some");
      const room = 6 - (left.length - 1);
      const mapped = [pages(3, room + 1), pages(3, room), pages(3, room - 1)];
      return allOf(
        agrees([...inner.numbers], left),
        agrees(mapped, [FULL, more < 0 ? FULL : 0n, 0n]),
      );
    },
  }),
];

register(proofs);
