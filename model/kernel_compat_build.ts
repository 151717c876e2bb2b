/**
 * The kernel under the rules of the original: an Instance becomes an entry of the stack.
 *
 * @module
 */

import { get } from "./kernel_cache.ts";
import { type Cap, CNODE, IMAGE, INSTANCE } from "./kernel_caps.ts";
import { type Env, type Frame, frameAt, type State } from "./kernel_compat_state.ts";
import { at, big } from "./kernel_shapes.ts";
import type { CNode } from "./kernel_slots.ts";
import { partsOf, type Value } from "./kernel_ssz.ts";
import { written } from "./kernel_compat_data.ts";
import type { Memory } from "./paged.ts";
import { change, empty } from "./paged_regions.ts";
import { create, type Program } from "./pvm.ts";

const PAGE = 4096n;
const ARGS_AT = 7;

/** The text of a hash. */
export function text(value: Value): string {
  return typeof value === "string" ? value : "";
}

/** The next multiple of the page size. */
export function padded(bytes: bigint): bigint {
  return (bytes + PAGE - 1n) / PAGE * PAGE;
}

/** A capability, where the directory has it and it is of a kind. */
export function capOf(state: State, target: Value, kind: bigint): Cap | undefined {
  const cap = get(state.directory, target);
  return cap?.[0] === kind ? cap : undefined;
}

/** The program of an image: a bit of the mask that is not there is 0. */
export function programOf([, fields]: Cap): Program {
  const mask = partsOf(at(fields, 1));
  const table = partsOf(at(fields, 2));
  const bytes = partsOf(at(fields, 0)).map(big);
  const code = {
    bytes,
    mask: bytes.map((_, i) => {
      const byte = mask[Math.floor(i / 8)];
      return byte !== undefined && big(byte) / 2n ** BigInt(i % 8) % 2n === 1n;
    }),
    jumpTable: {
      count: BigInt(table.length),
      width: 4n,
      bytes: table.flatMap((entry) => [0n, 8n, 16n, 24n].map((by) => big(entry) / 2n ** by % 256n)),
    },
  };
  const dialect = "javm";
  return {
    code,
    dialect,
    gasModel: "pipeline",
    memoryCycles: 25n,
    readOnlyStore: "page-fault",
  };
}

/** What an image says of the entry that runs it. */
export function imageParts([, fields]: Cap): Pick<Frame, "catcher" | "pinned"> {
  const catcher = at(fields, 7);
  return {
    catcher: at(catcher, 0) === 1n ? big(at(catcher, 1)) : undefined,
    pinned: partsOf(at(fields, 5)).map((entry) => big(at(entry, 0))),
  };
}

/** The bytes that all entries map. */
function mappedBytes(state: State): bigint {
  const pages = state.stack.reduce(
    (sum, _, i) => sum + (frameAt(state, i)?.machine.memory.pages.length ?? 0),
    0,
  );
  return BigInt(pages) * PAGE;
}

/** The memory of an Instance: its size, and its overlays in their order. */
function memoryOf(env: Env, state: State, [, fields]: Cap): Memory | undefined {
  const limitBytes = env.memoryBytes - mappedBytes(state);
  const reservedBytes = 0n;
  let memory = empty({
    backend: "sparse",
    pageSize: PAGE,
    limitBytes,
    reservedBytes,
    wraps: false,
  });
  const size = padded(big(at(fields, 4)));
  const overlays = partsOf(at(fields, 3)).map((overlay) => {
    const bytes = partsOf(at(overlay, 1)).map(big);
    return { start: big(at(overlay, 0)), size: padded(BigInt(bytes.length)), bytes };
  });
  for (const { start, size: length, bytes } of [{ start: 0n, size, bytes: [] }, ...overlays]) {
    if (length === 0n) continue;
    const step = change(memory, "map", Number(start), Number(length), "read-write");
    const filled = "error" in step.outcome ? undefined : written(step.state, start, bytes);
    if (filled === undefined) return undefined;
    memory = filled;
  }
  return memory;
}

/** The frame of an Instance without gas, or why there is none. */
export function build(
  env: Env,
  state: State,
  instance: Value,
  endpoint: number,
  args: readonly bigint[],
): Frame | string {
  const cap = capOf(state, instance, INSTANCE);
  if (cap === undefined) return "instance-not-found";
  const [, fields] = cap;
  const image = capOf(state, text(at(fields, 1)), IMAGE);
  if (image === undefined) return "image-not-found";
  const root = capOf(state, at(fields, 2), CNODE);
  if (root === undefined) return "invariant";
  const entry = partsOf(at(image[1], 3))[endpoint];
  if (entry === undefined) return "invariant";
  const memory = memoryOf(env, state, cap);
  if (memory === undefined) return "map-region";
  const persisted = partsOf(at(fields, 5)).map(big);
  const registers = persisted.map((value, i) => {
    if (i >= ARGS_AT && i < ARGS_AT + 4) return args[i - ARGS_AT] ?? 0n;
    return value === 0n ? big(at(at(entry, 4), i)) : value;
  });
  const cnode: CNode = [big(at(root[1], 0)), partsOf(at(root[1], 1))];
  const program = programOf(image);
  const machine = create(program, { pc: big(at(entry, 0)), gas: 0n, registers, memory });
  const chain = text(at(fields, 0));
  return { instance, chain, imageHash: text(at(fields, 1)), cnode, ...imageParts(image), machine };
}
