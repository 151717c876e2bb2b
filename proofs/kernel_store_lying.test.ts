/** Stores that give other bytes than they were given, and answers that make no sense. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import type { Cap } from "../src/kernel/mod.ts";
import { valueOf } from "./_kit/kernel.ts";
import { directoryOver, type Face, faces, MapStore, mutant } from "./_kit/kernel_store.ts";
import { errorOf } from "./_kit/kernel_store_program.ts";
import { register } from "./_kit/register.ts";

const SPEC = "this library: stores";
const BLOBS = "src/kernel/store_blobs.ts";
const CALL = "src/kernel/store_call.ts";
const ONES = "11".repeat(32);

/** How to make a capability of each kind, most of them short enough to damage every bit. */
const MAKERS = {
  type: ({ TypeCap }: Face) => TypeCap.create(ONES),
  cnode: ({ CNodeCap }: Face) => CNodeCap.create(2, [{ slot: 1, target: ONES }]),
  inline: ({ DataCap }: Face) => DataCap.inline(Uint8Array.of(1, 2, 3), { form: "stripped" }),
  paged: ({ DataCap }: Face) => DataCap.paged(2, [undefined, Uint8Array.of(1, 2), ONES]),
  image: ({ ImageCap, ImageSource }: Face) =>
    ImageCap.fromSource(valueOf(ImageSource.create()), [], []),
  instance: ({ InstanceCap }: Face) =>
    InstanceCap.create({ imageHashChain: ONES, imageHash: ONES, rootCnode: ONES }),
} as const;

const capOf = (face: Face, kind: Kind): Cap => valueOf<Cap>(MAKERS[kind](face));

type Kind = keyof typeof MAKERS;
const KINDS = ["type", "cnode", "inline", "paged", "image", "instance"] as const;

/** Of a capability so long, an image, only some bits are turned: reading it takes its time. */
const LONG_BYTES = 1000;

interface Damage {
  readonly kind: Kind;
  /** One bit is turned over, the end is cut off, or a zero is added. */
  readonly way: "turn" | "cut" | "add";
  readonly at: number;
}

function* damages(): Iterable<Damage> {
  for (const kind of KINDS) {
    const { length } = valueOf(faces.encodeCap(capOf(faces, kind)));
    const step = length < LONG_BYTES ? 1 : Math.ceil(length / 5);
    for (let at = 0; at < 8 * length; at += step) yield { kind, way: "turn", at };
    for (let at = 0; at < length; at += step) yield { kind, way: "cut", at };
    yield { kind, way: "add", at: length };
  }
}

const DAMAGES = [...damages()];

function damaged(bytes: Uint8Array, { way, at }: Damage): Uint8Array {
  if (way === "cut") return bytes.slice(0, at);
  if (way === "add") return Uint8Array.of(...bytes, 0);
  return bytes.map((byte, place) => place === at >> 3 ? byte ^ (1 << (at & 7)) : byte);
}

/** What a store says that is no answer to the question. */
const NONSENSE: Readonly<Record<"get" | "has" | "count" | "hashes", readonly unknown[]>> = {
  get: ["bytes", null, [1, 2], new Uint16Array(2), { length: 3 }, 7n],
  has: ["yes", 1, undefined, null],
  count: [-1, 1.5, NaN, 2 ** 53, "3", 3n, undefined],
  hashes: [
    ...["all", undefined, {}, [1], ["1"], [ONES.toUpperCase().replaceAll("1", "A")]],
    ...[[ONES, ONES], ["22".repeat(32), ONES], Array.from({ length: 4097 }, () => ONES)],
  ],
};
const QUESTIONS = ["get", "has", "count", "hashes"] as const;

