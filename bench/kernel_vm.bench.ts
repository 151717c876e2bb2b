/**
 * Calls of the kernel against the time of 3,000 interpreted instructions: a call into a child and
 * back, a yield and its resumption, and a whole invocation by the host.
 *
 * Every row of the first group does what its name says 1,000 times within one invocation, the
 * baseline 3,000,000 instructions. A row of the second group is a whole invocation, its result stored.
 */

import {
  CacheDirectory,
  genesisInstance,
  ImageSource,
  issueKernelInstance,
  publishImageV3,
  Vm,
} from "../src/kernel/mod.ts";
import type { CapHash, Result } from "../src/kernel/mod.ts";
import { assemble } from "../src/pvm/mod.ts";

const TIMES = 1000;
const INSTRUCTIONS = 3000;
const GAS = 2n ** 40n;
const QUOTA = 2n ** 60n;

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error("no value");
  return result.value;
}

const directory = new CacheDirectory();
const vm = valueOf(Vm.create());

type Source = Parameters<typeof ImageSource.create>[0];
type Slots = Parameters<typeof genesisInstance>[2];

/** The first Instance of a program, entered at its start. */
function instance(text: string, slots: Slots = [], more: Source = {}): CapHash {
  const { bytes, starts } = valueOf(assemble(text)).code;
  const packedBitmask = new Uint8Array(Math.ceil(bytes.length / 8));
  starts.forEach((mark, at) => {
    packedBitmask[at >> 3] = (packedBitmask[at >> 3] ?? 0) | mark << (at & 7);
  });
  const endpoints = [{ index: 0, entryPc: 0n }];
  const source = ImageSource.create({ code: bytes, packedBitmask, endpoints, ...more });
  const image = publishImageV3(directory, valueOf(source));
  return valueOf(genesisInstance(directory, valueOf(image), slots));
}

/** A program that does some lines again and again; each time costs two instructions more. */
function loop(lines: string, times: number): string {
  return `
        load_imm_64 r6, ${times}
        fallthrough
again:  ${lines.replaceAll("; ", "\n        ")}
        add_imm_64 r6, r6, -1
        branch_ne_imm r6, 0, again
        load_imm r7, 1
        ecalli 0`;
}

const CALL = "load_imm r7, 5; load_imm r8, 0; ecalli 26";
const LEAF = "load_imm r7, 42\n ecalli 0";
const STORE = "load_imm r5, 7\n store_u64 [0x10000], r5\n ecalli 0";
const PAGE = { start: 0x10000n, size: 4096n };
const PLAIN = Array.from({ length: 4 }, () => "add_imm_64 r9, r9, 1; add_64 r10, r10, r9");

const marker = valueOf(issueKernelInstance(directory, "oog_marker"));
const catcher = valueOf(issueKernelInstance(directory, "yieldcatcher", { markers: [marker] }));
const yielder = instance(loop("load_imm r7, 9; ecalli 16", 2 ** 30), [{ slot: 9, target: marker }]);

const plain = instance(loop(PLAIN.join("; "), TIMES * INSTRUCTIONS / 10));
const leaf = instance(LEAF);
const scratch = instance(STORE, [], { memoryMappings: [{ ...PAGE, source: [] }] });
const keeper = instance(STORE, [], { memoryMappings: [{ ...PAGE, source: [3] }] });
const caller = (child: CapHash) => instance(loop(CALL, TIMES), [{ slot: 5, target: child }]);
const handler = instance(
  `${CALL.replaceAll("; ", "\n")}\n${loop("load_imm r7, 5; ecalli 27", TIMES)}`,
  [{ slot: 5, target: yielder }, { slot: 7, target: catcher }],
  { yieldMarkerSlot: 7 },
);

function invoke(target: CapHash, value = 1n): void {
  const args = [0n, 0n, 0n, 0n];
  const result = valueOf(vm.invokeCached(directory, target, 0, args, GAS, { quota: QUOTA }));
  if (result.kind !== "halt" || result.returnValue !== value) throw new Error(result.kind);
}

const rows = [
  ["a call and back", caller(leaf)],
  ["a call and back, with memory", caller(scratch)],
  ["a call and back, with memory that is kept", caller(keeper)],
  ["a yield and its resumption", handler],
] as const;

const GROUP = `${TIMES} times`;

Deno.bench({ name: `${INSTRUCTIONS} instructions`, group: GROUP, baseline: true }, () => {
  invoke(plain);
});

for (const [name, target] of rows) Deno.bench({ name, group: GROUP }, () => invoke(target));

const one = instance(loop(PLAIN.join("; "), INSTRUCTIONS / 10));

Deno.bench({ name: `an invocation of ${INSTRUCTIONS} instructions`, group: "invocation" }, () => {
  invoke(one);
});

Deno.bench({ name: "an invocation", group: "invocation", baseline: true }, () => {
  invoke(leaf, 42n);
});
