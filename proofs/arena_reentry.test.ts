/** Arenas whose memory calls back, or is asked where the stack ends. */

import * as arena from "../src/arena/mod.ts";
import type { Arena, CheckedArena, GuestMemory } from "../src/arena/mod.ts";
import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { type Face, honestMemory, mutant, outcome, valueOf } from "./_kit/arena.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

/** Variants of which no function has run yet: the engine compiles each when it is first called. */
const fresh = sourceMutants<Face>("src/arena/mod.ts", false);
const MEMORY = "src/arena/guest_memory.ts";
const ARENA = "src/arena/arena.ts";

/** What a memory can be asked. */
const QUESTIONS = ["activeSize", "read", "initData", "fill"] as const;
type Question = typeof QUESTIONS[number];

/** The end of a question to the memory. */
const ENDING = `try {
      return call();
    } finally {
      store.busy = before;
    }`;

/** A memory that runs something before it answers one question as an honest one does. */
function interrupted(question: Question, interrupt: () => void): GuestMemory {
  const memory = honestMemory(64);
  return {
    get activeSize() {
      if (question === "activeSize") interrupt();
      return 64;
    },
    read(offset, length) {
      if (question === "read") interrupt();
      return memory.read(offset, length);
    },
    initData(offset, bytes) {
      if (question === "initData") interrupt();
      return memory.initData(offset, bytes);
    },
    fill(offset, byte, length) {
      if (question === "fill") interrupt();
      return memory.fill(offset, byte, length);
    },
  };
}

/** An operation of the arena that asks the question. */
function asking(arena: Arena, question: Question): arena.Result<unknown, { kind: string }> {
  if (question === "fill") return arena.reset({ zero: true });
  return question === "initData" ? arena.hostArgStr("four") : arena.readBytes(8, 4);
}

/** What has to be refused while the memory is asked: each way to change the arena. */
function changes({ CheckedArena }: Face, arena: Arena): readonly unknown[] {
  return [
    Number(arena.alloc(1)),
    outcome(arena.reset()),
    outcome(arena.reset({ zero: true })),
    outcome(arena.hostArgStr("x")),
    outcome(arena.hostArgBytes(Uint8Array.of(1))),
    outcome(valueOf(CheckedArena.over(arena)).alloc(1)),
  ];
}

