/** The unit tests of the original's memory, by their names, on both backends where they apply. */

import { agrees, allOf, defineProof, domain, type Mutant, type Proof } from "../src/proof/mod.ts";
import * as paged from "../src/paged/mod.ts";
import type { Result } from "../src/result.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { type Face, value } from "./_kit/paged.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<Face>("src/paged/mod.ts");
const SIZE = 4096;
const FLAT = "src/paged/flat_store.ts";
const REGION = "src/paged/region.ts";
type Backend = "FlatMemory" | "SparseMemory";
type Made = Result<paged.Memory, object>;
type Maker = { create(): Made; withPages(pages: number, access: paged.Access): Made };

/** A test of the original: it must hold for each of the two backends. */
function test(
  name: string,
  claim: string,
  subject: readonly string[],
  wrong: Mutant<Face>,
  check: (make: Maker, backend: Backend) => string | undefined,
): Proof {
  return defineProof({
    id: `paged/${name}`,
    claim,
    subject: ["FlatMemory", "SparseMemory"].flatMap((owner) =>
      subject.map((method) => `${owner}.${method}`)
    ),
    spec: "JAVM Memory: unit tests of the original",
    strength: "exhaustive",
    domain: domain.of<Backend>("FlatMemory", "SparseMemory"),
    reaches: ["done"],
    implementation: paged,
    mutants: [wrong],
    check(backend, reach, face) {
      reach("done");
      return check(face[backend], backend);
    },
  });
}

const fault = (kind: string, address: number, start: number) => refused({ kind, address, start });
const refused = (error: unknown) => ({ ok: false, error });
const okay = (result: unknown) => ({ ok: true, value: result });

