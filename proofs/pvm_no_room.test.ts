/** An engine without room, while machines run and their host works for them. */

import * as pvm from "../src/pvm/mod.ts";
import { SparseMemory } from "../src/paged/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { value } from "./_kit/paged.ts";
import { withEngine } from "./_kit/paged_engine.ts";
import { dialectOf, DIALECTS, type Face, mutant } from "./_kit/pvm.ts";
import {
  AMPLE,
  answerOf,
  GUEST,
  type Host,
  machineOf,
  memoryWith,
  realOf,
  registersOf,
  stateOf,
} from "./_kit/pvm_host.ts";
import { register } from "./_kit/register.ts";

const CALLS = "src/pvm/host/inner_calls.ts";
const AT = 16n * 4096n;
/** The second page, which nobody wrote to. */
const BLANK = 17n * 4096n;
/** Where the caller keeps gas and registers for the machine inside it; it then stores to `BLANK`. */
const INVOCATION = AT + 1024n;
const PAGE = 4096n;

/** Runs something in an engine that makes so many buffers of some bytes or more, and all smaller. */
function withRoomFor<T>(count: number, bytes: number, run: () => T): T {
  let left = count;
  return withEngine((_name, size) => {
    if (typeof size === "number" && size >= bytes && left-- <= 0) throw new RangeError("no room");
  }, run);
}

/** A call, what the registers from 7 on hold, and how many buffers of how many bytes it can make. */
type Case = readonly [id: bigint, registers: readonly bigint[], count: number, bytes: number];

const CASES: Readonly<Record<string, Case>> = {
  "the bytes of a machine": [8n, [AT, BigInt(GUEST.length), 0n], 0, 0],
  "the memory of a machine": [8n, [AT, BigInt(GUEST.length), 0n], 0, 1000],
  "the bytes that are peeked": [9n, [0n, BLANK, BLANK, PAGE], 0, 1000],
  "the place that is peeked to": [9n, [0n, BLANK, BLANK, PAGE], 1, 1000],
  "the bytes that are poked": [10n, [0n, AT, BLANK, PAGE], 0, 1000],
  "the place that is poked to": [10n, [0n, AT, BLANK, PAGE], 1, 1000],
  "the table of pages": [11n, [0n, 500_000n, 3n, 2n], 0, 1000],
  "the bytes of an invocation": [12n, [0n, INVOCATION], 0, 0],
  "the outcome of an invocation": [12n, [0n, INVOCATION], 1, 100],
  "a store inside": [12n, [0n, INVOCATION], 0, 1000],
};

