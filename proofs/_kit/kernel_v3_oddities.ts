/** Scenes of what few programs of version 3 ask for, told by how they end. */

import { valueOf } from "./kernel.ts";
import { assistWith } from "./kernel_compat_unit.ts";
import { operation, TRAP } from "./kernel_guest.ts";
import {
  issued,
  move,
  PLENTY,
  put,
  putCNode,
  putData,
  putImage,
  type World,
} from "./kernel_v3_world.ts";

import {
  addedTo,
  altered,
  asks,
  AT,
  child,
  gapped,
  invoked,
  lacking,
  lackingInstance,
  mapped,
  NOWHERE,
  pathAt,
  pausedAt,
  putPaused,
  ran,
  told,
} from "./kernel_v3_odd_world.ts";

/** Scenes, and how each ends. */
export const SCENES: Readonly<
  Record<string, readonly [(world: World) => bigint | string, bigint | string]>
> = {
  "to resume nowhere": [(world) => ran(world, asks(27, NOWHERE)), "operation-failed"],
  "to drop nowhere": [(world) => ran(world, asks(28, NOWHERE)), "operation-failed"],
  "to copy nowhere": [
    (world) => ran(world, asks(1, 3, NOWHERE), { 3: putData(world, 1) }),
    "operation-failed",
  ],
  "a path beyond a cnode": [
    (world) =>
      ran(
        world,
        asks(1, pathAt(AT, 2n), 20),
        { 3: putData(world, 0, 1, 0, 0, 1, 0, 0, 0) },
        mapped(1n),
      ),
    "operation-failed",
  ],
  "a type of no Instance": [
    (world) => ran(world, asks(29, 6, 3, 0, 0), { 3: putData(world, 1), 6: child(world) }),
    "operation-failed",
  ],
  "a type by operands that cannot be read": [
    (world) => ran(world, asks(29, 6, 6, 0, 1), { 6: child(world) }),
    "operation-failed",
  ],
  "an image of no code": [
    (world) => {
      const source = valueOf(world.face.ImageSource.create());
      const text = world.face.encodeImageSource(source);
      const bytes = text instanceof Uint8Array ? text : valueOf(text);
      return ran(
        world,
        asks(19, AT, bytes.length, 2n ** 64n - 1n, 20),
        { 3: putData(world, ...bytes) },
        mapped(1n),
      );
    },
    "operation-failed",
  ],
  "one marker in a catcher": [(world) => addedTo(world, 0), 0n],
  "the last marker in a catcher": [(world) => addedTo(world, 254), 0n],
  "a marker too many": [(world) => addedTo(world, 255), 2n],
  "a catcher that lacks its first": [
    (world) => {
      const catcher = altered(world, issued(world, "yieldcatcher"), lacking(world, 8, 1));
      return ran(world, operation(26, 6, 2), { 6: catcher });
    },
    "blob-missing",
  ],
  "a gas of an id that lacks a page": [
    (world) => {
      const id = put(world, gapped(world, 2));
      const root = valueOf(world.face.CNodeCap.create(8, [{ slot: 1, target: id }]));
      const meter = altered(world, issued(world, "gas", { id: 7n }), root);
      return ran(world, [], { 14: meter }, { gasSlots: [14] });
    },
    "page-missing",
  ],
  "gas of which the first slot is empty": [
    (world) => ran(world, [], { 15: issued(world, "gas", { id: 9n }) }, { gasSlots: [14, 15] }),
    "paused",
  ],
  "a resumption with what another directory has": [
    (world) => {
      const image = putImage(world, []);
      const rootCnode = putCNode(world, 8);
      const other = new world.face.CacheDirectory();
      const slot0 = valueOf(other.putInstance(valueOf(world.face.CNodeCap.create(4, []))));
      const { vm, directory } = world;
      const instance = putPaused(world, image, rootCnode, 0n);
      return told(vm.callResume(directory, { instance, slot0, gas: PLENTY }));
    },
    "foreign-ref",
  ],
  "a file while no quota is told": [
    (world) => {
      const storageQuotaGet = () => {
        throw new Error("no");
      };
      const assist = assistWith(world.assist, { storageQuotaGet });
      const held = { 4: putData(world, 1), 5: issued(world, "quota", { id: 0n }) };
      const other = { ...world, vm: valueOf(world.face.Vm.create({ assist })) };
      return ran(other, asks(25, 4, 5), held);
    },
    "assist-failed",
  ],
  "a mapping that lacks a page": [
    (world) => ran(world, [], { 3: put(world, gapped(world, 1)) }, mapped(3n)),
    "page-missing",
  ],
  "a reading of Data that lacks its last page": [
    (world) => ran(world, asks(22, 4, AT, 9), { 4: put(world, gapped(world, 2)) }, mapped(1n)),
    "page-missing",
  ],
  "a reading of Data that lacks a page": [
    (world) => ran(world, asks(22, 4, AT, 12_288), { 4: put(world, gapped(world, 1)) }, mapped(3n)),
    "page-missing",
  ],
  "a reading of Data that ends with an empty page": [
    (world) => {
      const pages = [new Uint8Array(4096).fill(1), undefined];
      const data = put(world, valueOf(world.face.DataCap.paged(4096, pages)));
      return ran(world, asks(22, 4, AT, 8192), { 4: data }, mapped(2n));
    },
    4096n,
  ],
  "a file of Data that lacks its last page": [
    (world) =>
      ran(world, asks(25, 4, 5), {
        4: put(world, gapped(world, 2)),
        5: issued(world, "quota", { id: 0n }),
      }),
    "page-missing",
  ],
  "a slot to be pinned that is missing": [
    (world) => {
      const { face, directory } = world;
      const content = { slot: 9, content: Uint8Array.of(1) };
      const source = { pinnedSlots: [content], endpoints: [{ index: 0, entryPc: 0n }] };
      const code = { code: Uint8Array.of(10, 0), packedBitmask: Uint8Array.of(1) };
      const made = valueOf(face.ImageSource.create({ ...source, ...code }));
      const next = valueOf(face.publishImageV3(directory, made));
      const image = putImage(world, operation(17, 8));
      return told(invoked(world, lackingInstance(world, image, 9, { 8: next })));
    },
    "blob-missing",
  ],
  "a mapping whose cnode was exchanged": [
    (world) => {
      const held = {
        4: put(world, lacking(world, 4, 1)),
        5: putCNode(world, 4, { 1: putData(world, 1) }),
      };
      const lines = [...operation(2, 5, 21), ...operation(2, 4, 5)];
      const memoryMappings = [{ start: AT, size: 4096n, source: [5, 1] }];
      return ran(world, lines, held, { memoryMappings });
    },
    "blob-missing",
  ],
  "a type in two slots": [
    (world) => ran(world, [...operation(21, 6, 20), ...operation(1, 20, 21)], { 6: child(world) }),
    20n,
  ],
  "a fault without slot 0": [(world) => told(pausedAt(world, [TRAP], {})), "blob-missing"],
  "a halt without slot 0": [(world) => told(pausedAt(world, [], {})), "blob-missing"],
  "a call without slot 0": [
    (world) => told(pausedAt(world, operation(26, 6, 0), { 6: child(world) })),
    "blob-missing",
  ],
  "a yield without slot 0": [
    (world) => told(pausedAt(world, operation(16, 6), { 6: issued(world, "gas", { id: 7n }) })),
    "blob-missing",
  ],
  "a resumption without slot 0": [
    (world) => told(pausedAt(world, operation(27, 6), { 6: child(world) })),
    "blob-missing",
  ],
  "a pause at the end of the code": [
    (world) => told(pausedAt(world, [], {}, 2n)),
    "trap",
  ],
  "a pause beyond the code": [(world) => told(pausedAt(world, [], {}, 3n)), "panic"],
};

/** The same where the host refuses every file. */
export const UNSAVED: typeof SCENES = {
  "a file that the host refuses": [
    (world) =>
      ran(world, asks(25, 4, 5), { 4: putData(world, 1), 5: issued(world, "quota", { id: 0n }) }),
    "operation-failed",
  ],
  "a file that the host refuses the kernel": [
    (world) =>
      ran(world, [...operation(1, 4, 0), ...operation(26, 6, 0), move(7, 8)], {
        4: putData(world, 1),
        6: issued(world, "host_save"),
      }),
    2n,
  ],
};
