/** What the kernel does, one scene each: the host sets it up, and knows the answer. */

import type { CallResult, CapHash } from "@ringfence/core/kernel";
import { Host } from "./host.ts";
import type { SourceOf } from "./source.ts";

/** What was shown, what came of it, and what has to. */
export interface Scene {
  readonly what: string;
  readonly actual: unknown;
  readonly expected: unknown;
}

const GAS = 100_000n;
const QUOTA = 1n << 20n;
/** A page of memory that is gone when the call ends. */
const EPHEMERAL = { start: 0x1_0000n, size: 4096n, source: [] };

/** A result in short: what the program gave, or why there is nothing. */
function brief(result: CallResult): unknown {
  if (result.kind === "halt") return Number(result.returnValue);
  if (result.kind === "paused") return "paused";
  const { reason } = result;
  return reason.kind === "operation-failed" ? `operation ${reason.operation} failed` : reason.kind;
}

/** The Instance that an invocation left, or the one before when it failed. */
function after(result: CallResult, before: CapHash): CapHash {
  return result.kind === "halt" ? result.postInstanceHash : before;
}

/** An Instance calls another one; without the capability it cannot. */
function nestedCall(sourceOf: SourceOf): readonly Scene[] {
  const host = new Host(sourceOf);
  const adder = host.instance(host.image("adder", { endpoints: ["add"] }));
  const image = host.image("caller", { endpoints: ["double"] });
  const job = { args: [20n, 1n], gas: GAS };
  return [
    {
      what: "a call: the callee adds 20 and 1, the caller doubles",
      actual: brief(host.invoke(host.instance(image, { 1: adder }), job)),
      expected: 42,
    },
    {
      what: "the same image without the capability",
      actual: brief(host.invoke(host.instance(image), job)),
      expected: "operation 26 failed",
    },
  ];
}

/** An Instance asks by a yield, and goes on with the answer that a catcher gives. */
function yieldAndResume(sourceOf: SourceOf): readonly Scene[] {
  const host = new Host(sourceOf);
  // Any Instance can be a marker: it stands for its hash.
  const marker = host.instance(host.image("adder", { endpoints: ["add"] }));
  const asker = host.image("asker", { endpoints: ["ask"], memoryMappings: [EPHEMERAL] });
  const answerer = host.image("answerer", {
    endpoints: ["answer"],
    memoryMappings: [EPHEMERAL],
    yieldMarkerSlot: 3,
  });
  const quota = host.issue("quota", { id: 0n });
  const slots = { 1: host.instance(asker, { 2: marker }), 4: quota };
  const listening = host.instance(answerer, {
    ...slots,
    3: host.issue("yieldcatcher", { markers: [marker] }),
  });
  const deaf = host.instance(answerer, { ...slots, 3: host.issue("yieldcatcher") });
  const job = { args: [12n], gas: GAS, quota: QUOTA };
  return [
    {
      what: "a yield: the callee asks, is answered 12, and squares it",
      actual: brief(host.invoke(listening, job)),
      expected: 144,
    },
    {
      what: "a catcher that does not list the marker",
      actual: brief(host.invoke(deaf, job)),
      expected: "trap",
    },
  ];
}

/** An Instance fills the meter of another one whenever that is spent. */
function topUp(sourceOf: SourceOf): readonly Scene[] {
  const host = new Host(sourceOf);
  const meter = 7n;
  const worker = host.instance(host.image("worker", { endpoints: ["work"], gasSlots: [5] }), {
    5: host.issue("gas", { id: meter }),
  });
  const sponsor = host.instance(host.image("sponsor", { endpoints: ["pay"], yieldMarkerSlot: 3 }), {
    1: worker,
    2: host.issue("set_gas_meter"),
    3: host.issue("yieldcatcher", { markers: [host.issue("oog_marker")] }),
  });
  // What a round of the worker's loop costs: two rounds against one.
  const [one = 0n, two = 0n] = [1n, 2n].map((last) => {
    host.fill(meter, GAS);
    return host.invoke(worker, { args: [last], gas: 0n }).gasUsed;
  });
  const [rounds, filling] = [1_000, 100n * (two - one)];
  host.fill(meter, 0n);
  const result = host.invoke(sponsor, { args: [BigInt(rounds), filling], gas: GAS });
  const given = result.kind === "halt" ? result.returnValue : 0n;
  return [
    {
      what: "a worker on a meter: the sum of the numbers up to 1,000",
      actual: Number(given & 0xffff_ffffn),
      expected: rounds * (rounds + 1) / 2,
    },
    {
      what: "how often its caller filled the meter, for 100 rounds each",
      actual: Number(given >> 32n),
      expected: Math.ceil((rounds + 1) / 100), // what stands before the loop costs one, too
    },
  ];
}

