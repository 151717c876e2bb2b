/** Puts of several capabilities at once, and what is kept of the latest. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { valueOf } from "./_kit/kernel.ts";
import { call } from "./_kit/kernel_calls.ts";
import { directoryOver, type Face, faces, MapStore, mutant } from "./_kit/kernel_store.ts";
import { errorOf } from "./_kit/kernel_store_program.ts";
import { register } from "./_kit/register.ts";

const SPEC = "this library: stores";
const DIRECTORY = "src/kernel/cache_directory.ts";
const BLOBS = "src/kernel/store_blobs.ts";
const OPTIONS = "src/kernel/store_options.ts";
/** The encoding of a type: the selector and 32 bytes. */
const TYPE_BYTES = 33;

const typeOf = (face: Face, n: number) =>
  valueOf(face.TypeCap.create((n + 16).toString(16).repeat(32)));

/** What makes a list of capabilities none that can be put. */
const BAD = ["a handle", "no capability", "nothing", "a getter that throws"] as const;

/** A list of three capabilities with something bad at a place. */
function badList(face: Face, handle: unknown, bad: (typeof BAD)[number], at: number): unknown[] {
  const list: unknown[] = [0, 1, 2].map((n) => typeOf(face, n));
  if (bad === "a getter that throws") {
    const get = () => {
      throw new Error("no");
    };
    return Object.defineProperty(list, at, { get });
  }
  const values = { "a handle": handle, "no capability": "cap", nothing: undefined };
  list[at] = values[bad];
  return list;
}

/** Which parameter a bad list names. */
function parameterOf(bad: string, at: number): string | undefined {
  if (bad === "a getter that throws") return "caps";
  return bad === "no capability" || bad === "nothing" ? `caps[${at}]` : undefined;
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/put_all_puts_all_or_none",
    claim:
      "a list of capabilities is put in one call of the store, each once, or not at all where one of them cannot be",
    subject: ["CacheDirectory.putAll", "CacheDirectory.create", "CacheDirectory.blobCount"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      bad: domain.of("nothing is bad", ...BAD),
      at: domain.range(0, 2),
      stored: domain.of(false, true),
    }),
    reaches: ["put", "unresolved-ref", "invalid-argument"],
    implementation: faces,
    mutants: [
      mutant(
        DIRECTORY,
        "const put = this.#blobs.put(blobs.value);",
        "for (const blob of blobs.value) this.#blobs.put([blob]);\n" +
          "    const put = this.#blobs.put(blobs.value);",
      ),
      mutant(
        BLOBS,
        "const list = parseList(parseCap)(caps",
        "const list = parseList<Cap>(ok)(caps",
      ),
      mutant(
        DIRECTORY,
        "blobs.value.map(([hash]) => hash)",
        "blobs.value.map(([hash]) => hash).sort()",
      ),
      mutant(
        BLOBS,
        "if (fresh.has(hash) || this.#recent.has(hash)) continue;",
        "if (this.#recent.has(hash)) continue;\n      this.#store.put([]);",
      ),
    ],
    check({ bad, at, stored }, reach, face) {
      const store = new MapStore();
      const directory = stored ? directoryOver(face, store) : new face.CacheDirectory();
      const ref = valueOf(directory.putInstance(typeOf(face, 7)));
      const holder = valueOf(face.CNodeCap.create(1, [{ slot: 0, target: ref }]));
      const good = [2 - at, 1, 2 - at, 0].map((n) => typeOf(face, n));
      const list = bad === "nothing is bad" ? good : badList(face, holder, bad, at);
      const outcome = call(directory, "putAll", [list]);
      const error = errorOf(outcome);
      const kind = error === undefined ? "put" : `${Reflect.get(Object(error), "kind")}`;
      reach(kind);
      const hashes = good.map((cap) => valueOf(face.capHash(cap)));
      const distinct = new Set(hashes).size;
      const done = kind === "put";
      const expected = bad === "nothing is bad"
        ? "put"
        : bad === "a handle"
        ? "unresolved-ref"
        : "invalid-argument";
      return allOf(
        agrees(kind, expected),
        agrees(Reflect.get(Object(error), "parameter"), parameterOf(bad, at)),
        agrees(store.calls, done && stored ? 1 : 0),
        done ? agrees(outcome, { ok: true, value: hashes }) : undefined,
        agrees(Number(directory.blobCount), done ? distinct : 0),
        agrees(Number(directory.instanceCount), 1),
      );
    },
  }),
  defineProof({
    id: "kernel/the_latest_capabilities_are_kept",
    claim:
      "as many capabilities as their bytes allow are given without asking the store, the latest first, and the others are asked for",
    subject: ["CacheDirectory.load", "CacheDirectory.putCap", "CacheDirectory.containsBlob"],
    spec: SPEC,
    strength: "bounded",
    domain: domain.product({
      room: domain.range(0, 3),
      spare: domain.of(0, TYPE_BYTES - 1),
      uses: domain.words(domain.range(0, 3), 4),
    }),
    reaches: ["asked", "not asked"],
    implementation: faces,
    mutants: [
      mutant(
        BLOBS,
        "if (this.#recentBytes <= this.#recentBytesMax) return;",
        "if (this.#recentBytes < this.#recentBytesMax) return;",
      ),
      mutant(
        BLOBS,
        "      this.#keep(hash, recent);\n      return ok(recent.cap);",
        "      return ok(recent.cap);",
      ),
      mutant(BLOBS, "this.#recent.delete(hash);", "this.#recent.clear();"),
      mutant(
        BLOBS,
        "if (recent.bytes > this.#recentBytesMax) return;\n    this.#drop(hash);",
        "if (recent.bytes > this.#recentBytesMax) return;",
      ),
      mutant(BLOBS, "this.#recentBytes -= this.#recent.get(hash)?.bytes ?? 0;", ""),
      mutant(
        OPTIONS,
        "new BlobsInStore(store, cacheBytes)",
        "new BlobsInStore(store, CACHE_BYTES)",
      ),
      mutant(BLOBS, "return this.#recent.has(hash) ? ok(true) :", "return"),
    ],
    check({ room, spare, uses }, reach, face) {
      const store = new MapStore();
      const directory = directoryOver(face, store, room * TYPE_BYTES + spare);
      const hashes = [0, 1, 2, 3].map((n) => valueOf(directory.putCap(typeOf(face, n))));
      let kept = [3, 2, 1, 0].slice(0, room);
      for (const n of uses) {
        const before = store.calls;
        const hash = hashes[n] ?? "";
        const has = directory.containsBlob(hash);
        const cap = directory.load(hash);
        const asked = store.calls - before;
        reach(asked > 0 ? "asked" : "not asked");
        const failure = allOf(
          agrees(asked, kept.includes(n) ? 0 : 2),
          agrees(has && cap.ok && cap.value?.kind, "type"),
        );
        if (failure !== undefined) return failure;
        kept = [n, ...kept.filter((other) => other !== n)].slice(0, room);
      }
      return undefined;
    },
  }),
];

register(proofs);
