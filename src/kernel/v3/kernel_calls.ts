/**
 * The Instances of the kernel: what they do when they are called.
 *
 * @module
 */

import { ok } from "../../result.ts";
import { canonicalData, canonicalLength } from "../canonical_data.ts";
import type { CapTarget } from "../cap_ref.ts";
import type { CNodeCap } from "../cnode_cap.ts";
import { DataCap } from "../data_cap.ts";
import { blake2b256, bytesOfHash, HASH_BYTES } from "../hash.ts";
import { InstanceCapV3 } from "../instance_v3.ts";
import { catcherInstance } from "../kernel_instance.ts";
import type { KernelImage } from "../kernel_image.ts";
import type { Frame } from "./frame.ts";
import { openFile, saveData } from "./files.ts";
import { activeRow, adopt, rowInstance, setLeft } from "./meters.ts";
import type { RowKind } from "./meters.ts";
import type { Run } from "./run.ts";
import { withSlot } from "./slots.ts";
import { failure } from "./stop.ts";
import type { Sure } from "./stop.ts";
import { listedIn, MARKERS_MAX, slotsOf } from "./yields.ts";

/** A call of an Instance of the kernel. */
export interface KernelCall {
  readonly run: Run;
  readonly caller: Frame | undefined;
  readonly endpoint: number;
  readonly args: readonly bigint[];
  /** What was moved into its slot 0. */
  readonly payload: CapTarget | undefined;
  readonly cnode: CNodeCap;
}

/** What it gives; nothing when it refuses. */
export interface KernelAnswer {
  readonly value: bigint;
  readonly slot0: CapTarget | undefined;
  /** Its slots from now on, but for slot 0. */
  readonly cnode: CNodeCap;
}

type Answer = Sure<KernelAnswer | undefined>;
type Handler = (call: KernelCall) => Answer;

const REFUSED: Answer = Object.freeze(ok(undefined));

function argument({ args }: KernelCall, index: number): bigint {
  return args[index] ?? 0n;
}

function withSlot0({ cnode }: KernelCall, slot0: Sure<CapTarget | undefined>): Answer {
  return slot0.ok ? ok({ value: 0n, slot0: slot0.value, cnode }) : slot0;
}

function setRow(kind: RowKind): Handler {
  return (call) => {
    const set = setLeft(call.run, kind, argument(call, 0), argument(call, 1));
    return set.ok ? ok({ value: set.value, slot0: call.payload, cnode: call.cnode }) : set;
  };
}

function mint(kind: RowKind): Handler {
  return (call) => withSlot0(call, rowInstance(call.run, kind, argument(call, 0)));
}

const EMPTY_CATCHER = catcherInstance([]);

const create: Handler = (call) => withSlot0(call, adopt(call.run, EMPTY_CATCHER));

/** What a catcher does with a marker in slot 0; nothing when there is none. */
function withMarker(
  call: KernelCall,
  change: (
    listed: readonly CapTarget[],
    slots: readonly number[],
    marker: CapTarget,
  ) => CNodeCap | undefined,
): Answer {
  const { run, payload } = call;
  const marker = payload === undefined ? ok(undefined) : run.space.load(payload);
  if (!marker.ok) return marker;
  if (payload === undefined || !InstanceCapV3.is(marker.value)) return REFUSED;
  const listed = listedIn(call.cnode);
  if (!listed.ok) return listed;
  const slots = slotsOf(run, listed.value, payload);
  if (!slots.ok) return slots;
  const cnode = change(listed.value, slots.value, payload);
  return cnode === undefined ? REFUSED : ok({ value: 0n, slot0: payload, cnode });
}

const add: Handler = (call) =>
  withMarker(call, (listed, slots, marker) => {
    if (slots.length > 0) return call.cnode;
    return listed.length < MARKERS_MAX
      ? withSlot(call.cnode, listed.length + 1, marker)
      : undefined;
  });

const remove: Handler = (call) =>
  withMarker(call, (listed, slots) => {
    const rest = listed.filter((_, index) => !slots.includes(index + 1));
    return listed.reduce(
      (cnode, _, index) => withSlot(cnode, index + 1, rest[index]),
      call.cnode,
    );
  });

const MARKER_LABEL = new TextEncoder().encode("kernel:marker");
const COUNT_BYTES = 4;

/** What tells a marker apart, and no more. */
function markerName(hash: string): Uint8Array {
  const bytes = new Uint8Array(MARKER_LABEL.length + HASH_BYTES);
  bytes.set(MARKER_LABEL);
  bytes.set(bytesOfHash(hash), MARKER_LABEL.length);
  return bytesOfHash(blake2b256(bytes));
}

const read: Handler = (call) => {
  const listed = listedIn(call.cnode);
  if (!listed.ok) return listed;
  const bytes = new Uint8Array(COUNT_BYTES + HASH_BYTES * listed.value.length);
  new DataView(bytes.buffer).setUint32(0, listed.value.length, true);
  for (const [index, marker] of listed.value.entries()) {
    const hash = call.run.space.hashOf(marker);
    if (!hash.ok) return hash;
    bytes.set(markerName(hash.value), COUNT_BYTES + HASH_BYTES * index);
  }
  return withSlot0(call, ok(call.run.space.make(canonicalData(bytes))));
};

const open: Handler = (call) => {
  const file = openFile(call.run, argument(call, 0));
  if (!file.ok) return file;
  return file.value === undefined ? REFUSED : withSlot0(call, ok(file.value));
};

const save: Handler = (call) => {
  const { run, caller, payload } = call;
  const data = payload === undefined ? ok(undefined) : run.space.load(payload);
  if (!data.ok) return data;
  if (payload === undefined || !DataCap.is(data.value)) return REFUSED;
  const length = canonicalLength(data.value);
  if (!length.ok) return failure(length.error);
  const row = activeRow(run, "quota", caller, BigInt(length.value));
  if (!row.ok) return row;
  if (row.value === undefined) return REFUSED;
  const file = saveData(run, payload, row.value.id, length.value);
  if (!file.ok) return file;
  return file.value === undefined
    ? REFUSED
    : ok({ value: file.value, slot0: payload, cnode: call.cnode });
};

/** What the images of the kernel do, by endpoint. */
const HANDLERS: Partial<Record<KernelImage, readonly Handler[]>> = {
  set_gas_meter: [setRow("gas")],
  set_storage_quota: [setRow("quota")],
  mint_gas: [mint("gas")],
  mint_quota: [mint("quota")],
  create_yield_catcher: [create],
  yieldcatcher: [add, remove, read],
  host_open: [open],
  host_save: [save],
};

/** Runs an Instance of the kernel; nothing when it refuses. */
export function callKernel(image: KernelImage, call: KernelCall): Answer {
  const handler = HANDLERS[image]?.[call.endpoint];
  return handler === undefined ? REFUSED : handler(call);
}
