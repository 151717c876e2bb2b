/** Manifests that the kernel refuses only when they are built. */

import * as cli from "../src/cli/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { GUESTS, manifest, manifestText, runKernel } from "./_kit/cli_kernel.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/mod.ts");
const BUILD = "src/cli/kernel_build.ts";
const IMAGE = "src/cli/kernel_image.ts";
const ABSENT = "ab".repeat(32);

const TWICE = { endpoints: [{ index: 0, entry: "go" }, { index: 0, entry: "go" }] };
const bare = (image: string) => ({ mode: "compat", images: {}, instances: { root: { image } } });

/** Manifests, the code that each ends with, and a part of what is told. */
const RUN: Readonly<Record<string, readonly [manifest: unknown, code: number, told: string]>> = {
  "no image of the name": [
    { ...bare("nothing"), root: "root" },
    ...[65, 'instances.root.image: there is nothing of the name "nothing"'] as const,
  ],
  "a slot beyond those of a root": [
    manifest("halt", {}, {
      mode: "compat",
      quota: undefined,
      instances: { root: { image: "code", slots: { 300: "text" } } },
    }),
    ...[65, "instances.root: slot-out-of-range: slot 300"] as const,
  ],
  "a store without room for a root": [
    { ...bare(ABSENT), root: "root" },
    ...[73, "instances.root: store-failed: operation put, message the disk is gone"] as const,
  ],
  "an endpoint twice": [manifest("halt", TWICE), 65, "images.code: invalid-argument"],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/kernel_manifests_that_are_refused_late_say_why",
    claim: "what the kernel refuses while a manifest is built is told with its place and reason",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(RUN)),
    reaches: ["65", "73"],
    implementation: cli,
    mutants: [
      mutant(
        BUILD,
        "if (!imageHash.ok) return imageHash;",
        'if (!imageHash.ok) return mistake(path, "no image");',
      ),
      mutant(
        BUILD,
        "if (!cnode.ok) return told(cnode, path);",
        'if (!cnode.ok) return mistake(path, "no cnode");',
      ),
      mutant(
        BUILD,
        "if (!rootCnode.ok) return rootCnode;",
        'if (!rootCnode.ok) return mistake(path, "no cnode");',
      ),
      mutant(
        IMAGE,
        "return source.ok ? source : err(refusal(path, source.error));",
        "return source.ok ? source : err(refusal('', source.error));",
      ),
    ],
    check(name, reach, face) {
      const [given, code, told] = RUN[name] ?? [{}, -1, ""];
      const files = { ...GUESTS, "dir/m.json": manifestText(given) };
      const line = ["run", "dir/m.json"];
      const outcome = name.startsWith("a store")
        ? runKernel(face, [...line, "--store", "s.db"], files, { "s.db": "full" })
        : runKernel(face, line, files);
      reach(`${outcome.code}`);
      return agrees([outcome.code, outcome.error.includes(told)], [code, true]);
    },
  }),
];

register(proofs);
