/** What few manifests and stores have: parts that are missing, absolute paths, jumps far away. */

import * as cli from "../src/cli/mod.ts";
import * as kernel from "../src/kernel/mod.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { GUESTS, manifest, manifestText, runKernel } from "./_kit/cli_kernel.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { value } from "./_kit/paged.ts";
import { withEngine } from "./_kit/paged_engine.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/mod.ts");
const DESCRIBE = "src/cli/kernel_describe.ts";
const CODE = "src/cli/kernel_code.ts";
const ABSENT = "ab".repeat(32);

/** A store of capabilities, and their hashes by name. */
function stored(): readonly [blobs: Map<string, Uint8Array>, names: ReadonlyMap<string, string>] {
  const page = new Uint8Array(4096).fill(7);
  const pause = {
    ...{ image: ABSENT, regs: new Array<bigint>(13).fill(0n), pc: 0n, marker: ABSENT },
    ...{ raised: true, callee: [], regions: [{ content: ABSENT }] },
  };
  const parts = { imageHashChain: ABSENT, imageHash: ABSENT, rootCnode: ABSENT };
  const status = { state: "paused", pause } as const;
  const caps: Readonly<Record<string, kernel.Cap>> = {
    data: value(kernel.DataCap.paged(4096, [ABSENT, page])),
    cnode: value(kernel.CNodeCap.create(4, [{ slot: 3, missing: ABSENT }])),
    instance: value(kernel.InstanceCapV3.create(parts)),
    paused: value(kernel.InstanceCapV3.create({ ...parts, status })),
  };
  const [blobs, names] = [new Map<string, Uint8Array>(), new Map<string, string>()];
  for (const [name, cap] of Object.entries(caps)) {
    const hash = value(kernel.capHash(cap));
    blobs.set(hash, value(kernel.encodeCap(cap)));
    names.set(name, hash);
  }
  return [blobs, names];
}

const [BLOBS, NAMES] = stored();
const MEMORY = { mappings: [{ start: 0x20000, size: 4096, source: [3] }] };
/** More than a source may have, already as bytes. */
const LONG = new Uint8Array(2 ** 23 + 1).fill(32);
const FILES = {
  ...GUESTS,
  "/far/halt.pvmasm": "go: ecalli 0\n",
  "dir/far.pvmasm": "go: ecalli 0\n.table 4294967296\n",
  "dir/long.pvmasm": LONG,
  "dir/none.pvmasm": "go: ecalli 0\n .op 4\n",
};

/** What is inspected, and a part of what is printed. */
const INSPECTED: Readonly<Record<string, string>> = {
  data: "start: none",
  cnode: "kind missing",
  instance: "slots: none",
  paused: "regions source none",
};

/** Manifests, the code that each ends with, and a part of what is printed. */
const RUN: Readonly<Record<string, readonly [manifest: unknown, code: number, told: string]>> = {
  "an absolute path": [manifest("/far/halt"), 0, "exit: halt"],
  "a jump target beyond 32 bits": [manifest("far"), 65, "a jump target beyond 32 bits"],
  "a source of no instruction": [manifest("none"), 65, "images.code.source"],
  "a pause": [manifest("spin"), 4, "marker: "],
  "a source that is too long": [manifest("long"), 65, "dir/long.pvmasm: expected a text"],
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/kernel_parts_that_are_missing_are_shown",
    claim: "what is inspected is shown with the parts that are missing, as missing ones",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(INSPECTED)),
    reaches: ["shown"],
    implementation: cli,
    mutants: [
      mutant(
        DESCRIBE,
        "start.ok ? hexOf(start.value) : null",
        'start.ok ? hexOf(start.value) : ""',
      ),
      mutant(
        DESCRIBE,
        'holds: entry.missing, kind: "missing"',
        'holds: entry.missing, kind: "absent"',
      ),
      mutant(DESCRIBE, "slotsOf(root, directory) : null", "slotsOf(root, directory) : 'some'"),
      mutant(DESCRIBE, "source: source ?? null", 'source: source ?? ""'),
    ],
    check(name, reach, face) {
      const line = ["inspect", NAMES.get(name) ?? "", "--store", "s.db"];
      const { code, out, error } = runKernel(face, line, {}, { "s.db": new Map(BLOBS) });
      reach("shown");
      return agrees([code, out.includes(INSPECTED[name] ?? "?"), error], [0, true, ""]);
    },
  }),
  defineProof({
    id: "cli/kernel_manifests_of_odd_sources_run_or_say_why",
    claim: "paths may be absolute, mistakes of a source name it, and a pause shows its marker",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(RUN)),
    reaches: ["0", "4", "65"],
    implementation: cli,
    mutants: [
      mutant(CODE, "return isAbsolute ? file :", "return false ? file :"),
      mutant(
        CODE,
        "if (!packed.ok) return mistake(path, `${file}: a jump target beyond 32 bits`);",
        "if (!packed.ok) return mistake(path, file);",
      ),
      mutant("src/cli/kernel_image.ts", 'plan.source === undefined ? "code" : "source"', '"code"'),
      mutant("src/cli/kernel_report.ts", 'marker === null ? "" : `marker: ${marker}`', '""'),
    ],
    check(name, reach, face) {
      const [given, code, text] = RUN[name] ?? [{}, -1, ""];
      const files = { ...FILES, "dir/m.json": manifestText(given) };
      const outcome = runKernel(face, ["run", "dir/m.json"], files);
      reach(`${outcome.code}`);
      const printed = `${outcome.out}${outcome.error}`;
      return agrees([outcome.code, printed.includes(text)], [code, true]);
    },
  }),
  defineProof({
    id: "cli/kernel_runs_without_room_have_a_code",
    claim: "a run for whose pages the engine has no room exits with the code for that",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.range(1, 8),
    reaches: ["6", "0"],
    implementation: cli,
    mutants: [
      mutant("src/cli/kernel_report.ts", 'if (kind === "no-room") return EXIT_CODE.noRoom;', ""),
    ],
    check(number, reach, face) {
      const files = { ...FILES, "dir/m.json": manifestText(manifest("sum", MEMORY)) };
      const run = () => runKernel(face, ["run", "dir/m.json"], files);
      let made = 0;
      const { code, out } = withEngine((_name, size) => {
        if (typeof size === "number" && size >= 1000 && made++ === number) {
          throw new RangeError("no room");
        }
      }, run);
      reach(`${code}`);
      return code === 0 ? agrees(out, run().out) : agrees([code, out], [6, ""]);
    },
  }),
];

register(proofs);
