/** The original's unit tests of the shapes of capabilities and of handles, by their names. */

import { agrees, allOf, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { hashOf, image, ONES } from "./_kit/kernel_known.ts";
import { type Unit, unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const CNODE = "src/kernel/cnode_cap.ts";
const DATA = "src/kernel/data_cap.ts";
const CONVERT = "src/kernel/image_convert.ts";
const STATE = "src/kernel/directory_state.ts";
const TWOS = "22".repeat(32);
const hello = new TextEncoder().encode("hello");

const cnode = (face: Face, size: number) => valueOf(face.CNodeCap.create(size));
const type = (face: Face) => valueOf(face.TypeCap.create(ONES));
const count = (value: { readonly ok: boolean; readonly value?: number }) =>
  Number(value.value ?? -1);

const TESTS: Readonly<Record<string, Unit>> = {
  cap_image_constructor: {
    subject: ["ImageCap.fromSource", "CNodeCap.create"],
    mutant: mutant(CNODE, "return asUsize(2 ** this.#sizeLog);", "return asUsize(this.#sizeLog);"),
    check(face) {
      const cap = image(face, {});
      return agrees([cap.kind, Number(cnode(face, 8).capacity)], ["image", 256]);
    },
  },
  cap_image_payload_preserved: {
    subject: ["ImageCap.fromSource", "ByteString.toBytes"],
    mutant: mutant("src/kernel/image_cap.ts", "bitmask: packedBitmask", "bitmask: code"),
    check(face) {
      const cap = image(face, { code: hello, packedBitmask: Uint8Array.of(31), jumpTable: [7] });
      if (cap.kind !== "image") return `a ${cap.kind}`;
      const { code, bitmask, jumpTable, endpoints } = cap.fields;
      return agrees(
        [code.toBytes(), bitmask.toBytes(), jumpTable, endpoints.length],
        [hello, [31], [7], 64],
      );
    },
  },
  data_inline_constructor: {
    subject: ["DataCap.inline"],
    mutant: mutant(DATA, "padded.set(raw);", ""),
    check(face) {
      const data = valueOf(face.DataCap.inline(hello));
      const start = valueOf(data.read(0, 5));
      return agrees([Number(data.contentLength), [...start]], [4096, [...hello]]);
    },
  },
  empty_cnode_size_log_too_large_rejected: {
    subject: ["CNodeCap.create"],
    mutant: mutant(CNODE, "if (size.value > CNODE_SIZE_LOG_MAX)", "if (size.value > 17)"),
    check: ({ CNodeCap }) =>
      allOf(
        agrees(CNodeCap.create(16).ok, true),
        agrees(CNodeCap.create(17), {
          ok: false,
          error: { kind: "invalid-cnode-size", sizeLog: 17 },
        }),
      ),
  },
  cnode_set_takes_and_keeps_slots_sorted: {
    subject: ["CNodeCap.create", "CNodeCap.set", "CNodeCap.take"],
    mutant: mutant(
      CNODE,
      "return ok({ cnode, previous });",
      "return ok({ cnode, previous: undefined });",
    ),
    check(face) {
      const [a, b] = [ONES, TWOS];
      let made = cnode(face, 4);
      for (const slot of [7, 2, 11]) made = valueOf(made.set(slot, a)).cnode;
      const over = valueOf(made.set(7, b));
      const taken = valueOf(over.cnode.take(7));
      return allOf(
        agrees(made.entries().map(({ slot }) => Number(slot)), [2, 7, 11]),
        agrees([over.previous, taken.previous, taken.cnode.get(7)], [a, b, undefined]),
        agrees(made.set(16, a), {
          ok: false,
          error: { kind: "slot-out-of-range", slot: 16, sizeLog: 4 },
        }),
      );
    },
  },
  cnode_lookup_after_set: {
    subject: ["CNodeCap.get", "CacheDirectory.putInstance"],
    mutant: mutant(
      CNODE,
      'return content !== undefined && "target" in content ? content.target : undefined;',
      "return undefined;",
    ),
    check(face) {
      const ref = valueOf(new face.CacheDirectory().putInstance(type(face)));
      const held = valueOf(
        face.CNodeCap.create(4, [{ slot: 1, target: ONES }, { slot: 2, target: ref }]),
      );
      return agrees([held.get(1), held.get(2) === ref, held.get(3)], [ONES, true, undefined]);
    },
  },
  page_ref_shares_then_releases: {
    subject: ["DataCap.paged", "DataCap.page"],
    mutant: mutant(
      "src/kernel/page.ts",
      "if (isLoaded(value)) return ok(value);",
      "if (isLoaded(value)) return ok(loadedPage(value.bytes));",
    ),
    check({ DataCap }) {
      const first = valueOf(DataCap.paged(2, [Uint8Array.of(1, 2)]));
      const page = first.page(0);
      if (page?.state !== "loaded") return "no page";
      const second = valueOf(DataCap.paged(2, [undefined, page]));
      return agrees(second.page(1) === page, true);
    },
  },
  instance_with_rw_overlay: {
    subject: ["InstanceCap.create"],
    mutant: mutant(
      "src/kernel/instance_cap.ts",
      "memSize: orElse(parseU32, asU32(0))",
      "memSize: () => ok(asU32(0))",
    ),
    check({ InstanceCap }) {
      const { fields } = valueOf(InstanceCap.create({
        imageHashChain: ONES,
        imageHash: TWOS,
        rootCnode: ONES,
        rwOverlays: [{ start: 0x1000, bytes: Uint8Array.of(0xde, 0xad) }],
        memSize: 0x10000,
      }));
      const overlay = fields.rwOverlays[0];
      return agrees(
        [Number(overlay?.start), [...overlay?.bytes.toBytes() ?? []], Number(fields.memSize)],
        [0x1000, [0xde, 0xad], 0x10000],
      );
    },
  },
  publish_image_carries_endpoint_fields: {
    subject: ["publishImage"],
    mutant: mutant(CONVERT, "argCnodeSize: source.argCnodeSize", "argCnodeSize: asU8(0)"),
    check(face) {
      const directory = new face.CacheDirectory();
      const registers = [{ register: 1, value: 0x4000n }, { register: 11, value: 0x42n }];
      const source = valueOf(face.ImageSource.create({
        endpoints: [{ index: 7, entryPc: 0x1000n, argCnodeSize: 4, initialRegs: registers }],
      }));
      const cap = directory.getBlob(valueOf(face.publishImage(directory, source)));
      const endpoint = face.ImageCap.is(cap) ? cap.fields.endpoints[7] : undefined;
      const { entryPc, stackTop, argCnodeSize, initialRegs } = endpoint ?? face.EMPTY_ENDPOINT;
      return agrees(
        [entryPc, stackTop, Number(argCnodeSize), initialRegs[1], initialRegs[11]],
        [0x1000n, 0x4000n, 4, 0x4000n, 0x42n],
      );
    },
  },
  capref_strong_count_tracks_holders: {
    subject: ["CacheDirectory.holders", "CacheDirectory.retain", "CacheDirectory.release"],
    mutant: mutant(STATE, "entry.holds += change;", ""),
    check(face) {
      const directory = new face.CacheDirectory();
      const ref = valueOf(directory.putInstance(type(face)));
      const first = count(directory.holders(ref));
      directory.retain(ref);
      const second = count(directory.holders(ref));
      directory.release(ref);
      return agrees([first, second, count(directory.holders(ref))], [2, 3, 2]);
    },
  },
  capref_sweep_reclaims_orphaned_instance: {
    subject: ["CacheDirectory.sweepInstances"],
    mutant: mutant(STATE, "this.holders(id) === 1);", "this.holders(id) === 2);"),
    check(face) {
      const directory = new face.CacheDirectory();
      const ref = valueOf(directory.putInstance(type(face)));
      const kept: number = directory.sweepInstances();
      directory.release(ref);
      const swept: number = directory.sweepInstances();
      return agrees([kept, swept, directory.get(ref)], [0, 1, undefined]);
    },
  },
  settle_hash_is_identity: {
    subject: ["CacheDirectory.settle"],
    mutant: mutant(
      "src/kernel/cache_directory.ts",
      "if (!CapRef.is(parsed.value)) return ok(parsed.value);",
      'if (!CapRef.is(parsed.value)) return ok("");',
    ),
    check: (face) => agrees(new face.CacheDirectory().settle(ONES), { ok: true, value: ONES }),
  },
  cache_round_trips_full_publish_chain: {
    subject: ["publishImage", "CacheDirectory.promoteBlobToInstance", "CacheDirectory.settle"],
    mutant: mutant(
      "src/kernel/settle.ts",
      "return found.at(-1)?.hash;",
      "return found[0] && undefined;",
    ),
    check(face) {
      const directory = new face.CacheDirectory();
      const source = valueOf(
        face.ImageSource.create({ pinnedSlots: [{ slot: 3, content: hello }] }),
      );
      const imageHash = valueOf(face.publishImage(directory, source));
      const root = valueOf(directory.putCap(cnode(face, 8)));
      const instance = valueOf(face.InstanceCap.create({
        imageHashChain: ONES,
        imageHash,
        rootCnode: root,
      }));
      const hash = valueOf(directory.putCap(instance));
      const ref = valueOf(directory.promoteBlobToInstance(root));
      if (ref === undefined) return "no handle";
      return agrees(
        [directory.settle(ref), Number(directory.blobCount), hashOf(face, instance) === hash],
        [{ ok: true, value: root }, 4, true],
      );
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  unit(name, "capabilities, 2.3 to 2.7 and 4.2", test)
);

register(proofs);
