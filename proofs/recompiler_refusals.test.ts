/** What engines do not do, and what there is no room for: the interpreter does it, and nobody sees it. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as recompiler from "../src/pvm/recompiler/mod.ts";
import { op } from "./_kit/pvm_assemble.ts";
import { mutant as faceMutant } from "./_kit/recompiler.ts";
import { beginning } from "./_kit/recompiler_hot.ts";
import type { Lines } from "./_kit/recompiler_lines.ts";
import { type Beginning, both, runTwins, type Twins, twinsOf } from "./_kit/recompiler_twins.ts";
import { watchEngine } from "./_kit/recompiler_watch.ts";
import { register } from "./_kit/register.ts";

const LINKED = "src/pvm/recompiler/linked.ts";
const RUN = "src/pvm/recompiler/run.ts";
const SPEC = "The recompiler's own promise: nothing that can be seen depends on the engine";

/** A loop of so many rounds as r8 says, then a host call, for ever. */
const LOOP: Lines = [
  op("fallthrough"),
  op("add_imm_64", { a: 9, b: 8 }),
  op("fallthrough"),
  op("store_u64", { a: 9, x: 0x2_0000n }),
  op("add_imm_64", { a: 9, b: 9, x: -1n }),
  op("branch_ne_imm", { a: 9, x: 0n }),
  op("ecalli", { x: 7n }),
  op("jump"),
];
const JUMPS = [[5, 3], [7, 1]] as const;

function loop(gas: bigint): Beginning {
  return { ...beginning(LOOP, JUMPS), gas };
}

