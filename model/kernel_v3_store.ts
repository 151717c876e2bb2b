/**
 * The kernel of mode v3: values out of a store, which gives what a hash names.
 *
 * @module
 */

import type { Cap as Plain } from "./kernel_caps.ts";
import { at, big } from "./kernel_shapes.ts";
import { partsOf, type Value } from "./kernel_ssz.ts";
import type { Cap, Endpoint, Image, Instance, Mapping } from "./kernel_v3_values.ts";

/** What a hash names; nothing when the store does not have it. */
export type Store = (hash: string) => Plain | undefined;

const text = (value: Value): string => typeof value === "string" ? value : "";
const number = (value: Value): number => Number(big(value));
const some = (value: Value): Value | undefined => at(value, 0) === 0n ? undefined : at(value, 1);

function endpointOf(value: Value): Endpoint {
  return {
    index: big(at(value, 0)),
    pc: big(at(value, 1)),
    argRegisters: big(at(value, 2)),
    argCnodeSize: big(at(value, 3)),
    registers: partsOf(at(value, 4)).map(big),
  };
}

function mappingOf(value: Value): Mapping {
  const path = partsOf(at(value, 2)).slice(0, number(at(value, 3))).map(number);
  return { start: big(at(value, 0)), size: big(at(value, 1)), path };
}

function imageOf(store: Store, fields: Value): Image {
  const catcher = some(at(fields, 8));
  return {
    is: "image",
    code: partsOf(at(fields, 0)).map(big),
    mask: partsOf(at(fields, 1)).map(big),
    jumps: partsOf(at(fields, 2)).map(big),
    endpoints: partsOf(at(fields, 3)).map(endpointOf),
    mappings: partsOf(at(fields, 4)).map(mappingOf),
    gasSlots: partsOf(at(fields, 5)).map(number),
    quotaSlots: partsOf(at(fields, 6)).map(number),
    pinned: partsOf(at(fields, 7)).map((
      entry,
    ) => [number(at(entry, 0)), loaded(store, text(at(entry, 1)))]),
    catcher: catcher === undefined ? undefined : number(catcher),
  };
}

function statusOf(store: Store, status: Value): Instance["status"] {
  if (at(status, 0) !== 1n) return at(status, 0) === 0n ? "idle" : "faulted";
  const pause = at(status, 1);
  return {
    image: loaded(store, text(at(pause, 0))),
    registers: partsOf(at(pause, 1)).map(big),
    pc: big(at(pause, 2)),
    marker: text(at(pause, 3)),
    raised: at(pause, 4) === 1n,
    callee: partsOf(at(pause, 5)).map(number),
    regions: partsOf(at(pause, 6)).map((region) => {
      const source = some(at(region, 0));
      return {
        source: source === undefined ? undefined : loaded(store, text(source)),
        content: loaded(store, text(at(region, 1))),
      };
    }),
  };
}

/** The value that a hash names, with all that it holds. What the store does not have is absent. */
export function loaded(store: Store, hash: string): Cap {
  const plain = store(hash);
  if (plain === undefined) return { is: "absent", hash, inSlot: false };
  const [selector, fields] = plain;
  switch (selector) {
    case 2n:
      return { is: "data", content: at(fields, 0) };
    case 3n: {
      const slots = partsOf(at(fields, 1)).map((entry): readonly [number, Cap] => {
        const [slot, held] = [number(at(entry, 0)), text(at(entry, 2))];
        const missing: Cap = { is: "absent", hash: held, inSlot: true };
        return [slot, at(entry, 1) === 1n ? missing : loaded(store, held)];
      });
      return { is: "cnode", sizeLog: number(at(fields, 0)), slots };
    }
    case 4n:
      return { is: "type", chain: text(at(fields, 0)) };
    case 5n:
      return imageOf(store, fields);
    case 6n:
      return {
        is: "instance",
        chain: text(at(fields, 0)),
        image: loaded(store, text(at(fields, 1))),
        root: loaded(store, text(at(fields, 2))),
        status: statusOf(store, at(fields, 3)),
      };
    default:
      return { is: "foreign", plain };
  }
}

/** What a value holds, each whole. */
export function partsOfCap(cap: Cap): readonly Cap[] {
  if (cap.is === "cnode") return cap.slots.map(([, held]) => held);
  if (cap.is === "image") return cap.pinned.map(([, held]) => held);
  if (cap.is !== "instance") return [];
  const { status } = cap;
  const paused = typeof status === "string"
    ? []
    : [status.image, ...status.regions.flatMap(({ source, content }) => [source ?? [], content])];
  return [cap.image, cap.root, ...paused.flat()];
}
