/** Branches of the room kernel that no proof takes, and why. */

import type { Explained } from "../explained.ts";
import { DATA_HAS_NONE, LAST_KIND, NO_HANDLES, RULES } from "./kernel_reasons.ts";

export const KERNEL: readonly Explained[] = [
  {
    path: "src/kernel/call_stack_rules.ts",
    lines: [
      'if ((entry.status === "running") !== top) {',
      'if (position >= index) return { kind: "reference-out-of-range", position };',
      'if (entries[position]?.kind !== "instance") return { kind: "reference-non-instance", position };',
    ],
    reason: RULES,
  },
  {
    path: "src/kernel/settle.ts",
    lines: [
      "if (working === undefined) return []; // every handle below leads somewhere",
      "if (!hash.ok) return []; // what is below was settled: there is no handle left",
    ],
    reason: "as the lines say",
  },
  {
    path: "src/kernel/assist_guard.ts",
    lines: ['if (call === undefined) return failed(method, "no such method");'],
    reason: "an assist is guarded only when it has every method",
  },
  {
    path: "src/kernel/call_stack.ts",
    lines: ["return broken === undefined ? ok(undefined) : err(broken);"],
    reason: RULES,
  },
  {
    path: "src/kernel/canonical_data.ts",
    lines: [
      "return cap.ok ? cap.value : EMPTY; // every page has the size of a page",
      'const length = page.state === "loaded" ? strippedLength(rawBytes(page.bytes)) : 0;',
      'return ok(content.form === "inline" ? strippedLength(rawBytes(content.bytes)) : 0);',
      'content.form === "inline" ? rawBytes(content.bytes).slice(0, count) : new Uint8Array(0),',
    ],
    reason:
      "pages are cut here to the size of one, the tree has no entries for empty ones, and Data " +
      "without pages is in one piece",
  },
  {
    path: "src/kernel/cap.ts",
    lines: ["(cap) => InstanceCapV3.is(cap) ? cap : undefined,"],
    reason: LAST_KIND,
  },
  {
    path: "src/kernel/cap.ts",
    lines: ["if (bytes > ENCODING_BYTES_MAX) {"],
    reason: "an encoding of 2 GiB takes a value that is as large",
  },
  {
    path: "src/kernel/cnode_cap.ts",
    lines: [
      'return typeof hash === "string" ? bytesOfHash(hash) : zeroHash(0); // a handle is never hashed',
    ],
    reason: NO_HANDLES,
  },
  {
    path: "src/kernel/cnode_codec.ts",
    lines: ['hash: typeof hash === "string" ? hash : "", // a handle is never written'],
    reason: NO_HANDLES,
  },
  {
    path: "src/kernel/cnode_codec.ts",
    lines: [
      "const ascend = slots.every(({ slot }, i) => i === 0 || slot > (slots[i - 1]?.slot ?? slot));",
    ],
    reason: "there is a slot before every slot but the first",
  },
  {
    path: "src/kernel/instance_codec.ts",
    lines: ['return { ...fields, rootCnode: typeof rootCnode === "string" ? rootCnode : "" };'],
    reason: NO_HANDLES,
  },
  {
    path: "src/kernel/instance_v3_codec.ts",
    lines: ['return { ...fields, rootCnode: typeof rootCnode === "string" ? rootCnode : "" };'],
    reason: NO_HANDLES,
  },
  {
    path: "src/kernel/instance_v3_codec.ts",
    lines: ["({ length }) => length > LIST_MAX ? `${length} regions` : undefined,"],
    reason: "an encoding of more than 2^20 regions has more than 30 MB",
  },
  {
    path: "src/kernel/data_cap.ts",
    lines: ["if (length > DATA_BYTES_MAX) return tooLarge(length);"],
    reason: "it takes an array of more than 256 MiB",
  },
  {
    path: "src/kernel/data_codec.ts",
    lines: ["if (pages.length > DATA_PAGES_MAX) return err(`${pages.length} pages`);"],
    reason: "it takes an encoding of more than a million pages, and seconds",
  },
  {
    path: "src/kernel/data_codec.ts",
    lines: [
      "const count = pages?.count ?? 0;",
      "pageSize: pages?.pageSize ?? asU32(1),",
      "return pages === undefined ? zeroHash(0) : rootOfPages(pages);",
    ],
    reason: "only Data of pages is written and hashed so",
  },
  {
    path: "src/kernel/data_codec.ts",
    lines: ['(cap) => cap.content.form === "paged" ? cap : undefined,'],
    reason: LAST_KIND,
  },
  {
    path: "src/kernel/image_codec.ts",
    lines: ['(cap) => "contentHash" in cap ? cap : undefined,'],
    reason: LAST_KIND,
  },
  {
    path: "src/kernel/page.ts",
    lines: ['(page) => page.state === "missing" ? page.hash : undefined,'],
    reason: LAST_KIND,
  },
  {
    path: "src/kernel/page.ts",
    lines: ['return page.state === "empty" ? new Uint8Array(32) : bytesOfHash(page.hash);'],
    reason: "the tree of pages has no entries for empty ones",
  },
  {
    path: "src/kernel/ssz/container.ts",
    lines: ["if (inner !== undefined) return [selector, inner]; }"],
    reason: "of the options of a type there is one for each of its values",
  },
  {
    path: "src/kernel/ssz/composite.ts",
    lines: [
      "const size = type.fixedSize ?? HASH_BYTES;",
      "const bytes = type.basic ? type.fixedSize ?? HASH_BYTES : HASH_BYTES;",
      "const size = type.fixedSize ?? OFFSET_BYTES;",
      "return spans.ok ? readEach(type, spans.value) : err(spans.error);",
    ],
    reason:
      "basic types, and the elements of vectors, have a fixed size; that of a vector is seen to " +
      "before it is read",
  },
  {
    path: "src/kernel/ssz/sparse_tree.ts",
    lines: ["return entry === undefined ? undefined : { value: entry[1] };"],
    reason: "the range was seen to hold an entry",
  },
  {
    path: "src/kernel/directory_state.ts",
    lines: [
      "if (entry === undefined) return err(missing(id));",
      "for (const deeper of this.#entries.get(next)?.below.keys() ?? []) seen.add(deeper);",
      "if (entry === undefined) return;",
      "const below = this.#entries.get(id)?.below.keys() ?? [];",
    ],
    reason: "the directory asks for what it was seen to have, and for what that leads to",
  },
  {
    path: "src/kernel/image_v3_rules.ts",
    lines: [
      "if (length > CODE_BYTES_MAX || jumpTable.length > TABLE_ENTRIES_MAX) return 0;",
    ],
    reason: "it takes code of more than 64 MiB; so long a jump table is refused before",
  },
  {
    path: "src/kernel/kernel_instance.ts",
    lines: [
      "if (!hash.ok) return hash;",
      'if (!cnode.ok) return invalidArgument("slots", "slots of a root cnode", slots);',
      'if (!rootCnode.ok) return invalidArgument("slots", "hashes", slots);',
      "if (!number.ok) return number;",
      "return parts.ok ? ok({ ...parts.value, data }) : parts;",
      "if (!list.ok) return list;",
      'if (CapRef.is(ref)) return err({ kind: "unresolved-ref", id: ref.id });',
    ],
    reason: "what is issued was checked before, and the other parts are made here",
  },
  {
    path: "src/kernel/publish.ts",
    lines: [
      "return hash.ok ? ok({ entry: { slot, capHash: hash.value }, cap: cap.value }) : hash;",
    ],
    reason: DATA_HAS_NONE,
  },
  {
    path: "src/kernel/publish_v3.ts",
    lines: ["return hash.ok ? ok({ entry: { slot, capHash: hash.value }, cap }) : hash;"],
    reason: DATA_HAS_NONE,
  },
  {
    path: "src/kernel/settle.ts",
    lines: [
      "if (!CNodeCap.is(cap)) return cap;",
      "return settledCap.ok ? settledCap.value : cap;",
      "open.push({ ref, rest: cap === undefined ? [] : refsOf(cap).toReversed() });",
      'return hash === undefined ? err({ kind: "instance-missing", id: top.id }) : ok(hash);',
    ],
    reason: "only what holds handles comes here, and every handle below leads somewhere",
  },
  {
    path: "src/kernel/slot_operations.ts",
    lines: [
      'if (from === undefined || to === undefined) return invalidArgument("src", "a slot", src);',
      "return taken.ok ? after(taken.value.set(to, target)) : taken;",
      'if (first === undefined || second === undefined) return invalidArgument("a", "a slot", a);',
      "return half.ok ? after(half.value.put(second, atFirst)) : half;",
      'if (to === undefined) return invalidArgument("dst", "a slot", dst);',
    ],
    reason: "as many slots come back as were asked for, and they were seen to lie inside",
  },
  {
    path: "src/kernel/store_blobs.ts",
    lines: [
      "if (!encoded.ok) return notEncoded(encoded.error);",
      "? `${error.field} at byte ${error.offset}: ${error.problem}`",
      'return corrupt(`its hash is ${actual.ok ? actual.value : "none"}`);',
    ],
    reason: "what is kept holds no handle, and what is read is an array of bytes",
  },
  {
    path: "src/kernel/store_call.ts",
    lines: ["if (page.value.length < PAGE_OF_HASHES) return ok(all); }"],
    reason: "it takes a store of more than a million hashes, and seconds",
  },
  {
    path: "src/kernel/vm.ts",
    lines: ["if (!imageCache.ok) return imageCache;", "if (!compat.ok) return compat;"],
    reason: "the settings were checked before",
  },
];
