/**
 * The operations on Data and on files.
 *
 * @module
 */

import { ok } from "../../../result.ts";
import { canonicalData, canonicalLength } from "../../canonical_data.ts";
import { DATA_BYTES_MAX, DataCap } from "../../data_cap.ts";
import { showData } from "../content.ts";
import { openFile, saveData } from "../files.ts";
import type { Frame } from "../frame.ts";
import { payNamed, suffices } from "../meters.ts";
import type { Run } from "../run.ts";
import { capIn, emptySlot, putAt } from "../slots.ts";
import { FAILED, failure } from "../stop.ts";
import type { Checked } from "../stop.ts";
import { addressOf, numberUpTo, readMemory } from "../transfer.ts";
import { quotaIn } from "./quota.ts";
import type { Operations } from "./operation.ts";

function readData(run: Run, frame: Frame): Checked<undefined> {
  const data = capIn(run, frame, 7, DataCap.is);
  if (!data.ok) return data;
  const { machine } = frame;
  const length = canonicalLength(data.value.cap);
  if (!length.ok) return failure(length.error);
  const allowed = machine.register(9);
  const count = allowed < BigInt(length.value) ? Number(allowed) : length.value;
  const address = addressOf(machine.register(8));
  if (!machine.memory.canWrite(address, count)) return FAILED; // all of it or nothing
  const shown = showData(machine.memory, address, data.value.cap, count);
  if (!shown.ok) return shown;
  machine.setRegister(7, BigInt(count));
  return ok(undefined);
}

function mintData(run: Run, frame: Frame): Checked<undefined> {
  const { machine } = frame;
  const length = numberUpTo(machine.register(8), DATA_BYTES_MAX);
  if (!length.ok) return length;
  const bytes = readMemory(machine.memory, machine.register(7), length.value);
  if (!bytes.ok) return bytes;
  const quota = quotaIn(run, frame, 9);
  if (!quota.ok) return quota;
  const destination = emptySlot(run, frame, 10);
  if (!destination.ok) return destination;
  const data = canonicalData(bytes.value);
  const size = canonicalLength(data);
  if (!size.ok) return failure(size.error);
  const paid = payNamed(run, quota.value, size.value);
  if (!paid.ok) return paid;
  return putAt(run, frame, destination.value, run.space.make(data));
}

function open(run: Run, frame: Frame): Checked<undefined> {
  const destination = emptySlot(run, frame, 8);
  if (!destination.ok) return destination;
  const file = openFile(run, frame.machine.register(7));
  if (!file.ok) return file;
  return file.value === undefined ? FAILED : putAt(run, frame, destination.value, file.value);
}

function save(run: Run, frame: Frame): Checked<undefined> {
  const data = capIn(run, frame, 7, DataCap.is);
  if (!data.ok) return data;
  const quota = quotaIn(run, frame, 8);
  if (!quota.ok) return quota;
  const length = canonicalLength(data.value.cap);
  if (!length.ok) return failure(length.error);
  const left = suffices(run, quota.value, length.value);
  if (!left.ok) return left;
  const file = saveData(run, data.value.target, quota.value.id, length.value);
  if (!file.ok) return file;
  if (file.value === undefined) return FAILED;
  frame.machine.setRegister(7, file.value);
  return ok(undefined);
}

/** The operations on Data and on files, by number. */
export const DATA_OPERATIONS: Operations = { 22: readData, 23: mintData, 24: open, 25: save };
