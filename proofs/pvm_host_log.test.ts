/** The call by which guests write a log. */

import { allows, bytesOf, withBytes } from "../model/pvm_host_memory.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { U64 } from "../src/int/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import type { LogRecord } from "../src/pvm/mod.ts";
import { value } from "./_kit/paged.ts";
import { mutant } from "./_kit/pvm.ts";
import { GUEST, machineOf, memoryWith, registersOf } from "./_kit/pvm_host.ts";
import { register } from "./_kit/register.ts";

const LOG = "src/pvm/host/log.ts";
const U64_MAX = 2n ** 64n - 1n;
const LEVEL = value(U64.from(2n));
const END = 17n * 4096n;
/** At the end of the readable page: a mark of byte order, "hé", a cut character, a stray byte, "z". */
const TEXT = [0xef, 0xbb, 0xbf, 0x68, 0xc3, 0xa9, 0xe2, 0x82, 0xff, 0x7a].map(BigInt);
const TEXT_AT = END - BigInt(TEXT.length);
const MEMORY = withBytes(memoryWith({ 16: "read-only" }, 0n), TEXT_AT, TEXT);

/** The text of some of the bytes, by hand. */
const TEXTS = new Map([
  ["", ""],
  [TEXT.slice(0, 3).join(), "\ufeff"],
  [TEXT.slice(0, 6).join(), "\ufeffhé"],
  [TEXT.join(), "\ufeffhé\ufffd\ufffdz"],
  [TEXT.slice(9).join(), "z"],
]);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_log_keeps_what_can_be_read",
    claim:
      "log keeps level, target and message where both can be read, and costs 10 and answers in any case",
    subject: ["Log.create", "Log.records", "Log.dropped"],
    spec: "JIP-1",
    strength: "bounded",
    domain: domain.product({
      gas: domain.of(0n, 9n, 10n, 11n),
      level: domain.of(0n, 4n, U64_MAX),
      target: domain.of(0n, 3n, 10n, 11n, U64_MAX),
      message: domain.of([0n, 0n], [TEXT_AT, 6n], [TEXT_AT, 10n], [END - 1n, 1n], [END - 1n, 2n], [
        U64_MAX,
        0n,
      ], [2n ** 32n, 1n]),
      answer: domain.of("what", "ok", "nothing"),
    }),
    reaches: ["kept", "unreadable", "out-of-gas"],
    implementation: pvm,
    mutants: [
      mutant(LOG, "!memory.canRead(targetAt, targetBytes) || ", ""),
      mutant(LOG, "|| !memory.canRead(messageAt, messageBytes)", ""),
      mutant(LOG, "level: machine.register(7)", "level: machine.register(8)"),
      mutant(LOG, "{ ignoreBOM: true }", "{ ignoreBOM: false }"),
      mutant(LOG, "if (unpaid !== undefined) return unpaid;", ""),
      mutant(LOG, 'answer === "ok" ? HOST_RESULT.OK', 'answer === "what" ? HOST_RESULT.OK'),
      mutant(LOG, 'if (answer === "nothing") return CONTINUE;', ""),
    ],
    check({ gas, level, target, message, answer }, reach, face) {
      const [at, length] = message;
      const registers = registersOf({ 7: level, 8: TEXT_AT, 9: target, 10: at, 11: length });
      const machine = machineOf(face, GUEST, { gas, registers, memory: MEMORY });
      const log = value(face.Log.create({ answer }));
      const done = log.handler({ kind: "ecall" }, machine);
      const isReadable = allows(MEMORY, "read", TEXT_AT, target) &&
        allows(MEMORY, "read", at, length);
      const isKept = gas >= 10n && isReadable;
      reach(gas < 10n ? "out-of-gas" : isReadable ? "kept" : "unreadable");
      const result = gas < 10n || answer === "nothing"
        ? level
        : answer === "ok"
        ? 0n
        : U64_MAX - 1n;
      const textOf = (start: bigint, count: bigint) =>
        TEXTS.get(bytesOf(MEMORY, start, count).join());
      const expected = isKept
        ? [{ level, target: textOf(TEXT_AT, target), message: textOf(at, length) }]
        : [];
      return allOf(
        agrees([done.kind, machine.gas], gas < 10n ? ["out-of-gas", 0n] : ["continue", gas - 10n]),
        agrees(machine.registers, registers.map((old, i) => (i === 7 ? result : old))),
        agrees(log.records, expected),
        agrees(log.dropped, 0),
      );
    },
  }),
  defineProof({
    id: "pvm/host_log_keeps_within_its_limits",
    claim:
      "a log keeps records up to its number and its bytes, counts the others, and has room again once it is emptied",
    subject: ["Log.create", "Log.records", "Log.dropped", "Log.take"],
    spec: "Ringfence: limits are explicit",
    strength: "bounded",
    domain: domain.product({
      records: domain.range(0, 3),
      bytes: domain.range(0, 9),
      lengths: domain.words(domain.of(0, 1, 3), 4),
    }),
    reaches: ["kept", "dropped"],
    implementation: pvm,
    mutants: [
      mutant(
        LOG,
        "this.#records.length >= this.#settings.records",
        "this.#records.length > this.#settings.records",
      ),
      mutant(LOG, "bytes > this.#bytesLeft", "bytes >= this.#bytesLeft"),
      mutant(LOG, "this.#bytesLeft -= Number(bytes);", ""),
      mutant(LOG, "const bytes = targetBytes + messageBytes;", "const bytes = messageBytes;"),
      mutant(LOG, "      this.#dropped++;\n", ""),
      mutant(LOG, "    this.#dropped = 0;\n    return", "    return"),
      mutant(
        LOG,
        "    this.#bytesLeft = this.#settings.bytes;\n    this.#dropped",
        "    this.#dropped",
      ),
    ],
    check({ records, bytes, lengths }, reach, face) {
      const log = value(face.Log.create({ records, bytes }));
      const machine = machineOf(face, GUEST, { gas: 0n, registers: [], memory: MEMORY });
      const write = () => {
        const kept: LogRecord[] = [];
        let [left, dropped] = [bytes, 0];
        for (const length of lengths) {
          machine.setGas(10n);
          for (const at of [8, 10]) machine.setRegister(at, TEXT_AT + 9n);
          machine.setRegister(9, length > 0 ? 1n : 0n);
          machine.setRegister(11, length > 1 ? 1n : 0n);
          machine.setRegister(7, 2n);
          log.handler({ kind: "ecall" }, machine);
          const size = Math.min(length, 2);
          if (kept.length >= records || size > left) dropped++;
          else {
            left -= size;
            kept.push({ level: LEVEL, target: size > 0 ? "z" : "", message: size > 1 ? "z" : "" });
          }
        }
        if (kept.length > 0) reach("kept");
        if (dropped > 0) reach("dropped");
        return allOf(
          agrees(log.records, kept),
          agrees(log.dropped, dropped),
          agrees(log.take(), kept),
        );
      };
      return allOf(write(), agrees(log.records, []), agrees(log.dropped, 0), write());
    },
  }),
];

register(proofs);
