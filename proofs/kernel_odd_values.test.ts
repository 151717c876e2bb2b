/** Values of the kernel that few have: hashes as bytes, empty pages, slots of handles and of nothing. */

import { capHash } from "../model/kernel_caps.ts";
import { serialize, type Value } from "../model/kernel_ssz.ts";
import { ANY_CAP, INSTANCE_V3 } from "../model/kernel_v3_caps.ts";
import * as kernel from "../src/kernel/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, sha, valueOf } from "./_kit/kernel.ts";
import { directoryOver, faces, MapStore } from "./_kit/kernel_store.ts";
import { putInstance, worldOf } from "./_kit/kernel_v3_world.ts";
import { register } from "./_kit/register.ts";

const HASH = "11".repeat(32);
const IMAGE = 1n;
const DATA = 2n;

/** What a result gives: its value, or the kind of its error. */
function told(result: unknown): unknown {
  const error: unknown = Reflect.get(Object(result), "error");
  if (error === undefined) return Reflect.get(Object(result), "value");
  return Reflect.get(Object(error), "kind");
}

/** What becomes of an encoding. */
function decoded({ decodeCap }: Face, cap: Uint8Array): unknown {
  const read = decodeCap(cap);
  return read.ok ? read.value.kind : read.error.kind;
}

/** The model's encoding. */
function encoded(cap: Value): Uint8Array {
  return Uint8Array.from(serialize(ANY_CAP, cap));
}

function image(endpoints: number, slots: Value): Uint8Array {
  const registers = new Array<bigint>(13).fill(0n);
  const each = (_: unknown, index: number): Value => [BigInt(index), 0n, 0n, 0n, registers];
  const list = Array.from({ length: endpoints }, each);
  return encoded([IMAGE, [[10n, 0n], [1n], [], list, [], slots, [], [0n]]]);
}

/** A paused Instance whose callee is so many steps away. */
function waiting(steps: number): Uint8Array {
  const registers = new Array<bigint>(13).fill(0n);
  const callee = new Array<bigint>(steps).fill(1n);
  const pause: Value = [HASH, registers, 0n, HASH, 1n, callee, []];
  return encoded([INSTANCE_V3, [HASH, HASH, HASH, [1n, pause]]]);
}

/** What settling a handle gives: what is then found under the hash. */
function settled(face: Face, make: (directory: kernel.CacheDirectory) => kernel.Cap): unknown {
  const directory = new face.CacheDirectory();
  const ref = valueOf(directory.putInstance(make(directory)));
  return directory.get(valueOf(directory.settle(ref)));
}

/** Calls an Instance by a handle, on a store that cannot be written. */
function calledUnstored(face: Face): unknown {
  const world = worldOf(face);
  const hash = putInstance(world, []);
  const store = new MapStore();
  for (const [name, cap] of world.directory.blobs()) {
    store.bytes.set(name, valueOf(face.encodeCap(cap)));
  }
  const directory = directoryOver({ ...faces, ...face }, store);
  const ref = valueOf(directory.promoteBlobToInstance(hash));
  const cap = ref === undefined ? undefined : directory.getInstance(ref);
  if (!face.InstanceCapV3.is(cap)) return "no Instance";
  const image = cap.fields.imageHash;
  const rootCnode = valueOf(directory.putInstance(valueOf(face.CNodeCap.create(8, []))));
  const options = { imageHashChain: HASH, imageHash: image, rootCnode };
  const fresh = valueOf(directory.putInstance(valueOf(face.InstanceCapV3.create(options))));
  store.instead = (operation) => operation === "put" ? null : undefined;
  return told(world.vm.invokeCached(directory, fresh, 0, [0n, 0n, 0n, 0n], 1000n));
}

const pages = ({ DataCap }: Face) =>
  valueOf(DataCap.paged(4096, [new Uint8Array(4096).fill(1), undefined]));
const inline = ({ DataCap }: Face) => valueOf(DataCap.inline(Uint8Array.of(1)));

const ENCODED = {
  ascending: image(0, [[1n, HASH], [3n, HASH]]),
  descending: image(0, [[3n, HASH], [1n, HASH]]),
  full: image(256, []),
  overfull: image(257, []),
  deep: waiting(8),
  tooDeep: waiting(9),
} as const;

