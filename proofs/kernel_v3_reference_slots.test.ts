/** The original's unit tests of the operations on slots, types and Data, by their names, in mode v3. */

import { agrees, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant } from "./_kit/kernel.ts";
import { ecalli, type Line, load, loadByte, operation, storeByte } from "./_kit/kernel_guest.ts";
import { type UnitV3, unitV3 } from "./_kit/kernel_v3_unit.ts";
import {
  called,
  endOf,
  type Held,
  heldBy,
  issued,
  move,
  postOf,
  putCNode,
  putData,
  putInstance,
  type World,
  worldOf,
} from "./_kit/kernel_v3_world.ts";
import type { CallResult, CapTarget } from "../src/kernel/mod.ts";
import { register } from "./_kit/register.ts";

const SLOTS = "src/kernel/v3/operations/slots.ts";
const TYPES = "src/kernel/v3/operations/types.ts";
const DATA = "src/kernel/v3/operations/data.ts";
const subject = ["Vm.create", "Vm.invokeCached"];
const QUOTA = 8;
/** Memory that begins and ends with the call. */
const SCRATCH = { memoryMappings: [{ start: 0x1_0000n, size: 4096n, source: [11] }] };
const AT = 0x1_0000;

/** A program that was called, with some Data in slot 2 and a Quota of row 1, which has 8192 bytes. */
interface Ran {
  readonly world: World;
  readonly result: CallResult;
  readonly data: string;
  readonly slot: (slot: number) => CapTarget | undefined;
}

function ran(face: Face, lines: readonly Line[], more: (world: World) => Held = () => ({})): Ran {
  const world = worldOf(face);
  world.assist.storageQuotaSet(1n, 8192n);
  const data = putData(world, ...new TextEncoder().encode("hello"));
  const held = { 2: data, [QUOTA]: issued(world, "quota", { id: 1n }), ...more(world) };
  const result = called(world, putInstance(world, lines, held, SCRATCH), { quota: 8192n });
  return { world, result, data, slot: (slot) => heldBy(world, postOf(result), slot) };
}

const left = ({ world }: Ran) => BigInt(world.assist.storageQuotaGet(1n));

/** An Instance, one of the same program with something in a slot, and one of another program. */
const INSTANCES = (world: World): Held => ({
  3: putInstance(world, []),
  4: putInstance(world, [], { 20: putData(world, 1) }),
  5: putInstance(world, [load(7, 1n)]),
});

