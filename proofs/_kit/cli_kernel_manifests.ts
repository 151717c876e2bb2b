/** Manifests, right and wrong. */

import { manifest } from "./cli_kernel.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A manifest, what it exits with, and what is then told: the value, or the detail. */
export type Case = readonly [manifest: Fields, code: number, told: string | null];

const HASH = "ab".repeat(32);
const RAW = { source: undefined, code: "0a00", mask: "01" };
const MEMORY = { mappings: [{ start: 0x20000, size: 4096, source: [3] }] };
const WITH_MARKER = {
  kernel: { marker: { image: "gas", id: 5 }, gas: { image: "gas", id: 7 } },
  instances: { root: { image: "code", slots: { 2: "marker", 5: "gas" } } },
};

/** Manifests that can be run. */
export const CASES: readonly Case[] = [
  [manifest("halt", {}, { args: [7] }), 0, "7"],
  [manifest("halt", {}, { args: [2n ** 64n - 1n] }), 0, `${2n ** 64n - 1n}`],
  [manifest("halt", RAW, {}), 65, null],
  [manifest("halt", { ...RAW, endpoints: [{ index: 0, entry: 0 }] }, { args: [9] }), 0, "9"],
  [manifest("halt", {}, { mode: "compat", quota: undefined }), 0, "0"],
  [manifest("trap", {}, { mode: "compat", quota: undefined }), 5, "trap"],
  [manifest("trap"), 5, "trap"],
  [manifest("end"), 1, "panic"],
  [manifest("fault"), 2, "page-fault 0x30000"],
  [manifest("spin"), 4, "out of gas"],
  [manifest("spin", {}, { mode: "compat", quota: undefined }), 4, "out-of-gas"],
  [manifest("drop", { pinned: { 4: "text" } }), 7, "operation-failed 3"],
  [manifest("drop"), 0, "4"],
  [manifest("halt", {}, { endpoint: 1 }), 8, "not-entered 3"],
  [manifest("ask", {}, WITH_MARKER), 3, "unhandled-marker"],
  [manifest("ask", {}, { ...WITH_MARKER, hostMarkers: ["marker"] }), 9, null],
  [manifest("sum", MEMORY, { args: [1] }), 0, `${0x201 + 1}`],
  [manifest("sum", MEMORY, { args: [1], quota: 4_095 }), 9, "out of storage"],
  [manifest("sum", MEMORY, { args: [1], quota: 4_096 }), 0, `${0x201 + 1}`],
  [
    manifest("halt", { gasSlots: [5] }, { ...WITH_MARKER, meters: { 7: 500 }, gas: 0, args: [3] }),
    0,
    "3",
  ],
  [manifest("halt", { gasSlots: [5] }, { ...WITH_MARKER, meters: { 8: 500 } }), 4, "out of gas"],
  [
    manifest("sum", { ...MEMORY, quotaSlots: [5] }, {
      kernel: { quota: { image: "quota", id: 3 } },
      instances: { root: { image: "code", slots: { 5: "quota" } } },
      quotas: { 3: 4_096 },
      quota: 0,
      args: [6],
    }),
    0,
    "6",
  ],
  [manifest("halt", {}, { cnodes: { box: { sizeLog: 4, slots: { 15: "text" } } } }), 0, "0"],
  [manifest("halt", {}, { data: { text: { file: "file.bin" }, other: { text: "x" } } }), 0, "0"],
  [
    manifest("halt", { endpoints: [{ index: 0, entry: "go", registers: { 7: 8, 9: 1 } }] }),
    0,
    "0",
  ],
  [manifest("halt", {}, { slot0: "text", maxDepth: 1, memoryBytes: 0 }), 0, "0"],
];

