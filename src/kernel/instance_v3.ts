/**
 * Instances of version 3: idle, paused with all that going on needs, or faulted.
 *
 * @module
 */

import { invalidArgument } from "../argument.ts";
import type { InvalidArgument } from "../argument.ts";
import type { U64 } from "../int/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { parseTarget } from "./cap_ref.ts";
import type { CapTarget } from "./cap_ref.ts";
import type { CapHash } from "./hash.ts";
import { REGISTER_COUNT } from "./image_cap.ts";
import { checked, orElse, parseHash, parseList, parseRecord, parseU32, parseU64 } from "./parse.ts";
import { such } from "./parse.ts";
import type { Parse } from "./parse.ts";
import { MAX_CNODE_SLOTS, MAX_SOURCE_DEPTH } from "./slot.ts";
import type { SlotIdx } from "./slot.ts";

/** A mapping that can be written, as it was when its Instance paused. */
export interface PausedRegion {
  /** What its source held when the Instance was entered; nothing when that was empty. */
  readonly source: CapHash | undefined;
  /** Data of the bytes that it has. */
  readonly content: CapHash;
}

/** What a paused Instance needs to go on. */
export interface Pause {
  /** The image that runs. */
  readonly image: CapHash;
  /** The 13 registers. */
  readonly regs: readonly U64[];
  /** The offset in the code. */
  readonly pc: U64;
  /** The marker of the yield. */
  readonly marker: CapHash;
  /** Whether the kernel raised the yield. */
  readonly raised: boolean;
  /** The path of the callee that it waits for: none when it yielded itself, else 1 to 8 steps. */
  readonly callee: readonly SlotIdx[];
  /** Its mappings that can be written, in the order of the image. */
  readonly regions: readonly PausedRegion[];
}

/** Nothing of it runs, and it can be called. */
export interface IdleStatus {
  /** Tells the statuses apart. */
  readonly state: "idle";
}

/** It can never be called again. */
export interface FaultedStatus {
  /** Tells the statuses apart. */
  readonly state: "faulted";
}

/** It waits to be resumed. */
export interface PausedStatus {
  /** Tells the statuses apart. */
  readonly state: "paused";
  /** What going on needs. */
  readonly pause: Pause;
}

/** What an Instance is about. */
export type InstanceStatus = IdleStatus | FaultedStatus | PausedStatus;

/** What an Instance of version 3 holds. */
export interface InstanceV3Fields {
  /** What it is: the hash of its image's history. */
  readonly imageHashChain: CapHash;
  /** The hash of its image. */
  readonly imageHash: CapHash;
  /** Its slots. */
  readonly rootCnode: CapTarget;
  /** What it is about. */
  readonly status: InstanceStatus;
}

/** What an Instance of version 3 is made with. */
export interface InstanceV3Options {
  /** The hash of its image's history. */
  readonly imageHashChain: CapHash;
  /** The hash of its image. */
  readonly imageHash: CapHash;
  /** Its slots: the hash of a cnode, or the handle of one. */
  readonly rootCnode: CapTarget;
  /** What it is about; idle unless told. */
  readonly status?: { readonly state: "idle" } | { readonly state: "faulted" } | {
    readonly state: "paused";
    readonly pause: {
      readonly image: CapHash;
      readonly regs: readonly bigint[];
      readonly pc: bigint;
      readonly marker: CapHash;
      readonly raised: boolean;
      readonly callee: readonly number[];
      readonly regions: readonly {
        readonly source?: CapHash | undefined;
        readonly content: CapHash;
      }[];
    };
  };
}

/** The status of an Instance that can be called. */
export const IDLE: IdleStatus = Object.freeze({ state: "idle" });

/** The status of an Instance that cannot be called. */
export const FAULTED: FaultedStatus = Object.freeze({ state: "faulted" });

const ROOT_SLOTS = 256;

/** Whether steps can lead to a callee: none, or up to 8 that do not begin with slot 0. */
export function isCallee(steps: readonly SlotIdx[]): boolean {
  if (steps.length > MAX_SOURCE_DEPTH) return false;
  return steps.every((step, i) => i === 0 ? step > 0 && step < ROOT_SLOTS : step < MAX_CNODE_SLOTS);
}

