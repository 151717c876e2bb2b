/** Calls of the kernel by the original's rules: every operation, and what ends an invocation. */

import { bundle, type JsonObject, type VectorFile } from "./json.ts";
import { ask, hashOf, load, put, SHOW } from "./kernel_code.ts";
import { type Call, caseOf, INLINE, PLAIN, SLOT, worldOf } from "./kernel_compat_world.ts";
import { type Line, op } from "./pvm_code.ts";
import { Random } from "./random.ts";

const INVOKE: Call = { call: "invoke", gas: 10_000n };
const RESUME: Call = { call: "resume", gas: 5000n };
const S = SLOT;

/** One operation with operands that it takes, and with such that it refuses. */
const OPERATIONS: readonly (readonly [number, ...(readonly number[])[]])[] = [
  [1, [S.data, S.free], [S.data, S.image], [S.free, S.data], [S.data, 100]],
  [2, [S.data, S.free], [S.free, S.data], [S.data, 8]],
  [3, [S.data], [S.free], [200]],
  [4, [S.data, S.image], [S.data, S.free], [S.data, 9]],
  [5, [S.free, 3], [S.free, 16], [S.free, 17], [9, 3]],
  [16, [S.marker], [S.free], [S.data]],
  [17, [S.image], [S.data], [S.free]],
  [18, [S.image, S.cnode, S.child], [S.data, S.cnode, S.child], [S.image, S.data, S.child]],
  [20, [S.child, S.child], [S.child, S.data], [S.data, S.data], [S.free, S.data]],
  [21, [S.child, S.free], [S.data, S.free]],
  [22, [S.data, 100, 5], [S.data, 100, 5000], [S.data, 8192, 1], [S.data, 8190, 5], [
    S.image,
    0,
    1,
  ]],
  [23, [0, 3, 0, S.free], [0, 0, 0, S.free], [0, 4097, 1, S.free], [8190, 5, 0, S.free], [
    0,
    3,
    9,
    S.free,
  ]],
  [24, [1, S.free], [2, S.free], [9, S.free]],
  [25, [S.data, 0], [S.data, 1], [S.data, 9], [S.image, 0]],
  [26, [S.child, 0], [S.child, 1], [S.child, 5], [S.data, 0], [S.free, 0]],
  [6, []],
  [19, [S.data, 0, 0, S.free]],
  [27, [S.child]],
  [999, [S.child]],
];

function singles(): readonly JsonObject[] {
  return OPERATIONS.flatMap(([number, ...variants]) =>
    variants.map((operands, i) => {
      const lines = [...ask(number, ...operands), ...SHOW, ...ask(0)];
      const world = worldOf(lines, ask(0), [[BigInt(S.image), hashOf(INLINE)]]);
      return caseOf(`operation_${number}_${i}`, world, [INVOKE]);
    })
  );
}

