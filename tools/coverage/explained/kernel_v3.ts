/** Branches of the room kernel, mode v3, that no proof takes, and why. */

import type { Explained } from "../explained.ts";
import { CHECKED, INVARIANT, LOADED, OWN } from "./kernel_reasons.ts";

export const KERNEL_V3: readonly Explained[] = [
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
    path: "src/kernel/v3/content.ts",
    lines: [
      'return now.error.kind === "no-room" ? failure({ kind: "no-room" }) : broken("no such region");',
      "if (!known.ok) return known;",
      "return ok({ changed, data: () => dataOf(pages, first ?? new Uint8Array(0)) });",
    ],
    reason: "the region is mapped and has bytes, and the same Data was shown in it before",
  },
  {
    path: "src/kernel/v3/content.ts",
    lines: [
      'return error.kind === "invalid-argument" ? broken("Data was read where none is") : failure(error);',
    ],
    reason: CHECKED,
  },
  {
    path: "src/kernel/v3/files.ts",
    lines: ["if (!hash.ok) return hash;", "if (!data.ok) return data;"],
    reason: LOADED,
  },
  {
    path: "src/kernel/v3/kernel_calls.ts",
    lines: [
      "return slot0.ok ? ok({ value: 0n, slot0: slot0.value, cnode }) : slot0;",
      "if (!slots.ok) return slots;",
      "if (!hash.ok) return hash;",
    ],
    reason: OWN,
  },
  {
    path: "src/kernel/v3/leave.ts",
    lines: [
      "if (!put.ok) return put;",
      "return caller.outstanding.pop()?.path ?? [];",
      "if (!reflected.ok) return reflected;",
      "if (!hash.ok) return hash;",
    ],
    reason: OWN,
  },
  {
    path: "src/kernel/v3/memory.ts",
    lines: [
      "if (paused === undefined) return ok(undefined);",
      'if (mapped.error.kind === "limit-exceeded") return ok(false);',
      'return failure(isFull ? { kind: "no-room" } : { kind: "map-region", error: mapped.error });',
      "if (!mapped.value) return ok(undefined);",
    ],
    reason:
      "regions and their bytes were counted before; the rules of an image leave no mapping that " +
      "cannot be made",
  },
  {
    path: "src/kernel/v3/memory.ts",
    lines: [
      "if (!stays.ok) return stays;",
      "if (!cap.ok) return cap;",
      "if (!content.ok) return content;",
      "if (!source.ok) return source;",
    ],
    reason: OWN,
  },
  {
    path: "src/kernel/v3/meters.ts",
    lines: [
      "return bytes.ok ? ok(numberOf(bytes.value)) : failure(bytes.error);",
      "if (!held.ok) return held;",
      "if (!id.ok) return id;",
      'return payload.ok ? err({ kind: "spent", payload: payload.value }) : payload;',
    ],
    reason: LOADED,
  },
  {
    path: "src/kernel/v3/operations/calls.ts",
    lines: ["if (!slot0.ok) return slot0;", "if (!payload.ok) return payload;"],
    reason: "what slot 0 holds was seen when the call was made, and nothing took its place since",
  },
  {
    path: "src/kernel/v3/operations/data.ts",
    lines: ["if (!size.ok) return failure(size.error);"],
    reason: CHECKED,
  },
  {
    path: "src/kernel/v3/operations/images.ts",
    lines: ["if (!hash.ok) return hash;"],
    reason: OWN,
  },
  {
    path: "src/kernel/v3/operations/images.ts",
    lines: ["const cap = held.value === undefined ? ok(undefined) : run.space.load(held.value);"],
    reason: "a cnode lists the slots with something in them alone",
  },
  {
    path: "src/kernel/v3/resume.ts",
    lines: [
      "const frame = own === undefined ? ok(undefined) : startLink(run, last, link, own);",
      "return last === undefined",
    ],
    reason: INVARIANT,
  },
  {
    path: "src/kernel/v3/settled.ts",
    lines: ['return error.kind === "invalid-argument" ? broken("not a target") : failure(error);'],
    reason: CHECKED,
  },
  {
    path: "src/kernel/v3/slots.ts",
    lines: [
      "if (!held.ok) return held;",
      "const child = held.value === undefined ? ok(undefined) : run.space.load(held.value);",
    ],
    reason: LOADED,
  },
  {
    path: "src/kernel/v3/workspace.ts",
    lines: [
      'return error.kind === "invalid-argument" ? broken("not a hash") : failure(error);',
      "if (!hash.ok) return hash;",
      "return hash === undefined ? cap : instanceV3Of({ ...cap.fields, rootCnode: hash });",
      "if (!first.ok) return first;",
      "return second.ok ? ok(first.value === second.value) : second;",
      'return error.kind === "invalid-argument"',
    ],
    reason: OWN,
  },
  {
    path: "src/kernel/v3/workspace.ts",
    lines: ["return known === undefined ? this.#find(hash) : ok(known);"],
    reason: "it is asked for the Instance of a call, before anything is known",
  },
  {
    path: "src/kernel/v3/yields.ts",
    lines: [
      "if (!same.ok) return same;",
      "if (!hash.ok) return hash;",
      "if (!markerPayload.ok) return markerPayload;",
      "if (!marker.ok) return marker;",
      'return payload.ok ? raise(run, yielder, "oog_marker", payload.value) : payload;',
    ],
    reason: OWN,
  },
];
