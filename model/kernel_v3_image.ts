/**
 * The kernel of mode v3: which authored images are Images (the page, "Images").
 *
 * @module
 */

import { HOST_IMAGE } from "./kernel_image.ts";
import { at, big } from "./kernel_shapes.ts";
import { partsOf, type Value } from "./kernel_ssz.ts";
import { deserialize } from "./kernel_ssz_read.ts";
import { brokenRule, type Parts } from "./kernel_v3_images.ts";
import type { Bytes } from "./kernel_v3_memory.ts";
import type { Endpoint, Image, Mapping, Slots } from "./kernel_v3_values.ts";
import type { Code } from "./pvm_decode.ts";

/** The bits of a mask. */
export function bitsOf(mask: Bytes): readonly boolean[] {
  return mask.flatMap((byte) =>
    Array.from({ length: 8 }, (_, bit) => (byte / 2n ** BigInt(bit)) % 2n === 1n)
  );
}

/** The code of an image, as the PVM sees it. */
export function codeOf(image: Image): Code {
  const bytes = image.jumps.flatMap((jump) => [0n, 1n, 2n, 3n].map((i) => jump / 256n ** i % 256n));
  return {
    bytes: image.code,
    mask: bitsOf(image.mask).slice(0, image.code.length),
    jumpTable: { count: BigInt(image.jumps.length), width: 4n, bytes },
  };
}

function endpointOf(host: Value): Endpoint {
  const body = at(host, 1);
  const registers = Array.from({ length: 13 }, (_, i) => {
    const given = partsOf(at(body, 3)).find((r) => at(r, 0) === BigInt(i));
    return given === undefined ? 0n : big(at(given, 1));
  });
  return {
    index: big(at(host, 0)),
    pc: big(at(body, 0)),
    argRegisters: big(at(body, 1)),
    argCnodeSize: big(at(body, 2)),
    registers,
  };
}

function mappingOf(host: Value): Mapping {
  const path = partsOf(at(at(host, 2), 0)).map((step) => Number(big(step)));
  return { start: big(at(host, 0)), size: big(at(host, 1)), path };
}

/** What there are rules for in an authored image. */
function partsOfHost(host: Value, pinned: Slots): Parts {
  const numbers = (value: Value) => partsOf(value).map((n) => big(n));
  return {
    code: numbers(at(host, 0)),
    mask: numbers(at(host, 1)),
    endpoints: partsOf(at(host, 3)).map((endpoint) => ({
      index: big(at(endpoint, 0)),
      entry: big(at(at(endpoint, 1), 0)),
      registers: partsOf(at(at(endpoint, 1), 3)).map((register) => big(at(register, 0))),
    })),
    mappings: partsOf(at(host, 4)).map((mapping) => ({
      start: big(at(mapping, 0)),
      size: big(at(mapping, 1)),
      path: numbers(at(at(mapping, 2), 0)),
    })),
    gas: numbers(at(host, 5)),
    quota: numbers(at(host, 6)),
    pinned: pinned.map(([slot]) => BigInt(slot)),
    catcher: numbers(at(host, 9)).slice(1),
    initial: partsOf(at(host, 8)).length,
  };
}

/** The Image of an authored one with these pinned slots; nothing when it is refused. */
export function imageOf(host: Value, pinned: Slots): Image | undefined {
  const parts = partsOfHost(host, pinned);
  if (brokenRule(parts) !== undefined) return undefined;
  const [catcher] = parts.catcher;
  return {
    is: "image",
    code: parts.code,
    mask: parts.mask,
    jumps: partsOf(at(host, 2)).map(big),
    endpoints: partsOf(at(host, 3)).map(endpointOf),
    mappings: partsOf(at(host, 4)).map(mappingOf),
    gasSlots: parts.gas.map(Number),
    quotaSlots: parts.quota.map(Number),
    pinned,
    catcher: catcher === undefined ? undefined : Number(catcher),
  };
}

/** The Image that some bytes encode, with these pinned slots. */
export function decoded(bytes: Bytes, pinned: Slots): Image | undefined {
  const host = deserialize(HOST_IMAGE, bytes.map(Number));
  return host === undefined ? undefined : imageOf(host.value, pinned);
}
