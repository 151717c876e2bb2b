/** Scenes of version 3: what can end a call, yields and their catchers, gas, quotas, memory. */

import { LABELS } from "../../model/kernel_v3_kernel.ts";
import type { Cap } from "../../model/kernel_v3_values.ts";
import { bundle, type JsonObject, type VectorFile } from "./json.ts";
import { ask, load, put, putAll, SHOW } from "./kernel_code.ts";
import { caseOf, PLAIN } from "./kernel_v3.ts";
import { BARE, END, guest, LEAF, YIELDER } from "./kernel_v3_guests.ts";
import { paths, randoms, singles } from "./kernel_v3_operations.ts";
import {
  AT,
  data,
  HASHES,
  imageWith,
  instance,
  kernel,
  MARKERS,
  SLOT,
  type Special,
} from "./kernel_world.ts";
import { type Line, op } from "./pvm_code.ts";

const S = SLOT;
const ENDLESS: readonly Line[] = [op("fallthrough"), op("jump", { offset: -1n })];

/** Instances of the kernel, called by the host. */
function kernels(): readonly JsonObject[] {
  const catcher = kernel("yieldcatcher", [[1, MARKERS[0] ?? LEAF]]);
  return [
    ...LABELS.filter((label) => label !== "yieldcatcher").map((label) =>
      caseOf(`kernel_${label}`, kernel(label), [{}, { slot0: data(5, 6) }, { endpoint: 1 }])
    ),
    caseOf("kernel_yieldcatcher", catcher, [
      { slot0: MARKERS[1] ?? LEAF },
      { endpoint: 2 },
      { endpoint: 1, slot0: MARKERS[0] ?? LEAF },
      { endpoint: 2 },
      { endpoint: 0, slot0: data(1) },
      { endpoint: 3 },
    ]),
  ];
}

/** Yields, their catchers, and the host that catches. */
function yields(): readonly JsonObject[] {
  const handler = (
    ...lines: readonly Line[]
  ) => [...ask(26, S.child, 0), ...lines, ...SHOW, ...END];
  const host = { ...PLAIN, hostMarkers: MARKERS.map((marker) => HASHES.of(marker)) };
  return [
    caseOf("yields_to_nobody", YIELDER),
    caseOf("yields_to_the_host", YIELDER, [{}, { slot0: data(1) }, {}], host),
    caseOf(
      "goes_on_with_the_payload",
      guest([...ask(1, S.data, S.zero), ...ask(16, S.marker), ...SHOW, ...END]),
      [
        {},
        {},
      ],
      host,
    ),
    caseOf("caller_resumes_once", guest(handler(...ask(27, S.child)), YIELDER)),
    caseOf(
      "caller_resumes_twice",
      guest(handler(...ask(27, S.child), ...ask(27, S.child)), YIELDER),
    ),
    caseOf("caller_drops", guest(handler(...ask(28, S.child), ...ask(26, S.child, 0)), YIELDER)),
    caseOf("caller_leaves_it_paused", guest(handler(), YIELDER), [{}, {}]),
    caseOf(
      "caller_does_not_catch",
      guest(handler(), YIELDER, { [S.catcher]: kernel("yieldcatcher") }),
    ),
    caseOf(
      "host_catches_the_child",
      guest(handler(), YIELDER, { [S.catcher]: kernel("yieldcatcher") }),
      [{}, {}, {}],
      host,
    ),
    caseOf("calls_itself", guest(handler(), LEAF, { [S.child]: guest(handler(), YIELDER) })),
    caseOf("faults_while_the_child_is_paused", guest(handler(op("trap")), YIELDER)),
  ];
}