export const proofs: readonly Proof[] = [
  test(
    "read_u8_in_bounds",
    "a byte that was written is read back",
    ["writeU8", "readU8"],
    mutant(FLAT, "this.#view.setUint8(address >>> 0, low);", ""),
    (make) => {
      const memory = value(make.withPages(1, "read-write"));
      memory.writeU8(0x100, 0xab);
      return agrees(memory.readU8(0x100), okay(0xab));
    },
  ),
  test(
    "read_u8_out_of_bounds_returns_none",
    "a byte behind the pages and the last of all cannot be read",
    ["readU8"],
    mutant("src/paged/store.ts", "if (permission === NONE) return inaccessibleAt(pageStart);", ""),
    (make) => {
      const memory = value(make.withPages(1, "read-write"));
      return allOf(
        agrees(memory.readU8(SIZE), fault("page-fault", SIZE, SIZE)),
        agrees(memory.readU8(2 ** 32 - 1), fault("page-fault", 2 ** 32 - SIZE, 2 ** 32 - 1)),
      );
    },
  ),
  test(
    "read_write_u32_le",
    "four bytes that were written are read back, the low one first",
    ["writeU32", "readU32", "readU8"],
    mutant(
      FLAT,
      "this.#view.setInt32(address >>> 0, low, true);",
      "this.#view.setInt32(address >>> 0, low);",
    ),
    (make) => {
      const memory = value(make.withPages(1, "read-write"));
      memory.writeU32(0x10, 0xdead_beef);
      return allOf(
        agrees(memory.readU32(0x10), okay(0xdead_beef)),
        agrees(memory.readU8(0x10), okay(0xef)),
      );
    },
  ),
  test(
    "unaligned_access_works",
    "an access needs no alignment",
    ["writeU32", "readU32"],
    mutant(
      FLAT,
      "this.#view.setInt32(address >>> 0, low, true);",
      "this.#view.setInt32((address >>> 2) << 2, low, true);",
    ),
    (make) => {
      const memory = value(make.withPages(1, "read-write"));
      memory.writeU32(0x103, 0x1234_5678);
      return agrees(memory.readU32(0x103), okay(0x1234_5678));
    },
  ),
  test(
    "read_u32_straddling_end_returns_none",
    "a read over the end of the pages fails at the page behind them",
    ["readU32"],
    mutant(
      "src/paged/store.ts",
      "address = pageStart + pageSize;",
      "address = pageStart + 2 * pageSize;",
    ),
    (make) => {
      const memory = value(make.withPages(1, "read-write"));
      return agrees(memory.readU32(SIZE - 2), fault("page-fault", SIZE, SIZE - 2));
    },
  ),
  test(
    "ro_page_write_via_slow_path_faults",
    "a page that can only be read refuses bytes",
    ["write"],
    mutant("src/paged/store.ts", "isWrite && permission !== READ_WRITE", "false"),
    (make) =>
      agrees(
        value(make.withPages(1, "read-only")).write(0, Uint8Array.of(1)),
        fault("write-protected", 0, 0),
      ),
  ),
  test(
    "perm_of_page_after_set",
    "the permission of a page is what it was made with, and none behind the pages",
    ["permOf"],
    mutant(
      "src/paged/memory.ts",
      "Math.floor(at.value / this.#store.settings.pageSize)",
      "Math.ceil(at.value / this.#store.settings.pageSize)",
    ),
    (make) => {
      const memory = value(make.withPages(2, "read-write"));
      const found = [0, SIZE, 2 * SIZE - 1, 2 * SIZE].map((at) => value(memory.permOf(at)));
      return agrees(found, ["read-write", "read-write", "read-write", "none"]);
    },
  ),
  test(
    "slow_path_read_write_round_trip",
    "bytes that were written are read back",
    ["write", "read"],
    mutant("src/paged/store.ts", "target.set(store.bytesAt(address + done, length), done);", ""),
    (make) => {
      const memory = value(make.withPages(1, "read-write"));
      value(memory.write(0, Uint8Array.of(1, 2, 3, 4)));
      return agrees(memory.read(0, 4), okay(Uint8Array.of(1, 2, 3, 4)));
    },
  ),
  test(
    "map_region_grows_buffer_and_sets_perms",
    "mapping behind a gap leaves the gap inaccessible, and a flat buffer reaches to its end",
    ["mapRegion", "permOf", "lengthBytes"],
    mutant(
      FLAT,
      "this.#permissions.fill(code, firstPage, firstPage + pages);",
      "this.#permissions.fill(code, 0, firstPage + pages);",
    ),
    (make, backend) => {
      const memory = value(make.create());
      value(memory.mapRegion(2 * SIZE, 2 * SIZE, "read-write"));
      const found = [0, 1, 2, 3].map((page) => value(memory.permOf(page * SIZE)));
      return allOf(
        agrees(memory.lengthBytes, backend === "FlatMemory" ? 4 * SIZE : 2 ** 32),
        agrees(found, ["none", "none", "read-write", "read-write"]),
      );
    },
  ),
  test(
    "map_region_copies_init_bytes_and_zero_fills_tail",
    "a region begins with the bytes given and goes on with zeros",
    ["mapRegion", "read", "permOf"],
    mutant(
      REGION,
      "copyIn(store, first * pageSize, data);",
      "copyIn(store, first * pageSize + 1, data);",
    ),
    (make) => {
      const memory = value(make.create());
      value(memory.mapRegion(0, SIZE, "read-only", Uint8Array.of(0xaa, 0xbb, 0xcc)));
      return allOf(
        agrees(memory.read(0, 4), okay(Uint8Array.of(0xaa, 0xbb, 0xcc, 0))),
        agrees(memory.permOf(0), okay("read-only")),
      );
    },
  ),
  test(
    "map_region_truncates_oversize_init",
    "bytes that do not fit into the region are ignored",
    ["mapRegion", "readU8", "mappedBytes"],
    mutant(REGION, "Math.min(bytes.length, count * pageSize)", "bytes.length"),
    (make) => {
      const memory = value(make.create());
      value(memory.mapRegion(0, SIZE, "read-write", new Uint8Array(3 * SIZE).fill(0x77)));
      return allOf(
        agrees(memory.mappedBytes, SIZE),
        agrees(memory.readU8(SIZE - 1), okay(0x77)),
        agrees(memory.readU8(SIZE), fault("page-fault", SIZE, SIZE)),
      );
    },
  ),
  test(
    "map_region_rejects_unaligned_start",
    "a region must start at a page",
    ["mapRegion"],
    mutant(REGION, "from.value % pageSize !== 0) return err", "false) return err"),
    (make) =>
      agrees(
        value(make.create()).mapRegion(123, SIZE, "read-only"),
        refused({ kind: "unaligned-start", start: 123 }),
      ),
  ),
  test(
    "map_region_rejects_unaligned_size",
    "a region must be whole pages",
    ["mapRegion"],
    mutant(REGION, "length.value % pageSize !== 0) return err", "false) return err"),
    (make) =>
      agrees(
        value(make.create()).mapRegion(0, 123, "read-only"),
        refused({ kind: "unaligned-size", size: 123 }),
      ),
  ),
  test(
    "map_region_overlapping_overwrites_perms",
    "mapping pages again sets what they allow",
    ["mapRegion", "permOf"],
    mutant(
      REGION,
      "if (code !== READ_WRITE) store.setPermission(first, count, code);",
      "store.setPermission(first, count, READ_ONLY);",
    ),
    (make) => {
      const memory = value(make.withPages(2, "read-only"));
      value(memory.mapRegion(0, 2 * SIZE, "read-write"));
      const found = [0, SIZE].map((at) => value(memory.permOf(at)));
      return agrees(found, ["read-write", "read-write"]);
    },
  ),
];

register(proofs);
