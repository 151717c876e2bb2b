/** Invoking standard programs with arguments. */

import { coreWith } from "../model/pvm_host_core.ts";
import { withRegister } from "../model/pvm_host.ts";
import * as model from "../model/pvm_host_run.ts";
import { type Standard, standardBytes } from "../model/pvm_program_start.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as pvm from "../src/pvm/mod.ts";
import type { HostHandler, Invocation, Result } from "../src/pvm/mod.ts";
import { mutant } from "./_kit/pvm.ts";
import { op } from "./_kit/pvm_assemble.ts";
import { blobOf } from "./_kit/pvm_host.ts";
import { register } from "./_kit/register.ts";

const INVOKE = "src/pvm/host/invoke.ts";
const CORE = coreWith("panic");
const U64_MAX = 2n ** 64n - 1n;

/** What the host takes for its call. */
const PRICE = 12n;

/** A program that makes a call, sets r7 and r8, and then ends in its way. */
function guest(r7: bigint, r8: bigint, end: readonly number[]): readonly bigint[] {
  return blobOf([
    op("ecalli", { x: 0n }),
    op("load_imm_64", { a: 7, x: r7 }),
    op("load_imm_64", { a: 8, x: r8 }),
    end,
  ]);
}

const ENDS = {
  halt: op("jump_ind", { a: 0 }),
  panic: op("trap"),
  "page fault": op("store_ind_u8", { a: 2, b: 0 }),
  "for ever": op("jump", { offset: 0n }),
};

const BLOBS = {
  whole: (blob: readonly bigint[]) => blob,
  cut: (blob: readonly bigint[]) => blob.slice(0, -1),
};

/** The bytes of a program, or something that is none. */
const BYTES = {
  whole: (bytes: readonly bigint[]) => bytes,
  cut: (bytes: readonly bigint[]) => bytes.slice(0, -1),
  longer: (bytes: readonly bigint[]) => [...bytes, 0n],
  none: () => [],
};

function program(blob: readonly bigint[]): Standard {
  return { readOnly: [1n, 2n, 3n], readWrite: [4n], heapPages: 1n, stackBytes: 9n, blob };
}

/** An invocation as the model tells it. */
function told(invoked: Result<Invocation, unknown>): unknown {
  if (!invoked.ok) return "an error";
  const { gasUsed, outcome } = invoked.value;
  const output = outcome.kind === "halt" ? Array.from(outcome.bytes, BigInt) : outcome.kind;
  return { gasUsed, output };
}

/** Programs that run, over what they return. */
const RETURNS = domain.product({
  end: domain.of("halt"),
  r7: domain.of(
    0n,
    0x1_0000n,
    0x1_0ffdn,
    0x2_fff0n,
    0x3_0000n,
    0x3_1ffen,
    0xfefe_0000n - 4n,
    0xfeff_0000n,
    2n ** 32n - 1n,
    U64_MAX,
  ),
  r8: domain.of(0n, 1n, 3n, 4n, 2n ** 32n, U64_MAX),
  gas: domain.of(1000n),
  pc: domain.of(0),
  bytes: domain.of("whole"),
  blob: domain.of("whole"),
});

/** Programs that end in every way, with any gas, some of them malformed. */
const ENDINGS = domain.product({
  end: domain.of("halt", "panic", "page fault", "for ever"),
  r7: domain.of(0x1_0000n),
  r8: domain.of(2n),
  gas: domain.of(0n, 1n, 12n, 13n, 14n, 16n, 17n, 1000n),
  pc: domain.of(0, 5, 7, 2 ** 53 - 1),
  bytes: domain.of("whole", "cut", "longer", "none"),
  blob: domain.of("whole", "cut"),
});

