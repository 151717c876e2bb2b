/** Data in one piece and in pages: forms, reading, changing a page; and hashes that tell all apart. */

import fc from "fast-check";
import { type Cap, CNODE, DATA, TYPE } from "../model/kernel_caps.ts";
import type { Value } from "../model/kernel_ssz.ts";
import * as kernel from "../src/kernel/mod.ts";
import {
  agrees,
  allOf,
  biased,
  defineProof,
  domain,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import { mutant, plainCap, realCap, valueOf } from "./_kit/kernel.ts";
import { register } from "./_kit/register.ts";

const SPEC = "capabilities, 2.4 and 2.8";
const DATA_FILE = "src/kernel/data_cap.ts";
const READ = "src/kernel/data_read.ts";
const ONES = "11".repeat(32);

type Page = "empty" | "loaded" | "missing";

/** What a page of two bytes is made with, and what it reads as. */
function pageOf(page: Page, index: number): Uint8Array | string | undefined {
  if (page === "empty") return undefined;
  return page === "loaded" ? Uint8Array.of(2 * index + 1, 2 * index + 2) : ONES;
}

/** Capabilities that all differ, and whose hashes therefore do. */
function differentCaps(): Cap[] {
  const [a, b] = ["11".repeat(32), "22".repeat(32)];
  const contents: readonly (Value | undefined)[] = [undefined, a, b];
  const caps: Cap[] = [[TYPE, [a]], [TYPE, [b]]];
  for (const size of [2n, 3n, 16n]) {
    for (const x of contents) {
      for (const y of contents) {
        for (const z of contents) {
          const slots = [x, y, undefined, z].flatMap((target, i): Value[] =>
            target === undefined ? [] : [[BigInt(i), 0n, target]]
          );
          caps.push([CNODE, [size, slots]]);
        }
      }
    }
  }
  const bytes = [0n, 1n, 255n].flatMap((x) => [1n, 2n].map((y) => [x, y]));
  const pieces: Value[][] = [[], [1n], [2n], ...bytes, ...bytes.map((two) => [0n, ...two])];
  for (const piece of pieces) {
    caps.push([DATA, [[0n, piece]]]);
    caps.push([DATA, [[1n, [4096n, [[
      1n,
      Array.from({ length: 4096 }, (_, i) => piece[i] ?? 0n),
    ]]]]]]);
  }
  const zeros = Array.from({ length: 8192 }, () => 0n);
  caps.push([DATA, [[0n, zeros]]], [DATA, [[0n, zeros.slice(0, 4096)]]]);
  for (const size of [1n, 2n]) {
    for (let pages = 0; pages < 4; pages++) {
      caps.push([DATA, [[1n, [size, Array.from({ length: pages }, () => [0n])]]]]);
    }
  }
  return caps;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/data_in_one_piece_has_its_form",
    claim:
      "padded data is whole pages, at least one and the size wanted; stripped data ends in no zero",
    subject: ["DataCap.inline", "DataCap.read"],
    spec: SPEC,
    strength: "sampled",
    domain: sampled(
      fc.record({
        bytes: biased.bytes(40),
        size: fc.constantFrom(0, 1, 4095, 4096, 4097, 2 ** 28, 2 ** 28 + 1, 2 ** 53 - 1),
        form: fc.constantFrom("padded", "stripped"),
      }),
      { runs: 300, describe: "up to 40 bytes, eight sizes, both forms" },
    ),
    reaches: ["padded", "stripped", "too-large"],
    implementation: kernel,
    mutants: [
      mutant(DATA_FILE, "Math.ceil(wanted / PAGE_SIZE)", "Math.floor(wanted / PAGE_SIZE + 1)"),
      mutant(
        DATA_FILE,
        "length > 0 && bytes[length - 1] === 0",
        "length > 1 && bytes[length - 1] === 0",
      ),
    ],
    check({ bytes, size, form }, reach, { DataCap }) {
      const made = DataCap.inline(bytes, {
        form,
        size: size === 2 ** 28 && form === "padded" ? 5 : size,
      });
      if (!made.ok) {
        reach(made.error.kind);
        return agrees([form, size > 2 ** 28], ["padded", true]);
      }
      reach(form);
      const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
      const wanted = size === 2 ** 28 ? 5 : size;
      const pages = Math.max(1, Math.ceil(Math.max(bytes.length, wanted) / 4096));
      const length = form === "padded" ? pages * 4096 : end;
      const read = valueOf(made.value.read(0, 2 ** 28));
      return allOf(
        agrees([Number(made.value.contentLength), read.length], [length, length]),
        agrees(read.slice(0, end), bytes.slice(0, end)),
        agrees(read.slice(end).every((byte) => byte === 0), true),
        agrees(size > 2 ** 28 && form === "padded", false),
      );
    },
  }),
  defineProof({
    id: "kernel/data_limits_are_exact",
    claim: "2^28 bytes can be wanted and one more cannot, and pages have the size of all",
    subject: ["DataCap.inline", "DataCap.paged", "DataCap.withPage"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.range(0, 3),
    reaches: ["made", "page-size-mismatch"],
    implementation: kernel,
    mutants: [
      mutant(DATA_FILE, "page.bytes.length === pageSize", "page.bytes.length <= pageSize"),
      mutant(DATA_FILE, "if (wanted > DATA_BYTES_MAX)", "if (wanted >= DATA_BYTES_MAX)"),
      mutant(DATA_FILE, "expected: pageSize, got }", "expected: pageSize, got: pageSize }"),
    ],
    check(length, reach, { DataCap }) {
      const most = length === 0 ? DataCap.inline(new Uint8Array(0), { size: 2 ** 28 }) : undefined;
      const paged = DataCap.paged(2, [undefined, new Uint8Array(length)]);
      const changed = valueOf(DataCap.paged(2, [undefined])).withPage(0, new Uint8Array(length));
      reach(paged.ok ? "made" : paged.error.kind);
      const wrong = (page: number) => ({
        kind: "page-size-mismatch",
        page,
        expected: 2,
        got: length,
      });
      return allOf(
        agrees(most === undefined || most.ok, true),
        agrees(paged.ok || paged.error, length === 2 || wrong(1)),
        agrees(changed.ok || changed.error, length === 2 || wrong(0)),
      );
    },
  }),
  defineProof({
    id: "kernel/pages_read_as_their_bytes",
    claim:
      "every stretch of pages reads as their bytes, zeros where empty, or names the first missing page",
    subject: ["DataCap.read", "DataCap.page", "DataCap.withPage", "capHash"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      pages: domain.words(domain.of<Page>("empty", "loaded", "missing"), 3),
      offset: domain.range(0, 7),
      length: domain.range(0, 7),
    }),
    reaches: ["read", "page-missing"],
    implementation: kernel,
    mutants: [
      mutant(READ, "(offset + at) % pageSize", "at % pageSize"),
      mutant(READ, "Math.min(pageSize - within, count - at)", "Math.min(pageSize, count - at)"),
      mutant(READ, 'if (page?.state === "missing")', "if (page === undefined)"),
      mutant(DATA_FILE, "this.contentLength - start.value", "this.contentLength"),
      mutant(DATA_FILE, "content.tree.set(index, used)", "content.tree.set(0, used)"),
    ],
    check({ pages, offset, length }, reach, { DataCap, capHash }) {
      const inputs = pages.map(pageOf);
      const data = valueOf(DataCap.paged(2, inputs));
      let built = valueOf(DataCap.paged(2, pages.map(() => new Uint8Array(2))));
      for (const [index, page] of inputs.entries()) {
        capHash(built);
        built = valueOf(built.withPage(index, page));
      }
      const read = data.read(offset, length);
      const places = Array.from({ length }, (_, i) => offset + i).filter((i) =>
        i < 2 * pages.length
      );
      const missing = places.find((i) => pages[Math.floor(i / 2)] === "missing");
      const kept = agrees(capHash(built), capHash(data));
      if (missing !== undefined) {
        reach("page-missing");
        const page = Math.floor(missing / 2);
        return allOf(
          kept,
          agrees(read, { ok: false, error: { kind: "page-missing", page, hash: ONES } }),
        );
      }
      reach("read");
      const bytes = places.map((i) => pages[Math.floor(i / 2)] === "loaded" ? i + 1 : 0);
      return allOf(
        kept,
        agrees([...valueOf(read)], bytes),
        agrees(pages.map((_, i) => data.page(i)?.state), pages),
        agrees([data.page(-1), data.page(pages.length)], [undefined, undefined]),
        agrees(plainCap(built), plainCap(data)),
      );
    },
  }),
  defineProof({
    id: "kernel/different_capabilities_have_different_hashes",
    claim: "of a set of small capabilities that all differ, no two have the same hash",
    subject: ["capHash"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(differentCaps()),
    reaches: ["hashed"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/cnode_codec.ts", "uint8.root(cnode.sizeLog)", "uint8.root(asU8(0))"),
      mutant("src/kernel/data_codec.ts", "mixIn(root, count)", "root"),
      mutant("src/kernel/ssz/basic.ts", "BYTES_DEPTH), value.length)", "BYTES_DEPTH), 0)"),
      mutant(
        "src/kernel/ssz/sparse_tree.ts",
        "this.#rootAt(node.left, depth - 1),\n",
        "zeroHash(depth - 1),\n",
      ),
    ],
    check(caps, reach, face) {
      const hashes = new Set(caps.map((cap) => valueOf(face.capHash(realCap(face, cap)))));
      reach("hashed");
      return agrees(hashes.size, caps.length);
    },
  }),
];

register(proofs);
