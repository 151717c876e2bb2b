/** Vectors of the capability kernel on the implementation. */

import {
  CacheDirectory,
  type CallResult,
  type Cap,
  capHash,
  chainExtend,
  chainGenesis,
  decodeCap,
  decodeImageSource,
  encodeCap,
  encodeImageSource,
  ImageCap,
  ImageCapV3,
  imageContentHash,
  ImageSource,
  InProcessKernelAssist,
  type KernelMode,
  Vm,
  type VmResult,
} from "../../../src/kernel/mod.ts";
import { plainOf } from "./kernel_value.ts";
import {
  bytes,
  decimal,
  difference,
  field,
  type Given,
  hex,
  list,
  listIn,
  number,
  show,
  text,
  valueOf,
} from "./values.ts";

/** Checks one encoding: its root, its kind, that it is written again as it stands; or that it is none. */
export function checkSsz(each: Given): string | undefined {
  const ssz = field(each, "ssz");
  const hash = field(each, "hash");
  const decoded = decodeCap(bytes(ssz));
  if (hash === undefined) return decoded.ok ? "what is no encoding was read" : undefined;
  if (!decoded.ok) return `it was not read: ${decoded.error.kind}`;
  const { value } = decoded;
  const isV3 = (value.kind === "image" && "gasSlots" in value.fields) ||
    (value.kind === "instance" && "status" in value.fields);
  const actual = {
    cap: isV3 ? `${value.kind}-v3` : value.kind,
    ssz: hex(valueOf(encodeCap(value), "not encoded")),
    hash: String(valueOf(capHash(value), "no hash")),
  };
  const plain = field(each, "value");
  return difference(actual, { cap: field(each, "cap"), ssz, hash }) ??
    (plain === undefined ? undefined : difference(plainOf(value), plain, "value"));
}

const slotsOf = (value: Given) =>
  list(value).map((row) => ({ slot: number(list(row)[0]), capHash: text(list(row)[1]) }));

/** What came of making a capability. */
type Made = { readonly ok: true; readonly value: Cap } | {
  readonly ok: false;
  readonly error: { readonly kind: string };
};

/** The hash of what was made, or the kind of the error. */
function madeOf(made: Made): unknown {
  return made.ok
    ? { ok: String(valueOf(capHash(made.value), "no hash")) }
    : { error: { kind: made.error.kind } };
}

/** The same in version 3, whose errors all count as one, but for an argument that is none. */
function madeOfV3(made: Made): unknown {
  return made.ok || made.error.kind === "invalid-argument"
    ? madeOf(made)
    : { error: { kind: "refused" } };
}

/** An authored image that names slots to begin with; what lies there makes no difference. */
function withInitial(source: ImageSource, initial: readonly { readonly slot: number }[]) {
  if (initial.length === 0) return source;
  const { yieldMarkerSlot, ...fields } = source.fields;
  const content = new Uint8Array(0);
  const options = {
    ...fields,
    ...(yieldMarkerSlot === undefined ? {} : { yieldMarkerSlot }),
    initialSlots: initial.map(({ slot }) => ({ slot, content })),
  };
  return valueOf(ImageSource.create(options), "no image");
}

/** Checks what becomes of an authored image, or how a chain goes on. */
export function checkImages(each: Given): string | undefined {
  const chain = field(each, "chain");
  if (chain !== undefined) {
    const made = chainExtend(text(chain), text(field(each, "image")));
    return difference(valueOf(made, "no chain"), field(each, "extended"), "extended");
  }
  const ssz = field(each, "source");
  const source = valueOf(decodeImageSource(bytes(ssz)), "no image");
  const [pinned, initial] = [slotsOf(field(each, "pinned")), slotsOf(field(each, "initial"))];
  const [compat, v3] = [field(each, "compat"), field(each, "v3")];
  const actual = {
    source: hex(valueOf(encodeImageSource(source), "not encoded")),
    contentHash: String(valueOf(imageContentHash(source), "no hash")),
    genesis: String(valueOf(chainGenesis(source), "no chain")),
    compat: madeOf(ImageCap.fromSource(source, pinned, initial)),
    v3: madeOfV3(ImageCapV3.create(withInitial(source, initial), pinned)),
  };
  const contentHash = field(each, "content-hash");
  return difference(actual, { source: ssz, contentHash, genesis: contentHash, compat, v3 });
}

interface World {
  readonly directory: CacheDirectory;
  readonly assist: InProcessKernelAssist;
  readonly vm: Vm;
  /** The hashes that have to be in the directory. */
  readonly known: Set<string>;
}

function putCaps(directory: CacheDirectory, caps: readonly Given[]): readonly string[] {
  return caps.map((each) => {
    const cap = valueOf(decodeCap(bytes(field(each, "ssz"))), "no capability");
    const hash = String(valueOf(directory.putCap(cap), "not put"));
    if (hash !== field(each, "hash")) throw new Error(`a capability has the hash ${hash}`);
    return hash;
  });
}

function worldOf(each: Given, mode: KernelMode): World {
  const directory = new CacheDirectory();
  const known = new Set(putCaps(directory, listIn(each, "caps")));
  const assist = new InProcessKernelAssist();
  const tables = field(each, "tables");
  const pairs = (name: string) => listIn(tables, name).map((row) => list(row));
  for (const [id, value] of pairs("meters")) assist.gasMeterSet(decimal(id), decimal(value));
  for (const [id, value] of pairs("quotas")) assist.storageQuotaSet(decimal(id), decimal(value));
  for (const [catcher, markers] of pairs("catchers")) {
    for (const marker of list(markers)) assist.yieldCatcherAdd(text(catcher), text(marker));
  }
  for (const [id, target] of pairs("files")) assist.registerFile(decimal(id), text(target));
  const limits = field(each, "limits");
  const vm = Vm.create({
    mode,
    assist,
    maxDepth: number(field(limits, "max-depth")),
    memoryBytes: number(field(limits, "memory-bytes")),
    hostMarkers: listIn(limits, "host-markers").map(text),
  });
  return { directory, assist, vm: valueOf(vm, "no Vm"), known };
}