type Case = typeof RETURNS | typeof ENDINGS extends { values(): Iterable<infer T> } ? T : never;
const CASES = domain.union<Case>(RETURNS, ENDINGS);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "pvm/host_invoke_program_agrees_with_model",
    claim:
      "invoking a program, of bytes or of parts, with a host of whichever kind, uses the model's gas and gives the model's output",
    subject: ["invoke", "invokeAsync", "charge", "give"],
    spec: "Gray Paper, appendix A.8, Psi_M",
    strength: "bounded",
    domain: domain.named("every ending with any gas; every edge of what is returned", CASES),
    reaches: ["malformed", "out-of-gas", "panic", "page fault", "bytes", "unreadable", "empty"],
    implementation: pvm,
    mutants: [
      mutant(
        INVOKE,
        "length > 0n && machine.memory.canRead(address, length)",
        "length > 0n && machine.memory.canWrite(address, length)",
      ),
      mutant(
        INVOKE,
        "[machine.register(7), machine.register(8)]",
        "[machine.register(8), machine.register(7)]",
      ),
      mutant(INVOKE, "left < gas ? gas - left : 0n", "left"),
      mutant(INVOKE, "{ ...state.value, gas, pc }", "{ ...state.value, gas }"),
      mutant(
        INVOKE,
        "if (!code.ok) return ok(undefined);",
        "if (!code.ok) return Machine.create(Program.prototype, { ...state.value, gas });",
      ),
      mutant(INVOKE, '    case "out-of-gas":\n', ""),
      mutant(
        INVOKE,
        "runWithHost(machine.value, settings.value.handler);\n",
        "runWithHost(machine.value, unknownCall);\n",
      ),
      mutant.equivalent(
        INVOKE,
        "length > 0n && machine",
        "machine",
        "reading no bytes gives none, or fails and gives none",
      ),
    ],
    async check({ end, r7, r8, gas, pc, bytes, blob }, reach, face) {
      const given = program(BLOBS[blob](guest(r7, r8, ENDS[end])));
      const whole = BYTES[bytes](standardBytes(given));
      const args = [9n, 8n, 7n];
      const expected = model.invoke(
        CORE,
        whole,
        { pc: BigInt(pc), gas, args },
        (_id, state) =>
          state.gas < PRICE ? { state: { ...state, gas: 0n }, answer: "out-of-gas" } : {
            state: withRegister({ ...state, gas: state.gas - PRICE }, 7, 5n),
            answer: "continue",
          },
      );
      reach(nameOf(expected.output, bytes === "whole" && blob === "whole", end, r8));
      const handler: HostHandler = (_call, machine) =>
        face.charge(machine, PRICE) ?? face.give(machine, 5n);
      const options = { gas, pc, args: Uint8Array.from(args, Number), handler };
      const raw = Uint8Array.from(whole, Number);
      const parts = face.decodeStandardProgram(raw);
      return allOf(
        agrees(told(face.invoke(raw, options)), expected),
        agrees(told(await face.invokeAsync(raw, options)), expected),
        parts.ok ? agrees(told(face.invoke(parts.value, options)), expected) : undefined,
      );
    },
  }),
  defineProof({
    id: "pvm/host_invoke_program_keeps_within_its_limit",
    claim:
      "a program that needs more memory than the limit is not run, and a handler that fails is told from a panic",
    subject: ["invoke", "invokeAsync"],
    spec: "Ringfence: limits are explicit",
    strength: "bounded",
    domain: domain.product({
      limitBytes: domain.of(0, 4096, 5 * 4096 - 1, 5 * 4096, 6 * 4096),
      fails: domain.of(false, true),
    }),
    reaches: ["limit-exceeded", "halt", "host-failed"],
    implementation: pvm,
    mutants: [
      mutant(INVOKE, "initialState(parts, args, limitBytes)", "initialState(parts, args)"),
      mutant(INVOKE, '    case "host-failed":\n', ""),
    ],
    async check({ limitBytes, fails }, reach, face) {
      const raw = Uint8Array.from(standardBytes(program(guest(0n, 0n, ENDS.halt))), Number);
      const handler = () => {
        if (fails) throw new Error("no");
        return { kind: "continue" } as const;
      };
      const options = { gas: 50n, args: Uint8Array.of(1), handler, limitBytes };
      const invoked = face.invoke(raw, options);
      const name = invoked.ok ? invoked.value.outcome.kind : invoked.error.kind;
      reach(name);
      const wanted = limitBytes < 5 * 4096 ? "limit-exceeded" : fails ? "host-failed" : "halt";
      const later = await face.invokeAsync(raw, options);
      return allOf(
        agrees(name, wanted),
        agrees(later.ok ? later.value.outcome.kind : later.error.kind, wanted),
        agrees(invoked.ok && invoked.value.machine?.pc, invoked.ok && (fails ? 0 : 25)),
      );
    },
  }),
];

/** What an output is called. */
function nameOf(output: model.Invoked["output"], isWell: boolean, end: string, r8: bigint): string {
  if (!isWell) return "malformed";
  if (output === "out-of-gas") return output;
  if (output === "panic") return end === "page fault" ? end : "panic";
  return output.length > 0 ? "bytes" : r8 === 0n ? "empty" : "unreadable";
}

register(proofs);
