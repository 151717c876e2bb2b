/** What the proofs of the kernel share: capabilities in the terms of the model, and back. */

import { createHash } from "node:crypto";
import {
  type Cap as ModelCap,
  CNODE,
  DATA,
  IMAGE,
  INSTANCE,
  TYPE,
} from "../../model/kernel_caps.ts";
import { at, big } from "../../model/kernel_shapes.ts";
import { type Hash, partsOf, serialize, type Value } from "../../model/kernel_ssz.ts";
import { ANY_CAP, IMAGE_V3, INSTANCE_V3 } from "../../model/kernel_v3_caps.ts";
import type * as face from "../../src/kernel/mod.ts";
import type {
  Cap,
  CapRef,
  CapTarget,
  ImageFields,
  PageInput,
  PageSlot,
  Result,
} from "../../src/kernel/mod.ts";
import { plainImageV3, plainInstanceV3 } from "./kernel_v3_plain.ts";
import { type MutantMaker, sourceMutants } from "./mutants.ts";

/** The face of the kernel. */
export type Face = typeof face;

/** Wrong variants of the kernel. */
export const mutant: MutantMaker<Face> = sourceMutants<Face>("src/kernel/mod.ts");

/** SHA-256 by another library than the one that the kernel uses. */
export const sha: Hash = (bytes) => {
  const key = String.fromCharCode(...bytes);
  const known = hashes.get(key);
  if (known !== undefined) return known;
  const hash = [...createHash("sha256").update(Uint8Array.from(bytes)).digest()];
  if (hashes.size < HASHES_KEPT) hashes.set(key, hash);
  return hash;
};

/** The hashes taken first, among them those of zeros, of which a model takes many. */
const hashes = new Map<string, readonly number[]>();
const HASHES_KEPT = 1000;

/** The value of a result that has to be a success. */
export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`no value: ${Deno.inspect(result.error)}`);
  return result.value;
}

/** Text of a value of the model. */
export function text(value: Value): string {
  return typeof value === "string" ? value : "";
}

/** A number of a value of the model. */
export function num(value: Value): number {
  return Number(big(value));
}

/** Bytes of a value of the model. */
export function bytesOf(value: Value): Uint8Array {
  return Uint8Array.from(partsOf(value), num);
}

/** A list of bytes of the model. */
export function byteValues(bytes: Uint8Array): Value {
  return Array.from(bytes, BigInt);
}

const noRef = (id: bigint): CapTarget => {
  throw new Error(`no handle ${id}`);
};

function pageInput(page: Value): PageInput {
  if (at(page, 0) === 0n) return undefined;
  return at(page, 0) === 1n ? bytesOf(at(page, 1)) : text(at(page, 1));
}

function realData({ DataCap, decodeCap }: Face, cap: ModelCap): Cap {
  const content = at(cap[1], 0);
  const body = at(content, 1);
  if (at(content, 0) === 0n) {
    const stripped = DataCap.inline(bytesOf(body), { form: "stripped" });
    const padded = partsOf(body).length % 4096 === 0 && partsOf(body).length > 0;
    return padded ? valueOf(DataCap.inline(bytesOf(body))) : valueOf(stripped);
  }
  const pages = partsOf(at(body, 1)).map(pageInput);
  const made = DataCap.paged(num(at(body, 0)), pages);
  return made.ok ? made.value : valueOf(decodeCap(Uint8Array.from(serialize(ANY_CAP, cap))));
}