/** Whether there are as many registers as there have to be. */
function isRegisters({ length }: readonly U64[]): boolean {
  return length === REGISTER_COUNT;
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

const parsePause = parseRecord<Pause>({
  image: parseHash,
  regs: such(parseList(parseU64, REGISTER_COUNT), "13 registers", isRegisters),
  pc: parseU64,
  marker: parseHash,
  raised: checked<boolean>("a boolean", isBoolean),
  callee: such(
    parseList(parseU32, MAX_SOURCE_DEPTH),
    "up to 8 steps, the first 1 to 255, the others below 65,536",
    isCallee,
  ),
  regions: parseList(
    parseRecord<PausedRegion>({ source: orElse(parseHash, undefined), content: parseHash }),
  ),
});

const parseState = parseRecord<{ state: unknown; pause: unknown }>({ state: ok, pause: ok });

const parseStatus: Parse<InstanceStatus> = (value, parameter) => {
  const parts = parseState(value, parameter);
  if (!parts.ok) return parts;
  const { state, pause } = parts.value;
  if (state === "idle") return ok(IDLE);
  if (state === "faulted") return ok(FAULTED);
  if (state !== "paused") {
    return invalidArgument(`${parameter}.state`, '"idle", "paused" or "faulted"', state);
  }
  const paused = parsePause(pause, `${parameter}.pause`);
  return paused.ok ? ok(Object.freeze({ state: "paused", pause: paused.value })) : paused;
};

const parseFields = parseRecord<InstanceV3Fields>({
  imageHashChain: parseHash,
  imageHash: parseHash,
  rootCnode: parseTarget,
  status: orElse(parseStatus, IDLE),
});

const NO_HASH: CapHash = "0".repeat(64);

const NOTHING: InstanceV3Fields = Object.freeze({
  imageHashChain: NO_HASH,
  imageHash: NO_HASH,
  rootCnode: NO_HASH,
  status: IDLE,
});

/** An Instance of fields that are well formed. For this room alone. */
export let instanceV3Of: (fields: InstanceV3Fields) => InstanceCapV3;

/** An image at work, in version 3: the only kind of capability that can be called. */
export class InstanceCapV3 {
  #fields: InstanceV3Fields = NOTHING;

  private constructor() {
    Object.freeze(this);
  }

  static {
    instanceV3Of = (fields) => InstanceCapV3.#of(fields);
  }

  /**
   * An Instance.
   *
   * @param options What it holds.
   * @returns The Instance. Errors: `invalid-argument`, naming the part.
   *
   * @example An Instance that can be called
   * ```ts
   * import { InstanceCapV3 } from "@ringfence/core/kernel";
   * import { assertEquals } from "@std/assert";
   *
   * const hash = "11".repeat(32);
   * const instance = InstanceCapV3.create({
   *   imageHashChain: hash,
   *   imageHash: hash,
   *   rootCnode: hash,
   * });
   * assertEquals(instance.ok && instance.value.fields.status.state, "idle");
   * ```
   */
  static create(options: InstanceV3Options): Result<InstanceCapV3, InvalidArgument> {
    const fields = parseFields(options, "options");
    return fields.ok ? ok(InstanceCapV3.#of(fields.value)) : err(fields.error);
  }

  static #of(fields: InstanceV3Fields): InstanceCapV3 {
    const cap = new InstanceCapV3();
    cap.#fields = Object.freeze(fields);
    return cap;
  }

  /** Whether any value at all is one. */
  static is(value: unknown): value is InstanceCapV3 {
    return typeof value === "object" && value !== null && #fields in value;
  }

  /** Tells the kinds apart. */
  get kind(): "instance" {
    return "instance";
  }

  /** What it holds. */
  get fields(): InstanceV3Fields {
    return this.#fields;
  }

  /**
   * The Instance with another root cnode.
   *
   * @param rootCnode The hash of a cnode, or the handle of one.
   * @returns The Instance. Errors: `invalid-argument`.
   */
  withRootCnode(rootCnode: CapTarget): Result<InstanceCapV3, InvalidArgument> {
    const target = parseTarget(rootCnode, "rootCnode");
    if (!target.ok) return err(target.error);
    return ok(InstanceCapV3.#of({ ...this.#fields, rootCnode: target.value }));
  }
}
