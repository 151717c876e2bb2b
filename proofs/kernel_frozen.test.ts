/** What a capability gives out cannot be changed by who holds it. */

import * as kernel from "../src/kernel/mod.ts";
import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { guest, REPLY } from "./_kit/kernel_guest.ts";
import { register } from "./_kit/register.ts";

const AA = "aa".repeat(32);
const REGISTERS = Array.from({ length: 13 }, () => 0n);

function sourceOf(face: Face) {
  return valueOf(face.ImageSource.create({
    ...guest([REPLY]),
    jumpTable: [0],
    endpoints: [{ index: 1, entryPc: 0n, initialRegs: [{ register: 7, value: 3n }] }],
    memoryMappings: [{ start: 0n, size: 4096n, source: [3] }],
    pinnedSlots: [{ slot: 5, content: Uint8Array.of(1), size: 2n }, { slot: 6, contentHash: AA }],
    gasSlots: [1],
    quotaSlots: [2],
  }));
}

const endpoint = { index: 0, entryPc: 0n, initialRegs: [{ register: 7, value: 3n }] };

/** What the kernel makes, by name. */
const MADE: Readonly<Record<string, (face: Face) => unknown>> = {
  "Data in one piece": ({ DataCap }) => valueOf(DataCap.inline(Uint8Array.of(1))),
  "empty Data": ({ DataCap }) => valueOf(DataCap.inline(new Uint8Array(0), { form: "stripped" })),
  "Data in pages": ({ DataCap }) => valueOf(DataCap.paged(1, [Uint8Array.of(1), undefined, AA])),
  cnode: (face) => {
    const handle = valueOf(new face.CacheDirectory().putInstance(valueOf(face.CNodeCap.create(1))));
    const made = valueOf(
      face.CNodeCap.create(4, [{ slot: 1, target: AA }, { slot: 2, missing: AA }, {
        slot: 3,
        target: handle,
      }]),
    );
    return [made, valueOf(made.set(5, AA)).cnode];
  },
  type: ({ TypeCap }) => valueOf(TypeCap.create(AA)),
  "authored image": sourceOf,
  "image of compat": (face) =>
    valueOf(face.ImageCap.fromSource(
      valueOf(face.ImageSource.create({
        ...guest([REPLY]),
        jumpTable: [0],
        endpoints: [endpoint],
        memoryMappings: [{ start: 0n, size: 1n, source: [3] }],
      })),
      [{ slot: 1, capHash: AA }],
      [{ slot: 2, capHash: AA }],
    )),
  "image of version 3": (face) =>
    valueOf(face.ImageCapV3.create(sourceOf(face), [{ slot: 5, capHash: AA }])),
  "Instance of compat": ({ InstanceCap }) =>
    valueOf(InstanceCap.create({
      imageHashChain: AA,
      imageHash: AA,
      rootCnode: AA,
      rwOverlays: [{ start: 0, bytes: Uint8Array.of(1) }],
    })),
  "idle Instance": ({ InstanceCapV3 }) =>
    valueOf(InstanceCapV3.create({ imageHashChain: AA, imageHash: AA, rootCnode: AA })),
  "faulted Instance": ({ InstanceCapV3 }) =>
    valueOf(
      InstanceCapV3.create({
        imageHashChain: AA,
        imageHash: AA,
        rootCnode: AA,
        status: { state: "faulted" },
      }),
    ),
  "paused Instance": ({ InstanceCapV3 }) =>
    valueOf(InstanceCapV3.create({
      imageHashChain: AA,
      imageHash: AA,
      rootCnode: AA,
      status: {
        state: "paused",
        pause: {
          image: AA,
          regs: REGISTERS,
          pc: 0n,
          marker: AA,
          raised: false,
          callee: [3],
          regions: [{ source: AA, content: AA }, { source: undefined, content: AA }],
        },
      },
    })),
  path: ({ SlotPath }) => [valueOf(SlotPath.create([3, 4])), valueOf(SlotPath.create([3]))],
  stack: ({ CallStack }) => {
    const stack = valueOf(CallStack.create<string>());
    stack.pushInstance("frame");
    stack.pushReference(0);
    return [stack, ...stack.entries()];
  },
  "what works": (face) => [
    new face.CacheDirectory(),
    new face.InProcessKernelAssist(),
    valueOf(face.ImageCache.create()),
    valueOf(face.Vm.create()),
  ],
  handle: ({ CacheDirectory, CNodeCap }) =>
    valueOf(new CacheDirectory().putInstance(valueOf(CNodeCap.create(1)))),
  "hashes of a directory": ({ CacheDirectory, TypeCap }) => {
    const directory = new CacheDirectory();
    valueOf(directory.putCap(valueOf(TypeCap.create(AA))));
    return valueOf(directory.blobHashes());
  },
};

