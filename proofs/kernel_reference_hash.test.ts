/** The original's unit tests of capability hashes, by their names. */

import type { Cap } from "../src/kernel/mod.ts";
import { agrees, allOf, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { ECALLI_0, hashOf, image, ONES } from "./_kit/kernel_known.ts";
import { type Unit, unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const MERKLE = "src/kernel/ssz/merkle.ts";

const type = (face: Face, chain: string) => valueOf(face.TypeCap.create(chain));
const data = (face: Face, size: number) => valueOf(face.DataCap.inline(new Uint8Array(size)));
const cnode = (face: Face, target?: string) =>
  valueOf(face.CNodeCap.create(4, target === undefined ? [] : [{ slot: 1, target }]));
const instance = (face: Face, pc: bigint, chain: string = ONES) =>
  valueOf(face.InstanceCap.create({
    imageHashChain: chain,
    imageHash: ONES,
    rootCnode: ONES,
    pc,
  }));

function differ(face: Face, ...caps: readonly Cap[]): string | undefined {
  return agrees(new Set(caps.map((cap) => hashOf(face, cap))).size, caps.length);
}

const sameHash = mutant("src/kernel/cap.ts", "hashOfBytes(capSsz.root(value.value))", '"00"');
const noCode = mutant(
  "src/kernel/ssz/basic.ts",
  "merkleize(pack(rawBytes(value)), BYTES_DEPTH)",
  "new Uint8Array(32)",
);

const HASHES: Readonly<Record<string, Unit>> = {
  type_cap_hash_deterministic: {
    subject: ["capHash", "TypeCap.create"],
    mutant: mutant(
      "src/kernel/type_cap.ts",
      "cap.#chain = chain;",
      "cap.#chain = `${Math.random()}`;",
    ),
    check: (face) => agrees(hashOf(face, type(face, ONES)), hashOf(face, type(face, ONES))),
  },
  cap_variants_have_distinct_hashes: {
    subject: ["capHash"],
    mutant: sameHash,
    check: (face) =>
      differ(
        face,
        type(face, ONES),
        cnode(face),
        data(face, 1),
        image(face, {}),
        instance(face, 0n),
      ),
  },
  data_inline_hash_includes_size: {
    subject: ["capHash", "DataCap.inline"],
    mutant: mutant("src/kernel/ssz/basic.ts", "BYTES_DEPTH), value.length)", "BYTES_DEPTH), 0)"),
    check: (face) => differ(face, data(face, 1), data(face, 4097)),
  },
  cnode_empty_vs_one_populated_differ: {
    subject: ["capHash", "CNodeCap.create"],
    mutant: mutant(
      "src/kernel/cnode_cap.ts",
      "CNodeCap.#make(sizeLog, treeOf(entries), refs)",
      "CNodeCap.#make(sizeLog, NO_SLOTS, refs)",
    ),
    check: (face) => differ(face, cnode(face), cnode(face, ONES)),
  },
  cnode_with_ref_target_is_refused: {
    subject: ["capHash", "CacheDirectory.putInstance"],
    mutant: mutant("src/kernel/cap.ts", "cap.refCount === 0", "cap.refCount >= 0"),
    check(face) {
      const target = valueOf(new face.CacheDirectory().putInstance(type(face, ONES)));
      const held = valueOf(face.CNodeCap.create(4, [{ slot: 1, target }]));
      return agrees(face.capHash(held), { ok: false, error: { kind: "unresolved-ref", id: 1n } });
    },
  },
  image_hash_depends_on_code: {
    subject: ["capHash", "ImageCap.fromSource"],
    mutant: noCode,
    check: (face) =>
      differ(face, image(face, ECALLI_0), image(face, { ...ECALLI_0, code: Uint8Array.of(10, 1) })),
  },
  instance_hash_depends_on_pc: {
    subject: ["capHash", "InstanceCap.create"],
    mutant: mutant(
      "src/kernel/instance_cap.ts",
      "pc: orElse(parseU64, ZERO),",
      "pc: () => ok(ZERO),",
    ),
    check: (face) => differ(face, instance(face, 0n), instance(face, 1n)),
  },
  loaded_page_substitutes_for_missing_with_same_hash: {
    subject: ["capHash", "DataCap.paged"],
    mutant: mutant(MERKLE, "chunks.set(bytes);", "chunks.set(bytes.toReversed());"),
    check(face) {
      const page = Uint8Array.from({ length: 64 }, (_, i) => i);
      const loaded = valueOf(face.DataCap.paged(64, [page]));
      const slot = loaded.page(0);
      const hash = slot?.state === "loaded" ? slot.hash : undefined;
      const missing = valueOf(face.DataCap.paged(64, [hash]));
      const known = "fdeab9acf3710362bd2658cdc9a29e8f9c757fcf9811603a8c447cd1d9151108";
      return allOf(
        agrees(hash, known),
        agrees(hashOf(face, loaded), hashOf(face, missing)),
      );
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(HASHES).map(([name, test]) =>
  unit(name, "capabilities, 2.8 and 4.2", test)
);

register(proofs);