function call({ vm, directory }: World, given: Given, mode: KernelMode): VmResult<CallResult> {
  const slot0 = field(given, "slot0");
  const quota = field(given, "quota");
  const instance = field(given, "instance");
  const gas = decimal(field(given, "gas"));
  const more = quota === undefined ? {} : { quota: decimal(quota) };
  if (field(given, "call") === "invoke") {
    const args = listIn(given, "args").map(decimal);
    const passed = slot0 === undefined ? more : { ...more, slot0: text(slot0) };
    const endpoint = number(field(given, "endpoint"));
    return vm.invokeCached(directory, text(instance), endpoint, args, gas, passed);
  }
  if (mode === "compat") {
    return vm.callResume(directory, {
      gas,
      ...(slot0 === undefined ? {} : { scratchpad: text(slot0) }),
    });
  }
  return vm.callResume(directory, {
    gas,
    ...more,
    instance: text(instance),
    ...(slot0 === undefined ? {} : { slot0: text(slot0) }),
  });
}

/** How a call ended, as the vectors write it. */
function endedJson(result: CallResult): unknown {
  const shared = { kind: result.kind, "gas-used": result.gasUsed.toString() };
  switch (result.kind) {
    case "halt":
      return {
        ...shared,
        value: result.returnValue.toString(),
        post: result.postInstanceHash,
        slot0: result.reflectedSlot0,
      };
    case "faulted":
      return { ...shared, reason: { ...result.reason }, slot0: result.reflectedSlot0 };
    default:
      return {
        ...shared,
        payload: result.markerPayload,
        marker: result.marker,
        post: result.pausedInstanceHash,
      };
  }
}

/** What differs in the outcome. What is absent has an error of its own for each place. */
function outcomeDifference(result: VmResult<CallResult>, expected: Given): string | undefined {
  const error = field(expected, "error");
  if (result.ok) {
    return error === undefined
      ? difference(endedJson(result.value), field(expected, "ok"), "outcome")
      : `it ended with ${result.value.kind}, not with the error ${show(error)}`;
  }
  if (error === undefined) return `the error ${result.error.kind}`;
  const absent = field(error, "hash");
  return absent === undefined
    ? difference(result.error.kind, field(error, "kind"), "error")
    : difference(field(result.error, "hash"), absent, "error.hash");
}

/** What differs in the tables: every row that is expected, and the first ones that nobody made. */
function tablesDifference({ assist }: World, tables: Given, before: Given): string | undefined {
  const ids = (name: string) => [
    ...["0", "1", "2", "3"],
    ...[...listIn(tables, name), ...listIn(before, name)].map((row) => text(list(row)[0])),
  ];
  const rows = (name: string, get: (id: bigint) => unknown, none: unknown) =>
    [...new Set(ids(name))].map((id) => {
      const row = listIn(tables, name).find((each) => list(each)[0] === id);
      const actual = get(BigInt(id));
      return difference(actual, row === undefined ? none : list(row)[1], `${name} ${id}`);
    }).find((found) => found !== undefined);
  const catchers = [...listIn(tables, "catchers"), ...listIn(before, "catchers")];
  return rows("meters", (id) => assist.gasMeterGet(id).toString(), "0") ??
    rows("quotas", (id) => assist.storageQuotaGet(id).toString(), "0") ??
    rows("files", (id) => assist.hostOpen(id), undefined) ??
    [...new Set(catchers.map((row) => text(list(row)[0])))].map((catcher) => {
      const row = listIn(tables, "catchers").find((each) => list(each)[0] === catcher);
      const actual = [...assist.yieldCatcherMarkers(catcher)];
      return difference(actual, list(list(row)[1]), `catchers ${catcher}`);
    }).find((found) => found !== undefined);
}

/** What differs in the directory: what was made has to be there, as it is encoded, and nothing else. */
function directoryDifference({ directory, known }: World, made: readonly Given[]) {
  for (const each of made) {
    const hash = text(field(each, "hash"));
    known.add(hash);
    const cap = directory.get(hash);
    if (cap === undefined) return `${hash} is not in the directory`;
    const ssz = hex(valueOf(encodeCap(cap), "not encoded"));
    const found = difference(ssz, field(each, "ssz"), `the encoding of ${hash}`);
    if (found !== undefined) return found;
  }
  const extra = valueOf(directory.blobHashes(), "no hashes").find((hash) => !known.has(hash));
  return extra === undefined ? undefined : `${extra} is in the directory`;
}

/** Does the calls of a case. */
export function checkCalls(each: Given, mode: KernelMode): string | undefined {
  const world = worldOf(each, mode);
  for (const [i, given] of listIn(each, "calls").entries()) {
    const result = call(world, given, mode);
    const found = outcomeDifference(result, field(given, "outcome")) ??
      directoryDifference(world, listIn(given, "made")) ??
      (field(given, "tables") === undefined
        ? undefined
        : tablesDifference(world, field(given, "tables"), field(each, "tables"))) ??
      difference(Number(world.vm.stack.length), field(given, "depth"), "depth");
    if (found !== undefined) return `call ${i + 1}: ${found}`;
  }
  return undefined;
}
