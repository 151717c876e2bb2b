/** Instances of the kernel, as they are issued. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import { contentOf } from "./_kit/kernel_v3_data.ts";
import { register } from "./_kit/register.ts";

const KERNEL = "src/kernel/kernel_instance.ts";
const ONES = "11".repeat(32);

/** What a kernel's Instance is issued with, and what it then holds in its slots. */
const ISSUES: readonly {
  readonly image: kernel.KernelImage;
  readonly options: kernel.KernelInstanceOptions;
  readonly slots: readonly (readonly [number, unknown])[];
}[] = [
  { image: "gas", options: {}, slots: [[1, []]] },
  { image: "gas", options: { id: 7n }, slots: [[1, [7]]] },
  { image: "quota", options: { id: 256n }, slots: [[1, [0, 1]]] },
  {
    image: "quota",
    options: { id: 2n ** 64n - 1n },
    slots: [[1, Array.from({ length: 8 }, () => 255)]],
  },
  { image: "set_gas_meter", options: {}, slots: [] },
  { image: "yieldcatcher", options: {}, slots: [] },
  {
    image: "yieldcatcher",
    options: { markers: [ONES, "22".repeat(32), ONES] },
    slots: [[1, ONES], [2, "22".repeat(32)]],
  },
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/instances_of_the_kernel_hold_what_they_are_issued_with",
    claim:
      "an Instance of the kernel has the label's hash as image and chain, and its row or its markers in its slots",
    subject: ["issueKernelInstance"],
    spec: "The capability kernel, Instances of the kernel",
    strength: "bounded",
    domain: domain.of(...ISSUES),
    reaches: ["gas", "quota", "set_gas_meter", "yieldcatcher"],
    implementation: kernel,
    mutants: [
      mutant(KERNEL, "setBigUint64(0, id, true)", "setBigUint64(0, id)"),
      mutant(KERNEL, "[{ slot: 1, target: hash.value }]", "[{ slot: 0, target: hash.value }]"),
      mutant(KERNEL, "[...new Set(list.value)]", "[...list.value]"),
      mutant(KERNEL, "{ slot: index + 1, target }", "{ slot: index, target }"),
      mutant(
        KERNEL,
        "? [cnode, instance] : [data, cnode, instance]",
        "? [cnode, instance] : [cnode, instance]",
      ),
      mutant(KERNEL, "return rowInstance(image, id ?? 0n);", "return rowInstance(image, 1n);"),
    ],
    check({ image, options, slots }, reach, face) {
      const directory = new face.CacheDirectory();
      const hash = valueOf(face.issueKernelInstance(directory, image, options));
      reach(image);
      const cap = directory.get(hash);
      const label = valueOf(face.kernelImageHash(image));
      const fields = face.InstanceCapV3.is(cap) ? cap.fields : undefined;
      const cnode = fields && directory.get(fields.rootCnode);
      const held = cnode?.kind !== "cnode" ? [] : cnode.entries().map((entry) => {
        const target = "target" in entry ? entry.target : "";
        const data = directory.get(target);
        return [Number(entry.slot), data === undefined ? target : contentOf(data)];
      });
      return allOf(
        agrees([fields?.imageHash, fields?.imageHashChain, fields?.status.state], [
          label,
          label,
          "idle",
        ]),
        agrees([cnode?.kind === "cnode" && Number(cnode.sizeLog), held], [8, slots]),
      );
    },
  }),
  defineProof({
    id: "kernel/instances_of_the_kernel_are_issued_with_their_own_options_alone",
    claim:
      "an id is for gas and quota, markers are for catchers and at most 255; everything else is refused",
    subject: ["issueKernelInstance"],
    spec: "The capability kernel, Instances of the kernel",
    strength: "exhaustive",
    domain: domain.product({
      image: domain.of(...kernel.KERNEL_IMAGES),
      id: domain.of(undefined, 0n, -1n, 2n ** 64n),
      markers: domain.of(undefined, 0, 255, 256),
    }),
    reaches: ["issued", "refused"],
    implementation: kernel,
    mutants: [
      mutant(KERNEL, "id !== undefined && !row", "id !== undefined && row"),
      mutant(
        KERNEL,
        'markers !== undefined && image !== "yieldcatcher"',
        'markers !== undefined && image === "gas"',
      ),
      mutant(KERNEL, "listed.length > CATCHER_MARKERS_MAX", "listed.length >= CATCHER_MARKERS_MAX"),
    ],
    check({ image, id, markers: count }, reach, face) {
      const directory = new face.CacheDirectory();
      const markers = count === undefined ? undefined : Array.from(
        { length: count },
        (_, i) => i.toString(16).padStart(64, "0"),
      );
      const options = { ...id === undefined ? {} : { id }, ...markers ? { markers } : {} };
      const done = face.issueKernelInstance(directory, image, options);
      reach(done.ok ? "issued" : "refused");
      const row = image === "gas" || image === "quota";
      const good = (id === undefined || row && id === 0n) &&
        (count === undefined || image === "yieldcatcher" && count < 256);
      return agrees([done.ok, Number(directory.blobCount) > 0], [good, good]) ??
        agrees(face.CATCHER_MARKERS_MAX, 255);
    },
  }),
];

register(proofs);
