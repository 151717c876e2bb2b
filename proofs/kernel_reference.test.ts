/** The original's unit tests of slots and images, by their names. */

import { agrees, allOf, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { ONES } from "./_kit/kernel_known.ts";
import { type Unit, unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const SLOT = "src/kernel/slot.ts";
const OTHER = "22".repeat(32);

const fits = (face: Face, slot: number, size: number) => valueOf(face.slotFits(slot, size));
const path = (face: Face, ...steps: number[]) => valueOf(face.SlotPath.create(steps));
const source = (face: Face, code: number) =>
  valueOf(face.ImageSource.create({ code: Uint8Array.of(code) }));
const content = (face: Face, code: number) => valueOf(face.imageContentHash(source(face, code)));
const cnode = (face: Face, target?: string) =>
  valueOf(face.CNodeCap.create(4, target === undefined ? [] : [{ slot: 1, target }]));
const noCode = mutant(
  "src/kernel/ssz/basic.ts",
  "merkleize(pack(rawBytes(value)), BYTES_DEPTH)",
  "new Uint8Array(32)",
);

const SLOTS: Readonly<Record<string, Unit>> = {
  slot_idx_fits_within_size_log: {
    subject: ["slotFits"],
    mutant: mutant(SLOT, "return slot < 2 ** sizeLog;", "return slot <= 2 ** sizeLog;"),
    check: (face) =>
      agrees(
        [
          fits(face, 15, 4),
          fits(face, 16, 4),
          fits(face, 0, 0),
          fits(face, 1, 0),
          fits(face, 2 ** 32 - 1, 32),
          fits(face, 2 ** 32 - 1, 255),
        ],
        [true, false, true, false, true, true],
      ),
  },
  slot_path_root_single_step: {
    subject: ["SlotPath.root"],
    mutant: mutant(SLOT, "return this.#steps.length === 1;", "return this.#steps.length > 1;"),
    check(face) {
      const { isRootSlot, target, prefix, steps } = valueOf(face.SlotPath.root(5));
      return agrees([isRootSlot, target, prefix, steps], [true, 5, [], [5]]);
    },
  },
  slot_path_nested: {
    subject: ["SlotPath.create"],
    mutant: mutant(SLOT, "this.#steps.slice(0, -1)", "this.#steps.slice(1)"),
    check(face) {
      const { isRootSlot, target, prefix, steps } = path(face, 1, 2, 3);
      return agrees([isRootSlot, target, prefix, steps], [false, 3, [1, 2], [1, 2, 3]]);
    },
  },
  slot_path_empty_rejected: {
    subject: ["SlotPath.create"],
    mutant: mutant(SLOT, "if (parsed.value.length === 0)", "if (parsed.value.length > 99)"),
    check: ({ SlotPath }) =>
      agrees(SlotPath.create([]), {
        ok: false,
        error: { kind: "slot-out-of-range", slot: 0, sizeLog: 0 },
      }),
  },
  slot_path_equality_by_value: {
    subject: ["SlotPath.create"],
    mutant: mutant(SLOT, "steps.every((s, i) => s === this.#steps[i])", "true"),
    check: (face) =>
      agrees(
        [[1, 2], [1, 3], [1], [1, 2, 3]].map((other) =>
          path(face, 1, 2).equals(path(face, ...other))
        ),
        [true, false, false, false],
      ),
  },
  swap_across_cnodes_rejected: {
    subject: ["swapPrefix"],
    mutant: mutant(
      "src/kernel/slot_operations.ts",
      "to.every((step, index) => step === other[index])",
      "true",
    ),
    check: (face) =>
      allOf(
        agrees(face.swapPrefix(path(face, 1, 2), path(face, 1, 3)), { ok: true, value: [1] }),
        ...[path(face, 2, 3), path(face, 3), path(face, 1, 3, 3)].map((other) =>
          agrees(face.swapPrefix(path(face, 1, 2), other), {
            ok: false,
            error: { kind: "cross-cnode-swap" },
          })
        ),
      ),
  },
};

const IMAGES: Readonly<Record<string, Unit>> = {
  empty_image_hashes_deterministically: {
    subject: ["imageContentHash", "ImageSource.create"],
    mutant: mutant(
      "src/kernel/image_chain.ts",
      "image.ok ? ok(hashOfBytes(imageSourceSsz.root(image.value))) : image",
      "ok(`${Math.random()}`)",
    ),
    check: (face) => {
      const hash = () => face.imageContentHash(valueOf(face.ImageSource.create()));
      return agrees(hash(), hash());
    },
  },
  different_code_different_hash: {
    subject: ["imageContentHash"],
    mutant: noCode,
    check: (face) => agrees(content(face, 1) === content(face, 2), false),
  },
  endpoints_affect_hash: {
    subject: ["imageContentHash"],
    mutant: mutant(
      "src/kernel/image_source.ts",
      "endpoints: orElse(parseMap(parseEndpoint, ({ index }) => index), none),",
      "endpoints: () => ok(none),",
    ),
    check(face) {
      const hashes = [[], [{ index: 0 }], [{ index: 1 }], [{ index: 0, entryPc: 1n }]].map((
        endpoints,
      ) => valueOf(face.imageContentHash(valueOf(face.ImageSource.create({ endpoints })))));
      return agrees(new Set(hashes).size, 4);
    },
  },
  pinned_slots_order_independent: {
    subject: ["imageContentHash", "ImageSource.create"],
    mutant: mutant(
      "src/kernel/parse.ts",
      "Object.freeze(entries.toSorted((a, b) => key(a) - key(b)))",
      "entries",
    ),
    check(face) {
      const [a, b] = [{ slot: 1, contentHash: ONES }, { slot: 2, contentHash: OTHER }];
      const hash = (pinnedSlots: readonly (typeof a)[]) =>
        face.imageContentHash(valueOf(face.ImageSource.create({ pinnedSlots })));
      return agrees(hash([a, b]), hash([b, a]));
    },
  },
  chain_genesis_equals_content_hash: {
    subject: ["chainGenesis"],
    mutant: mutant(
      "src/kernel/image_chain.ts",
      "return imageContentHash(source);",
      "return chainExtend('00'.repeat(32), source);",
    ),
    check: (face) => agrees(valueOf(face.chainGenesis(source(face, 1))), content(face, 1)),
  },
  chain_extend_changes_with_new_image: {
    subject: ["chainExtend"],
    mutant: mutant(
      "src/kernel/image_chain.ts",
      "both.set(bytesOfHash(imageHash), HASH_BYTES);",
      "",
    ),
    check: (face) =>
      agrees(
        new Set([1, 2].map((code) => valueOf(face.chainExtend(ONES, source(face, code))))).size,
        2,
      ),
  },
  chain_extend_is_associative_under_sequence: {
    subject: ["chainExtend"],
    mutant: mutant("src/kernel/image_chain.ts", "both.set(bytesOfHash(chain));", ""),
    check(face) {
      const chain = (...codes: readonly number[]) =>
        codes.reduce((c, code) => valueOf(face.chainExtend(c, source(face, code))), ONES);
      return agrees(
        [[1, 2], [2, 1], [2, 2]].map((codes) => chain(1, 2) === chain(...codes)),
        [true, false, false],
      );
    },
  },
  mgmt_copy_preserves_chain_hash: {
    subject: ["copySlot"],
    mutant: mutant(
      "src/kernel/slot_operations.ts",
      "after(cnode.set(to, target))",
      'after(cnode.set(to, "00".repeat(32)))',
    ),
    check(face) {
      const copied = valueOf(face.copySlot(cnode(face, OTHER), { mode: "v3", pinned: [] }, 1, 2));
      return agrees([copied.get(1), copied.get(2)], [OTHER, OTHER]);
    },
  },
};

export const proofs: readonly Proof[] = [
  ...Object.entries(SLOTS).map(([name, test]) => unit(name, "capabilities, 2.1 and 4.2", test)),
  ...Object.entries(IMAGES).map(([name, test]) => unit(name, "capabilities, 2.6 and 4.2", test)),
];

register(proofs);
