/**
 * Meters of gas and quotas of storage: which one is in force, and what is paid of it.
 *
 * @module
 */

import { err, ok } from "../../result.ts";
import type { Result } from "../../result.ts";
import { canonicalBytes, canonicalLength } from "../canonical_data.ts";
import type { CapTarget } from "../cap_ref.ts";
import { CNodeCap } from "../cnode_cap.ts";
import { DataCap } from "../data_cap.ts";
import { InstanceCapV3 } from "../instance_v3.ts";
import { gasInstance, quotaInstance } from "../kernel_instance.ts";
import type { KernelInstanceParts } from "../kernel_instance.ts";
import type { AssistFailed } from "../vm_error.ts";
import type { Frame } from "./frame.ts";
import { isOfKernel } from "./kernel_hashes.ts";
import type { Run } from "./run.ts";
import { heldIn } from "./slots.ts";
import { broken, failure } from "./stop.ts";
import type { Checked, HostError, Sure } from "./stop.ts";

/** Gas or quotas. */
export type RowKind = "gas" | "quota";

/** A row of a table, and the capability that names it. */
interface Row {
  readonly id: bigint;
  readonly left: bigint;
}

const ID_SLOT = 1;
const ID_BYTES = 8;

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function readId(run: Run, instance: InstanceCapV3): Sure<bigint | undefined> {
  const root = run.space.load(instance.fields.rootCnode);
  if (!root.ok) return root;
  if (!CNodeCap.is(root.value)) return ok(undefined);
  const held = heldIn(root.value, ID_SLOT);
  if (!held.ok || held.value === undefined) return held.ok ? ok(undefined) : held;
  const data = run.space.load(held.value);
  if (!data.ok) return data;
  if (!DataCap.is(data.value)) return ok(undefined);
  const length = canonicalLength(data.value);
  if (!length.ok) return failure(length.error);
  if (length.value > ID_BYTES) return ok(undefined);
  const bytes = canonicalBytes(data.value);
  return bytes.ok ? ok(numberOf(bytes.value)) : failure(bytes.error);
}

/** The id of the row that a target names; nothing when it names none of the kind. */
export function rowId(run: Run, kind: RowKind, target: CapTarget): Sure<bigint | undefined> {
  const cap = run.space.load(target);
  if (!cap.ok) return cap;
  if (!InstanceCapV3.is(cap.value) || !isOfKernel(cap.value, kind)) return ok(undefined);
  const known = run.ids.get(cap.value);
  if (known !== undefined) return ok(known.id);
  const id = readId(run, cap.value);
  if (id.ok) run.ids.set(cap.value, { id: id.value });
  return id;
}

/** An answer of the host's assist. */
export function answer<T>(result: Result<T, AssistFailed>): Result<T, HostError> {
  return result.ok ? result : failure(result.error);
}

/** What is left of a row. */
export function leftOf(run: Run, kind: RowKind, id: bigint): Sure<bigint> {
  const { assist } = run.host;
  return kind === "gas" ? meterOf(run, id) : answer(assist.storageQuotaGet(id));
}

/** What is left of a meter: with an assist that gives more than was put there nothing would end. */
function meterOf({ host: { assist }, meters }: Run, id: bigint): Sure<bigint> {
  const left = answer(assist.gasMeterGet(id));
  const known = meters.get(id);
  if (!left.ok || known === undefined || left.value <= known) return left;
  const text = `gave ${left.value} for a meter that was set to ${known}`;
  return failure({ kind: "assist-failed", method: "gasMeterGet", text });
}

/** Sets what is left of a row; gives what was. */
export function setLeft(
  { host: { assist }, meters }: Run,
  kind: RowKind,
  id: bigint,
  value: bigint,
): Sure<bigint> {
  if (kind === "quota") return answer(assist.storageQuotaSet(id, value));
  meters.set(id, value);
  return answer(assist.gasMeterSet(id, value));
}

/** The nearest of an Instance and its ancestors whose image names slots; nobody but the host. */
function naming(kind: RowKind, frame: Frame | undefined): Frame | undefined {
  let from = frame;
  while (from !== undefined && slotsOf(kind, from).length === 0) from = from.caller;
  return from;
}

