/** Options of a file at their limits, and stores that fail where something is published. */

import * as kernel from "../src/kernel/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { type Face, mutant, valueOf } from "./_kit/kernel.ts";
import { call } from "./_kit/kernel_calls.ts";
import { guest, REPLY } from "./_kit/kernel_guest.ts";
import {
  directoryOver,
  faces,
  FAILURES,
  MapStore,
  mutant as storeMutant,
} from "./_kit/kernel_store.ts";
import { register } from "./_kit/register.ts";

const errorOf = (result: unknown): unknown => Reflect.get(Object(result), "error");

/** What puts into a directory, over a store that fails at one of its calls. */
const PUTS: Readonly<
  Record<string, (face: Face, directory: kernel.CacheDirectory, image: string) => unknown>
> = {
  "an image of compat": (face, directory, image) =>
    face.publishImage(directory, source(face, true, image)),
  "an image of version 3": (face, directory, image) =>
    face.publishImageV3(directory, source(face, false, image)),
  "a first Instance": (face, directory, image) =>
    face.genesisInstance(directory, image, [{ slot: 1, target: image }]),
  "a Gas": (face, directory) => face.issueKernelInstance(directory, "gas", { id: 7n }),
  "a catcher": (face, directory) => face.issueKernelInstance(directory, "yieldcatcher"),
};

const source = (face: Face, hasInitial: boolean, pinned?: string) =>
  valueOf(face.ImageSource.create({
    ...guest([REPLY]),
    pinnedSlots: [
      { slot: 5, content: Uint8Array.of(1), size: 1n },
      ...(pinned === undefined ? [] : [{ slot: 7, contentHash: pinned }]),
    ],
    ...(hasInitial ? { initialSlots: [{ slot: 6, content: Uint8Array.of(2), size: 1n }] } : {}),
  }));

/** Options of a file that are at their limits, and one beyond. */
const OPTIONS: Readonly<
  Record<string, readonly [part: string, inside: readonly unknown[], outside: readonly unknown[]]>
> = {
  busy: ["busyMs", [0, 2 ** 31 - 1], [-1, 2 ** 31, 0.5]],
  blobs: ["blobBytesMax", [0, 1e9], [-1, 1e9 + 1]],
  file: ["fileBytesMax", [2 ** 15, (2 ** 32 - 2) * 4096], [2 ** 15 - 1, (2 ** 32 - 2) * 4096 + 1]],
  reading: ["readOnly", [false, undefined], [0, "no"]],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/options_of_a_file_have_their_limits",
    claim: "a file is opened with options up to their limits, and not beyond",
    subject: ["SqliteStore.open"],
    spec: "this library: bad input",
    strength: "bounded",
    domain: domain.of(...Object.keys(OPTIONS)),
    reaches: ["inside", "outside"],
    implementation: faces,
    mutants: [
      storeMutant("src/kernel/sqlite/options.ts", "within(2 ** 15,", "within(2 ** 15 - 1,"),
      storeMutant("src/kernel/sqlite/options.ts", "n <= highest", "n <= highest + 1"),
    ],
    check(what, reach, face) {
      const [part, inside, outside] = OPTIONS[what] ?? ["", [], []];
      const parameterOf = (value: unknown) => {
        const result = call(face.SqliteStore, "open", [":memory:", { [part]: value }]);
        const store = Reflect.get(Object(result), "value");
        if (store instanceof face.SqliteStore) store.close();
        return Reflect.get(Object(errorOf(result)), "parameter");
      };
      reach("inside");
      reach("outside");
      return agrees([inside.map(parameterOf), outside.map(parameterOf)], [
        inside.map(() => undefined),
        outside.map(() => `options.${part}`),
      ]);
    },
  }),
  defineProof({
    id: "kernel/what_is_published_meets_a_failing_store",
    claim:
      "what puts images and Instances gives the error of a store that fails at any one of its calls, and puts all or nothing",
    subject: ["publishImage", "publishImageV3", "genesisInstance", "issueKernelInstance"],
    spec: "this library: bad input",
    strength: "bounded",
    domain: domain.product({
      what: domain.of(...Object.keys(PUTS)),
      at: domain.range(1, 6),
      way: domain.of("throws", "nothing"),
    }),
    reaches: ["store-failed", "put"],
    implementation: kernel,
    mutants: [
      mutant("src/kernel/publish_v3.ts", "  if (!there.ok) return there;\n", ""),
      mutant(
        "src/kernel/kernel_instance.ts",
        "return put.ok ? capHash(instance) : put;",
        "return capHash(instance);",
      ),
    ],
    check({ what, at, way }, reach, face) {
      const store = new MapStore();
      const directory = directoryOver({ ...faces, ...face }, store);
      const image = valueOf(face.publishImageV3(directory, source(face, false)));
      const before = [...store.bytes.keys()];
      store.calls = 0;
      store.instead = (_operation, number) => number === at ? FAILURES[way]?.() : undefined;
      const result = PUTS[what]?.(face, directory, image);
      const error = errorOf(result);
      reach(error === undefined ? "put" : String(Reflect.get(Object(error), "kind")));
      if (error !== undefined) return agrees([...store.bytes.keys()], before);
      store.instead = () => undefined;
      const hash: unknown = Reflect.get(Object(result), "value");
      return agrees(typeof hash === "string" && store.bytes.has(hash), true);
    },
  }),
];

register(proofs);