function ask(face: Face, question: (typeof QUESTIONS)[number], value: unknown) {
  const store = new MapStore();
  store.instead = (operation) => operation === question ? { ok: true, value } : undefined;
  const directory = directoryOver(face, store);
  const answers = {
    get: () => [directory.load(ONES), directory.getBlob(ONES)],
    has: () => [undefined, directory.containsBlob(ONES)],
    count: () => [undefined, Number(directory.blobCount)],
    hashes: () => [directory.blobHashes(), directory.blobs()],
  };
  return answers[question]();
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/damaged_bytes_are_never_another_capability",
    claim:
      "what loads has the hash that was asked for: every turned bit and every cut is a corrupt blob, but for a mark that says the same content is missing",
    subject: ["load", "get", "promoteBlobToInstance", "blobs"].map((n) => `CacheDirectory.${n}`)
      .concat("capHash"),
    spec: SPEC,
    strength: "bounded",
    domain: domain.from({
      describe: "a capability of each kind, each bit turned and each length cut; of the image some",
      size: DAMAGES.length,
      values: () => DAMAGES,
    }),
    reaches: ["corrupt-blob", "the same hash"],
    implementation: faces,
    mutants: [
      mutant(
        BLOBS,
        "if (actual.ok && actual.value === hash) return cap;",
        "if (actual.ok) return cap;",
      ),
      mutant(
        BLOBS,
        "const cap = capOf(hash, got.value);",
        "const cap = decodeCap(got.value);\n    if (!cap.ok) return ok(undefined);",
      ),
      mutant(
        BLOBS,
        'kind: "corrupt-blob" as const, hash,',
        'kind: "corrupt-blob" as const, hash: message,',
      ),
    ],
    check(damage, reach, face) {
      const store = new MapStore();
      const directory = directoryOver(face, store);
      const hash = valueOf(directory.putCap(capOf(face, damage.kind)));
      store.bytes.set(hash, damaged(store.bytes.get(hash) ?? new Uint8Array(), damage));
      const loaded = directory.load(hash);
      if (loaded.ok) {
        reach("the same hash");
        const hasMarks = damage.kind === "cnode" || damage.kind === "paged";
        return allOf(
          agrees(loaded.value && face.capHash(loaded.value), { ok: true, value: hash }),
          agrees([damage.way, hasMarks], ["turn", true]),
        );
      }
      const { error } = loaded;
      reach(error.kind);
      const promoted = directory.promoteBlobToInstance(hash);
      return allOf(
        agrees("hash" in error && error.hash, hash),
        agrees("message" in error && error.message.length > 0, true),
        agrees(promoted, loaded),
        agrees([directory.get(hash), directory.blobs()], [undefined, []]),
        agrees(Number(directory.instanceCount), 0),
      );
    },
  }),
  defineProof({
    id: "kernel/answers_that_make_no_sense_are_failures",
    claim:
      "an answer of a store that is of another type, out of range or out of order is a failure",
    subject: ["load", "getBlob", "containsBlob", "blobCount", "blobHashes", "blobs"]
      .map((name) => `CacheDirectory.${name}`),
    spec: SPEC,
    strength: "bounded",
    domain: domain.from({
      describe: "values that are no bytes, no truth value, no number of blobs, no list of hashes",
      size: QUESTIONS.reduce((sum, question) => sum + NONSENSE[question].length, 0),
      values: () =>
        QUESTIONS.flatMap((question) => NONSENSE[question].map((value) => ({ question, value }))),
    }),
    reaches: QUESTIONS,
    implementation: faces,
    mutants: [
      mutant(CALL, "return bytes && { bytes };", "return { bytes };"),
      mutant(
        CALL,
        '(value) => typeof value === "boolean" ? value : undefined',
        "(value) => value !== 0",
      ),
      mutant(CALL, "(value) => Usize.is(value) ? value : undefined", "() => Usize.wrap(7)"),
      mutant(CALL, "return ascend ? page.value : undefined;", "return page.value;"),
      mutant(CALL, "hash > (page.value[i - 1]", "hash >= (page.value[i - 1]"),
    ],
    check({ question, value }, reach, face) {
      reach(question);
      const [told, quiet] = ask(face, question, value);
      const nothing = { get: undefined, has: false, count: 0, hashes: [] }[question];
      const kind = Reflect.get(Object(errorOf(told)), "kind");
      return allOf(
        agrees(quiet, nothing),
        told === undefined ? undefined : agrees(kind, "store-failed"),
      );
    },
  }),
  defineProof({
    id: "kernel/all_hashes_of_a_store_are_listed",
    claim: "the hashes of a store are listed completely, however many pages it takes",
    subject: ["CacheDirectory.blobHashes", "CacheDirectory.blobCount"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.of(0, 1, 4095, 4096, 4097, 8192, 9000),
    reaches: ["listed"],
    implementation: faces,
    mutants: [
      mutant(CALL, "if (page.value.length < PAGE_OF_HASHES) return ok(all);", "return ok(all);"),
      mutant(CALL, "this.#hashesAfter(all.at(-1))", "this.#hashesAfter(all.at(-2))"),
    ],
    check(count, reach, face) {
      const store = new MapStore();
      const hashes = Array.from({ length: count }, (_, i) => i.toString(16).padStart(64, "0"));
      for (const hash of hashes.toReversed()) store.bytes.set(hash, new Uint8Array());
      const directory = directoryOver(face, store);
      reach("listed");
      const listed = directory.blobHashes();
      return allOf(
        agrees(listed.ok && listed.value.length, count),
        agrees(listed.ok && listed.value.join() === hashes.join(), true),
        agrees(Number(directory.blobCount), count),
      );
    },
  }),
];

register(proofs);
