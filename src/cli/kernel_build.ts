/**
 * Publishing what a manifest plans.
 *
 * @module
 */

import {
  CNodeCap,
  DataCap,
  genesisInstance,
  InstanceCap,
  isCapHash,
  issueKernelInstance,
  PAGE_SIZE,
  publishImage,
  publishImageV3,
} from "../kernel/mod.ts";
import type { CacheDirectory, Cap, CapHash } from "../kernel/mod.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { Io } from "./io.ts";
import { besides, codeOf } from "./kernel_code.ts";
import { imageMistake, imageSource } from "./kernel_image.ts";
import type {
  CNodePlan,
  DataPlan,
  ImagePlan,
  InstancePlan,
  KernelPlan,
  Manifest,
  Numbered,
  Reference,
} from "./kernel_manifest.ts";
import { fieldPath, type Mistake, mistake, type Named } from "./kernel_reader.ts";
import { refusal } from "./kernel_report.ts";

/** How many names may lie between a name and one that it refers to. */
const DEPTH_MAX = 256;
/** The root cnode of an Instance has 256 slots. */
const ROOT_SIZE_LOG = 8;

type Built = Result<CapHash, Mistake>;
type Build = () => Built;

/** A name that something stands for: how it is made, and what came of it. */
interface Entry {
  readonly build: Build;
  hash: CapHash | undefined;
  isOpen: boolean;
}

/** Where things are published, and where files are read. */
export interface Workshop {
  readonly directory: CacheDirectory;
  /** The path of the manifest. */
  readonly file: string;
  readonly io: Io;
}

/** What a failed operation of the kernel says at a path. */
function told<T>(result: Result<T, object>, path: string): Result<T, Mistake> {
  return result.ok ? result : err(refusal(path, result.error));
}

/** Data in the form that the mode wants. */
function dataCap(bytes: Uint8Array, mode: Manifest["mode"]): Result<Cap, object> {
  if (mode === "compat") return DataCap.inline(bytes);
  const stripped = DataCap.inline(bytes, { form: "stripped" });
  if (!stripped.ok || stripped.value.contentLength <= PAGE_SIZE) return stripped;
  const pages: (Uint8Array | undefined)[] = [];
  for (let at = 0; at < stripped.value.contentLength; at += PAGE_SIZE) {
    const page = new Uint8Array(PAGE_SIZE);
    page.set(bytes.subarray(at, at + PAGE_SIZE));
    pages.push(page.some((byte) => byte !== 0) ? page : undefined);
  }
  return DataCap.paged(PAGE_SIZE, pages);
}

/** Makes what names stand for, each once, when it is first needed. */
export class Builder {
  readonly #shop: Workshop;
  readonly #mode: Manifest["mode"];
  readonly #entries = new Map<string, Entry>();
  #depth = 0;

  private constructor(shop: Workshop, mode: Manifest["mode"]) {
    this.#shop = shop;
    this.#mode = mode;
  }

