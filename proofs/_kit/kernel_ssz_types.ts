/** The capabilities in the terms of an independent SSZ library, written down from the rules. */

import {
  ByteListType,
  ByteVectorType,
  ContainerType,
  ListBasicType,
  ListCompositeType,
  NoneType,
  UintBigintType,
  UintNumberType,
  UnionType,
  VectorBasicType,
} from "@chainsafe/ssz";
import { Buffer } from "node:buffer";
import type { Cap } from "../../model/kernel_caps.ts";
import { at, big } from "../../model/kernel_shapes.ts";
import { partsOf, type Value } from "../../model/kernel_ssz.ts";

const LIMIT = 2 ** 32;
const u8 = new UintNumberType(1);
const u32 = new UintNumberType(4);
const u64 = new UintBigintType(8);
const hash = new ByteVectorType(32);
const bytes = new ByteListType(LIMIT);
const u32s = new ListBasicType(u32, LIMIT);
const path = new VectorBasicType(u32, 8);
const registers = new VectorBasicType(u64, 13);
const ZERO = new Uint8Array(32);

const num = (value: Value | undefined): number => Number(big(value));
const nums = (value: Value): number[] => partsOf(value).map(num);
const bigs = (value: Value): bigint[] => partsOf(value).map((part) => big(part));
const hex = (value: Value): Uint8Array =>
  Uint8Array.from(Buffer.from(typeof value === "string" ? value : "", "hex"));
const raw = (value: Value): Uint8Array => Uint8Array.from(nums(value));

const slot = new ContainerType({ slot: u32, hash });
const slots = new ListCompositeType(slot, LIMIT);
const mapping = new ContainerType({ start: u64, size: u64, path, steps: u8 });
const mappings = new ListCompositeType(mapping, LIMIT);
const slotsOf = (value: Value) =>
  partsOf(value).map((s) => ({ slot: num(at(s, 0)), hash: hex(at(s, 1)) }));
const mappingsOf = (value: Value) =>
  partsOf(value).map((m) => ({
    start: big(at(m, 0)),
    size: big(at(m, 1)),
    path: nums(at(m, 2)),
    steps: num(at(m, 3)),
  }));
const maybeU32 = new UnionType([new NoneType(), u32]);
const maybeHash = new UnionType([new NoneType(), hash]);
const maybe = <T>(value: Value, of: (value: Value) => T) =>
  at(value, 0) === 1n ? { selector: 1, value: of(at(value, 1)) } : { selector: 0, value: null };

const overlay = new ContainerType({ start: u32, bytes });
const instance = new ContainerType({
  ...{ chain: hash, image: hash, root: hash },
  overlays: new ListCompositeType(overlay, LIMIT),
  ...{ memSize: u32, registers, pc: u64, gas: u64 },
});
const endpoint = new ContainerType({ pc: u64, top: u64, slot: u32, size: u8, registers });
const image = new ContainerType({
  ...{ code: bytes, mask: bytes, jumpTable: u32s },
  endpoints: new ListCompositeType(endpoint, LIMIT),
  ...{ mappings, pinned: slots, initial: slots, catcher: maybeU32 },
});
const paged = new ContainerType({ size: u32, pages: new ListCompositeType(hash, LIMIT) });
const data = new ContainerType({ content: new UnionType([bytes, paged]) });
const cnode = new ContainerType({ sizeLog: u8, slots: new ListCompositeType(hash, 65_536) });
const type = new ContainerType({ chain: hash });

const endpointV3 = new ContainerType({ index: u8, pc: u64, args: u8, size: u8, registers });
const imageV3 = new ContainerType({
  ...{ code: bytes, mask: bytes, jumpTable: u32s },
  endpoints: new ListCompositeType(endpointV3, LIMIT),
  ...{ mappings, gas: u32s, quota: u32s, pinned: slots, catcher: maybeU32 },
});
const region = new ContainerType({ source: maybeHash, content: hash });
const pause = new ContainerType({
  ...{ image: hash, registers, pc: u64, marker: hash, raised: u8, callee: u32s },
  regions: new ListCompositeType(region, LIMIT),
});
// The library has nothing but at the first place: 32 zero bytes have the root of nothing.
const status = new UnionType([new NoneType(), pause, hash]);
const instanceV3 = new ContainerType({ chain: hash, image: hash, root: hash, status });