/** Gas and quotas that are spent. */
function budgets(): readonly JsonObject[] {
  const gas: Special = { gasSlots: [S.gas, S.gasToo] };
  const quota: Special = { quotaSlots: [S.quota] };
  const busy = instance(imageWith(ENDLESS, { ...BARE, catches: false }));
  const caller = (...lines: readonly Line[]) => [...ask(26, S.child, 0), ...lines, ...SHOW, ...END];
  return [
    ...[0n, 1n, 100n, 101n, 200n, 400n].map((amount) =>
      caseOf(`with_${amount}_gas`, guest(caller()), [{ gas: amount }])
    ),
    caseOf("meters_of_its_own", guest([...ask(3, S.data), ...SHOW, ...END], LEAF, {}, gas), [{
      gas: 0n,
    }]),
    caseOf("all_meters_are_spent", guest(ENDLESS, LEAF, {}, gas), [{ gas: 0n }]),
    caseOf("the_child_spends_all", guest(caller(), busy), [{ gas: 3000n }]),
    caseOf(
      "the_child_is_given_more",
      guest(caller(...ask(26, S.kernel, 0, 1, 500), ...ask(27, S.child)), busy, {}, gas),
      [
        { gas: 3000n },
      ],
    ),
    ...[0n, 39n, 40n, 4096n].map((amount) =>
      caseOf(
        `with_${amount}_of_quota`,
        guest([...ask(23, AT.data, 40, 1, S.free), ...ask(5, 18, 4, 1), ...END]),
        [
          { quota: amount },
        ],
      )
    ),
    caseOf(
      "quotas_of_its_own",
      guest([...ask(25, S.data, S.quota), ...ask(24, 3, S.free), ...END], LEAF, {}, quota),
      [
        { quota: 0n },
        {},
      ],
    ),
  ];
}

/** Memory, faults, limits, and entries that are refused. */
function ends(): readonly JsonObject[] {
  const lines = (...body: readonly Line[]) => [...body, ...SHOW, ...END];
  const call = lines(...ask(26, S.child, 0));
  const missing: Cap = { is: "absent", hash: "55".repeat(32), inSlot: true };
  return [
    caseOf("halts", guest([load(7, 77), ...END]), [{}, { endpoint: 1 }, { endpoint: 7 }, {
      endpoint: 5,
    }]),
    caseOf("writes_its_data", guest(lines(put(AT.data + 1, 9))), [{}, {}]),
    caseOf("writes_what_is_pinned", guest(lines(put(AT.pinned, 9)))),
    caseOf("clears_its_data", guest(lines(...putAll(AT.data, [0, 0, 0, 0, 0, 0, 0, 0, 0])))),
    caseOf("traps", guest([op("trap")])),
    caseOf("falls_off", guest([load(7, 1)])),
    caseOf("jumps_nowhere", guest([op("jump_ind", { a: 0, x: 6n })])),
    caseOf("page_fault", guest([op("load_u8", { a: 1, x: 0x9_0000n })])),
    caseOf("is_faulted", { ...LEAF, status: "faulted" }),
    caseOf("child_traps", guest(call, instance(imageWith([op("trap")], BARE)))),
    caseOf("child_is_faulted", guest(call, { ...LEAF, status: "faulted" })),
    caseOf("stack_full", guest(call), [{}], { ...PLAIN, maxDepth: 1 }),
    caseOf("memory_too_small", guest(END), [{}], { ...PLAIN, memoryBytes: 8192n }),
    caseOf("memory_too_small_for_the_child", guest(call, guest(END)), [{}], {
      ...PLAIN,
      memoryBytes: 20_480n,
    }),
    caseOf(
      "something_is_missing",
      guest(lines(...ask(22, S.data, AT.scratch, 1)), LEAF, {
        [S.authored]: missing,
      }),
    ),
    caseOf("image_changes", guest([...ask(17, S.image), ...END]), [{}, {}]),
    caseOf(
      "spawns_and_calls",
      guest(lines(...ask(18, S.image, S.root, S.free), ...ask(26, S.free, 0))),
    ),
    caseOf(
      "payload_goes_down_and_comes_back",
      guest(lines(...ask(2, S.data, S.zero), ...ask(26, S.child, 0))),
    ),
  ];
}

/** The file of calls of version 3. */
export function v3File(): VectorFile {
  const head = { family: "kernel", kind: "v3", spec: ["kernel v3"] };
  return bundle("kernel/v3.json", head, [
    ...singles(),
    ...paths(),
    ...kernels(),
    ...yields(),
    ...budgets(),
    ...ends(),
    ...randoms(),
  ]);
}
