/** Images in their authoring form, what becomes of them in either mode, and chains of images. */

import { convert, HOST_IMAGE } from "../../model/kernel_image.ts";
import { serialize, type Value } from "../../model/kernel_ssz.ts";
import { root } from "../../model/kernel_ssz_root.ts";
import { extended } from "../../model/kernel_v3_hash.ts";
import { imageOf } from "../../model/kernel_v3_image.ts";
import type { Cap, Slots } from "../../model/kernel_v3_values.ts";
import { bundle, hex, type JsonObject, type VectorFile } from "./json.ts";
import { ask, hashOf, packed, sha } from "./kernel_code.ts";
import { HASHES } from "./kernel_world.ts";

const ONES = "11".repeat(32);
const TWOS = "22".repeat(32);
const { code, mask } = packed([...ask(1, 3, 4), ...ask(0)]);

/** The fields of an authored image, in their order. */
const PLAIN: readonly Value[] = [
  code,
  mask,
  [],
  [[0n, [0n, 4n, 0n, [[1n, 65_536n], [12n, 9n]]]]],
  [],
  [],
  [],
  [],
  [],
  [0n],
];
const FIELD = {
  code: 0,
  mask: 1,
  jumps: 2,
  endpoints: 3,
  mappings: 4,
  gas: 5,
  quota: 6,
  pinned: 7,
  initial: 8,
  catcher: 9,
} as const;

const endpoint = (index: bigint, entry = 0n, register = 1n): Value => [
  index,
  [entry, 4n, 0n, [[register, 7n]]],
];
const mapping = (start: bigint, size: bigint, ...path: readonly bigint[]): Value => [
  start,
  size,
  [path],
];
const steps = (count: number): readonly bigint[] =>
  Array.from({ length: count }, (_, i) => BigInt(i + 1));

/** What differs from the plain image, by what it is for. */
const CHANGES: readonly (readonly [string, Partial<Record<keyof typeof FIELD, Value>>])[] = [
  ["plain", {}],
  ["jumps", { jumps: [0n, 5n, 2n ** 32n - 1n] }],
  ["endpoints", { endpoints: [endpoint(0n), endpoint(3n), endpoint(63n)] }],
  ["endpoint_64", { endpoints: [endpoint(64n)] }],
  ["endpoint_255", { endpoints: [endpoint(255n)] }],
  ["endpoint_within_an_instruction", { endpoints: [endpoint(0n, 1n)] }],
  ["endpoint_behind_the_code", { endpoints: [endpoint(0n, 1000n)] }],
  ["register_12", { endpoints: [endpoint(0n, 0n, 12n)] }],
  ["register_13", { endpoints: [endpoint(0n, 0n, 13n)] }],
  ["mapping", { mappings: [mapping(4096n, 8192n, 3n)] }],
  ["mapping_of_one_byte", { mappings: [mapping(4096n, 1n, 3n, 9n)] }],
  ["mapping_without_a_source", { mappings: [mapping(4096n, 1n)] }],
  ["mapping_unaligned", { mappings: [mapping(4095n, 1n, 3n)] }],
  ["mapping_empty", { mappings: [mapping(4096n, 0n, 3n)] }],
  ["mapping_to_the_end", { mappings: [mapping(2n ** 32n - 4096n, 4096n, 3n)] }],
  ["mapping_beyond_the_end", { mappings: [mapping(2n ** 32n - 4096n, 4097n, 3n)] }],
  ["mappings_overlap", { mappings: [mapping(4096n, 4097n, 3n), mapping(8192n, 1n, 4n)] }],
  ["mappings_of_one_source", { mappings: [mapping(4096n, 1n, 3n), mapping(8192n, 1n, 3n)] }],
  ["path_of_8_steps", { mappings: [mapping(4096n, 1n, ...steps(8))] }],
  ["path_of_9_steps", { mappings: [mapping(4096n, 1n, ...steps(9))] }],
  ["path_beyond_the_root", { mappings: [mapping(4096n, 1n, 256n)] }],
  ["gas_and_quota", { gas: [1n, 255n], quota: [2n] }],
  ["gas_beyond_the_root", { gas: [256n] }],
  ["catcher", { catcher: [1n, 6n] }],
  ["catcher_beyond_the_root", { catcher: [1n, 256n] }],
  ["no_code", { code: [], mask: [] }],
  ["mask_too_long", { mask: [...mask, 0n] }],
  ["mask_without_a_first_start", { mask: mask.with(0, 0n) }],
  ["no_opcode", { code: code.with(0, 99n) }],
];

/** Slots that are bound beside: pinned ones, and those that a child begins with. */
const SLOTS: readonly (readonly [
  string,
  readonly (readonly [number, string])[],
  readonly (readonly [number, string])[],
])[] = [
  ["pinned", [[3, ONES], [200, TWOS]], []],
  ["pinned_out_of_order", [[200, TWOS], [3, ONES]], []],
  ["pinned_slot_0", [[0, ONES]], []],
  ["pinned_beyond_the_root", [[256, ONES]], []],
  ["initial", [[3, ONES]], [[4, TWOS]]],
];

function caseOf(
  name: string,
  changes: Partial<Record<keyof typeof FIELD, Value>>,
  pinned: readonly (readonly [number, string])[] = [],
  initial: readonly (readonly [number, string])[] = [],
): JsonObject {
  const host = Object.entries(FIELD).reduce<readonly Value[]>(
    (fields, [field, place]) => {
      const change = Object.entries(changes).find(([other]) => other === field)?.[1];
      return change === undefined ? fields : fields.with(place, change);
    },
    PLAIN,
  );
  const entries = (slots: readonly (readonly [number, string])[]): readonly Value[] =>
    slots.map(([slot, hash]) => [BigInt(slot), hash]);
  const compat = convert(host, entries(pinned), entries(initial));
  const held: Slots = [...pinned].sort(([a], [b]) => a - b).map(([slot, hash]) => {
    const cap: Cap = { is: "absent", hash, inSlot: false };
    return [slot, cap] as const;
  });
  const v3 = initial.length > 0 ? undefined : imageOf(host, held);
  return {
    name,
    source: hex(serialize(HOST_IMAGE, host)),
    "content-hash": hex(root(sha, HOST_IMAGE, host)),
    pinned,
    initial,
    compat: "ok" in compat ? { ok: hashOf(compat.ok) } : { error: { kind: compat.error } },
    v3: v3 === undefined ? { error: { kind: "refused" } } : { ok: HASHES.of(v3) },
  };
}

/** Chains: the hash of a history of images and of one more. */
function chains(): readonly JsonObject[] {
  const hashes = ["00".repeat(32), ONES, TWOS, `${"00".repeat(31)}01`];
  return hashes.flatMap((chain, i) =>
    hashes.map((hash, j) => ({
      name: `chain_${i}_${j}`,
      chain,
      image: hash,
      extended: extended(HASHES, chain, { is: "absent", hash, inSlot: false }),
    }))
  );
}

/** The file of authored images. */
export function imagesFile(): VectorFile {
  const spec = ["capabilities: images and chains", "kernel v3: images"];
  return bundle("kernel/images.json", { family: "kernel", kind: "images", spec }, [
    ...CHANGES.map(([name, changes]) => caseOf(name, changes)),
    ...SLOTS.map(([name, pinned, initial]) => caseOf(name, {}, pinned, initial)),
    ...chains(),
  ]);
}