/** Invocations that end in every way, go on, and call each other. */
function scenes(): readonly JsonObject[] {
  const yields = [...ask(16, S.marker), op("move_reg", { d: 9, a: 7 }), ...SHOW, ...ask(0)];
  const calls = (
    ...before: readonly Line[]
  ) => [...before, ...ask(26, S.child, 0), ...SHOW, ...ask(0)];
  const endless = [op("fallthrough"), op("jump", { offset: -1n })];
  return [
    caseOf("halts", worldOf([load(7, 77), ...ask(0)]), [INVOKE, { ...INVOKE, endpoint: 1 }]),
    caseOf("no_such_endpoint", worldOf(ask(0)), [{ ...INVOKE, endpoint: 2 }]),
    caseOf("traps", worldOf([op("trap")]), [INVOKE]),
    caseOf("falls_off", worldOf([load(7, 1)]), [INVOKE]),
    caseOf("jumps_nowhere", worldOf([op("jump_ind", { a: 0, x: 6n })]), [INVOKE]),
    caseOf("page_fault", worldOf([op("load_u8", { a: 1, x: 20_000n })]), [INVOKE]),
    caseOf("writes_memory", worldOf([put(3, 0x5a), put(4095, 1), ...ask(0)]), [INVOKE]),
    caseOf(
      "ecall_in_r11",
      worldOf([load(7, S.data), load(8, S.free), load(11, 1), op("ecall"), ...ask(0)]),
      [
        INVOKE,
      ],
    ),
    ...[0n, 1n, 97n, 98n, 200n].map((gas) =>
      caseOf(`with_${gas}_gas`, worldOf(calls()), [{ ...INVOKE, gas }])
    ),
    caseOf("yields_to_nobody", worldOf(yields), [INVOKE, RESUME]),
    caseOf("child_yields", worldOf(calls(), yields), [INVOKE, RESUME]),
    caseOf("child_yields_and_is_given_data", worldOf(calls(), yields), [
      INVOKE,
      { ...RESUME, slot0: hashOf(INLINE) },
    ]),
    caseOf("child_yields_again", worldOf(calls(), [...ask(16, S.marker), ...yields]), [
      INVOKE,
      RESUME,
      RESUME,
      RESUME,
    ]),
    caseOf("child_spends_all_gas", worldOf(calls(), endless), [
      { ...INVOKE, gas: 1000n },
      { ...RESUME, gas: 100n },
      { ...RESUME, gas: 0n },
    ]),
    caseOf("child_traps", worldOf(calls(), [op("trap")]), [INVOKE]),
    caseOf("child_faults", worldOf(calls(), [op("load_u8", { a: 1, x: 5000n })]), [INVOKE]),
    caseOf("stack_full", worldOf(calls()), [INVOKE], { ...PLAIN, maxDepth: 1 }),
    caseOf("no_room_for_a_reference", worldOf(calls(), yields), [INVOKE], {
      ...PLAIN,
      maxDepth: 2,
    }),
    caseOf("memory_too_small", worldOf(ask(0)), [INVOKE], { ...PLAIN, memoryBytes: 4096n }),
    caseOf("memory_too_small_for_the_child", worldOf(calls()), [INVOKE], {
      ...PLAIN,
      memoryBytes: 8192n,
    }),
    caseOf("resumes_nothing", worldOf(ask(0)), [RESUME]),
    caseOf("image_changes", worldOf([...ask(17, S.image), ...ask(0)]), [INVOKE, INVOKE]),
    caseOf("saves_and_opens", worldOf([...ask(25, S.data, 0), ...ask(24, 2, S.free), ...ask(0)]), [
      INVOKE,
    ]),
    caseOf(
      "spawns_and_calls",
      worldOf([
        ...ask(18, S.image, S.cnode, S.free),
        ...ask(26, S.free, 0),
        ...ask(0),
      ]),
      [INVOKE],
    ),
  ];
}

/** Random programs of operations, with random gas. */
function randoms(): readonly JsonObject[] {
  const random = new Random("compat");
  const lines = () =>
    Array.from({ length: 1 + random.below(4) }, () => {
      const [number = 1, ...variants] = random.of(OPERATIONS);
      // Mostly what is done: the first operands are those that an operation takes.
      return ask(number, ...random.below(4) === 0 ? random.of(variants) : variants[0] ?? []);
    }).flat();
  return Array.from({ length: 40 }, (_, i) => {
    const world = worldOf([...lines(), ...ask(26, S.child, random.below(2)), ...ask(0)], [
      ...lines(),
      ...ask(0),
    ]);
    const gas = BigInt(300 + random.below(6000));
    return caseOf(`random_${i}`, world, [{ call: "invoke", gas }, { call: "resume", gas }, {
      call: "invoke",
      gas,
    }]);
  });
}

/** The file of calls by the original's rules. */
export function compatFile(): VectorFile {
  const head = { family: "kernel", kind: "compat", spec: ["JAVM kernel: ecalls", "capabilities"] };
  return bundle("kernel/compat.json", head, [...singles(), ...scenes(), ...randoms()]);
}