/** Runs both from call to call, with so many rounds each time; how they differ. */
function rounds(twins: Twins, counts: readonly number[]): string | undefined {
  for (const count of counts) {
    both(twins, (machine) => machine.setRegister(8, BigInt(count)));
    const { failure } = runTwins(twins);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Runs something while instances from one on are refused, or export nothing. */
function withInstances<T>(allowed: number, how: "refused" | "empty", run: () => T): T {
  const given = WebAssembly.Instance;
  let left = allowed;
  const construct = (target: object, args: readonly unknown[]): object => {
    if (left-- > 0) return Reflect.construct(Object(target), [...args]);
    if (how === "refused") throw new RangeError("no room");
    return { exports: {} };
  };
  Reflect.set(WebAssembly, "Instance", new Proxy(given, { construct }));
  try {
    return run();
  } finally {
    Reflect.set(WebAssembly, "Instance", given);
  }
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "recompiler/falls_back_where_instances_are_refused",
    claim:
      "where an engine makes modules, but no instances of them or empty ones, programs run as in " +
      "the interpreter",
    subject: ["recompiler"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      allowed: domain.of(0, 1, 2),
      how: domain.of("refused" as const, "empty" as const),
    }),
    reaches: ["alike"],
    implementation: recompiler,
    mutants: [
      faceMutant(LINKED, 'typeof value === "function" ? value : undefined', "undefined"),
      faceMutant(
        LINKED,
        "      return true;\n    } catch {\n      return false;",
        "      return true;\n    } catch {\n      throw new Error();",
      ),
    ],
    check({ allowed, how }, reach, face) {
      const twins = twinsOf(loop(20_000n), face.recompiler());
      const { value: failure, entries } = watchEngine(() =>
        withInstances(allowed, how, () => rounds(twins, [300, 300, 300]))
      );
      reach("alike");
      return failure ?? agrees(entries > 0, allowed === 2);
    },
  }),
  defineProof({
    id: "recompiler/large_jump_tables_are_interpreted",
    claim: "a program with more jump table entries than generated code has room for is interpreted",
    subject: ["recompiler"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.range(0, 1),
    reaches: ["compiled", "interpreted"],
    implementation: recompiler,
    mutants: [faceMutant(RUN, "prepared.layout.table.length > GUEST_LAYOUT.JUMPS_MAX", "false")],
    check(more, reach, face) {
      const start = loop(20_000n);
      const count = 229_376 + more;
      const jumpTable = { count, width: 1, bytes: new Uint8Array(count) };
      const twins = twinsOf({ ...start, code: { ...start.code, jumpTable } }, face.recompiler());
      const { value: failure, entries } = watchEngine(() => rounds(twins, [300, 300, 300]));
      reach(entries > 0 ? "compiled" : "interpreted");
      return failure ?? agrees(entries > 0, more === 0);
    },
  }),
  defineProof({
    id: "recompiler/cleared_memories_are_entered_again",
    claim:
      "a machine whose host clears its memory and maps it anew goes on there in generated code",
    subject: ["recompiler", "auto"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of("recompiler" as const, "auto" as const),
    reaches: ["cleared"],
    implementation: recompiler,
    mutants: [
      faceMutant(
        RUN,
        "if (space === this.#space) return this.#linked;",
        "if (this.#space) return this.#linked;",
      ),
      faceMutant(
        RUN,
        "if (this.#isLooked) return this.#compiled;",
        "if (this.#isLooked) return undefined;",
      ),
    ],
    check(engine, reach, face) {
      const twins = twinsOf(loop(10_000_000n), face[engine]());
      const { value: failure, entries } = watchEngine((soFar) => {
        const failure = rounds(twins, [20_000, 20_000, 20_000]);
        const before = soFar().entries;
        both(twins, ({ memory }) => {
          memory.clear();
          memory.mapRegion(0x2_0000, 4096, "read-write", Uint8Array.of(1, 2, 3));
        });
        reach("cleared");
        const later = failure ?? rounds(twins, [20_000, 20_000]);
        return later ?? (soFar().entries > before ? undefined : "it is interpreted from then on");
      });
      return failure ?? (entries > 0 ? undefined : "generated code is never entered");
    },
  }),
  defineProof({
    id: "recompiler/long_runs_after_short_ones_are_alike",
    claim:
      "a run that becomes long after many short ones has the exits and states of the interpreter",
    subject: ["recompiler", "auto"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of("recompiler" as const, "auto" as const),
    reaches: ["long"],
    implementation: recompiler,
    mutants: [
      faceMutant(
        RUN,
        "      [unseen, pause] = [0, 0];\n    }",
        '      return { kind: "panic" };\n    }',
      ),
    ],
    check(engine, reach, face) {
      const twins = twinsOf(loop(10_000_000n), face[engine]());
      const short = new Array<number>(45).fill(1);
      reach("long");
      return rounds(twins, [...short, 5_000, ...short, 1_000, 1_000, 1, 5_000]);
    },
  }),
  defineProof({
    id: "recompiler/blocks_that_cost_more_than_a_slice_are_begun",
    claim:
      "a block that costs more than the interpreter is let spend at a time, in a program that " +
      "runs in generated code elsewhere, is gone through as in the interpreter",
    subject: ["auto"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(13_000),
    reaches: ["entered"],
    implementation: recompiler,
    mutants: [
      faceMutant(
        RUN,
        'return exit === undefined && spent === 0 ? interpret("single") : exit;',
        'return exit === undefined && spent === 0 ? { kind: "panic" } : exit;',
      ),
    ],
    check(length, reach, face) {
      const block = new Array<readonly number[]>(length).fill(op("add_64", { a: 3, b: 4, d: 3 }));
      // As many small blocks come first as make a chunk with the loop.
      const small = new Array<readonly number[]>(1_100).fill(op("fallthrough"));
      const lines = [...LOOP.slice(0, 6), ...small, ...block, op("trap")];
      const start = { ...beginning(lines, [[5, 3]]), gasModel: "block" as const, gas: 1_000_000n };
      const twins = twinsOf(start, face.auto());
      both(twins, (machine) => machine.setRegister(8, 140_000n));
      const { value, entries } = watchEngine(() => runTwins(twins));
      if (entries > 0) reach("entered");
      return value.failure ?? agrees(value.kind, "panic");
    },
  }),
];

register(proofs);