/** A capability as it is read from its encoding; nothing where it has none. */
function decoded(face: Face, value: unknown): unknown {
  const { DataCap, CNodeCap, TypeCap, ImageCap, ImageCapV3, InstanceCap, InstanceCapV3 } = face;
  const isCap = DataCap.is(value) || CNodeCap.is(value) || TypeCap.is(value) ||
    ImageCap.is(value) || ImageCapV3.is(value) || InstanceCap.is(value) ||
    InstanceCapV3.is(value);
  const encoded = isCap ? face.encodeCap(value) : undefined;
  return encoded?.ok ? valueOf(face.decodeCap(encoded.value)) : undefined;
}

/** What a value leads to: its own properties, and what its getters give. */
function partsOf(value: object): readonly (readonly [name: string, part: unknown])[] {
  const own = Object.entries(value);
  const proto: unknown = Object.getPrototypeOf(value);
  if (proto === null || proto === Object.prototype || proto === Array.prototype) return own;
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Object(proto)))
    .flatMap(([name, { get }]) => get === undefined || name === "stack" ? [] : [name]);
  // What is made for each who asks is nobody else's.
  const shared = getters.filter((name) => Reflect.get(value, name) === Reflect.get(value, name));
  return [...own, ...shared.map((name) => [name, Reflect.get(value, name)] as const)];
}

/** The first part of a value that could be changed. */
function open(value: unknown, name: string, depth = 0): string | undefined {
  if (typeof value !== "object" || value === null || depth > 9) return undefined;
  if (!Object.isFrozen(value)) return `${name} can be changed`;
  for (const [part, each] of partsOf(value)) {
    const found = open(each, `${name}.${part}`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

const freezes = (file: string, to = ";") =>
  mutant(`src/kernel/${file}.ts`, "    Object.freeze(this);\n", `    ${to}\n`);

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/what_is_given_out_is_frozen",
    claim:
      "capabilities and all that they give out are frozen, made or decoded, so that who holds one cannot change it for another",
    subject: ["DataCap.inline", "CNodeCap.create", "TypeCap.create", "ImageSource.create"],
    spec: "Capabilities, 2.3",
    strength: "bounded",
    domain: domain.product({
      what: domain.of(...Object.keys(MADE)),
      how: domain.of("made", "decoded"),
    }),
    reaches: ["frozen", "not encoded"],
    implementation: kernel,
    mutants: [
      ...["data_cap", "cnode_cap", "type_cap", "image_cap", "image_v3", "instance_cap"].map((
        file,
      ) => freezes(file)),
      ...["instance_v3", "image_source", "slot", "byte_string", "cap_ref", "call_stack"].map((
        file,
      ) => freezes(file)),
      mutant(
        "src/kernel/image_v3.ts",
        "Object.freeze(fields.endpoints.map(endpointOf))",
        "fields.endpoints.map(endpointOf)",
      ),
      mutant("src/kernel/parse.ts", "return ok(Object.freeze(record));", "return ok(record);"),
      mutant(
        "src/kernel/ssz/container.ts",
        "return ok(Object.freeze(record));",
        "return ok(record);",
      ),
    ],
    check({ what, how }, reach, face) {
      const made = MADE[what]?.(face);
      const all = Array.isArray(made) && !Object.isFrozen(made) ? made : [made];
      for (const each of all) {
        const value = how === "made" ? each : decoded(face, each);
        reach(value === undefined ? "not encoded" : "frozen");
        const found = open(value, what);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  }),
];

register(proofs);