/** A caller with the bytes of a guest, and a machine inside it with a page that nobody wrote to. */
function hostOf(face: Face, registers: readonly bigint[]) {
  const bytes = [
    ...GUEST.map((byte, i) => ({ at: AT + BigInt(i), byte })),
    { at: INVOCATION, byte: 99n },
    // Of register 3, which says where it stores.
    { at: INVOCATION + 8n * 4n + 1n, byte: 0x10n },
    { at: INVOCATION + 8n * 4n + 2n, byte: 0x01n },
  ];
  const host: Host = {
    gas: 100n,
    registers: registersOf(Object.fromEntries(registers.map((each, i) => [7 + i, each]))),
    memory: { pages: [{ page: 16n, access: "read-write" }], bytes },
    inner: [{ n: 0n, blob: GUEST, memory: { pages: [], bytes: [] }, pc: 0n }],
  };
  const real = realOf(face, host, AMPLE);
  for (const memory of [real.caller.memory, real.inner.at(0)?.memory]) {
    memory?.resetRegion(Number(BLANK), Number(PAGE), "read-write");
  }
  return real;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_calls_without_room_end_the_run",
    claim:
      "a call for which the engine has no room, at whatever point, ends the run as the host's own " +
      "trouble, takes its gas and changes nothing else; with room it is done",
    subject: ["InnerMachines.create"],
    spec: "nothing throws; Gray Paper, appendix B.8",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(CASES)),
    reaches: ["no room"],
    implementation: pvm,
    mutants: [
      mutant(CALLS, "if (!blob.ok) return NO_ROOM;", "if (!blob.ok) return give(caller, HUH);"),
      mutant(
        CALLS,
        'if (inner === "no-room") return NO_ROOM;',
        'if (inner === "no-room") return give(caller, HUH);',
      ),
      mutant("src/pvm/host/inner_machine.ts", '    : "no-room";', "    : undefined;"),
      mutant(
        CALLS,
        "caller.memory, target, length) ? give(caller, OK) : NO_ROOM;",
        "caller.memory, target, length) ? give(caller, OK) : give(caller, OOB);",
      ),
      mutant(
        CALLS,
        "memory, target, length) ? give(caller, OK) : NO_ROOM;\n}\n\n/** `pages`",
        "memory, target, length) ? give(caller, OK) : give(caller, OOB);\n}\n\n/** `pages`",
      ),
      mutant(
        CALLS,
        "return reset.ok ? give(caller, OK) : NO_ROOM;",
        "return give(caller, reset.ok ? OK : HUH);",
      ),
      mutant(
        CALLS,
        "  if (!invocation.ok) return NO_ROOM;\n",
        "  if (!invocation.ok) return PANIC;\n",
      ),
      mutant(CALLS, "if (!caller.memory.write(address, invocation.value).ok) return NO_ROOM;", ""),
      mutant(CALLS, '    case "no-room":\n      return NO_ROOM;\n', ""),
    ],
    check(name, reach, face) {
      const [id, registers, count, bytes] = CASES[name] ?? [0n, [], 0, 0];
      const real = hostOf(face, registers);
      const twin = hostOf(face, registers);
      const before = stateOf(real);
      const answer = withRoomFor(count, bytes, () => answerOf(real, id));
      reach("no room");
      const failure = agrees([answer, real.caller.gas], ["no-room", 90n]);
      // What the machine inside did before it stored, its caller is told.
      if (name === "a store inside") return failure;
      value(real.caller.setGas(100n));
      return allOf(
        failure,
        agrees(stateOf(real), before),
        agrees(answerOf(real, id), "continue"),
        agrees(answerOf(twin, id), "continue"),
        agrees(stateOf(real), stateOf(twin)),
      );
    },
  }),
  defineProof({
    id: "pvm/stores_without_room_are_done_again",
    claim:
      "a store to a page for which the engine has no room ends the run as that, and is done when " +
      "the machine is run again with room",
    subject: ["Machine.run", "Machine.step"],
    spec: "nothing throws",
    strength: "exhaustive",
    domain: domain.product({ dialect: domain.of(...DIALECTS), isStep: domain.of(false, true) }),
    reaches: ["no room"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/interpreter.ts", 'if (kind === "no-room") return { kind: "no-room" };', ""),
    ],
    check({ dialect, isStep }, reach, face) {
      const source = face.assemble(`store_u8 [${BLANK}], r1\ntrap`);
      if (!source.ok) return "it was not assembled";
      const { code } = source.value;
      const program = value(face.Program.create(code, { dialect: dialectOf(face, dialect) }));
      const memory = value(SparseMemory.create({ reservedBytes: 65_536 }));
      value(memory.resetRegion(Number(BLANK), Number(PAGE), "read-write"));
      const machine = value(
        face.Machine.create(program, { memory, gas: 99n, registers: [0n, 7n] }),
      );
      const run = () => isStep ? machine.step() : machine.run();
      const first = withRoomFor(0, 1000, run);
      const byte = memory.readU8(Number(BLANK));
      reach("no room");
      run();
      return allOf(
        agrees([first, byte.ok && byte.value], [{ kind: "no-room" }, 0]),
        agrees(memory.readU8(Number(BLANK)), { ok: true, value: 7 }),
      );
    },
  }),
  defineProof({
    id: "pvm/log_without_room_keeps_an_empty_text",
    claim: "a text for which the engine has no room is kept as an empty one",
    subject: ["Log.create", "Log.records"],
    spec: "nothing throws; JIP-1",
    strength: "exhaustive",
    domain: domain.range(0, 2),
    reaches: ["no room", "room"],
    implementation: pvm,
    mutants: [
      mutant("src/pvm/host/log.ts", '.decode(bytes.value) : "";', '.decode(bytes.value) : "?";'),
    ],
    check(room, reach, face) {
      const registers = registersOf({ 7: 2n, 8: AT, 9: 1n, 10: AT + 1n, 11: 1n });
      const memory = memoryWith({ 16: "read-only" }, 0n);
      const machine = machineOf(face, GUEST, { gas: 10n, registers, memory });
      const log = value(face.Log.create());
      withRoomFor(room, 0, () => log.handler({ kind: "ecall" }, machine));
      reach(room < 2 ? "no room" : "room");
      const texts = log.records.map(({ target, message }) => [target.length, message.length]);
      return agrees(texts, [[room > 0 ? 1 : 0, room > 1 ? 1 : 0]]);
    },
  }),
];

register(proofs);
