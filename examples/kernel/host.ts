/**
 * A host of the kernel: it publishes images that are written in the text form, makes Instances of
 * them, and invokes these.
 *
 * A step that fails ends the example with an exception; a real host looks at each result.
 */

import type { Result } from "@ringfence/core";
import {
  CacheDirectory,
  type CallResult,
  type CapHash,
  CNodeCap,
  DataCap,
  genesisInstance,
  ImageSource,
  type ImageSourceOptions,
  InstanceCapV3,
  type InvokeOptions,
  issueKernelInstance,
  type KernelImage,
  type KernelInstanceOptions,
  packCode,
  publishImageV3,
  type ResumeOptions,
  Vm,
} from "@ringfence/core/kernel";
import { assemble } from "@ringfence/core/pvm";
import type { KernelGuest, SourceOf } from "./source.ts";

/** What an image is besides its code: its endpoints are labels of the source. */
export interface ImagePlan
  extends Omit<ImageSourceOptions, "code" | "packedBitmask" | "jumpTable" | "endpoints"> {
  readonly endpoints: readonly string[];
}

/** What an Instance is invoked with; nothing but gas has to be told. */
export interface Invocation extends InvokeOptions {
  readonly endpoint?: number;
  /** r7 and on, up to four. */
  readonly args?: readonly bigint[];
  readonly gas: bigint;
}

/** The value of a result that has one. */
export function valueOf<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(
    JSON.stringify(result.error, (_, value) => typeof value === "bigint" ? `${value}` : value),
  );
}

/** A directory and a Vm, and what a host does with them. */
export class Host {
  readonly directory: CacheDirectory = new CacheDirectory();
  readonly #vm: Vm = valueOf(Vm.create());
  readonly #sourceOf: SourceOf;

  constructor(sourceOf: SourceOf) {
    this.#sourceOf = sourceOf;
  }

  /** Publishes a guest as an image. */
  image(guest: KernelGuest, { endpoints, ...plan }: ImagePlan): CapHash {
    const { code, symbols } = valueOf(assemble(this.#sourceOf(guest)));
    const source = ImageSource.create({
      ...plan,
      ...valueOf(packCode(code)),
      endpoints: endpoints.map((label, index) => ({ index, entryPc: symbols.get(label) ?? -1n })),
    });
    return valueOf(publishImageV3(this.directory, valueOf(source)));
  }

  /** Makes the first Instance of an image: what it holds, by slot. */
  instance(image: CapHash, slots: Readonly<Record<number, CapHash>> = {}): CapHash {
    const held = Object.entries(slots).map(([slot, target]) => ({ slot: Number(slot), target }));
    return valueOf(genesisInstance(this.directory, image, held));
  }

  /** Issues an Instance of the kernel. */
  issue(image: KernelImage, options?: KernelInstanceOptions): CapHash {
    return valueOf(issueKernelInstance(this.directory, image, options));
  }

  /** Puts gas into a meter. */
  fill(meter: bigint, gas: bigint): void {
    this.#vm.kernelAssist.gasMeterSet(meter, gas);
  }

  /** Invokes an Instance. The Instance stays what it is; the result names the next one. */
  invoke(instance: CapHash, { endpoint = 0, args = [], gas, ...options }: Invocation): CallResult {
    const [r7 = 0n, r8 = 0n, r9 = 0n, r10 = 0n] = args;
    const registers = [r7, r8, r9, r10];
    return valueOf(
      this.#vm.invokeCached(this.directory, instance, endpoint, registers, gas, options),
    );
  }

  /** Goes on with an Instance that waits for the host. */
  resume(instance: CapHash, options: Omit<ResumeOptions, "instance">): CallResult {
    return valueOf(this.#vm.callResume(this.directory, { ...options, instance }));
  }

  /** The first bytes of the Data in a slot of an Instance; none where there is no Data. */
  read(instance: CapHash, slot: number, length: number): Uint8Array {
    const { directory } = this;
    const cap = directory.get(instance);
    const cnode = InstanceCapV3.is(cap) ? directory.get(cap.fields.rootCnode) : undefined;
    const target = CNodeCap.is(cnode) ? cnode.get(slot) : undefined;
    const data = target === undefined ? undefined : directory.get(target);
    return DataCap.is(data) ? valueOf(data.read(0, length)) : new Uint8Array(0);
  }
}
