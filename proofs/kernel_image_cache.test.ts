/** The cache of programs: what it keeps within its limit, and hostile arguments. */

import fc from "fast-check";
import * as kernel from "../src/kernel/mod.ts";
import { GRAY_PAPER, Program } from "../src/pvm/mod.ts";
import {
  agrees,
  allOf,
  defineProof,
  type Hostile,
  hostileValues,
  type Proof,
  sampled,
} from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { HASHES } from "./_kit/kernel_arbitrary.ts";
import { call, poisoned } from "./_kit/kernel_calls.ts";
import { register } from "./_kit/register.ts";

const SPEC = "kernel, 3.3; this library: limits";
const CACHE = "src/kernel/image_cache.ts";
const LIMIT = 1024 + 48 * 47;

interface Command {
  readonly name: "decode" | "get" | "insert" | "clear";
  readonly hash: string;
  readonly length: number;
}

const command: fc.Arbitrary<Command> = fc.record({
  name: fc.constantFrom("decode", "decode", "decode", "insert", "get", "clear"),
  hash: fc.constantFrom(...HASHES),
  length: fc.constantFrom(0, 1, 2, 4, 45, 46, 47, 48),
});

const bytesFor = (length: number) => 1024 + 48 * length;

/** What is kept, the least recently used first: for each hash the length of its code. */
type Kept = readonly (readonly [string, number])[];

function keep(kept: Kept, hash: string, length: number): Kept {
  if (bytesFor(length) > LIMIT) return kept;
  const all = [...kept.filter(([other]) => other !== hash), [hash, length] as const];
  const first = all.findIndex((_, i) =>
    all.slice(i).reduce((sum, [, own]) => sum + bytesFor(own), 0) <= LIMIT
  );
  return all.slice(first);
}

function after(kept: Kept, { name, hash, length }: Command): Kept {
  const known = kept.find(([other]) => other === hash);
  if (name === "clear") return [];
  if (name === "insert") return keep(kept, hash, length);
  if (known !== undefined) return keep(kept, hash, known[1]);
  return name === "get" ? kept : keep(kept, hash, length);
}

const made = (cache: ReturnType<typeof cacheOf>, hash: string, length: number) =>
  valueOf(cache.getOrDecode(hash, new Uint8Array(length), new Uint8Array(length).fill(1), []));
