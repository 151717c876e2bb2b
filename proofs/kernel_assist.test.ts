/** The assist in the process: programs of commands beside the model, and hostile arguments. */

import fc from "fast-check";
import { type Assist, EMPTY_ASSIST, lookUp } from "../model/kernel_assist.ts";
import * as model from "../model/kernel_assist.ts";
import * as kernel from "../src/kernel/mod.ts";
import type { InProcessKernelAssist } from "../src/kernel/mod.ts";
import {
  agrees,
  allOf,
  defineProof,
  domain,
  type Hostile,
  hostileValues,
  type Proof,
  sampled,
  sequenceAgrees,
} from "../src/proof/mod.ts";
import { mutant } from "./_kit/kernel.ts";
import { HASHES } from "./_kit/kernel_arbitrary.ts";
import { naming } from "./_kit/kernel_assist.ts";
import { call } from "./_kit/kernel_calls.ts";
import { register } from "./_kit/register.ts";

const SPEC = "kernel, 3.4";
const ASSIST = "src/kernel/in_process_assist.ts";

const METHODS = [
  ...["gasMeterGet", "gasMeterSet", "storageQuotaGet", "storageQuotaSet", "yieldCatcherMarkers"],
  ...["yieldCatcherAdd", "yieldCatcherRemove", "yieldCatcherNew", "hostOpen", "hostSave"],
  ...["registerFile", "resetBlockState"],
];

/** Those that take nothing. */
const FREE = ["yieldCatcherNew", "resetBlockState"];

interface Command {
  readonly name: string;
  readonly id: bigint;
  readonly value: bigint;
  readonly hash: string;
  readonly marker: string;
}

const IDS = [0n, 1n, 2n, 3n, 2n ** 64n - 1n];
const id = fc.constantFrom(...IDS);
const NEW_CATCHERS = [0, 1, 2].map((n) => naming([n, 0, 0, 0, 0, 0, 0, 0]));
const CATCHERS = [...HASHES.slice(0, 2), ...NEW_CATCHERS];
const command: fc.Arbitrary<Command> = fc.record({
  name: fc.constantFrom(...METHODS, ...METHODS.slice(5, 7), ...METHODS.slice(5, 7)),
  id,
  value: fc.constantFrom(0n, 1n, 5n, 6n, 2n ** 64n - 1n),
  hash: fc.constantFrom(...CATCHERS),
  marker: fc.constantFrom(...HASHES),
});

/** The arguments of a command. */
function argumentsOf({ name, id, value, hash, marker }: Command): readonly unknown[] {
  if (name.endsWith("Get") || name === "hostOpen") return [id];
  if (name.endsWith("Set")) return [id, value];
  if (name === "yieldCatcherMarkers") return [hash];
  if (name.startsWith("yieldCatcher") && name !== "yieldCatcherNew") return [hash, marker];
  if (name === "hostSave") return [marker, id, value];
  return name === "registerFile" ? [id, marker] : [];
}

function applyModel(state: Assist, command: Command): model.AssistStep {
  const { name, id, value, hash, marker } = command;
  switch (name) {
    case "gasMeterGet":
      return { state, outcome: lookUp(state.meters, id) ?? 0n };
    case "gasMeterSet":
      return model.setRow(state, "meters", id, value);
    case "storageQuotaGet":
      return { state, outcome: lookUp(state.quotas, id) ?? 0n };
    case "storageQuotaSet":
      return model.setRow(state, "quotas", id, value);
    case "yieldCatcherMarkers":
      return { state, outcome: lookUp(state.catchers, hash) ?? [] };
    case "yieldCatcherAdd":
      return model.addMarker(state, hash, marker);
    case "yieldCatcherRemove":
      return model.removeMarker(state, hash, marker);
    case "yieldCatcherNew":
      return model.newCatcher(state, naming);
    case "hostOpen":
      return { state, outcome: lookUp(state.files, id) };
    case "hostSave":
      return model.saveFile(state, marker, id, value);
    case "registerFile":
      return model.keepFile(state, id, marker);
    default:
      return model.resetBlock(state);
  }
}

function stateOfModel(state: Assist): unknown {
  return [
    IDS.map((id) => lookUp(state.meters, id) ?? 0n),
    IDS.map((id) => lookUp(state.quotas, id) ?? 0n),
    CATCHERS.map((hash) => lookUp(state.catchers, hash) ?? []),
    IDS.map((id) => lookUp(state.files, id)),
  ];
}

