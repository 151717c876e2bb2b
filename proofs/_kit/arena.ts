/** What the proofs of the arena share: making one, and seeing it as the model does. */

import type * as face from "../../src/arena/mod.ts";
import type { Arena, GuestMemory, PtrLen, Result } from "../../src/arena/mod.ts";
import * as model from "../../model/arena.ts";
import { type MutantMaker, sourceMutants } from "./mutants.ts";

/** The face of the arena. */
export type Face = typeof face;

/** Wrong variants of the arena. */
export const mutant: MutantMaker<Face> = sourceMutants<Face>("src/arena/mod.ts");

/** Every number as a bigint and every byte array as a list: the terms of the model. */
export function plain(value: unknown): unknown {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (value instanceof Uint8Array) return Array.from(value, BigInt);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

/** An outcome in the terms of the model, which says nothing of how an argument is described. */
export function outcome(result: Result<unknown, { readonly kind: string }>): unknown {
  if (result.ok) return { ok: plain(result.value) };
  const { error } = result;
  if (!("expected" in error)) return { error: plain(error) };
  return { error: { kind: error.kind, parameter: Reflect.get(error, "parameter") } };
}

/** The outcome of reading text: its code points. */
export function textOutcome(
  result: Result<string | undefined, { readonly kind: string }>,
): unknown {
  return result.ok && result.value !== undefined
    ? { ok: Array.from(result.value, (character) => BigInt(character.codePointAt(0) ?? -1)) }
    : outcome(result);
}

/** The value of a result that has to be a success. */
export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error("no value");
  return result.value;
}

/** A free-standing arena. */
export function arenaOf({ Arena }: Face, capacityBytes: number): Arena {
  return valueOf(Arena.create({ capacityBytes }));
}

/** A memory that does all it should, and nothing more. */
export function honestMemory(sizeBytes: number): GuestMemory & { readonly bytes: Uint8Array } {
  const bytes = new Uint8Array(sizeBytes);
  return {
    bytes,
    activeSize: sizeBytes,
    read: (offset, length) => ({ ok: true, value: bytes.slice(offset, offset + length) }),
    initData(offset, written) {
      bytes.set(written, offset);
      return { ok: true, value: undefined };
    },
    fill(offset, byte, length) {
      bytes.fill(byte, offset, offset + length);
      return { ok: true, value: undefined };
    },
  };
}

/** The model of a free-standing arena. */
export function modelOf(capacityBytes: number): model.Arena {
  return model.create(0n, BigInt(capacityBytes), BigInt(capacityBytes));
}

/** The whole state of an arena over `sizeBytes` bytes, as the model has it. */
export function stateOf(arena: Arena, sizeBytes: number): unknown {
  return plain({
    base: arena.base,
    capacity: arena.capacityBytes,
    next: arena.usedBytes,
    generation: arena.generation,
    memory: valueOf(arena.readBytes(0, sizeBytes)),
    left: arena.leftBytes,
  });
}

/** The same of the model. */
export function modelState(state: model.Arena): unknown {
  return { ...state, left: model.left(state) };
}

/** Pointer and length as bare numbers. */
export function numbers({ ptr, len }: PtrLen): readonly [ptr: number, len: number] {
  return [ptr, len];
}

/** Bytes in the terms of the model. */
export function bigints(bytes: Iterable<number>): bigint[] {
  return Array.from(bytes, BigInt);
}

/** A memory that answers as it is told, whatever the types say. */
export function lyingMemory(answers: {
  readonly activeSize?: () => unknown;
  readonly read?: () => unknown;
  readonly initData?: () => unknown;
  readonly fill?: () => unknown;
}): GuestMemory {
  const honest = honestMemory(64);
  return Object.defineProperties({ ...honest }, {
    activeSize: { get: answers.activeSize ?? (() => 64) },
    read: { value: answers.read ?? honest.read },
    initData: { value: answers.initData ?? honest.initData },
    fill: { value: answers.fill ?? honest.fill },
  });
}