/** What is wrong in a manifest, and the path that the message names. */
export const WRONG: readonly (readonly [manifest: unknown, path: string])[] = [
  [[], ""],
  ["text", ""],
  [{}, "root"],
  [manifest("halt", {}, { surplus: 1 }), "surplus"],
  [manifest("halt", {}, { mode: "v4" }), "mode"],
  [manifest("halt", {}, { root: "nobody" }), "root"],
  [manifest("halt", {}, { root: 5 }), "root"],
  [manifest("halt", {}, { root: HASH }), "root"],
  [manifest("halt", {}, { root: "code" }), "root"],
  [manifest("halt", {}, { endpoint: 256 }), "endpoint"],
  [manifest("halt", {}, { args: [1, 2, 3, 4, 5] }), "args"],
  [manifest("halt", {}, { args: [2n ** 64n] }), "args[0]"],
  [manifest("halt", {}, { args: [0, -1] }), "args[1]"],
  [manifest("halt", {}, { args: [1.5] }), "args[0]"],
  [manifest("halt", {}, { gas: "1" }), "gas"],
  [manifest("halt", {}, { quota: 2n ** 64n }), "quota"],
  [manifest("halt", {}, { slot0: "nobody" }), "slot0"],
  [manifest("halt", {}, { maxDepth: 0 }), "maxDepth"],
  [manifest("halt", {}, { memoryBytes: 2 ** 31 }), "memoryBytes"],
  [manifest("halt", {}, { hostMarkers: ["nobody"] }), "hostMarkers[0]"],
  [manifest("halt", {}, { meters: { x: 1 } }), "meters.x"],
  [
    manifest("halt", {}, { meters: { "18446744073709551616": 1 } }),
    'meters["18446744073709551616"]',
  ],
  [manifest("halt", {}, { quotas: { 1: -1 } }), 'quotas["1"]'],
  [manifest("halt", {}, { files: { 1: "nobody" } }), 'files["1"]'],
  [manifest("halt", {}, { resume: "yes" }), "resume"],
  [manifest("halt", {}, { resume: true, args: [1] }), "args"],
  [manifest("halt", {}, { resume: true }), "root"],
  [manifest("halt", {}, { mode: "compat" }), "quota"],
  [manifest("halt", {}, { mode: "compat", quota: undefined, resume: true }), "resume"],
  [
    manifest("halt", {}, { mode: "compat", quota: undefined, kernel: { g: { image: "gas" } } }),
    "kernel.g",
  ],
  [manifest("halt", {}, { data: { text: {} } }), "data.text"],
  [manifest("halt", {}, { data: { text: { hex: "0" } } }), "data.text.hex"],
  [manifest("halt", {}, { data: { text: { text: 2n ** 60n } } }), "data.text.text"],
  [manifest("halt", {}, { data: { text: { file: "none" } } }), "data.text.file"],
  [manifest("halt", {}, { data: { text: { hex: "", text: "" } } }), "data.text"],
  [manifest("halt", {}, { data: { [HASH]: { hex: "" } } }), `data.${HASH}`],
  [manifest("halt", {}, { cnodes: { text: { sizeLog: 1 } } }), "cnodes.text"],
  [manifest("halt", {}, { cnodes: { box: { sizeLog: 17 } } }), "cnodes.box"],
  [manifest("halt", {}, { cnodes: { box: { sizeLog: 1, slots: { 2: "text" } } } }), "cnodes.box"],
  [manifest("halt", {}, { cnodes: { box: { slots: {} } } }), "cnodes.box.sizeLog"],
  [
    manifest("halt", {}, { cnodes: { a: { sizeLog: 1, slots: { 1: "a" } } } }),
    'cnodes.a.slots["1"]',
  ],
  [manifest("halt", {}, { kernel: { g: { image: "moon" } } }), "kernel.g.image"],
  [manifest("halt", {}, { kernel: { g: { image: "set_gas_meter", id: 1 } } }), "kernel.g"],
  [manifest("halt", {}, { kernel: { g: { image: "gas", markers: [] } } }), "kernel.g"],
  [
    manifest("halt", {}, { kernel: { g: { image: "yieldcatcher", markers: ["nobody"] } } }),
    "kernel.g.markers[0]",
  ],
  [manifest("halt", {}, { instances: { root: {} } }), "instances.root.image"],
  [manifest("halt", {}, { instances: { root: { image: "text" } } }), "instances.root"],
  [
    manifest("halt", {}, { instances: { root: { image: "code", slots: { 256: "text" } } } }),
    "instances.root",
  ],
  [
    manifest("halt", {}, { instances: { root: { image: "code", slots: { "01": "text" } } } }),
    'instances.root.slots["01"]',
  ],
  [
    manifest("halt", {}, { instances: { root: { image: "code", memory: 1 } } }),
    "instances.root.memory",
  ],
  [manifest("none"), "images.code.source"],
  [manifest("bad"), "images.code.source"],
  [manifest("data"), "images.code.source"],
  [manifest("halt", { code: "00" }), "images.code"],
  [manifest("halt", { source: undefined }), "images.code"],
  [manifest("halt", { source: undefined, code: "00" }), "images.code.mask"],
  [manifest("halt", { ...RAW, mask: "02" }), "images.code.endpoints[0].entry"],
  [
    manifest("halt", { ...RAW, mask: "02", endpoints: [{ index: 0, entry: 0 }] }),
    "images.code.code",
  ],
  [
    manifest("halt", { endpoints: [{ index: 9, entry: "go" }, { index: 4, entry: 1 }] }),
    "images.code.endpoints[1].entry",
  ],
  [
    manifest("halt", { endpoints: [{ index: 0, entry: "went" }] }),
    "images.code.endpoints[0].entry",
  ],
  [manifest("halt", { endpoints: [{ index: 0 }] }), "images.code.endpoints[0].entry"],
  [
    manifest("halt", { endpoints: [{ index: 0, entry: 0, registers: { 13: 1 } }] }),
    'images.code.endpoints[0].registers["13"]',
  ],
  [manifest("halt", { endpoints: {} }), "images.code.endpoints"],
  [manifest("halt", { mappings: [{ start: 0, size: 0 }] }), "images.code.mappings[0]"],
  [
    manifest("halt", { mappings: [{ start: 0, size: 1 }, { start: 1, size: 1 }] }),
    "images.code.mappings[1]",
  ],
  [manifest("halt", { mappings: [{ start: 0 }] }), "images.code.mappings[0].size"],
  [manifest("halt", { gasSlots: [256] }), "images.code"],
  [manifest("halt", { gasSlots: [2 ** 32] }), "images.code.gasSlots[0]"],
  [manifest("halt", { pinned: { 4: "nobody" } }), 'images.code.pinned["4"]'],
  [manifest("halt", { pinned: { 0: "text" } }), "images.code"],
  [manifest("halt", { catcherSlot: 256 }), "images.code"],
];

/** Fields that something else is put into. */
export const BASE: Fields = manifest("sum", { ...MEMORY, pinned: { 7: "text" } }, {
  ...WITH_MARKER,
  cnodes: { box: { sizeLog: 2, slots: { 1: "text" } } },
  meters: { 7: 50 },
  files: { 1: "text" },
  hostMarkers: ["marker"],
  slot0: "box",
  args: [1, 2],
});
