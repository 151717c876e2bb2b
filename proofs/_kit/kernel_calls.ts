/** Every public function of the kernel with good arguments, for hostile ones to take their place. */

import { type Face, valueOf } from "./kernel.ts";

/** Calls a function with arguments that the compiler would not let through. */
export function call(self: object, name: string, args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(self, name);
  if (typeof method !== "function") throw new Error(`no function ${name}`);
  return Reflect.apply(method, self, args);
}

/** The objects whose functions are called, with good arguments for each of them. */
export function callsOf(face: Face): readonly [object, string, readonly unknown[]][] {
  const hash = "11".repeat(32);
  const cnode = valueOf(face.CNodeCap.create(4, [{ slot: 2, target: hash }]));
  const data = valueOf(face.DataCap.paged(2, [undefined, Uint8Array.of(1, 2)]));
  const source = valueOf(face.ImageSource.create());
  const path = valueOf(face.SlotPath.create([1, 2]));
  const directory = new face.CacheDirectory();
  const ref = valueOf(directory.putInstance(cnode));
  const type = valueOf(face.TypeCap.create(hash));
  const instance = valueOf(face.InstanceCap.create({
    imageHashChain: hash,
    imageHash: hash,
    rootCnode: hash,
  }));
  const bytes = valueOf(face.encodeCap(cnode));
  const text = valueOf(face.encodeImageSource(source));
  const rules = { mode: "v3", pinned: [3] };
  const string = face.ByteString.from(Uint8Array.of(1));
  const entry = [{ slot: 1, capHash: hash }];
  const pause = {
    ...{ image: hash, regs: new Array<bigint>(13).fill(0n), pc: 0n, marker: hash, raised: true },
    ...{ callee: [1], regions: [{ source: hash, content: hash }] },
  };
  const status = { state: "faulted", pause };
  const instanceV3 = valueOf(face.InstanceCapV3.create({
    ...{ imageHashChain: hash, imageHash: hash, rootCnode: hash },
  }));
  const instanceOptions = { imageHashChain: hash, imageHash: hash, rootCnode: hash };
  const statics: [object, string, readonly unknown[]][] = [
    [face.ByteString, "from", [bytes]],
    [face.SlotPath, "create", [[1, 2]]],
    [face.SlotPath, "root", [3]],
    [face.CNodeCap, "create", [4, [{ slot: 2, target: hash }]]],
    [face.DataCap, "inline", [bytes, { form: "padded", size: 3 }]],
    [face.DataCap, "paged", [2, [undefined, hash]]],
    [face.ImageSource, "create", [{ code: bytes }]],
    [face.ImageCap, "fromSource", [source, entry, entry]],
    [face.InstanceCap, "create", [instanceOptions]],
    [face.TypeCap, "create", [hash]],
    [face.ImageCapV3, "create", [source, entry]],
    [face.InstanceCapV3, "create", [{ ...instanceOptions, status }]],
    [face.InstanceCapV3, "create", [{ ...instanceOptions, status: { state: "paused", pause } }]],
  ];
  const kinds = [
    face.CNodeCap,
    face.DataCap,
    face.ImageCap,
    face.InstanceCap,
    face.TypeCap,
    face.ImageCapV3,
    face.InstanceCapV3,
  ];
  const classes = [...kinds, face.CapRef, face.ByteString, face.ImageSource, face.SlotPath];
  const functions: [string, readonly unknown[]][] = [
    ["capHash", [cnode]],
    ["encodeCap", [cnode]],
    ["decodeCap", [bytes]],
    ["isCap", [cnode]],
    ["isCapHash", [hash]],
    ["capHashFromBytes", [new Uint8Array(32)]],
    ["capHashToBytes", [hash]],
    ["imageContentHash", [source]],
    ["chainGenesis", [source]],
    ["chainExtend", [hash, source]],
    ["encodeImageSource", [source]],
    ["decodeImageSource", [text]],
    ["kernelImageHash", ["gas"]],
    ["recognizeKernelImage", [hash]],
    ["slotFits", [1, 4]],
    ["swapPrefix", [path, path]],
    ["copySlot", [cnode, rules, 2, 4]],
    ["moveSlot", [cnode, rules, 2, 4]],
    ["dropSlot", [cnode, rules, 2]],
    ["swapSlots", [cnode, rules, 2, 4]],
    ["mintSlot", [cnode, rules, 4, hash]],
    ["publishImage", [directory, source]],
    ["publishImageV3", [directory, source]],
    ["genesisInstance", [directory, hash, [{ slot: 1, target: hash }]]],
    ["issueKernelInstance", [directory, "gas", { id: 7n, markers: [hash] }]],
  ];
  return [
    ...statics,
    ...[...classes, face.CacheDirectory].map((
      own,
    ): [object, string, unknown[]] => [own, "is", [0]]),
    ...functions.map(([name, args]): [object, string, readonly unknown[]] => [face, name, args]),
    [string ?? {}, "at", [0]],
    [path, "equals", [path]],
    [cnode, "get", [2]],
    [cnode, "content", [2]],
    [cnode, "set", [2, hash]],
    [cnode, "put", [2, { missing: hash }]],
    [cnode, "take", [2]],
    [data, "page", [1]],
    [data, "withPage", [1, hash]],
    [data, "read", [0, 2]],
    [instance, "withRootCnode", [hash]],
    [instanceV3, "withRootCnode", [hash]],
    [directory, "putCap", [type]],
    [directory, "putCapWithHash", [hash, type]],
    [directory, "get", [ref]],
    [directory, "getBlob", [hash]],
    [directory, "containsBlob", [hash]],
    [directory, "getInstance", [ref]],
    [directory, "putInstance", [type]],
    [directory, "setInstance", [ref, type]],
    [directory, "promoteBlobToInstance", [hash]],
    [directory, "settle", [hash]],
    [directory, "holders", [ref]],
    [directory, "retain", [ref]],
    [directory, "release", [ref]],
  ];
}

/** What a good argument becomes with a hostile value inside: as a field, or as an element. */
export function poisoned(argument: unknown, value: () => unknown): unknown[] {
  if (Array.isArray(argument)) return [[value()], [argument[0], value()]];
  const isPlain = typeof argument === "object" && argument !== null &&
    Object.getPrototypeOf(argument) === Object.prototype;
  return isPlain ? Object.keys(argument).map((key) => ({ ...argument, [key]: value() })) : [];
}
