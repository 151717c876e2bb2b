/** The original's unit tests of the assist and of kernel images, by their names. */

import { agrees, type Proof } from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import { ONES } from "./_kit/kernel_known.ts";
import { type Unit, unit } from "./_kit/kernel_unit.ts";
import { register } from "./_kit/register.ts";

const ASSIST = "src/kernel/in_process_assist.ts";
const LABELS = "src/kernel/kernel_image.ts";
const OTHER = "22".repeat(32);

const ASSISTS: Readonly<Record<string, Unit>> = {
  gas_meter_get_missing_returns_zero: {
    subject: ["InProcessKernelAssist.gasMeterGet"],
    mutant: mutant(
      ASSIST,
      "return this.#rows.get(id) ?? ZERO;",
      "return this.#rows.get(id) ?? asU64(1n);",
    ),
    check: (face) => agrees(new face.InProcessKernelAssist().gasMeterGet(7n), 0n),
  },
  gas_meter_set_returns_previous: {
    subject: ["InProcessKernelAssist.gasMeterSet"],
    mutant: mutant(ASSIST, "    return before;", "    return this.get(id) ?? before;"),
    check(face) {
      const assist = new face.InProcessKernelAssist();
      return agrees(
        [assist.gasMeterSet(1n, 100n), assist.gasMeterSet(1n, 50n), assist.gasMeterGet(1n)],
        [0n, 100n, 50n],
      );
    },
  },
  storage_quota_round_trip: {
    subject: ["InProcessKernelAssist.storageQuotaSet", "InProcessKernelAssist.storageQuotaGet"],
    mutant: mutant(
      ASSIST,
      "return this.#quotas.set(id, value);",
      "return this.#meters.set(id, value);",
    ),
    check(face) {
      const assist = new face.InProcessKernelAssist();
      assist.storageQuotaSet(3n, 4096n);
      return agrees([assist.storageQuotaGet(3n), assist.gasMeterGet(3n)], [4096n, 0n]);
    },
  },
  yield_catcher_add_and_read_markers: {
    subject: ["InProcessKernelAssist.yieldCatcherAdd", "InProcessKernelAssist.yieldCatcherMarkers"],
    mutant: mutant(ASSIST, "    this.#catchers.set(catcher, markers);\n", ""),
    check(face) {
      const assist = new face.InProcessKernelAssist();
      assist.yieldCatcherAdd(ONES, OTHER);
      assist.yieldCatcherAdd(ONES, ONES);
      return agrees(assist.yieldCatcherMarkers(ONES), [OTHER, ONES]);
    },
  },
  yield_catcher_add_is_set_semantics: {
    subject: ["InProcessKernelAssist.yieldCatcherAdd"],
    mutant: mutant(ASSIST, "if (!markers.includes(marker)) markers", "markers"),
    check(face) {
      const assist = new face.InProcessKernelAssist();
      assist.yieldCatcherAdd(ONES, OTHER);
      assist.yieldCatcherAdd(ONES, OTHER);
      return agrees(assist.yieldCatcherMarkers(ONES), [OTHER]);
    },
  },
  yield_catcher_remove: {
    subject: ["InProcessKernelAssist.yieldCatcherRemove"],
    mutant: mutant(ASSIST, "markers?.splice(index, 1)", "markers?.splice(index, 0)"),
    check(face) {
      const assist = new face.InProcessKernelAssist();
      assist.yieldCatcherAdd(ONES, OTHER);
      assist.yieldCatcherRemove(ONES, ONES);
      const before = assist.yieldCatcherMarkers(ONES);
      assist.yieldCatcherRemove(ONES, OTHER);
      return agrees([before, assist.yieldCatcherMarkers(ONES)], [[OTHER], []]);
    },
  },
  yield_catcher_new_returns_distinct_hashes: {
    subject: ["InProcessKernelAssist.yieldCatcherNew"],
    mutant: mutant(ASSIST, "this.#next.catcher += 1n;", ""),
    check(face) {
      const assist = new face.InProcessKernelAssist();
      return agrees([assist.yieldCatcherNew(), assist.yieldCatcherNew()], [
        "81e47a19e6b29b0a65b9591762ce5143ed30d0261e5d24a3201752506b20f15c",
        "1dbd7d0b561a41d23c2a469ad42fbd70d5438bae826f6fd607413190c37c363b",
      ]);
    },
  },
  reset_block_state_clears_meters_and_catchers: {
    subject: ["InProcessKernelAssist.resetBlockState"],
    mutant: mutant(ASSIST, "this.#catchers.clear();", ""),
    check(face) {
      const assist = new face.InProcessKernelAssist();
      assist.gasMeterSet(1n, 5n);
      assist.storageQuotaSet(1n, 5n);
      assist.yieldCatcherAdd(ONES, OTHER);
      assist.registerFile(9n, OTHER);
      assist.resetBlockState();
      return agrees(
        [
          assist.gasMeterGet(1n),
          assist.storageQuotaGet(1n),
          assist.yieldCatcherMarkers(ONES),
          assist.hostOpen(9n),
        ],
        [0n, 0n, [], OTHER],
      );
    },
  },
  kernel_image_hash_is_deterministic: {
    subject: ["kernelImageHash"],
    mutant: mutant(LABELS, "`kernel:${image}`", "`${Math.random()}${image}`"),
    check: (face) =>
      agrees([face.kernelImageHash("gas"), face.kernelImageHash("gas")], [
        { ok: true, value: "50c212eaebbb44fab01af46338988a0257ec41c4495433a2786055cc8b038b9c" },
        { ok: true, value: "50c212eaebbb44fab01af46338988a0257ec41c4495433a2786055cc8b038b9c" },
      ]),
  },
  kernel_images_have_distinct_hashes: {
    subject: ["kernelImageHash"],
    mutant: mutant(LABELS, "`kernel:${image}`", "`kernel:${image.length}`"),
    check: (face) =>
      agrees(
        new Set(face.KERNEL_IMAGES.map((image) => valueOf(face.kernelImageHash(image)))).size,
        15,
      ),
  },
  recognize_known_image: {
    subject: ["recognizeKernelImage"],
    mutant: mutant(LABELS, "if (own === hash) return image;", ""),
    check: (face) =>
      agrees(
        face.KERNEL_IMAGES.map((image) =>
          face.recognizeKernelImage(valueOf(face.kernelImageHash(image)))
        ),
        face.KERNEL_IMAGES,
      ),
  },
  recognize_unknown_image_is_none: {
    subject: ["recognizeKernelImage"],
    mutant: mutant(LABELS, "if (own === hash) return image;", "if (own !== hash) return image;"),
    check: (face) => agrees(face.recognizeKernelImage(ONES), undefined),
  },
};

export const proofs: readonly Proof[] = Object.entries(ASSISTS).map(([name, test]) =>
  unit(name, "kernel, 3.4 and 4.3", test)
);

register(proofs);
