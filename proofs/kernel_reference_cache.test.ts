/** The original's unit tests of the directory and of publishing, by their names. */

import { agrees, allOf, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { ONES } from "./_kit/kernel_known.ts";
import { type Unit, unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const DIRECTORY = "src/kernel/cache_directory.ts";
const SETTLE = "src/kernel/settle.ts";
const CONVERT = "src/kernel/image_convert.ts";
const PUBLISH = "src/kernel/publish.ts";
const hello = new TextEncoder().encode("hello");

const cnode = (face: Face, slots: Parameters<Face["CNodeCap"]["create"]>[1] = []) =>
  valueOf(face.CNodeCap.create(4, slots));

/** What publishing an image with some parts fails with, or its kind of success. */
function publishing(face: Face, options: Parameters<Face["ImageSource"]["create"]>[0]): unknown {
  const directory = new face.CacheDirectory();
  const done = face.publishImage(directory, valueOf(face.ImageSource.create(options)));
  return done.ok ? Number(directory.blobCount) : done.error;
}

const steps = (count: number) => ({
  memoryMappings: [{ start: 0n, size: 4096n, source: Array.from({ length: count }, () => 1) }],
});

const TESTS: Readonly<Record<string, Unit>> = {
  settle_promotes_cnode_to_blob: {
    subject: ["CacheDirectory.settle"],
    mutant: mutant(SETTLE, "for (const id of gone.keys()) instances.delete(id);", ""),
    check(face) {
      const directory = new face.CacheDirectory();
      const ref = valueOf(directory.putInstance(cnode(face)));
      const hash = valueOf(directory.settle(ref));
      return agrees(
        [Number(directory.instanceCount), directory.containsBlob(hash), directory.settle(ref)],
        [0, true, { ok: false, error: { kind: "instance-missing", id: 1n } }],
      );
    },
  },
  settle_instance_resolves_root_cnode_ref: {
    subject: ["CacheDirectory.settle", "CacheDirectory.getInstance"],
    mutant: mutant(
      SETTLE,
      "const rootCnode = settledTarget(cap.fields.rootCnode, settled);",
      "const { rootCnode } = cap.fields;",
    ),
    check(face) {
      const directory = new face.CacheDirectory();
      const root = valueOf(directory.putInstance(cnode(face)));
      const instance = valueOf(face.InstanceCap.create({
        imageHashChain: ONES,
        imageHash: ONES,
        rootCnode: root,
      }));
      const ref = valueOf(directory.putInstance(instance));
      const hash = valueOf(directory.settle(ref));
      const now = directory.getInstance(ref);
      const rootHash = valueOf(face.capHash(cnode(face)));
      return agrees(
        [
          now?.kind === "instance" && now.fields.rootCnode,
          now && face.capHash(now),
          [directory.containsBlob(hash), directory.containsBlob(rootHash)],
          Number(directory.instanceCount),
        ],
        [rootHash, { ok: true, value: hash }, [false, true], 1],
      );
    },
  },
  capref_sweep_cascades_through_cnode_ref_chain: {
    subject: ["CacheDirectory.sweepInstances", "CacheDirectory.release"],
    mutant: mutant(
      "src/kernel/directory_state.ts",
      "for (const next of below) if (this.holders(next) === 1) unheld.push(next);",
      "",
    ),
    check(face) {
      const directory = new face.CacheDirectory();
      const bottom = valueOf(directory.putInstance(cnode(face)));
      const middle = valueOf(directory.putInstance(cnode(face, [{ slot: 1, target: bottom }])));
      const top = valueOf(directory.putInstance(cnode(face, [{ slot: 2, target: middle }])));
      directory.release(bottom);
      directory.release(middle);
      const held: number = directory.sweepInstances();
      directory.release(top);
      const swept: number = directory.sweepInstances();
      return agrees([held, swept, Number(directory.instanceCount)], [0, 3, 0]);
    },
  },
  put_cap_with_hash_matches_put_cap: {
    subject: ["CacheDirectory.putCapWithHash", "CacheDirectory.putCap"],
    mutant: mutant(DIRECTORY, "!actual.ok || actual.value === given.value", "!actual.ok"),
    check(face) {
      const hash = valueOf(face.capHash(cnode(face)));
      const [one, other] = [new face.CacheDirectory(), new face.CacheDirectory()];
      return agrees(one.putCapWithHash(hash, cnode(face)), other.putCap(cnode(face)));
    },
  },
  put_cap_with_hash_rejects_wrong_hash: {
    subject: ["CacheDirectory.putCapWithHash"],
    mutant: mutant(DIRECTORY, "!actual.ok || actual.value === given.value", "actual.ok"),
    check(face) {
      const directory = new face.CacheDirectory();
      const put = directory.putCapWithHash(ONES, cnode(face));
      return agrees(
        [put.ok || put.error.kind, Number(directory.blobCount)],
        ["hash-mismatch", 0],
      );
    },
  },
  publish_image_duplicate_data_shared: {
    subject: ["publishImage"],
    mutant: mutant(
      PUBLISH,
      "directory.putAll([...caps, image.value])",
      "directory.putAll([image.value])",
    ),
    check: (face) =>
      agrees(
        publishing(face, {
          pinnedSlots: [{ slot: 1, content: hello }, { slot: 2, content: hello }],
          initialSlots: [{ slot: 3, content: hello }],
        }),
        2,
      ),
  },
  publish_image_pinned_image_validates_existing_hash: {
    subject: ["publishImage"],
    mutant: mutant(
      PUBLISH,
      "if (there.value === undefined)",
      "if (contentHash.length === 0)",
    ),
    check: (face) =>
      agrees(publishing(face, { pinnedSlots: [{ slot: 1, contentHash: ONES }] }), {
        kind: "blob-missing",
        hash: ONES,
      }),
  },
  publish_image_rejects_too_deep_source_path: {
    subject: ["publishImage"],
    mutant: mutant(
      CONVERT,
      "steps.length > MAX_SOURCE_DEPTH",
      "steps.length > MAX_SOURCE_DEPTH + 1",
    ),
    check: (face) =>
      allOf(
        agrees(publishing(face, steps(8)), 1),
        agrees(publishing(face, steps(9)), { kind: "source-path-too-deep", steps: 9 }),
      ),
  },
  publish_image_rejects_out_of_range_endpoint: {
    subject: ["publishImage"],
    mutant: mutant(CONVERT, "if (index >= count)", "if (index > 200)"),
    check: (face) =>
      agrees(publishing(face, { endpoints: [{ index: 200 }] }), {
        kind: "endpoint-index-out-of-range",
        index: 200,
      }),
  },
  publish_data_paged_rejects_mismatched_page_length: {
    subject: ["DataCap.paged"],
    mutant: mutant(
      "src/kernel/data_cap.ts",
      "page.bytes.length === pageSize",
      "page.bytes.length <= pageSize",
    ),
    check: ({ DataCap }) =>
      agrees(DataCap.paged(4096, [undefined, new Uint8Array(4095)]), {
        ok: false,
        error: { kind: "page-size-mismatch", page: 1, expected: 4096, got: 4095 },
      }),
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  unit(name, "capabilities, 2.7 and 4.2", test)
);

register(proofs);
