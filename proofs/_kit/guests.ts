/** The example guests as functions, so that proofs can be about them. */

import { ANSWERS } from "../../examples/guests/answers.ts";
import { type GuestName, sourceOf } from "../../examples/guests/source.ts";
import { agrees, type Mutant, type Reach } from "../../src/proof/mod.ts";
import * as pvm from "../../src/pvm/mod.ts";
import { value } from "./paged.ts";

/** What became of a guest. */
export interface GuestRun {
  readonly exit: string;
  /** What it gave, when it halted. */
  readonly bytes: readonly number[] | undefined;
  readonly gasUsed: bigint;
}

/** Runs a guest with arguments: in slices of so much gas, or at once where that is 0. */
export type GuestFunction = (args: Uint8Array, slice: bigint) => GuestRun;

/** The guests. */
export type Guests = Readonly<Record<GuestName, GuestFunction>>;

/** More than any guest uses in a proof; a wrong one may go on for ever. */
const GAS = 2n ** 20n;

type Face = typeof pvm;

/** A machine at the start of a standard program. */
function machineOf(program: pvm.StandardProgram, args: Uint8Array, gas: bigint, face: Face) {
  const state = value(face.initialState(program, args));
  const prepared = value(face.Program.create(value(face.decodeBlob(program.blob))));
  return value(face.Machine.create(prepared, { ...state, gas }));
}

/** Runs a program at once, by way of `invoke`. */
export function runWhole(program: pvm.StandardProgram, args: Uint8Array, face: Face): GuestRun {
  const { outcome, gasUsed } = value(face.invoke(program, { gas: GAS, args }));
  const bytes = outcome.kind === "halt" ? [...outcome.bytes] : undefined;
  return { exit: outcome.kind, bytes, gasUsed };
}

/** Runs a program in slices of gas. */
export function runSliced(
  program: pvm.StandardProgram,
  args: Uint8Array,
  slice: bigint,
  face: Face,
): GuestRun {
  const machine = machineOf(program, args, slice, face);
  for (let slices = 1n;; slices++) {
    const { kind } = machine.run();
    if (kind === "out-of-gas" && slices * slice < GAS) {
      value(machine.setGas(slice));
      continue;
    }
    const [address, length] = [Number(machine.register(7)), Number(machine.register(8))];
    const bytes = kind === "halt" ? [...value(machine.memory.read(address, length))] : undefined;
    return { exit: kind, bytes, gasUsed: slices * slice - machine.gas };
  }
}

/** The program that a source makes; sources of guests are right. */
export function programOf(source: string, face: Face = pvm): pvm.StandardProgram {
  const assembled = face.assemble(source);
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.error));
  return assembled.value.program;
}

function guestFrom(source: string): GuestFunction {
  const program = programOf(source);
  return (args, slice) =>
    slice === 0n ? runWhole(program, args, pvm) : runSliced(program, args, slice, pvm);
}

/** The guests as they are. */
export const guests: Guests = {
  sieve: guestFrom(sourceOf("sieve")),
  sort_u64: guestFrom(sourceOf("sort_u64")),
  life: guestFrom(sourceOf("life")),
  crc32: guestFrom(sourceOf("crc32")),
  blake2b: guestFrom(sourceOf("blake2b")),
};

/** The guests of which one is wrong: `from`, which stands once in its source, becomes `to`. */
export function guestMutant(name: GuestName, from: string, to: string): Mutant<Guests> {
  return {
    name: `${name}.pvmasm: ${from.trim()} → ${to.trim() || "(nothing)"}`,
    implementation() {
      const pieces = sourceOf(name).split(from);
      if (pieces.length !== 2) {
        throw new Error(`${name}.pvmasm holds ${pieces.length - 1} times, not once: ${from}`);
      }
      return { ...guests, [name]: guestFrom(pieces.join(to)) };
    },
  };
}

/** Compares a guest with the host's answer, and reports whether there is one. */
export function answersAgree(
  run: GuestFunction,
  name: GuestName,
  { args, slice }: { readonly args: Uint8Array; readonly slice: bigint },
  reach: Reach,
): string | undefined {
  const answer = ANSWERS[name](args);
  reach(answer === undefined ? "panic" : "answer");
  reach(slice === 0n ? "at once" : "in slices");
  const { exit, bytes } = run(args, slice);
  return agrees({ exit, bytes }, {
    exit: answer === undefined ? "panic" : "halt",
    bytes: answer === undefined ? undefined : [...answer],
  });
}