function slotsOf(kind: RowKind, { image: { rowSlots } }: Frame): readonly number[] {
  return rowSlots[kind];
}

/** The first row in force with more than nothing, and at least a cost; nothing when there is none. */
export function activeRow(
  run: Run,
  kind: RowKind,
  frame: Frame | undefined,
  cost: bigint,
): Sure<Row | undefined> {
  const owner = naming(kind, frame);
  if (owner === undefined) {
    const left = leftOf(run, kind, 0n);
    return left.ok ? ok(left.value >= cost ? { id: 0n, left: left.value } : undefined) : left;
  }
  for (const slot of slotsOf(kind, owner)) {
    const held = heldIn(owner.cnode, slot);
    if (!held.ok) return held;
    const id = held.value === undefined ? ok(undefined) : rowId(run, kind, held.value);
    if (!id.ok) return id;
    if (id.value === undefined) continue;
    const left = leftOf(run, kind, id.value);
    if (!left.ok) return left;
    if (left.value >= cost) return ok({ id: id.value, left: left.value });
  }
  return ok(undefined);
}

/** What the handler finds when no row in force suffices: the first Gas or Quota in force. */
export function firstInForce(
  run: Run,
  kind: RowKind,
  frame: Frame,
): Sure<CapTarget | undefined> {
  const owner = naming(kind, frame);
  if (owner === undefined) return adopt(run, ROOT_ROWS[kind]);
  for (const slot of slotsOf(kind, owner)) {
    const held = heldIn(owner.cnode, slot);
    if (!held.ok) return held;
    const id = held.value === undefined ? ok(undefined) : rowId(run, kind, held.value);
    if (!id.ok) return id;
    if (id.value !== undefined) return held;
  }
  return ok(undefined);
}

/** The Gas and the Quota of the rows that the host fills. */
const ROOT_ROWS = { gas: gasInstance(0n), quota: quotaInstance(0n) } as const;

/** The Gas or Quota of a row, as a new value. */
export function rowInstance(run: Run, kind: RowKind, id: bigint): Sure<CapTarget> {
  return adopt(run, kind === "gas" ? gasInstance(id) : quotaInstance(id));
}

/** Takes an Instance of the kernel in: the capability that names it. */
export function adopt(run: Run, parts: Result<KernelInstanceParts, unknown>): Sure<CapTarget> {
  if (!parts.ok) return broken("an Instance of the kernel that cannot be made");
  const { instance, cnode, data } = parts.value;
  if (data !== undefined) run.space.name(data);
  run.space.name(cnode);
  return run.space.name(instance);
}

/** Takes a cost off the active quota. */
export function payActive(run: Run, frame: Frame, bytes: number): Checked<undefined> {
  if (bytes === 0) return ok(undefined);
  const cost = BigInt(bytes);
  const row = activeRow(run, "quota", frame, cost);
  if (!row.ok) return row;
  if (row.value !== undefined) return take(run, row.value, cost);
  const payload = firstInForce(run, "quota", frame);
  return payload.ok ? err({ kind: "spent", payload: payload.value }) : payload;
}

function take(run: Run, { id, left }: Row, cost: bigint): Sure<undefined> {
  const set = setLeft(run, "quota", id, left - cost);
  return set.ok ? ok(undefined) : set;
}

/** A quota that an operand names. */
export interface NamedQuota {
  readonly target: CapTarget;
  readonly id: bigint;
}

/** Whether a named quota suffices. */
export function suffices(run: Run, quota: NamedQuota, bytes: number): Checked<bigint> {
  const left = leftOf(run, "quota", quota.id);
  if (!left.ok) return left;
  return left.value >= BigInt(bytes) ? left : err({ kind: "spent", payload: quota.target });
}

/** Takes a cost off a named quota. */
export function payNamed(run: Run, quota: NamedQuota, bytes: number): Checked<undefined> {
  const left = suffices(run, quota, bytes);
  if (!left.ok) return left;
  return take(run, { id: quota.id, left: left.value }, BigInt(bytes));
}