/** What is done, and what it has to give. */
const SCENES: Readonly<Record<string, readonly [(face: Face) => unknown, unknown]>> = {
  "a hash as bytes": [
    ({ capHashToBytes }) => told(capHashToBytes(HASH)),
    new Uint8Array(32).fill(17),
  ],
  "bytes as a hash": [
    ({ capHashFromBytes }) => told(capHashFromBytes(new Uint8Array(32).fill(17))),
    HASH,
  ],
  "a page of Data without pages": [
    (face) => told(inline(face).withPage(0, HASH)),
    "invalid-argument",
  ],
  "a slot of what is no target": [
    ({ CNodeCap }) => told(Reflect.apply(CNodeCap.create, CNodeCap, [4, [{ slot: 1, target: 5 }]])),
    "invalid-argument",
  ],
  "a pinned slot that is none": [
    ({ ImageSource }) =>
      told(Reflect.apply(ImageSource.create, ImageSource, [{ pinnedSlots: [5] }])),
    "invalid-argument",
  ],
  "a pinned slot of no hash": [
    ({ ImageSource }) => {
      const options = { pinnedSlots: [{ slot: 1, contentHash: "zz" }] };
      return told(Reflect.apply(ImageSource.create, ImageSource, [options]));
    },
    "invalid-argument",
  ],
  "Data behind a handle": [
    (face) => {
      const found = settled(face, () => inline(face));
      return face.DataCap.is(found) ? found.contentLength : "no Data";
    },
    4096,
  ],
  "slots of a handle and of nothing": [
    (face) => {
      const found = settled(face, (directory) => {
        const target = valueOf(directory.putInstance(inline(face)));
        const slots = [{ slot: 1, target }, { slot: 2, missing: HASH }];
        return valueOf(face.CNodeCap.create(4, slots));
      });
      if (!face.CNodeCap.is(found)) return "no cnode";
      const first = found.get(1);
      return [typeof first, found.content(2)];
    },
    ["string", { missing: HASH }],
  ],
  "an Instance that cannot be stored": [calledUnstored, "store-failed"],
  "an empty page at the end": [
    (face) => valueOf(face.capHash(pages(face))),
    capHash(sha, [DATA, [[1n, [4096n, [[1n, new Array<bigint>(4096).fill(1n)], [0n]]]]]]),
  ],
  "pinned slots in order": [(face) => decoded(face, ENCODED.ascending), "image"],
  "pinned slots out of order": [
    (face) => decoded(face, ENCODED.descending),
    "malformed",
  ],
  "256 endpoints": [(face) => decoded(face, ENCODED.full), "image"],
  "257 endpoints": [(face) => decoded(face, ENCODED.overfull), "malformed"],
  "a callee of 8 steps": [(face) => decoded(face, ENCODED.deep), "instance"],
  "a callee of 9 steps": [(face) => decoded(face, ENCODED.tooDeep), "malformed"],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/odd_values_are_taken_or_refused",
    claim:
      "hashes go to bytes and back, handles to anything are settled, and each value just beyond " +
      "what is allowed is refused",
    subject: [
      ...["capHashToBytes", "capHashFromBytes", "DataCap.withPage", "CNodeCap.create", "decodeCap"],
      ...["ImageSource.create", "CacheDirectory.settle", "Vm.invokeCached"],
    ],
    spec: "capabilities, 2",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(SCENES)),
    reaches: ["refused", "given"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/hash.ts",
        "return ok(bytesOfHash(hash));",
        "return ok(bytesOfHash(hash).fill(0));",
      ),
      mutant(
        "src/kernel/hash.ts",
        "return ok(hashOfBytes(copy));",
        "return ok(hashOfBytes(copy.fill(0)));",
      ),
      mutant(
        "src/kernel/data_cap.ts",
        'if (!("tree" in content) || !Usize.is(index)',
        'if (!("tree" in content)) return ok(this);\n    if (!Usize.is(index)',
      ),
      mutant(
        "src/kernel/cnode_cap.ts",
        "return content.ok ? ok([place.value.slot, content.value]) : content;",
        "return ok([place.value.slot, content.ok ? content.value : { missing: '' }]);",
      ),
      mutant(
        "src/kernel/image_source.ts",
        'return invalidArgument(`${parameter}.contentHash`, "64 lowercase hex digits", value);',
        "return parseData(value, parameter);".replace("parseData", "parseHashField"),
      ),
      mutant("src/kernel/settle.ts", ": { missing: slot.missing },", ": { missing: '' },"),
      mutant(
        "src/kernel/vm.ts",
        "        if (!hash.ok) return hash;\n        return invokeV3",
        "        if (!hash.ok) return err({ kind: 'no-room' });\n        return invokeV3",
      ),
      mutant(
        "src/kernel/image_codec.ts",
        "length > ENDPOINTS_LIMIT ?",
        "length > ENDPOINTS_LIMIT + 1 ?",
      ),
      mutant(
        "src/kernel/image_codec.ts",
        'false) ? undefined : "slots out of order"',
        "false) ? undefined : undefined",
      ),
      mutant(
        "src/kernel/instance_v3.ts",
        "  if (steps.length > MAX_SOURCE_DEPTH) return false;\n",
        "",
      ),
    ],
    check(name, reach, face) {
      const [scene, expected] = SCENES[name] ?? [];
      reach(expected === "malformed" || expected === "invalid-argument" ? "refused" : "given");
      return agrees(scene?.(face), expected);
    },
  }),
];

register(proofs);
