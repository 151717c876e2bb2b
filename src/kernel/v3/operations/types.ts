/**
 * The operations on types: what tells Instances apart, and authorises nothing.
 *
 * @module
 */

import { ok } from "../../../result.ts";
import type { CapHash } from "../../hash.ts";
import { extended } from "../../image_chain.ts";
import { ImageCapV3 } from "../../image_v3.ts";
import { InstanceCapV3 } from "../../instance_v3.ts";
import { TypeCap, typeCapOf } from "../../type_cap.ts";
import type { Frame } from "../frame.ts";
import type { Run } from "../run.ts";
import { capIn, emptySlot, heldAt, ofKind, pathOf, putAt } from "../slots.ts";
import { FAILED } from "../stop.ts";
import type { Checked } from "../stop.ts";
import { numberUpTo, readMemory } from "../transfer.ts";
import type { Operations } from "./operation.ts";

const IMAGES_MAX = 256;
const OPERAND_BYTES = 8;

function answerWith(frame: Frame, isSo: boolean): Checked<undefined> {
  frame.machine.setRegister(7, isSo ? 1n : 0n);
  return ok(undefined);
}

function chainIn(run: Run, frame: Frame, register: number): Checked<CapHash> {
  const instance = capIn(run, frame, register, InstanceCapV3.is);
  return instance.ok ? ok(instance.value.cap.fields.imageHashChain) : instance;
}

/** The hash of the Image in the slot that an operand stands for. */
function imageAt(run: Run, frame: Frame, operand: bigint): Checked<CapHash> {
  const path = pathOf(frame, operand);
  if (!path.ok) return path;
  const held = heldAt(run, frame, path.value);
  if (!held.ok) return held;
  if (held.value === undefined) return FAILED;
  const image = ofKind(run, { path: path.value, target: held.value }, ImageCapV3.is);
  return image.ok ? run.space.hashOf(image.value.target) : image;
}

/** A chain extended by the Images whose operands lie in memory. */
function extendedBy(
  run: Run,
  frame: Frame,
  chain: CapHash,
  registers: readonly [address: number, count: number],
): Checked<CapHash> {
  const { machine } = frame;
  const count = numberUpTo(machine.register(registers[1]), IMAGES_MAX);
  if (!count.ok) return count;
  const address = machine.register(registers[0]);
  const operands = readMemory(machine.memory, address, OPERAND_BYTES * count.value);
  if (!operands.ok) return operands;
  const view = new DataView(operands.value.buffer);
  let last = chain;
  for (let at = 0; at < operands.value.length; at += OPERAND_BYTES) {
    const image = imageAt(run, frame, view.getBigUint64(at, true));
    if (!image.ok) return image;
    last = extended(last, image.value);
  }
  return ok(last);
}

function sameType(run: Run, frame: Frame): Checked<undefined> {
  const one = chainIn(run, frame, 7);
  if (!one.ok) return one;
  const other = chainIn(run, frame, 8);
  return other.ok ? answerWith(frame, one.value === other.value) : other;
}

function putType(run: Run, frame: Frame, register: number, chain: CapHash): Checked<undefined> {
  const destination = emptySlot(run, frame, register);
  if (!destination.ok) return destination;
  return putAt(run, frame, destination.value, run.space.make(typeCapOf(chain)));
}

function typeOf(run: Run, frame: Frame): Checked<undefined> {
  const chain = chainIn(run, frame, 7);
  return chain.ok ? putType(run, frame, 8, chain.value) : chain;
}

function sameTypeAs(run: Run, frame: Frame): Checked<undefined> {
  const one = chainIn(run, frame, 7);
  if (!one.ok) return one;
  const other = chainIn(run, frame, 8);
  if (!other.ok) return other;
  const chain = extendedBy(run, frame, other.value, [9, 10]);
  return chain.ok ? answerWith(frame, one.value === chain.value) : chain;
}

function subtype(run: Run, frame: Frame): Checked<undefined> {
  const type = capIn(run, frame, 7, TypeCap.is);
  if (!type.ok) return type;
  const chain = extendedBy(run, frame, type.value.cap.imageHashChain, [8, 9]);
  return chain.ok ? putType(run, frame, 10, chain.value) : chain;
}

function typeEq(run: Run, frame: Frame): Checked<undefined> {
  const one = capIn(run, frame, 7, TypeCap.is);
  if (!one.ok) return one;
  const other = capIn(run, frame, 8, TypeCap.is);
  if (!other.ok) return other;
  return answerWith(frame, one.value.cap.imageHashChain === other.value.cap.imageHashChain);
}

/** The operations on types, by number. */
export const TYPE_OPERATIONS: Operations = {
  20: sameType,
  21: typeOf,
  29: sameTypeAs,
  30: subtype,
  31: typeEq,
};