const TESTS: Readonly<Record<string, UnitV3>> = {
  mgmt_copy_dispatch_via_ecalli: {
    differs: "the same; the destination has to be empty",
    subject,
    mutant: mutant(SLOTS, "  1: copy,\n", "  1: move,\n"),
    check(face) {
      const done = ran(face, operation(1, 2, 7));
      const full = ran(face, operation(1, 2, QUOTA));
      return agrees(
        [done.slot(2), done.slot(7), endOf(full.result)],
        [done.data, done.data, "operation-failed"],
      );
    },
  },
  mgmt_move_dispatch_via_ecalli: {
    differs: "the same; the destination has to be empty",
    subject,
    mutant: mutant(SLOTS, "  2: move,\n", "  2: copy,\n"),
    check(face) {
      const done = ran(face, operation(2, 2, 9));
      return agrees([done.slot(2), done.slot(9)], [undefined, done.data]);
    },
  },
  mgmt_drop_dispatch_via_ecalli: {
    differs: "the same, also for a slot that is empty",
    subject,
    mutant: mutant(
      SLOTS,
      "mayChange(frame, path) ? putAt(run, frame, path, undefined) : FAILED",
      "FAILED",
    ),
    check(face) {
      const done = ran(face, [...operation(3, 2), ...operation(3, 2)]);
      return agrees([endOf(done.result), done.slot(2)], [2n, undefined]);
    },
  },
  mgmt_cnode_mint_places_hash_at_dst: {
    differs: "it needs a quota slot, and costs 32 bytes",
    subject,
    mutant: mutant(SLOTS, "const MINT_CNODE_BYTES = 32;", "const MINT_CNODE_BYTES = 31;"),
    check(face) {
      const done = ran(face, operation(5, 5, 3, QUOTA));
      const without = ran(face, operation(5, 5, 3, 9));
      return agrees(
        [done.slot(5), left(done), endOf(without.result), left(without)],
        [putCNode(done.world, 3), 8192n - 32n, "operation-failed", 8192n],
      );
    },
  },
  mgmt_cnode_mint_publishes_cnode_when_cache_threaded: {
    differs: "it is in the directory once the call has halted",
    subject,
    mutant: mutant(SLOTS, "cnodeCapOf(asU8(sizeLog.value), [])", "cnodeCapOf(asU8(4), [])"),
    check(face) {
      const { world, slot } = ran(face, operation(5, 5, 3, QUOTA));
      const made = slot(5);
      const cap = made === undefined ? undefined : world.directory.get(made);
      return agrees(cap?.kind === "cnode" ? [Number(cap.sizeLog), cap.entries()] : cap, [3, []]);
    },
  },
  mgmt_cnode_swap_swaps_slots: {
    differs: "the same, also with an empty slot",
    subject,
    mutant: mutant(SLOTS, "second.path, first.held)", "second.path, second.held)"),
    check(face) {
      const done = ran(face, operation(4, 2, 3), INSTANCES);
      const half = ran(face, operation(4, 2, 9));
      return agrees(
        [done.slot(2), done.slot(3), half.slot(2), half.slot(9)],
        [INSTANCES(done.world)[3], done.data, undefined, half.data],
      );
    },
  },
  host_same_type_compares_chain: {
    differs: "it compares chains and no hashes: Instances of one image are of one type",
    subject,
    mutant: mutant(TYPES, "one.value === other.value) : other", "true) : other"),
    check: (face) =>
      agrees(
        [[3, 4], [3, 5], [3, 3], [3, 2]].map((pair) =>
          endOf(ran(face, operation(20, ...pair), INSTANCES).result)
        ),
        [1n, 0n, 1n, "operation-failed"],
      ),
  },
  host_type_of_publishes_type_cap: {
    differs: "the chain of a first Instance is the hash of its Image",
    subject,
    mutant: mutant(TYPES, "typeCapOf(chain)", "typeCapOf(frame.imageHash)"),
    check(face) {
      const { world, slot } = ran(face, operation(21, 5, 6), INSTANCES);
      const [made, of] = [slot(6), slot(5)].map((target) =>
        target === undefined ? undefined : world.directory.get(target)
      );
      return face.InstanceCapV3.is(of)
        ? agrees(made?.kind === "type" ? made.imageHashChain : made, of.fields.imageHash)
        : "no Instance";
    },
  },
  host_read_data_cap_copies_bytes_from_cache: {
    differs: "of 8 bytes asked for it writes the 5 that there are, and says so in r7",
    subject,
    mutant: mutant(
      DATA,
      "allowed < BigInt(length.value) ? Number(allowed) : length.value",
      "Number(allowed)",
    ),
    check(face) {
      const reads = [[51, 7, 2], load(8, BigInt(AT + 16)), [51, 9, 8], ecalli(22)];
      const byte = (at: number) =>
        endOf(ran(face, [...reads, loadByte(9, AT + 16 + at), move(7, 9)]).result);
      return agrees(
        [endOf(ran(face, reads).result), ...[0, 4, 5].map(byte)],
        [5n, 104n, 111n, 0n],
      );
    },
  },
  host_mint_data_cap_publishes_page_padded_bytes: {
    differs: "the Data is canonical, and costs its bytes and no pages",
    subject,
    mutant: mutant(
      DATA,
      "payNamed(run, quota.value, size.value)",
      "payNamed(run, quota.value, 4096)",
    ),
    check(face) {
      const write = [..."hello"].flatMap((letter, i) => [
        [51, 9, letter.charCodeAt(0)],
        storeByte(9, AT + i),
      ]);
      const mint = [load(7, BigInt(AT)), [51, 8, 9], [51, 9, QUOTA], [51, 10, 6], ecalli(23)];
      const done = ran(face, [...write, ...mint]);
      return agrees([done.slot(6), left(done)], [done.data, 8192n - 5n]);
    },
  },
  host_open_places_registered_file_data_in_slot: {
    differs: "the same; a file that is not there fails",
    subject,
    mutant: mutant(
      DATA,
      "openFile(run, frame.machine.register(7))",
      "openFile(run, frame.machine.register(8))",
    ),
    check(face) {
      const register = (world: World): Held => {
        world.assist.registerFile(9n, putData(world, 6));
        return {};
      };
      const done = ran(face, operation(24, 9, 6), register);
      const none = ran(face, operation(24, 8, 6), register);
      return agrees([done.slot(6), endOf(none.result)], [
        putData(done.world, 6),
        "operation-failed",
      ]);
    },
  },
  host_save_debits_actual_data_size_and_returns_file_id: {
    differs: "the Data costs its 5 bytes and no page",
    subject,
    mutant: mutant("src/kernel/v3/files.ts", "quota, BigInt(bytes))", "quota, 4096n)"),
    check(face) {
      const done = ran(face, operation(25, 2, QUOTA));
      return agrees(
        [endOf(done.result), left(done), done.world.assist.hostOpen(1n)],
        [1n, 8192n - 5n, done.data],
      );
    },
  },
};

export const proofs: readonly Proof[] = Object.entries(TESTS).map(([name, test]) =>
  unitV3(name, test)
);

register(proofs);
