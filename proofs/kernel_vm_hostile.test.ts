/** Hostile arguments to every public function of the Vm. */

import * as kernel from "../src/kernel/mod.ts";
import {
  agrees,
  allOf,
  defineProof,
  domain,
  type Hostile,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import { type Face, mutant } from "./_kit/kernel.ts";
import { call } from "./_kit/kernel_calls.ts";
import { type Bench, benchOf, putInstance } from "./_kit/kernel_compat_unit.ts";
import { register } from "./_kit/register.ts";

const VM = "src/kernel/vm.ts";
const OPTIONS = "src/kernel/vm_options.ts";

/** A Vm in a mode, and an Instance for it. */
interface Stage {
  readonly bench: Bench;
  readonly instance: string;
}

const stages = new WeakMap<Face["Vm"], Map<string, Stage>>();

/** One stage for each mode and variant: a call that fails leaves it as it was. */
function stageOf(face: Face, mode: "compat" | "v3"): Stage {
  const known = stages.get(face.Vm) ?? new Map<string, Stage>();
  stages.set(face.Vm, known);
  const stage = known.get(mode) ?? newStage(face, mode);
  known.set(mode, stage);
  return stage;
}

function newStage(face: Face, mode: "compat" | "v3"): Stage {
  const bench = benchOf(face, { mode });
  return { bench, instance: putInstance(bench, { lines: [] }) };
}

/** Good arguments of each function; each of them gives way to a hostile one. */
function argumentsOf({ bench, instance }: Stage, name: string): readonly unknown[] {
  const args: Readonly<Record<string, readonly unknown[]>> = {
    invokeCached: [bench.directory, instance, 0, [0n, 0n, 0n, 0n], 1000n, {}],
    callResume: [bench.directory, {}],
    dropPaused: [bench.directory, instance],
  };
  return args[name] ?? [];
}

const PLACES = [
  ...[0, 1, 2, 3, 4, 5].map((place) => ({ name: "invokeCached", place })),
  ...[0, 1].map((place) => ({ name: "callResume", place })),
  ...[0, 1].map((place) => ({ name: "dropPaused", place })),
];

const FIELDS = [
  ...["mode", "assist", "maxDepth", "memoryBytes", "imageCacheBytes", "hostMarkers"],
  ...["slot0", "quota", "scratchpad", "instance", "gas"],
];

/** The kind of an error, or that there is none. */
function kindOf(result: unknown): unknown {
  if (Reflect.get(Object(result), "ok") === true) return "fine";
  return Reflect.get(Object(Reflect.get(Object(result), "error")), "kind");
}

/** Whether a hostile value can be a good one in a place after all. */
const GOOD: Readonly<Record<string, readonly string[]>> = {
  "invokeCached 5": ["undefined", "{}"],
  "callResume 1": ["undefined", "{}"],
  "dropPaused 1": ["undefined"],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/vm_refuses_hostile_arguments",
    claim:
      "every function of the Vm returns for every hostile value in every place, in both modes, and leaves stack and directory alone",
    subject: ["Vm.invokeCached", "Vm.callResume", "Vm.dropPaused", "Vm.is"],
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: domain.product<{
      at: typeof PLACES[number];
      value: Hostile;
      mode: "compat" | "v3";
    }>({
      at: domain.of(...PLACES),
      value: hostileValues,
      mode: domain.of("compat", "v3"),
    }),
    reaches: ["invalid-argument", "fine", "invariant", "instance-not-found", "compat", "v3"],
    implementation: kernel,
    mutants: [
      mutant(
        VM,
        'if (!isTarget(instance)) return invalidArgument("instance"',
        'if (false) return invalidArgument("instance"',
      ),
      mutant(VM, "if (!U8.is(endpoint)) return", "if (Number(endpoint) > 255) return"),
      mutant(VM, "if (!U64.is(gasBudget)) return", "if (gasBudget < 0n) return"),
      mutant(
        "src/kernel/vm.ts",
        '"4 bigints", ({ length }) => length === ARGS',
        '"4 bigints", ({ length }) => length <= ARGS',
      ),
    ],
    check({ at: { name, place }, value, mode }, reach, face) {
      const stage = stageOf(face, mode);
      const { vm, directory } = stage.bench;
      const args = argumentsOf(stage, name).with(place, value.make());
      const before = directory.blobCount;
      let result: unknown;
      const total = isTotal(() => result = call(vm, name, args));
      if (total !== undefined) return total;
      const kind = kindOf(result);
      reach(mode);
      reach(`${kind}`);
      const isGas = name === "invokeCached" && place === 4 && isU64("gas", value);
      const isGood = isGas || GOOD[`${name} ${place}`]?.includes(value.code) === true;
      return allOf(
        isGood || place > 4 || (name !== "invokeCached" && place > 0)
          ? undefined
          : agrees(kind, "invalid-argument"),
        agrees(vm.stack.isEmpty, true),
        kind === "fine" ? undefined : agrees(directory.blobCount, before),
        agrees(face.Vm.is(value.make()), false),
      );
    },
  }),
  defineProof({
    id: "kernel/vm_options_are_checked",
    claim: "every option of the Vm and of its calls is refused or taken, whatever it is",
    subject: ["Vm.create", "Vm.invokeCached", "Vm.callResume"],
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: domain.product<{ field: string; value: Hostile }>({
      field: domain.of(...FIELDS, "whole"),
      value: hostileValues,
    }),
    reaches: ["invalid-argument", "fine", "invariant"],
    implementation: kernel,
    mutants: [
      mutant(OPTIONS, 'value === "compat" || value === "v3"', "value !== 0.5"),
      mutant(
        OPTIONS,
        "gas: orElse(parseU64, undefined)",
        "gas: orElse(checked<U64>('', (v): v is U64 => v != null), undefined)",
      ),
    ],
    check({ field, value }, reach, face) {
      const { bench, instance } = stageOf(face, "compat");
      const options = field === "whole" ? value.make() : { [field]: value.make() };
      const { directory } = bench;
      const args = [0, [0n, 0n, 0n, 0n], 1000n];
      const calls = [
        () => call(face.Vm, "create", [options]),
        () => call(bench.vm, "invokeCached", [directory, instance, ...args, options]),
        () => call(bench.vm, "callResume", [directory, options]),
      ];
      const kinds: unknown[] = [];
      for (const each of calls) {
        const total = isTotal(() => kinds.push(kindOf(each())));
        if (total !== undefined) return total;
      }
      for (const kind of kinds) reach(`${kind}`);
      const isKnown = kinds.every((kind) =>
        kind === "fine" || kind === "invalid-argument" || kind === "invariant"
      );
      const takes = field === "whole" || value.code === "undefined";
      const own = new Set(["mode", "assist", "maxDepth"]).has(field);
      return allOf(
        agrees(isKnown, true),
        takes || !own ? undefined : agrees(kinds[0] === "fine", fits(field, value)),
        takes || !["scratchpad", "gas"].includes(field)
          ? undefined
          : agrees(kinds[2], isU64(field, value) ? "invariant" : "invalid-argument"),
      );
    },
  }),
  defineProof({
    id: "kernel/vm_limits_have_their_borders",
    claim: "the depth is 1 to 65,536 and the memory 0 to 2^31 - 2^16, and nothing else",
    subject: ["Vm.create"],
    spec: "this library: limits",
    strength: "bounded",
    domain: domain.of<readonly [string, number, boolean]>(
      ["maxDepth", 0, false],
      ["maxDepth", 1, true],
      ["maxDepth", 65_536, true],
      ["maxDepth", 65_537, false],
      ["memoryBytes", 0, true],
      ["memoryBytes", 2 ** 31 - 2 ** 16, true],
      ["memoryBytes", 2 ** 31 - 2 ** 16 + 1, false],
      ["imageCacheBytes", 0, true],
      ["imageCacheBytes", 2 ** 53, false],
    ),
    reaches: ["maxDepth", "memoryBytes", "imageCacheBytes"],
    implementation: kernel,
    mutants: [
      mutant(OPTIONS, "depth >= 1", "depth > 1"),
      mutant(OPTIONS, "depth <= MAX_DEPTH", "depth < MAX_DEPTH"),
      mutant(OPTIONS, "bytes <= LIMIT_BYTES_MAX", "bytes < LIMIT_BYTES_MAX"),
    ],
    check([field, value, expected], reach, face) {
      reach(field);
      return agrees(kindOf(call(face.Vm, "create", [{ [field]: value }])) === "fine", expected);
    },
  }),
  defineProof({
    id: "kernel/compat_drop_paused_is_refused",
    claim: "in compat nothing that is paused can be dropped, and callResume needs something paused",
    subject: ["Vm.dropPaused", "Vm.callResume"],
    spec: "capabilities, 3.5",
    strength: "bounded",
    domain: domain.of("dropPaused", "callResume"),
    reaches: ["refused"],
    implementation: kernel,
    mutants: [
      mutant(
        VM,
        'return err({ kind: "invariant", text: "what is paused in compat cannot be dropped" });',
        "",
      ),
    ],
    check(name, reach, face) {
      const { vm, directory } = benchOf(face);
      reach("refused");
      return agrees(kindOf(call(vm, name, [directory])), "invariant");
    },
  }),
];

/** Whether a hostile value is a good one for an option of the Vm. */
function fits(field: string, { make }: Hostile): boolean {
  const value = make();
  return field === "maxDepth" && typeof value === "number" && value >= 1 && value <= 65_536;
}

/** Whether it is a good one for gas. */
function isU64(field: string, { make }: Hostile): boolean {
  const value = make();
  return field === "gas" && typeof value === "bigint" && value >= 0n && value < 2n ** 64n;
}

register(proofs);