  /** A builder of all that a manifest names. */
  static create(manifest: Manifest, shop: Workshop): Result<Builder, Mistake> {
    const builder = new Builder(shop, manifest.mode);
    const { images, data, cnodes, kernel, instances } = manifest;
    const added = [
      ...images.map((plan) => builder.#add(plan, () => builder.#image(plan))),
      ...data.map((plan) => builder.#add(plan, () => builder.#data(plan))),
      ...cnodes.map((plan) => builder.#add(plan, () => builder.#cnode(plan))),
      ...kernel.map((plan) => builder.#add(plan, () => builder.#kernel(plan))),
      ...instances.map((plan) => builder.#add(plan, () => builder.#instance(plan))),
    ];
    return added.find((one) => !one.ok) ?? ok(builder);
  }

  #add({ name, path }: Named<unknown>, build: Build): Result<Builder, Mistake> {
    if (isCapHash(name)) return mistake(path, "a hash cannot be a name");
    if (this.#entries.has(name)) return mistake(path, `${JSON.stringify(name)} is defined already`);
    this.#entries.set(name, { build, hash: undefined, isOpen: false });
    return ok(this);
  }

  /** Every name and the hash of what it stands for. */
  all(): Result<ReadonlyMap<string, CapHash>, Mistake> {
    const hashes = new Map<string, CapHash>();
    for (const name of this.#entries.keys()) {
      const hash = this.hashOf({ path: "", to: name });
      if (!hash.ok) return hash;
      hashes.set(name, hash.value);
    }
    return ok(hashes);
  }

  /** The hash of what a reference means. */
  hashOf({ path, to }: Reference): Built {
    if (isCapHash(to)) return ok(to);
    const entry = this.#entries.get(to);
    const name = JSON.stringify(to);
    if (entry === undefined) return mistake(path, `there is nothing of the name ${name}`);
    if (entry.hash !== undefined) return ok(entry.hash);
    if (entry.isOpen) return mistake(path, `${name} would hold itself`);
    if (this.#depth >= DEPTH_MAX) return mistake(path, `more than ${DEPTH_MAX} names deep`);
    entry.isOpen = true;
    this.#depth++;
    const built = entry.build();
    this.#depth--;
    entry.isOpen = false;
    if (built.ok) entry.hash = built.value;
    return built;
  }

  /** The hashes of several references. */
  hashesOf(references: readonly Reference[]): Result<readonly CapHash[], Mistake> {
    const hashes: CapHash[] = [];
    for (const reference of references) {
      const hash = this.hashOf(reference);
      if (!hash.ok) return hash;
      hashes.push(hash.value);
    }
    return ok(hashes);
  }

  #slots(plans: readonly Numbered<Reference>[]) {
    const hashes = this.hashesOf(plans.map(({ value }) => value));
    if (!hashes.ok) return hashes;
    return ok(hashes.value.map((target, at) => ({ slot: Number(plans[at]?.number), target })));
  }

  #image({ value: plan, path }: Named<ImagePlan>): Built {
    const { directory, file, io } = this.#shop;
    const code = codeOf(plan, path, file, io);
    if (!code.ok) return code;
    const pinned = this.#slots(plan.pinned);
    if (!pinned.ok) return pinned;
    const source = imageSource(plan, path, code.value, pinned.value);
    if (!source.ok) return source;
    const publish = this.#mode === "v3" ? publishImageV3 : publishImage;
    const hash: Result<CapHash, object> = publish(directory, source.value);
    return hash.ok ? hash : err(imageMistake(hash.error, plan, path));
  }

  #data({ value: { hex, text, file }, path }: Named<DataPlan>): Built {
    const given = [hex, text, file].filter((each) => each !== undefined);
    if (given.length !== 1) return mistake(path, "expected one of hex, text, file");
    let bytes = hex ?? new TextEncoder().encode(text);
    if (file !== undefined) {
      const place = besides(this.#shop.file, file);
      const read = this.#shop.io.read(place);
      if (!read.ok) return mistake(fieldPath(path, "file"), `${place}: ${read.error}`);
      bytes = read.value;
    }
    return this.#put(dataCap(bytes, this.#mode), path);
  }

  #put(cap: Result<Cap, object>, path: string): Built {
    return cap.ok ? told<CapHash>(this.#shop.directory.putCap(cap.value), path) : told(cap, path);
  }

  #cnode({ value: { sizeLog, slots }, path }: Named<CNodePlan>): Built {
    const held = this.#slots(slots);
    return held.ok ? this.#put(CNodeCap.create(sizeLog, held.value), path) : held;
  }

  #kernel({ value: { image, id, markers }, path }: Named<KernelPlan>): Built {
    if (this.#mode !== "v3") return mistake(path, "Instances of the kernel are of mode v3");
    const listed = markers === undefined ? ok(undefined) : this.hashesOf(markers);
    if (!listed.ok) return listed;
    const options = {
      ...(id === undefined ? {} : { id }),
      ...(listed.value === undefined ? {} : { markers: listed.value }),
    };
    return told<CapHash>(issueKernelInstance(this.#shop.directory, image, options), path);
  }

  #instance({ value: { image, slots, memory }, path }: Named<InstancePlan>): Built {
    const imageHash = this.hashOf(image);
    if (!imageHash.ok) return imageHash;
    const held = this.#slots(slots);
    if (!held.ok) return held;
    const { directory } = this.#shop;
    if (this.#mode === "v3") {
      if (memory !== undefined) return mistake(fieldPath(path, "memory"), "is of mode compat");
      return told<CapHash>(genesisInstance(directory, imageHash.value, held.value), path);
    }
    const cnode = CNodeCap.create(ROOT_SIZE_LOG, held.value);
    if (!cnode.ok) return told(cnode, path);
    const rootCnode = this.#put(cnode, path);
    if (!rootCnode.ok) return rootCnode;
    const instance = InstanceCap.create({
      imageHashChain: imageHash.value,
      imageHash: imageHash.value,
      rootCnode: rootCnode.value,
      memSize: memory ?? 0,
    });
    return this.#put(instance, path);
  }
}