/** A capability of the model as a real one, made by the constructors where there is one for it. */
export function realCap(
  face: Face,
  cap: ModelCap,
  refOf: (id: bigint) => CapTarget = noRef,
): Cap {
  const [selector, f] = cap;
  const target = (value: Value) => typeof value === "bigint" ? refOf(value) : text(value);
  switch (selector) {
    case INSTANCE:
      return valueOf(face.InstanceCap.create({
        imageHashChain: text(at(f, 0)),
        imageHash: text(at(f, 1)),
        rootCnode: target(at(f, 2)),
        rwOverlays: partsOf(at(f, 3)).map((o) => ({
          start: num(at(o, 0)),
          bytes: bytesOf(at(o, 1)),
        })),
        memSize: num(at(f, 4)),
        regs: partsOf(at(f, 5)).map(big),
        pc: big(at(f, 6)),
        gasRemaining: big(at(f, 7)),
      }));
    case DATA:
      return realData(face, cap);
    case CNODE:
      return valueOf(face.CNodeCap.create(
        num(at(f, 0)),
        partsOf(at(f, 1)).map((slot) =>
          at(slot, 1) === 0n
            ? { slot: num(at(slot, 0)), target: target(at(slot, 2)) }
            : { slot: num(at(slot, 0)), missing: text(at(slot, 2)) }
        ),
      ));
    case TYPE:
      return valueOf(face.TypeCap.create(text(at(f, 0))));
    default:
      return valueOf(face.decodeCap(Uint8Array.from(serialize(ANY_CAP, cap))));
  }
}

function plainTarget(target: CapTarget): Value {
  return typeof target === "string" ? target : target.id;
}

function plainPage(page: PageSlot | undefined): Value {
  if (page === undefined || page.state === "empty") return [0n];
  return page.state === "loaded" ? [1n, byteValues(page.bytes.toBytes())] : [2n, page.hash];
}

/** The option of a value. */
export function plainOption(value: number | undefined): Value {
  return value === undefined ? [0n] : [1n, BigInt(value)];
}

function plainImage(fields: ImageFields): Value {
  const entries = (list: ImageFields["pinned"]): Value =>
    list.map(({ slot, capHash }) => [BigInt(slot), capHash]);
  return [
    byteValues(fields.code.toBytes()),
    byteValues(fields.bitmask.toBytes()),
    fields.jumpTable.map(BigInt),
    fields.endpoints.map((e): Value => [
      e.entryPc,
      e.stackTop,
      BigInt(e.argCnodeSlot),
      BigInt(e.argCnodeSize),
      e.initialRegs,
    ]),
    fields.mappings.map((m): Value => [
      m.start,
      m.size,
      m.sourcePath.map(BigInt),
      BigInt(m.sourcePathLength),
    ]),
    entries(fields.pinned),
    entries(fields.initial),
    plainOption(fields.yieldMarkerSlot),
  ];
}

function plainData(cap: Cap & { readonly kind: "data" }): Value {
  const { content } = cap;
  if (content.form === "inline") return [[0n, byteValues(content.bytes.toBytes())]];
  const pages = Array.from({ length: content.pageCount }, (_, i) => plainPage(cap.page(i)));
  return [[1n, [BigInt(content.pageSize), pages]]];
}

/** A real capability in the terms of the model. */
export function plainCap(cap: Cap): readonly [bigint, Value] {
  switch (cap.kind) {
    case "instance": {
      const { fields: f } = cap;
      if ("status" in f) return [INSTANCE_V3, plainInstanceV3(f, plainTarget)];
      const overlays = f.rwOverlays.map(({ start, bytes }): Value => [
        BigInt(start),
        byteValues(bytes.toBytes()),
      ]);
      const root = plainTarget(f.rootCnode);
      const tail = [overlays, BigInt(f.memSize), f.regs, f.pc, f.gasRemaining];
      return [INSTANCE, [f.imageHashChain, f.imageHash, root, ...tail]];
    }
    case "image": {
      const { fields } = cap;
      if ("gasSlots" in fields) return [IMAGE_V3, plainImageV3(fields)];
      return [IMAGE, plainImage(fields)];
    }
    case "data":
      return [DATA, plainData(cap)];
    case "cnode": {
      const slots = cap.entries().map((slot): Value =>
        "missing" in slot
          ? [BigInt(slot.slot), 1n, slot.missing]
          : [BigInt(slot.slot), 0n, plainTarget(slot.target)]
      );
      return [CNODE, [BigInt(cap.sizeLog), slots]];
    }
    default:
      return [TYPE, [cap.imageHashChain]];
  }
}

/** Handles by their ids. */
export type Refs = Map<bigint, CapRef>;
