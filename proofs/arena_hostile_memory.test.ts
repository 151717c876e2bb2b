/** Arenas over memories that misbehave. */

import * as arena from "../src/arena/mod.ts";
import type { Arena, GuestMemory } from "../src/arena/mod.ts";

import {
  agrees,
  allOf,
  defineProof,
  domain,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import { bigints, honestMemory, lyingMemory, mutant, outcome, valueOf } from "./_kit/arena.ts";
import { register } from "./_kit/register.ts";

const SPEC = "guest arena ABI";
const MEMORY = "src/arena/guest_memory.ts";

/** What a memory does in place of what it was asked. */
const MISDEEDS: Readonly<Record<string, (hostile: unknown) => unknown>> = {
  "gives garbage": (hostile) => hostile,
  "gives garbage as a success": (hostile) => ({ ok: true, value: hostile }),
  "gives garbage as an error": (hostile) => ({ ok: false, error: hostile }),
  "gives garbage as the discriminant": (hostile) => ({ ok: hostile, value: new Uint8Array(5) }),
  "gives too many bytes": () => ({ ok: true, value: new Uint8Array(6) }),
  "gives too few bytes": () => ({ ok: true, value: new Uint8Array(4) }),
  "throws": (hostile) => {
    throw hostile;
  },
  "has answers that throw": () => ({
    get ok(): boolean {
      throw new Error("hostile");
    },
  }),
};

/** The operations of an arena that ask its memory, and what they ask. */
const ASKS: Readonly<Record<string, (arena: Arena) => arena.Result<unknown, { kind: string }>>> = {
  readBytes: (over) => over.readBytes(8, 5),
  readString: (over) => over.readString(8, 5),
  readStringStrict: (over) => over.readStringStrict(8, 5),
  readPackedBytes: (over) => over.readPackedBytes(0x8_0000_0005n),
  readPackedString: (over) => over.readPackedString(0x8_0000_0005n),
  writeBytes: (over) => over.writeBytes(8, new Uint8Array(5)),
  hostArgBytes: (over) => over.hostArgBytes(new Uint8Array(5)),
  hostArgStr: (over) => over.hostArgStr("fives"),
  reset: (over) => over.reset({ zero: true }),
};

const QUESTIONS = ["activeSize", "read", "initData", "fill"] as const;

/** Which questions an operation asks. */
function asks(operation: string, question: string): boolean {
  if (operation === "reset") return question === "fill";
  if (operation.startsWith("hostArg")) return question === "initData";
  return question === "activeSize" ||
    question === (operation === "writeBytes" ? "initData" : "read");
}

/** Whether what a memory does is an answer after all: a success, with the right bytes if any. */
function isAnswer(question: string, misdeed: string, code: string): boolean {
  if (question === "activeSize") return false;
  if (misdeed === "gives garbage as the discriminant") return code === "true";
  const success = misdeed.endsWith("as a success") || misdeed.endsWith("bytes");
  return success && question !== "read";
}

/** Runs an operation over a memory that does one thing wrong: an error, and nothing changes. */
function contained(
  { Arena }: typeof arena,
  operation: string,
  question: typeof QUESTIONS[number],
  misdeed: () => unknown,
  succeeds: boolean,
  reach: (outcome: string) => void,
): string | undefined {
  let honest = true;
  const deeds = { [question]: () => honest && question === "activeSize" ? 64 : misdeed() };
  const over = valueOf(Arena.over(lyingMemory(deeds), { capacityBytes: 64 }));
  honest = false;
  over.alloc(3);
  const before = [over.usedBytes, over.generation];
  const result = ASKS[operation]?.(over);
  if (result === undefined) return "no such operation";
  reach(result.ok ? "done" : result.error.kind);
  if (result.ok !== succeeds) return `ok is ${result.ok}`;
  if (result.ok) return undefined;
  const { kind } = result.error;
  const blamed: unknown = Reflect.get(result.error, "operation");
  return allOf(
    question === "activeSize" && kind === "outside-memory"
      ? undefined
      : agrees([kind, blamed], ["memory-failed", question]),
    agrees([over.usedBytes, over.generation], before),
    agrees(Number(over.alloc(1)), 16),
  );
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "arena/hostile_memory_is_contained",
    claim:
      "whatever a memory gives or throws, an operation returns, fails as a whole, and the arena goes on",
    subject: Object.keys(ASKS).map((name) => `Arena.${name}`),
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      operation: domain.of(...Object.keys(ASKS)),
      question: domain.of(...QUESTIONS),
      misdeed: domain.of(...Object.keys(MISDEEDS)),
      value: hostileValues,
    }),
    reaches: ["done", "memory-failed", "outside-memory"],
    implementation: arena,
    mutants: [
      mutant(
        MEMORY,
        "if (!isObject(answer)) return err(noAnswer(operation));",
        "if (!isObject(answer)) return accept(undefined);",
      ),
      mutant(MEMORY, "if (good === true) return", "if (good) return"),
      mutant(
        MEMORY,
        "byteLengthOf(value) === length ? copyBytes(value) : undefined",
        "copyBytes(value)",
      ),
      mutant(
        MEMORY,
        'bytes === undefined ? err(noAnswer("read")) : ok(bytes)',
        "ok(bytes ?? new Uint8Array(0))",
      ),
      mutant(MEMORY, "Number.isSafeInteger(size) && size >= 0", "size >= 0"),
      mutant("src/arena/arena.ts", "if (!written?.ok) return written;", ""),
      mutant("src/arena/arena.ts", "if (!cleared.ok) return cleared;", ""),
    ],
    check({ operation, question, misdeed, value }, reach, face) {
      const act = () => MISDEEDS[misdeed]?.(value.make());
      const succeeds = !asks(operation, question) || isAnswer(question, misdeed, value.code);
      let failure: string | undefined;
      const thrown = isTotal(() =>
        failure = contained(face, operation, question, act, succeeds, reach)
      );
      return thrown ?? failure;
    },
  }),
  defineProof({
    id: "arena/answers_are_copied_and_told_apart",
    claim:
      "bytes that a memory gave are copied, and its failure says what it was asked and how it failed",
    subject: ["Arena.over", "Arena.readBytes", "Arena.writeBytes"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of("copied", "refused", "threw", "no-answer", "neither"),
    reaches: ["copied", "refused", "threw", "no-answer", "neither"],
    implementation: arena,
    mutants: [
      mutant(
        MEMORY,
        '"memory-failed", operation, reason: "threw" }',
        '"memory-failed", operation, reason: "refused" }',
      ),
      mutant(MEMORY, 'reason: "refused", cause', 'reason: "refused"'),
      mutant(MEMORY, 'operation, reason: "no-answer"', 'operation, reason: "threw"'),
      mutant(MEMORY, "if (good !== false) return err(noAnswer(operation));", ""),
    ],
    check(what, reach, { Arena }) {
      reach(what);
      const shared = Uint8Array.of(1, 2, 3, 4);
      const over = valueOf(Arena.over(
        lyingMemory({
          read: () => ({ ok: true, value: shared }),
          initData() {
            if (what === "threw") throw new Error("hostile");
            if (what === "neither") return { ok: "no", error: { kind: "read-only" } };
            return what === "refused" ? { ok: false, error: { kind: "read-only" } } : 7;
          },
        }),
        { capacityBytes: 64 },
      ));
      if (what !== "copied") {
        const cause = what === "refused" ? { cause: { kind: "read-only" } } : {};
        const reason = what === "neither" ? "no-answer" : what;
        const error = { kind: "memory-failed", operation: "initData", reason, ...cause };
        return agrees(outcome(over.writeBytes(8, shared)), { error });
      }
      const bytes = valueOf(over.readBytes(8, 4));
      shared.fill(9);
      return agrees(bigints(bytes), [1n, 2n, 3n, 4n]);
    },
  }),
  defineProof({
    id: "arena/arguments_are_copied",
    claim: "a memory that keeps the array it is given holds nothing of the caller's",
    subject: ["Arena.writeBytes", "Arena.hostArgBytes"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of("writeBytes", "hostArgBytes"),
    reaches: ["kept"],
    implementation: arena,
    mutants: [
      mutant(MEMORY, "memory.initData(offset, bytes)", "memory.initData(offset, source)"),
      mutant(
        MEMORY,
        "memory.initData(offset, bytes)",
        "memory.initData(offset, source.subarray(0))",
      ),
    ],
    check(operation, reach, { Arena }) {
      const kept: Uint8Array[] = [];
      const memory: GuestMemory = {
        ...honestMemory(64),
        initData(_, bytes) {
          kept.push(bytes);
          return { ok: true, value: undefined };
        },
      };
      const over = valueOf(Arena.over(memory, { capacityBytes: 64 }));
      const own = Uint8Array.of(1, 2, 3, 4);
      const result = operation === "writeBytes" ? over.writeBytes(8, own) : over.hostArgBytes(own);
      if (result.ok) reach("kept");
      own.fill(9);
      const before = kept.map(bigints);
      for (const bytes of kept) bytes.fill(7);
      return allOf(agrees(before, [[1n, 2n, 3n, 4n]]), agrees(bigints(own), [9n, 9n, 9n, 9n]));
    },
  }),
];

register(proofs);