function stateOfReal(assist: InProcessKernelAssist): unknown {
  return [
    IDS.map((id) => assist.gasMeterGet(id)),
    IDS.map((id) => assist.storageQuotaGet(id)),
    CATCHERS.map((hash) => assist.yieldCatcherMarkers(hash)),
    IDS.map((id) => assist.hostOpen(id)),
  ];
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/assist_programs_agree_with_model",
    claim:
      "programs of all calls give the model's answers, and meters, quotas, catchers and files are the model's after each",
    subject: METHODS.map((name) => `InProcessKernelAssist.${name}`),
    spec: SPEC,
    strength: "sampled",
    domain: sampled(fc.array(command, { maxLength: 30, size: "max" }), {
      runs: 500,
      describe: "programs of up to 30 calls",
    }),
    reaches: [...METHODS, "saved"],
    implementation: kernel,
    mutants: [
      mutant(
        ASSIST,
        "return this.#rows.get(id) ?? ZERO;",
        "return this.#rows.get(id) ?? asU64(1n);",
      ),
      mutant(ASSIST, "    return before;", "    return this.get(id) ?? before;"),
      mutant(
        ASSIST,
        "if (!markers.includes(marker)) markers.push(marker);",
        "markers.push(marker);",
      ),
      mutant(ASSIST, "markers.push(marker);", "markers.unshift(marker);"),
      mutant(
        ASSIST,
        "if (index >= 0) markers?.splice(index, 1);",
        "if (index > 0) markers?.splice(index, 1);",
      ),
      mutant(ASSIST, "markers?.splice(index, 1)", "markers?.splice(index)"),
      mutant(ASSIST, "setBigUint64(0, number, true)", "setBigUint64(0, number)"),
      mutant(ASSIST, "this.#next.catcher += 1n;", ""),
      mutant(ASSIST, "this.#catchers.set(name, []);", ""),
      mutant(ASSIST, "left < size) return undefined;", "left <= size) return undefined;"),
      mutant(ASSIST, "left < size) return undefined;", "left + 1n < size) return undefined;"),
      mutant(ASSIST, "this.#quotas.set(quota, left - size);", ""),
      mutant(ASSIST, "!U64.is(file) ||", ""),
      mutant(ASSIST, "if (file >= this.#next.file)", "if (file > this.#next.file)"),
      mutant(ASSIST, "this.#next.file = file + 1n;", "this.#next.file += 1n;"),
      mutant(ASSIST, "file: 1n };", "file: 0n };"),
      mutant(ASSIST, "this.#meters.clear();", ""),
      mutant(ASSIST, "this.#quotas.clear();", ""),
      mutant(ASSIST, "this.#catchers.clear();", ""),
    ],
    check: (commands, reach, face) =>
      sequenceAgrees(
        {
          start: () => ({ model: EMPTY_ASSIST, real: new face.InProcessKernelAssist() }),
          applyModel,
          applyReal(assist, command) {
            const answer = call(assist, command.name, argumentsOf(command));
            return command.name === "registerFile" ? { ok: undefined } : answer;
          },
          stateOfModel,
          stateOfReal,
          reached: ({ name }, outcome) =>
            name === "hostSave" && outcome !== undefined ? "saved" : name,
        },
        commands,
        reach,
      ),
  }),
  defineProof({
    id: "kernel/assist_survives_hostile_arguments",
    claim: "every method returns for every hostile argument, in every place, and changes nothing",
    subject: [...METHODS.filter((name) => !FREE.includes(name)), "is"].map((name) =>
      `InProcessKernelAssist.${name}`
    ),
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: domain.product<{ value: Hostile; name: string }>({
      value: hostileValues,
      name: domain.of(
        ...METHODS.filter((name) => !FREE.includes(name)),
      ),
    }),
    reaches: ["survived"],
    implementation: kernel,
    mutants: [
      mutant(ASSIST, "if (U64.is(id) && U64.is(value)) this", "if (U64.is(id)) this"),
      mutant(
        ASSIST,
        "if (!isCapHash(catcher) || !isCapHash(marker)) return;",
        "if (!isCapHash(catcher)) return;",
      ),
      mutant(ASSIST, "!isTarget(data) || ", ""),
      mutant(
        ASSIST,
        "const left = this.#quotas.get(quota);",
        "const left = this.#quotas.get(quota + 0n);",
      ),
      mutant(ASSIST, "if (!held.ok) return held;", ""),
    ],
    check({ value, name }, reach, face) {
      const assist = new face.InProcessKernelAssist();
      const good = argumentsOf({
        name,
        id: 1n,
        value: 5n,
        hash: CATCHERS[0] ?? "",
        marker: HASHES[1] ?? "",
      });
      assist.storageQuotaSet(1n, 5n);
      assist.yieldCatcherAdd(CATCHERS[0] ?? "", HASHES[0] ?? "");
      const before = stateOfReal(assist);
      for (let place = 0; place < good.length; place++) {
        const hostile = value.make();
        if (isGood(hostile)) continue;
        const answer = call(assist, name, good.with(place, hostile));
        if (
          name === "registerFile" && agrees(answer, { ok: true, value: undefined }) === undefined
        ) {
          return `argument ${place + 1} is taken`;
        }
        const markers = name === "yieldCatcherMarkers" ? call(assist, name, [hostile]) : [];
        const failure = allOf(
          agrees(stateOfReal(assist), before),
          agrees([markers, face.InProcessKernelAssist.is(hostile)], [[], false]),
        );
        if (failure !== undefined) return `argument ${place + 1}: ${failure}`;
      }
      reach("survived");
      return agrees(face.InProcessKernelAssist.is(assist), true);
    },
  }),
];

/** Whether a value is a number of the tables or a hash: those do change something. */
function isGood(value: unknown): boolean {
  return typeof value === "bigint" && value >= 0n && value < 2n ** 64n || kernel.isCapHash(value);
}

register(proofs);
