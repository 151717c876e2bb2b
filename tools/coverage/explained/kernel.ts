/** Branches of the room kernel that no proof takes, and why. */

import type { Explained } from "../explained.ts";

/** What the engine of version 3 holds, as it holds it. */
const INVARIANT =
  "the last line of defence: the stack, its entries and their calls are the engine's own";
const CHECKED = "the arguments of the part that answers were made here, and are right";
const LOADED =
  "what is asked for was loaded for the same operation before, and is known from then on";

export const KERNEL: readonly Explained[] = [
  {
    path: "src/kernel/v3/drive.ts",
    lines: [
      'case "halt": // never in the JAVM',
      'const step = frame === undefined ? broken("nothing runs") : advance(run, frame);',
    ],
    reason: INVARIANT,
  },
  {
    path: "src/kernel/v3/enter.ts",
    lines: [
      "if (!machine.ok) return broken(`a machine with a wrong ${machine.error.parameter}`);",
      "return pushed.ok ? ok(frame) : pushed;",
      'return frame.ok ? ok({ kind: "runs", frame: frame.value }) : frame;',
    ],
    reason: CHECKED,
  },
  {
    path: "src/kernel/v3/run.ts",
    lines: [
      'if (!stack.ok) return { ok: false, error: { kind: "invariant", text: "the depth of the stack" } };',
      'if (!pushed.ok) return broken("a full stack was pushed to");',
      'if (!memory.resetRegion(start, bytes, "none").ok) return;',
    ],
    reason: CHECKED,
  },
  {
    path: "src/kernel/v3/mod.ts",
    lines: ["if (!run.ok) return run;"],
    reason: CHECKED,
  },
  {
    path: "src/kernel/v3/kernel_hashes.ts",
    lines: ["return hash.ok ? [[hash.value, image] as const] : [];"],
    reason: CHECKED,
  },
  {
    path: "src/kernel/v3/meters.ts",
    lines: ['if (!parts.ok) return broken("an Instance of the kernel that cannot be made");'],
    reason: CHECKED,
  },
  {
    path: "src/kernel/v3/operations/calls.ts",
    lines: [
      "if (yielded === undefined) return FAILED; // never: who waits does not run",
      "if (target === undefined) return FAILED; // never: it was pushed there",
    ],
    reason: INVARIANT,
  },
  {
    path: "src/kernel/v3/operations/slots.ts",
    lines: [
      'if (!cnode.ok) return broken("a cnode without slots in use");',
      "return taken.ok ? putAt(run, frame, destination, source.target) : taken;",
      "return half.ok ? putAt(run, frame, second.path, first.held) : half;",
    ],
    reason: LOADED,
  },
  {
    path: "src/kernel/v3/operations/data.ts",
    lines: [
      "if (!size.ok) return failure(size.error);",
      "if (!shown.ok) return shown;",
    ],
    reason: CHECKED,
  },
  {
    path: "src/kernel/v3/pause.ts",
    lines: [
      "if (by === undefined) return undefined;",
      'if (calls === undefined) return broken("a callee that nobody suspended");',
      "if (!put.ok) return put;",
    ],
    reason: INVARIANT,
  },
  {
    path: "src/kernel/v3/slots.ts",
    lines: [
      "return change.ok ? change.value.cnode : cnode;",
      "if (step === undefined) return ok(cnode);",
      "if (!child.ok) return child;",
      "if (!CNodeCap.is(child.value)) return ok(cnode); // never: the path leads there",
      "return changed.ok ? ok(withSlot(cnode, step, run.space.make(changed.value))) : changed;",
      "if (!cnode.ok) return err(cnode.error);",
    ],
    reason: LOADED,
  },
  {
    path: "src/kernel/v3/workspace.ts",
    lines: [
      'if (!hash.ok) return broken("a value to be named holds a handle");',
      'if (CapRef.is(target)) return failure({ kind: "instance-missing", id: target.id });',
      'if (cap === undefined) return failure({ kind: "instance-missing", id: ref.id });',
      'return hash === undefined ? broken("a handle without a hash") : ok(hash);',
    ],
    reason: "handles of an invocation are its own, each with its value",
  },
  {
    path: "src/kernel/v3/yields.ts",
    lines: [
      "if (call === undefined || call.handles !== undefined) {",
      'if (!run.stack.pushReference(frame.base).ok) return broken("a reference that cannot be pushed");',
      'if (outermost === undefined) return broken("a yield with nothing on the stack");',
      'if (!parts.ok) return broken("a marker of the kernel");',
    ],
    reason: INVARIANT,
  },
  {
    path: "src/kernel/compat/drive.ts",
    lines: [
      'if (!OOG_MARKER.ok) return broken("the kernel has no marker for gas");',
      'if (parent === undefined) return broken("no caller below a called Instance");',
      'if (!taken.ok) return broken("a cnode without a slot 0");',
      'if (frame === undefined) return broken("no Instance on the stack");',
    ],
    reason: INVARIANT,
  },
  {
    path: "src/kernel/compat/settle.ts",
    lines: [
      'return instance.ok ? run.workspace.publish(instance.value) : broken("no Instance of an entry");',
    ],
    reason: CHECKED,
  },
  {
    path: "src/kernel/compat/build.ts",
    lines: [
      'if (!made.ok) return broken("no memory of the bytes that are left");',
      "if (!machine.ok) return machine;",
    ],
    reason: CHECKED,
  },
  {
    path: "src/kernel/call_stack_rules.ts",
    lines: [
      'if ((entry.status === "running") !== top) {',
      'if (position >= index) return { kind: "reference-out-of-range", position };',
      'if (entries[position]?.kind !== "instance") return { kind: "reference-non-instance", position };',
    ],
    reason: "the rules of a stack, asked of one that keeps them: nothing outside can break it",
  },
  {
    path: "src/kernel/settle.ts",
    lines: [
      "if (working === undefined) return []; // every handle below leads somewhere",
      "if (!hash.ok) return []; // what is below was settled: there is no handle left",
    ],
    reason: "as the lines say",
  },
];