const cacheOf = (face: Face) => valueOf(face.ImageCache.create({ limitBytes: LIMIT }));

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/image_cache_keeps_what_was_used_last",
    claim:
      "a cache keeps the programs used last, as many as its limit allows, and the same object each",
    subject: ["create", "get", "insert", "getOrDecode", "clear", "length", "isEmpty"].map((name) =>
      `ImageCache.${name}`
    ),
    spec: SPEC,
    strength: "sampled",
    domain: sampled(fc.array(command, { maxLength: 20, size: "max" }), {
      runs: 300,
      describe: "programs of up to 20 calls on a cache for three small programs",
    }),
    reaches: ["decode", "get", "insert", "clear", "gone", "too-large"],
    implementation: kernel,
    mutants: [
      mutant(CACHE, "    this.#kept.delete(hash);\n    this.#kept.set(hash, kept);", "   "),
      mutant(CACHE, "if (bytes > this.#limitBytes) {", "if (bytes >= this.#limitBytes) {"),
      mutant(CACHE, "this.#size.bytes <= this.#limitBytes", "this.#size.bytes < this.#limitBytes"),
      mutant(CACHE, "    this.#forget(name.value);\n", ""),
      mutant(CACHE, "    this.#size.bytes = 0;\n", ""),
      mutant(CACHE, "this.#size.bytes -= this.#kept.get(hash)?.bytes ?? 0;", ""),
      mutant(CACHE, "BYTES_PER_CODE_BYTE * length.value", "BYTES_PER_CODE_BYTE"),
      mutant(
        CACHE,
        "this.insert(hash, program.value, bytes.length);",
        "this.insert(hash, program.value);",
      ),
    ],
    check(commands, reach, face) {
      const cache = cacheOf(face);
      const programs = new Map<string, Program>();
      let kept: Kept = [];
      for (const one of commands) {
        const { name, hash, length } = one;
        const known = kept.some(([other]) => other === hash);
        if (name === "clear") cache.clear();
        else if (name === "get") {
          const got = cache.get(hash);
          if ((got !== undefined) !== known) {
            return `${hash} ${got === undefined ? "gone" : "kept"}`;
          }
          if (known && got !== programs.get(hash)) return "another program";
          if (!known) reach("gone");
        } else if (name === "decode") {
          const program = made(cache, hash, length);
          if (known && program !== programs.get(hash)) return "decoded anew";
          programs.set(hash, program);
        } else {
          const program = made(valueOf(face.ImageCache.create()), hash, 1);
          const done = cache.insert(hash, program, length);
          if (done.ok !== bytesFor(length) <= LIMIT) return `insert gave ${done.ok}`;
          if (done.ok) programs.set(hash, program);
          else reach(done.error.kind);
        }
        reach(name);
        kept = after(kept, one);
        const failure = agrees([Number(cache.length), cache.isEmpty], [
          kept.length,
          kept.length === 0,
        ]);
        if (failure !== undefined) return failure;
      }
      return agrees(
        HASHES.map((hash) => cache.get(hash) !== undefined),
        HASHES.map((hash) => kept.some(([other]) => other === hash)),
      );
    },
  }),
  defineProof({
    id: "kernel/image_cache_survives_hostile_arguments",
    claim: "every method returns for every hostile argument in every place, and keeps what it kept",
    subject: ["create", "get", "insert", "getOrDecode", "is"].map((name) => `ImageCache.${name}`),
    spec: "this library: nothing throws",
    strength: "bounded",
    domain: hostileValues,
    reaches: ["survived"],
    implementation: kernel,
    mutants: [
      mutant(CACHE, "if (!isProgram(program)) return", "if (program === undefined) return"),
      mutant(
        CACHE,
        "Reflect.apply(dialectOf, value, []) === JAVM",
        "Reflect.apply(dialectOf, value, []) !== undefined",
      ),
      mutant(CACHE, "  } catch {\n    return false;\n  }", "  } finally {\n    // nothing\n  }"),
      mutant(CACHE, "    if (!table.ok) return table;\n", ""),
      mutant(
        CACHE,
        'if (mask === undefined) return invalidArgument("bitmask", "a Uint8Array", bitmask);',
        "",
      ),
      mutant(
        CACHE,
        'if (!isCapHash(hash)) return invalidArgument("hash", "64 lowercase hex digits", hash);',
        "",
      ),
    ],
    check({ make }: Hostile, reach, face) {
      const cache = cacheOf(face);
      const [hash = "", other = ""] = HASHES;
      const program = made(cache, hash, 1);
      const code = { bytes: new Uint8Array(1), starts: Uint8Array.of(1) };
      const jumpTable = { count: 0, width: 0, bytes: new Uint8Array(0) };
      const gray = valueOf(Program.create({ ...code, jumpTable }, { dialect: GRAY_PAPER }));
      const calls: readonly [string, readonly unknown[]][] = [
        ["get", [other]],
        ["insert", [other, program, 1]],
        ["getOrDecode", [other, new Uint8Array(1), Uint8Array.of(1), [1]]],
      ];
      for (const [name, good] of calls) {
        for (let place = 0; place < good.length; place++) {
          for (const hostile of [make(), ...poisoned(good[place], make)]) {
            const done = call(cache, name, good.with(place, hostile));
            const taken = typeof done === "object" && done !== null && "value" in done;
            if (place === 0 && taken && !face.isCapHash(hostile)) {
              return `${name} took a hash that is none`;
            }
            // a number may be a length, which makes the other go
            if (typeof hostile === "number") cache.insert(hash, program, 1);
            if (cache.get(hash) !== program) return `${name} changed what is kept`;
          }
        }
      }
      call(face.ImageCache, "create", [make()]);
      call(face.ImageCache, "create", [{ limitBytes: make() }]);
      const refused = [
        cache.insert(other, gray),
        call(cache, "insert", [other, new Proxy(program, {})]),
      ];
      reach("survived");
      const failed = refused.map((r) => typeof r === "object" && r !== null && "error" in r);
      return allOf(
        agrees(failed, [true, true]),
        agrees([cache.get(hash) === program, face.ImageCache.is(make())], [true, false]),
        agrees(face.ImageCache.is(cache), true),
      );
    },
  }),
];

register(proofs);