function pageOf(page: Value): Uint8Array {
  if (at(page, 0) === 0n) return ZERO;
  const content = at(page, 1);
  if (at(page, 0) === 2n) return hex(content);
  const own = raw(content);
  return new ByteVectorType(own.length).hashTreeRoot(own);
}

function dataOf(content: Value) {
  const body = at(content, 1);
  return at(content, 0) === 0n
    ? { selector: 0, value: raw(body) }
    : { selector: 1, value: { size: num(at(body, 0)), pages: partsOf(at(body, 1)).map(pageOf) } };
}

function cnodeOf(entries: readonly Value[]): Uint8Array[] {
  const length = entries.length === 0 ? 0 : num(at(entries.at(-1), 0)) + 1;
  const held = new Map(entries.map((e) => [num(at(e, 0)), hex(at(e, 2))]));
  return Array.from({ length }, (_, i) => held.get(i) ?? ZERO);
}

function statusOf(value: Value) {
  const selector = num(at(value, 0));
  const p = at(value, 1);
  if (selector !== 1) return { selector, value: selector === 0 ? null : ZERO };
  const regions = partsOf(at(p, 6)).map((r) => ({
    source: maybe(at(r, 0), hex),
    content: hex(at(r, 1)),
  }));
  return {
    selector,
    value: {
      image: hex(at(p, 0)),
      registers: bigs(at(p, 1)),
      pc: big(at(p, 2)),
      marker: hex(at(p, 3)),
      raised: num(at(p, 4)),
      callee: nums(at(p, 5)),
      regions,
    },
  };
}

const named = (f: Value) => ({ chain: hex(at(f, 0)), image: hex(at(f, 1)), root: hex(at(f, 2)) });
const codeOf = (f: Value) => ({
  code: raw(at(f, 0)),
  mask: raw(at(f, 1)),
  jumpTable: nums(at(f, 2)),
});

/** How the root of each kind is taken, by selector. */
const KINDS: readonly ((f: Value) => Uint8Array)[] = [
  (f) =>
    instance.hashTreeRoot({
      ...named(f),
      overlays: partsOf(at(f, 3)).map((o) => ({ start: num(at(o, 0)), bytes: raw(at(o, 1)) })),
      memSize: num(at(f, 4)),
      registers: bigs(at(f, 5)),
      pc: big(at(f, 6)),
      gas: big(at(f, 7)),
    }),
  (f) =>
    image.hashTreeRoot({
      ...codeOf(f),
      endpoints: partsOf(at(f, 3)).map((e) => ({
        pc: big(at(e, 0)),
        top: big(at(e, 1)),
        slot: num(at(e, 2)),
        size: num(at(e, 3)),
        registers: bigs(at(e, 4)),
      })),
      mappings: mappingsOf(at(f, 4)),
      pinned: slotsOf(at(f, 5)),
      initial: slotsOf(at(f, 6)),
      catcher: maybe(at(f, 7), num),
    }),
  (f) => data.hashTreeRoot({ content: dataOf(at(f, 0)) }),
  (f) => cnode.hashTreeRoot({ sizeLog: num(at(f, 0)), slots: cnodeOf(partsOf(at(f, 1))) }),
  (f) => type.hashTreeRoot({ chain: hex(at(f, 0)) }),
  (f) =>
    imageV3.hashTreeRoot({
      ...codeOf(f),
      endpoints: partsOf(at(f, 3)).map((e) => ({
        index: num(at(e, 0)),
        pc: big(at(e, 1)),
        args: num(at(e, 2)),
        size: num(at(e, 3)),
        registers: bigs(at(e, 4)),
      })),
      mappings: mappingsOf(at(f, 4)),
      gas: nums(at(f, 5)),
      quota: nums(at(f, 6)),
      pinned: slotsOf(at(f, 7)),
      catcher: maybe(at(f, 8), num),
    }),
  (f) => instanceV3.hashTreeRoot({ ...named(f), status: statusOf(at(f, 3)) }),
];

const union = new UnionType(KINDS.map(() => hash));

/** The hash that the library gives to a capability of the model. */
export function independentHash([selector, fields]: Cap): string {
  const root = KINDS[Number(selector)]?.(fields) ?? ZERO;
  const value = union.hashTreeRoot({ selector: Number(selector), value: root });
  return Buffer.from(value).toString("hex");
}