const BUSY = { error: { kind: "arena-busy" } };
const REFUSED = [0, BUSY, BUSY, BUSY, BUSY, BUSY];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/no_change_from_inside_a_change",
    claim:
      "a memory that calls back while it is asked anything finds the arena busy, also after it read",
    subject: [
      "Arena.alloc",
      "Arena.reset",
      "Arena.hostArgStr",
      "Arena.hostArgBytes",
      "Arena.readBytes",
      "CheckedArena.alloc",
    ],
    spec: "guest arena ABI",
    strength: "exhaustive",
    domain: domain.product({
      question: domain.of(...QUESTIONS),
      done: domain.of(true, false),
      reading: domain.of(true, false),
    }),
    reaches: ["done", "memory-failed"],
    implementation: arena,
    mutants: [
      mutant(MEMORY, "store.busy = true;", ""),
      mutant(MEMORY, "store.busy = before;", ""),
      mutant(MEMORY, "store.busy = before;", "store.busy = false;"),
      mutant(MEMORY, "running(() => sizeOf(memory))", "sizeOf(memory)"),
      mutant(
        MEMORY,
        'running(() => ask("initData", () => memory.initData(offset, bytes), done))',
        'ask("initData", () => memory.initData(offset, bytes), done)',
      ),
      mutant(
        MEMORY,
        'running(() => ask("fill", () => memory.fill(offset, 0, length), done))',
        'ask("fill", () => memory.fill(offset, 0, length), done)',
      ),
      mutant(ARENA, "offset === 0 || this.#store.busy", "offset === 0"),
      mutant(
        ARENA,
        'if (this.#store.busy) return err({ kind: "arena-busy" });\n    if (zero',
        "if (zero",
      ),
      mutant(
        ARENA,
        'if (this.#store.busy) return err({ kind: "arena-busy" });\n    const ptr',
        "const ptr",
      ),
    ],
    check({ question, done, reading }, reach, face) {
      let interrupt = (): void => {};
      const memory = interrupted(question, () => interrupt());
      const over = valueOf(face.Arena.over(memory, { capacityBytes: 64 }));
      let inside: readonly unknown[] = [];
      interrupt = () => {
        interrupt = () => {};
        if (reading) over.readBytes(8, 1); // asks the memory again, and may not end its being busy
        inside = changes(face, over);
        if (!done) throw new Error("refused");
      };
      const result = asking(over, question);
      reach(result.ok ? "done" : result.error.kind);
      const placed = question === "initData" && done;
      return allOf(
        agrees(inside, REFUSED),
        agrees(Number(over.usedBytes), placed ? 12 : 8),
        agrees(Number(over.generation), question === "fill" && done ? 1 : 0),
        agrees(Number(over.alloc(1)), placed ? 16 : 8),
        agrees(outcome(over.reset()), { ok: undefined }),
      );
    },
  }),
  defineProof({
    id: "arena/handles_stay_good_while_they_are_used",
    claim:
      "a memory that resets the arena and allocates while a handle is used changes nothing by it",
    subject: ["CheckedArena.read", "CheckedArena.write", "CheckedArena.alloc", "Arena.reset"],
    spec: "guest arena ABI, generation",
    strength: "exhaustive",
    domain: domain.product({
      question: domain.of("activeSize", "read", "initData"),
      use: domain.of("read", "write"),
    }),
    reaches: ["interrupted", "not asked"],
    implementation: arena,
    mutants: [
      mutant(MEMORY, "store.busy = true;", ""),
      mutant(MEMORY, "running(() => sizeOf(memory))", "sizeOf(memory)"),
      mutant(
        MEMORY,
        'running(() =>\n        ask("read", ',
        '((call: () => Result<Uint8Array<ArrayBuffer>, MemoryFailed>) => call())(() =>\n        ask("read", ',
      ),
    ],
    check({ question, use }, reach, { Arena, CheckedArena }) {
      let interrupt = (): void => {};
      const memory = interrupted(question, () => interrupt());
      const over = valueOf(Arena.over(memory, { capacityBytes: 64 }));
      const checked: CheckedArena = valueOf(CheckedArena.over(over));
      const old = valueOf(checked.alloc(4));
      checked.write(old, Uint8Array.of(1, 2, 3, 4));
      const inside: unknown[] = [];
      interrupt = () => {
        interrupt = () => {};
        inside.push(outcome(over.reset()), outcome(checked.alloc(4)));
      };
      const used = use === "read"
        ? checked.read(old)
        : checked.write(old, Uint8Array.of(9, 9, 9, 9));
      const asked = question === "activeSize" || (question === "read") === (use === "read");
      reach(asked ? "interrupted" : "not asked");
      interrupt = () => {};
      return allOf(
        agrees(inside, asked ? [BUSY, BUSY] : []),
        agrees(outcome(used), { ok: use === "read" ? [1n, 2n, 3n, 4n] : undefined }),
        agrees([Number(over.generation), Number(over.usedBytes)], [0, 12]),
        agrees(outcome(checked.read(old)), {
          ok: use === "read" ? [1n, 2n, 3n, 4n] : [9n, 9n, 9n, 9n],
        }),
      );
    },
  }),
  defineProof({
    id: "arena/goes_on_where_the_stack_ended",
    claim: "an arena whose memory was asked with next to no stack left is not busy afterwards",
    subject: ["Arena.readBytes", "Arena.hostArgStr", "Arena.reset"],
    spec: "guest arena ABI",
    strength: "bounded",
    domain: domain.product({
      question: domain.of(...QUESTIONS),
      padding: domain.range(0, 9),
    }),
    reaches: ["ended", "answered"],
    implementation: arena,
    mutants: [
      fresh(
        MEMORY,
        ENDING,
        "const result = call();\n    store.busy = before;\n    return result;",
      ),
    ],
    check({ question, padding }, reach, { Arena }) {
      const over = valueOf(Arena.over(honestMemory(64), { capacityBytes: 64 }));
      let answered = false;
      // Down to the end of the stack, then a call at each depth on the way back, up to one that works.
      const down = (): void => {
        try {
          down();
        } catch {
          reach("ended");
        }
        try {
          answered ||= asking(over, question).ok;
        } catch {
          // The stack has ended inside of the call.
        }
      };
      // More or fewer arguments move where the stack ends, by less than a frame.
      Reflect.apply(down, null, Array.from({ length: padding }, () => 0));
      if (answered) reach("answered");
      return allOf(
        agrees(answered, true),
        agrees(outcome(over.reset()), { ok: undefined }),
        agrees(Number(over.alloc(4)), 8),
      );
    },
  }),
];

register(proofs);
