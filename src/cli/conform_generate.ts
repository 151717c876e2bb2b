/**
 * Random cases for the conformance driver.
 *
 * @module
 */

import { decodeBlob } from "../pvm/mod.ts";
import type { DialectName } from "../pvm/mod.ts";
import { type Case, runCase } from "./conform_case.ts";
import { blobOf, type Draft, draftOf, mnemonicOf, placesOf } from "./conform_draft.ts";
import { paletteOf } from "./conform_lines.ts";
import { damaged, garbageDraft, programDraft } from "./conform_program.ts";
import type { Capabilities } from "./conform_protocol.ts";
import type { Random } from "./conform_random.ts";
import { anyHeap, memoryFor, pagesFor, registersFor } from "./conform_space.ts";

/** What a program may use so that it surely ends soon. */
const GAS_SOON = 2_000n;
/** What suffices for one that ends soon, and does not last long for one that does not. */
const GAS_LOOP = 100_000n;
const GAS_LARGE: readonly [bigint, ...bigint[]] = [
  ...[2n ** 31n, 2n ** 32n, 2n ** 32n + 1n, 2n ** 53n - 1n, 2n ** 53n + 9n] as const,
  ...[2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n] as const,
];

/** What random cases are made of. */
export interface Palettes {
  readonly capabilities: Capabilities;
  /** The names of instructions that are left out. */
  readonly without: ReadonlySet<string>;
  /** Whether every program is one that an assembler could have written. */
  readonly plain: boolean;
}

/** Where it starts: mostly at the beginning. */
function pcFor(random: Random, draft: Draft, plain: boolean): number {
  const places = placesOf(draft);
  const end = places.at(-1) ?? 0;
  const drawn = random.below(48);
  if (drawn < 40) return 0;
  if (drawn < 45 || plain) return places[random.below(places.length)] ?? 0;
  return drawn < 47 ? random.below(end + 3) : random.pick([end, 2 ** 31, 2 ** 32 - 1]);
}

function heapFor(random: Random, { capabilities, without }: Palettes) {
  const isWanted = capabilities.heap && !without.has("sbrk") && random.once(4);
  return isWanted ? anyHeap(random) : undefined;
}

/** The program of a case. */
function draftFor(random: Random, palettes: Palettes, dialect: DialectName, hasHeap: boolean) {
  const without = new Set(palettes.without);
  if (!palettes.capabilities.hostCalls) {
    for (const name of ["ecalli", "ecall"]) {
      without.add(name);
    }
  }
  // Where there is no heap, what `sbrk` gives is nobody's rule; the JAVM has none at all.
  if (!hasHeap && dialect === "gray-paper") without.add("sbrk");
  const palette = paletteOf(dialect, without, palettes.plain);
  return !palettes.plain && random.once(12)
    ? garbageDraft(random, palette, without.size === 0)
    : programDraft(random, palette);
}

function gasFor(random: Random): bigint {
  return random.once(3) ? BigInt(random.below(24)) : random.once(4) ? GAS_SOON : 500n;
}

/**
 * The case with any gas that suffices for it; as it is when it does not end soon. What jumps gets
 * little: a faulty implementation may loop.
 */
function withPlenty(random: Random, input: Case, { gasMax }: Capabilities): Case {
  const end = runCase({ ...input, gas: GAS_SOON });
  if (!end.ok || end.value.status === "out-of-gas") return input;
  const code = decodeBlob(input.program);
  const mayLoop = code.ok &&
    draftOf(code.value).lines.some((line) => /jump|branch/.test(mnemonicOf(line)));
  const gas = mayLoop ? GAS_LOOP : random.once(8) ? gasMax : random.pick(GAS_LARGE);
  return { ...input, gas: gas < gasMax ? gas : gasMax };
}

/**
 * Draws a case that an implementation can be asked to run.
 *
 * @param name What it is called.
 */
export function anyCase(random: Random, palettes: Palettes, name: string): Case {
  const { capabilities } = palettes;
  const any = <T>(values: readonly T[], otherwise: T) =>
    values[random.below(values.length)] ?? otherwise;
  const dialect = any(capabilities.dialects, "gray-paper");
  const gasModel = any(capabilities.gasModels, "instruction");
  const heap = dialect === "gray-paper" ? heapFor(random, palettes) : undefined;
  const draft = draftFor(random, palettes, dialect, heap !== undefined);
  const whole = blobOf(draft) ?? new Uint8Array(3);
  const program = capabilities.malformed && !palettes.plain && random.once(50)
    ? damaged(random, whole)
    : whole;
  const pages = pagesFor(random, dialect, heap);
  const input: Case = {
    name,
    dialect,
    gasModel,
    readOnlyStore: any(capabilities.readOnlyStore, "panic"),
    program,
    registers: registersFor(random),
    pc: pcFor(random, draft, palettes.plain),
    gas: gasFor(random),
    pages,
    memory: memoryFor(random, pages),
    heap,
    steps: undefined,
  };
  return gasModel === "unmetered" || random.once(8)
    ? withPlenty(random, input, capabilities)
    : input;
}
