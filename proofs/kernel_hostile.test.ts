/** Every public function of the kernel returns, whatever it is given, and leaves its directory alone. */

import * as kernel from "../src/kernel/mod.ts";
import {
  agrees,
  allOf,
  defineProof,
  domain,
  type Hostile,
  hostileValues,
  isTotal,
  type Proof,
} from "../src/proof/mod.ts";
import { mutant, valueOf } from "./_kit/kernel.ts";
import { call, callsOf, poisoned } from "./_kit/kernel_calls.ts";
import { register } from "./_kit/register.ts";

const SPEC = "this library: nothing throws";

const FUNCTIONS = [
  ...["capHash", "encodeCap", "decodeCap", "isCap", "isCapHash", "capHashFromBytes"],
  ...["capHashToBytes", "imageContentHash", "chainGenesis", "chainExtend", "encodeImageSource"],
  ...["decodeImageSource", "kernelImageHash", "recognizeKernelImage", "slotFits", "swapPrefix"],
  ...["copySlot", "moveSlot", "dropSlot", "swapSlots", "mintSlot", "publishImage"],
  ...[
    "CNodeCap.create",
    "DataCap.inline",
    "DataCap.paged",
    "ImageSource.create",
    "SlotPath.create",
  ],
  ...["ImageCap.fromSource", "InstanceCap.create", "TypeCap.create", "ByteString.from"],
  ...["ByteString.at", "SlotPath.equals", "CNodeCap.content", "InstanceCap.withRootCnode"],
  ...["get", "getBlob", "getInstance", "putCapWithHash"].map((name) => `CacheDirectory.${name}`),
  ...["ByteString", "CNodeCap", "CacheDirectory", "CapRef", "DataCap", "ImageCap", "ImageSource"]
    .map((name) => `${name}.is`),
  ...["InstanceCap.is", "SlotPath.is", "TypeCap.is", "ImageCapV3.is", "InstanceCapV3.is"],
  ...["ImageCapV3.create", "InstanceCapV3.create", "InstanceCapV3.withRootCnode"],
  ...["publishImageV3", "genesisInstance", "issueKernelInstance"],
];

export const proofs: readonly Proof[] = [
  defineProof({
    id: "kernel/nothing_throws",
    claim: "every public function returns for every hostile value in the place of every argument",
    subject: FUNCTIONS,
    spec: SPEC,
    strength: "bounded",
    domain: domain.product<{ value: Hostile; second: Hostile }>({
      value: hostileValues,
      second: domain.of(...[...hostileValues.values()].filter((_, i) => i % 19 === 0)),
    }),
    reaches: ["returned", "refused"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/parse.ts",
        "} catch {\n      return invalidArgument(parameter, expected, value);\n    }",
        "} finally {\n      values.length += 0;\n    }",
      ),
      mutant(
        "src/kernel/parse.ts",
        "return invalidArgument(`${parameter}.${name}`",
        "return field.length ?? invalidArgument(`${parameter}.${name}`",
      ),
      mutant(
        "src/kernel/cap.ts",
        'if (!isCap(cap)) return invalidArgument("cap", "a capability", cap);',
        "",
      ),
      mutant(
        "src/kernel/image_convert.ts",
        'if (!ImageSource.is(source)) return invalidArgument("source", "an ImageSource", source);',
        "",
      ),
      mutant(
        "src/kernel/slot_operations.ts",
        'if (!CNodeCap.is(cnode)) return invalidArgument("cnode", "a CNodeCap", cnode);',
        "",
      ),
      mutant(
        "src/kernel/publish.ts",
        'if (!ImageSource.is(source)) return invalidArgument("source", "an ImageSource", source);',
        "",
      ),
      mutant(
        "src/kernel/image_v3.ts",
        'if (!ImageSource.is(source)) return invalidArgument("source", "an ImageSource", source);',
        "",
      ),
      mutant(
        "src/kernel/publish_v3.ts",
        'if (!ImageSource.is(source)) return invalidArgument("source", "an ImageSource", source);',
        "",
      ),
      mutant("src/kernel/kernel_instance.ts", "if (!given.ok) return given;", ""),
      mutant(
        "src/kernel/instance_v3.ts",
        "(value, parameter) => {\n  const parts = parseState(value, parameter);\n  if (!parts.ok) return parts;",
        "(value, parameter) => {\n  const parts = parseState(value, parameter);\n  if (!parts.ok) parts.state;",
      ),
      mutant(
        "src/kernel/cap_ref.ts",
        'typeof value === "object" && value !== null && #id in value',
        "value !== null && Reflect.has(Object(value), 'id')",
      ),
      mutant(
        "src/kernel/hash.ts",
        'typeof value === "string" && value.length === 64 && ',
        "typeof value !== 'undefined' && ",
      ),
      mutant(
        "src/kernel/data_cap.ts",
        "!Number.isInteger(index)) return undefined;",
        "index === undefined) return undefined;",
      ),
    ],
    check({ value, second }, reach, face) {
      for (const [self, name, args] of callsOf(face)) {
        for (let place = 0; place < Math.max(args.length, 1); place++) {
          const attempts = [value.make(), ...poisoned(args[place], () => value.make())];
          for (const hostile of attempts) {
            const given = args.map((good, i) =>
              i === place ? hostile : i > place ? second.make() : good
            );
            const alone = args.map((good, i) => i === place ? hostile : good);
            const failure = allOf(
              isTotal(() => call(self, name, given)),
              isTotal(() => {
                const result = call(self, name, alone);
                const failed = typeof result === "object" && result !== null && "error" in result;
                reach(failed ? "refused" : "returned");
              }),
            );
            if (failure !== undefined) return `${name}, argument ${place + 1}: ${failure}`;
          }
        }
      }
      return undefined;
    },
  }),
  defineProof({
    id: "kernel/a_refused_argument_changes_nothing",
    claim: "a directory is as it was after every hostile argument that it refuses",
    subject: ["CacheDirectory.putCap", "CacheDirectory.setInstance", "CacheDirectory.putInstance"],
    spec: SPEC,
    strength: "bounded",
    domain: hostileValues,
    reaches: ["refused"],
    implementation: kernel,
    mutants: [
      mutant(
        "src/kernel/cache_directory.ts",
        "if (!hash.ok) return hash;\n    const put = this.#blobs.put([[hash.value, cap]]);",
        'const put = this.#blobs.put([[hash.ok ? hash.value : "", cap]]);',
      ),
    ],
    check({ make }, reach, face) {
      const directory = new face.CacheDirectory();
      const type = valueOf(face.TypeCap.create("11".repeat(32)));
      const ref = valueOf(directory.putInstance(type));
      const refused = [
        call(directory, "putCap", [make()]),
        call(directory, "putCapWithHash", [make(), type]),
        call(directory, "putInstance", [make()]),
        call(directory, "setInstance", [make(), type]),
        call(directory, "setInstance", [ref, make()]),
        call(directory, "release", [make()]),
        call(directory, "settle", [make()]),
      ];
      reach("refused");
      const kinds = refused.map((result) =>
        typeof result === "object" && result !== null && "ok" in result && result.ok
      );
      return allOf(
        agrees(kinds, kinds.map(() => false)),
        agrees([directory.blobCount, directory.instanceCount].map(Number), [0, 1]),
        agrees(directory.get(ref) === type, true),
        agrees(directory.holders(ref), { ok: true, value: 2 }),
      );
    },
  }),
];

register(proofs);