function accountImage(host: Host): CapHash {
  return host.image("account", {
    endpoints: ["deposit", "withdraw", "balance", "ruin"],
    memoryMappings: [{ start: 0x2_0000n, size: 4096n, source: [3] }],
  });
}

/** Memory that outlives the call is Data in a slot, from halt to halt. */
function persistence(sourceOf: SourceOf): readonly Scene[] {
  const host = new Host(sourceOf);
  const first = host.instance(accountImage(host));
  const deposit = { endpoint: 0, gas: GAS, quota: QUOTA };
  const second = after(host.invoke(first, { ...deposit, args: [100n] }), first);
  const third = after(host.invoke(second, { ...deposit, args: [11n] }), second);
  const ruined = host.invoke(third, { endpoint: 3, gas: GAS, quota: QUOTA });
  const unpaid = host.invoke(third, { ...deposit, args: [1n], quota: 0n });
  const paused = unpaid.kind === "paused" ? unpaid.pausedInstanceHash : undefined;
  const balance = { endpoint: 2, gas: GAS };
  return [
    {
      what: "two deposits, each into what the one before left",
      actual: brief(host.invoke(third, balance)),
      expected: 111,
    },
    { what: "what then lies in slot 3", actual: [...host.read(third, 3, 8)], expected: [111] },
    {
      what: "the Instance of between is still there",
      actual: brief(host.invoke(second, balance)),
      expected: 100,
    },
    { what: "a program that overwrites it, and traps", actual: brief(ruined), expected: "trap" },
    {
      what: "a deposit without a quota for what it changes: the host is asked",
      actual: brief(unpaid),
      expected: "paused",
    },
    {
      what: "and goes on once there is one",
      actual: brief(host.resume(paused ?? third, { quota: QUOTA })),
      expected: 112,
    },
  ];
}

/** An Instance keeps a copy of another one, tries something, and puts the copy back. */
function snapshotAndRevert(sourceOf: SourceOf): readonly Scene[] {
  const host = new Host(sourceOf);
  const empty = host.instance(accountImage(host));
  const full = { endpoint: 0, args: [100n], gas: GAS, quota: QUOTA };
  const account = after(host.invoke(empty, full), empty);
  const image = host.image("teller", { endpoints: ["try"] });
  let teller = host.instance(image, { 1: account });
  const attempt = (what: string, args: readonly bigint[], expected: number): Scene => {
    const result = host.invoke(teller, { args, gas: GAS, quota: QUOTA });
    teller = after(result, teller);
    return { what, actual: brief(result), expected };
  };
  return [
    attempt("30 of 100 are withdrawn", [30n, 1n], 70),
    attempt("1,000 more are withdrawn: taken back", [1_000n, 1n], 70),
    attempt("the account is ruined, and traps: taken back", [0n, 3n], 70),
  ];
}

/** What an image pins stays where it is. */
function pinnedSlot(sourceOf: SourceOf): readonly Scene[] {
  const host = new Host(sourceOf);
  const content = new TextEncoder().encode("law");
  const image = host.image("mover", { endpoints: ["move"], pinnedSlots: [{ slot: 4, content }] });
  const mover = host.instance(image, { 5: host.issue("quota") });
  const moved = host.invoke(mover, { args: [5n, 6n], gas: GAS });
  return [
    { what: "a capability is moved from slot to slot", actual: brief(moved), expected: 1 },
    {
      what: "a pinned one is not",
      actual: brief(host.invoke(mover, { args: [4n, 6n], gas: GAS })),
      expected: "operation 2 failed",
    },
  ];
}

/** The names of the scenes, in the order in which they are shown. */
export const SCENE_NAMES = [
  "nestedCall",
  "yieldAndResume",
  "topUp",
  "snapshotAndRevert",
  "pinnedSlot",
  "persistence",
] as const;

/** What is shown under each name. */
export const SCENES: Readonly<
  Record<typeof SCENE_NAMES[number], (sourceOf: SourceOf) => readonly Scene[]>
> = { nestedCall, yieldAndResume, topUp, snapshotAndRevert, pinnedSlot, persistence };
