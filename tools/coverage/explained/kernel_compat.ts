/** Branches of the room kernel, mode compat, that no proof takes, and why. */

import type { Explained } from "../explained.ts";
import { CHECKED, INVARIANT } from "./kernel_reasons.ts";

export const KERNEL_COMPAT: readonly Explained[] = [
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
      "if (!machine.ok) return machine;",
    ],
    reason: CHECKED,
  },
  {
    path: "src/kernel/compat/answer.ts",
    lines: [
      "if (!change.ok) return TRAP;",
      "return hash.ok ? bind(frame, slot, hash.value) : hash;",
    ],
    reason: CHECKED,
  },
  {
    path: "src/kernel/compat/build.ts",
    lines: [
      "return program.ok ? program : err(checkedError(program.error));",
      "if (!program.ok) return program;",
    ],
    reason: "the code of an image was seen to be code when the image was made",
  },
  {
    path: "src/kernel/compat/data.ts",
    lines: [
      "return type.ok ? publishInto(run, frame, dst, type.value) : TRAP;",
      "return hash.ok ? bind(frame, dst, hash.value) : hash;",
    ],
    reason: CHECKED,
  },
  {
    path: "src/kernel/compat/enter.ts",
    lines: [
      "if (!program.ok) return trapOr(program.error);",
      "if (!machine.ok) return machine;",
      "if (!given.ok) return false;",
    ],
    reason: CHECKED,
  },
  {
    path: "src/kernel/compat/frame.ts",
    lines: ["if (machine.ok) return machine;"],
    reason: CHECKED,
  },
  {
    path: "src/kernel/compat/mod.ts",
    lines: [
      'const gas = yielder === undefined ? broken("no yielder") : give(run, yielder, given);',
    ],
    reason: INVARIANT,
  },
  {
    path: "src/kernel/compat/settle.ts",
    lines: ["? run.workspace.publishSlots(next.value)"],
    reason: CHECKED,
  },
  {
    path: "src/kernel/compat/spawn.ts",
    lines: ["if (!rootCnode.ok) return rootCnode;", "if (!child.ok) return TRAP;"],
    reason: CHECKED,
  },
  {
    path: "src/kernel/compat/state.ts",
    lines: [
      "return stack.ok ? ok({ stack: stack.value, bases: [] }) : stack;",
      "return stack.ok ? stack.value : stackOf(1); // the depth is that of another stack",
    ],
    reason: "the depth was checked before",
  },
  {
    path: "src/kernel/compat/workspace.ts",
    lines: [
      "if (isChecked(error)) return error;",
      "if (!hash.ok) return err(checkedError(hash.error));",
      "if (!hash.ok) return hash;",
    ],
    reason: CHECKED,
  },
];
