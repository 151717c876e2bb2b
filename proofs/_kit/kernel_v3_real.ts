/** Values of the model of mode v3 as real capabilities in a directory, and back. */

import { ANY_CAP } from "../../model/kernel_v3_caps.ts";
import type { Cap as Plain } from "../../model/kernel_caps.ts";
import { partsOf, serialize, type Value } from "../../model/kernel_ssz.ts";
import { deserialize } from "../../model/kernel_ssz_read.ts";
import { loaded, partsOfCap } from "../../model/kernel_v3_store.ts";
import type { Cap, Data, Image, Instance } from "../../model/kernel_v3_values.ts";
import type { CacheDirectory, Cap as RealCap } from "../../src/kernel/mod.ts";
import { type Face, valueOf } from "./kernel.ts";
import { HASHES } from "./kernel_v3_hashes.ts";

/** All that a value is made of, itself included, by hash; what is absent is left out. */
export function reachable(
  cap: Cap | undefined,
  found: Map<string, Cap> = new Map(),
): Map<string, Cap> {
  if (cap === undefined || cap.is === "absent" || found.has(HASHES.of(cap))) return found;
  found.set(HASHES.of(cap), cap);
  for (const part of partsOfCap(cap)) reachable(part, found);
  return found;
}

const numbers = (values: readonly bigint[]) => Uint8Array.from(values, Number);

function realImage({ ImageSource, ImageCapV3 }: Face, image: Image): RealCap {
  const source = valueOf(ImageSource.create({
    code: numbers(image.code),
    packedBitmask: numbers(image.mask),
    jumpTable: image.jumps.map(Number),
    endpoints: image.endpoints.map((endpoint) => ({
      index: Number(endpoint.index),
      entryPc: endpoint.pc,
      argRegisters: Number(endpoint.argRegisters),
      argCnodeSize: Number(endpoint.argCnodeSize),
      initialRegs: endpoint.registers.map((value, register) => ({ register, value })),
    })),
    memoryMappings: image.mappings.map(({ start, size, path }) => ({ start, size, source: path })),
    gasSlots: image.gasSlots,
    quotaSlots: image.quotaSlots,
    ...(image.catcher === undefined ? {} : { yieldMarkerSlot: image.catcher }),
  }));
  const pinned = image.pinned.map(([slot, cap]) => ({ slot, capHash: HASHES.of(cap) }));
  return valueOf(ImageCapV3.create(source, pinned));
}

function realInstance({ InstanceCapV3 }: Face, { chain, image, root, status }: Instance): RealCap {
  return valueOf(InstanceCapV3.create({
    imageHashChain: chain,
    imageHash: HASHES.of(image),
    rootCnode: HASHES.of(root),
    status: typeof status === "string" ? { state: status } : {
      state: "paused",
      pause: {
        ...status,
        image: HASHES.of(status.image),
        regs: status.registers,
        regions: status.regions.map(({ source, content }) => ({
          source: source === undefined ? undefined : HASHES.of(source),
          content: HASHES.of(content),
        })),
      },
    },
  }));
}

function realData({ DataCap }: Face, { content }: Data): RealCap {
  const [form, body = []] = partsOf(content);
  const bytes = (value: Value) => Uint8Array.from(partsOf(value), Number);
  if (form === 0n) {
    const inline = bytes(body);
    const isPadded = inline.length > 0 && inline.at(-1) === 0;
    return valueOf(DataCap.inline(inline, { form: isPadded ? "padded" : "stripped" }));
  }
  const [size, pages = []] = partsOf(body);
  return valueOf(DataCap.paged(
    Number(size),
    partsOf(pages).map((page) => {
      const [state, held = []] = partsOf(page);
      return state === 0n ? undefined : typeof held === "string" ? held : bytes(held);
    }),
  ));
}

const made = new WeakMap<Face, WeakMap<Cap, RealCap>>();

/** A value as a real capability, which holds others by their hashes; made once for each face. */
export function realOf(face: Face, cap: Cap): RealCap {
  const ofFace = made.get(face) ?? new WeakMap<Cap, RealCap>();
  made.set(face, ofFace);
  const real = ofFace.get(cap) ?? makeReal(face, cap);
  ofFace.set(cap, real);
  return real;
}

function makeReal(face: Face, cap: Cap): RealCap {
  switch (cap.is) {
    case "data":
      return realData(face, cap);
    case "image":
      return realImage(face, cap);
    case "instance":
      return realInstance(face, cap);
    case "type":
      return valueOf(face.TypeCap.create(cap.chain));
    case "cnode":
      return valueOf(face.CNodeCap.create(
        cap.sizeLog,
        cap.slots.map(([slot, held]) =>
          held.is === "absent" && held.inSlot
            ? { slot, missing: held.hash }
            : { slot, target: HASHES.of(held) }
        ),
      ));
    case "foreign":
      return valueOf(face.decodeCap(Uint8Array.from(serialize(ANY_CAP, cap.plain))));
    default:
      throw new Error("what is absent is no capability");
  }
}

/** Puts a value and all that it is made of into a directory. */
export function publish(face: Face, directory: CacheDirectory, cap: Cap | undefined): void {
  for (const [hash, part] of reachable(cap)) {
    if (directory.containsBlob(hash)) continue;
    const put = valueOf(directory.putCap(realOf(face, part)));
    if (put !== hash) throw new Error(`the model says ${hash} where there is ${put}`);
  }
}

/** The value of the model that a hash names in a directory. */
export function valueIn(face: Face, directory: CacheDirectory, hash: string): Cap {
  return loaded((each): Plain | undefined => {
    const cap = directory.get(each);
    if (cap === undefined) return undefined;
    const read = deserialize(ANY_CAP, Array.from(valueOf(face.encodeCap(cap))));
    const [selector, fields] = partsOf(read?.value ?? []);
    return typeof selector === "bigint" && fields !== undefined
      ? [selector, partsOf(fields)]
      : undefined;
  }, hash);
}
