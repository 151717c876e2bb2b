/**
 * The operations on types, data and files: 20 to 25.
 *
 * @module
 */

import type { Memory } from "../../paged/mod.ts";
import { err, ok } from "../../result.ts";
import { CapRef } from "../cap_ref.ts";
import { DATA_BYTES_MAX, DataCap } from "../data_cap.ts";
import { InstanceCap } from "../instance_cap.ts";
import { TypeCap } from "../type_cap.ts";
import {
  bind,
  capIn,
  CONTINUE,
  hashIn,
  isWritable,
  publishInto,
  targetIn,
  TRAP,
} from "./answer.ts";
import type { Operation } from "./answer.ts";
import { toPages } from "./build.ts";
import type { Frame } from "./frame.ts";
import { slotOf } from "./state.ts";

const ADDRESSES = 2 ** 32;

function setRegister({ now }: Frame, register: number, value: bigint): void {
  now.machine.setRegister(register, value);
}

function addressIn({ now }: Frame, register: number): number {
  return Number(BigInt.asUintN(32, now.machine.register(register)));
}

/** Whether two Instances are of one type; for anything else, whether it is the same. */
export const sameType: Operation = (run, frame) => {
  const [a, b] = [hashIn(frame, 7), hashIn(frame, 8)];
  if (a === undefined || b === undefined) return TRAP;
  const x = run.workspace.load(a);
  if (!x.ok) return x;
  const y = run.workspace.load(b);
  if (!y.ok) return y;
  const same = InstanceCap.is(x.value) && InstanceCap.is(y.value)
    ? x.value.fields.imageHashChain === y.value.fields.imageHashChain
    : a === b;
  setRegister(frame, 7, same ? 1n : 0n);
  return CONTINUE;
};

/** The type of an Instance. */
export const typeOf: Operation = (run, frame) => {
  const cap = capIn(run, frame, 7);
  if (!cap.ok) return cap;
  const dst = slotOf(frame, 8);
  if (!InstanceCap.is(cap.value) || !isWritable(frame, dst)) return TRAP;
  const type = TypeCap.create(cap.value.fields.imageHashChain);
  return type.ok ? publishInto(run, frame, dst, type.value) : TRAP;
};

/** Writes the first bytes of data to memory; false when they cannot be read or written. */
function copyOut(data: DataCap, memory: Memory, start: number, count: number): boolean {
  if (!memory.canWrite(start, count)) return false;
  for (let done = 0; done < count;) {
    const bytes = data.read(done, Math.min(count - done, DATA_BYTES_MAX));
    if (!bytes.ok || !memory.write(start + done, bytes.value).ok) return false;
    done += bytes.value.length;
  }
  return true;
}

/** Reads the first bytes of data into memory. */
export const readData: Operation = (run, frame) => {
  const cap = capIn(run, frame, 7);
  if (!cap.ok) return cap;
  if (!DataCap.is(cap.value)) return TRAP;
  const { machine } = frame.now;
  const wanted = machine.register(9);
  const length = cap.value.contentLength;
  const count = wanted < BigInt(length) ? Number(wanted) : length;
  if (!copyOut(cap.value, machine.memory, addressIn(frame, 8), count)) return TRAP;
  setRegister(frame, 7, BigInt(count));
  return CONTINUE;
};

/** Makes data of bytes in memory; the quota pays for whole pages. */
export const mintData: Operation = (run, frame) => {
  const { machine } = frame.now;
  const dst = slotOf(frame, 10);
  const length = machine.register(8);
  if (!isWritable(frame, dst) || length > BigInt(ADDRESSES)) return TRAP;
  const cost = BigInt(Math.max(toPages(1), toPages(Number(length))));
  const id = machine.register(9);
  const start = addressIn(frame, 7);
  if (cost > BigInt(DATA_BYTES_MAX) || !machine.memory.canRead(start, length)) return TRAP;
  const quota = run.host.assist.storageQuotaGet(id);
  if (!quota.ok) return quota;
  if (quota.value < cost) return TRAP;
  const bytes = machine.memory.read(start, Number(length));
  const data = bytes.ok ? DataCap.inline(bytes.value) : bytes;
  if (!data.ok) return err({ kind: "no-room" }); // it can be read, and is not too long
  const paid = run.host.assist.storageQuotaSet(id, quota.value - cost);
  return paid.ok ? publishInto(run, frame, dst, data.value) : paid;
};

/** Puts the data of a file into a slot. */
export const hostOpen: Operation = (run, frame) => {
  const dst = slotOf(frame, 8);
  if (!isWritable(frame, dst)) return TRAP;
  const file = run.host.assist.hostOpen(frame.now.machine.register(7));
  if (!file.ok) return file;
  const target = file.value;
  if (target === undefined) return TRAP;
  const data = run.workspace.load(target);
  if (!data.ok) return data;
  if (!DataCap.is(data.value)) return TRAP;
  const hash = CapRef.is(target) ? run.workspace.settle(target, data.value) : ok(target);
  return hash.ok ? bind(frame, dst, hash.value) : hash;
};

/** Makes a file of data; the quota pays. */
export const hostSave: Operation = (run, frame) => {
  const target = targetIn(frame, 7);
  const data = capIn(run, frame, 7);
  if (!data.ok) return data;
  if (target === undefined || !DataCap.is(data.value)) return TRAP;
  const size = BigInt(data.value.contentLength);
  const file = run.host.assist.hostSave(target, frame.now.machine.register(8), size);
  if (!file.ok) return file;
  if (file.value === undefined) return TRAP;
  setRegister(frame, 7, file.value);
  return CONTINUE;
};
