/** The commands of the kernel on a store: `kernel run`, then `kernel inspect`. */

import { agrees, allOf, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { capHash, encodeCap, TypeCap } from "../src/kernel/mod.ts";
import * as cli from "../src/cli/mod.ts";
import { GUESTS, manifest, manifestText, runKernel } from "./_kit/cli_kernel.ts";
import { valueOf } from "./_kit/kernel.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/mod.ts");
const SUBJECT = ["main"];
const SPEC = "Ringfence, command line";
const FILE = "dir/m.json";
const NOWHERE = "ab".repeat(32);

/** Something that asks the host, and has one of each kind of capability. */
const ASKER = manifest("ask", {
  mappings: [{ start: 0x20000, size: 4096, source: [3] }],
  pinned: { 7: "text" },
  gasSlots: [5],
}, {
  kernel: { marker: { image: "gas", id: 5 }, gas: { image: "gas", id: 0 } },
  instances: { root: { image: "code", slots: { 2: "marker", 3: "other", 5: "gas", 6: "box" } } },
  cnodes: { box: { sizeLog: 2, slots: { 3: "text", 1: NOWHERE } } },
  data: { text: { text: "hello" }, other: { hex: "0102" }, long: { file: "long.bin" } },
  hostMarkers: ["marker"],
  args: [3],
});

const LONG = Uint8Array.from({ length: 10_000 }, (_, at) => at < 4_096 || at > 8_191 ? 7 : 0);

/** What a run printed as JSON. */
interface Report {
  readonly exitCode: number;
  readonly instance: string;
  readonly marker: string | null;
  readonly slot0: string | null;
  readonly returnValue: string | null;
  readonly names: Readonly<Record<string, string>>;
}

type Blobs = Map<string, Uint8Array>;

function runOn(face: Face, blobs: Blobs, value: unknown): Report {
  const files = { ...GUESTS, [FILE]: manifestText(value), "dir/long.bin": LONG };
  const args = ["run", FILE, "--store", "s.db", "--json"];
  const { out, error } = runKernel(face, args, files, { "s.db": blobs });
  if (out === "") throw new Error(error);
  const report: Report = JSON.parse(out);
  return report;
}

/** What is printed of a capability: as JSON, and as text. */
function inspect(face: Face, blobs: Blobs, hash: string) {
  const args = ["inspect", hash, "--store", "s.db"];
  const json = runKernel(face, [...args, "--json"], {}, { "s.db": blobs });
  const text = runKernel(face, args, {}, { "s.db": blobs });
  const fields: Readonly<Record<string, unknown>> = JSON.parse(json.out);
  return { fields, text: text.out, codes: [json.code, text.code] };
}

/** The fields that each name's capability is to show. */
function expectedOf(
  { names }: Report,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const text = { slot: 3, holds: names["text"], kind: "data" };
  return {
    text: { kind: "data", form: "inline", bytes: 5, start: "68656c6c6f" },
    long: { kind: "data", form: "paged", bytes: 12_288, pageSize: 4_096, pages: 3 },
    box: {
      kind: "cnode",
      sizeLog: 2,
      capacity: 4,
      used: 2,
      slots: [{ slot: 1, holds: NOWHERE, kind: "absent" }, text],
    },
    code: {
      kind: "image",
      mode: "v3",
      endpoints: [{ index: 0, entryPc: "0" }],
      mappings: [{ start: "131072", size: "4096", source: [3] }],
      gasSlots: [5],
      quotaSlots: [],
      pinned: [{ slot: 7, holds: names["text"] }],
      catcherSlot: null,
    },
    marker: { kind: "instance", kernelImage: "gas", status: "idle" },
    root: {
      kind: "instance",
      mode: "v3",
      status: "idle",
      chain: names["code"],
      image: names["code"],
      kernelImage: null,
      slots: [
        { slot: 2, holds: names["marker"], kind: "instance" },
        { slot: 3, holds: names["other"], kind: "data" },
        { slot: 5, holds: names["gas"], kind: "instance" },
        { slot: 6, holds: names["box"], kind: "cnode" },
        { slot: 7, holds: names["text"], kind: "data" },
      ],
    },
  };
}

/** A Type of a chain, as a store keeps it. */
function typeBlob(chain: string): { readonly hash: string; readonly bytes: Uint8Array } {
  const type = valueOf(TypeCap.create(chain));
  return { hash: valueOf(capHash(type)), bytes: valueOf(encodeCap(type)) };
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/kernel_inspect_shows_what_was_published",
    claim: "what is published into a store is there under its hash, with its kind and fields",
    subject: SUBJECT,
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of("text", "long", "box", "code", "marker", "root"),
    reaches: ["data", "cnode", "image", "instance"],
    implementation: cli,
    mutants: [
      mutant("src/cli/kernel_describe.ts", "bytes: cap.contentLength", "bytes: SHOWN_BYTES"),
      mutant("src/cli/kernel_describe.ts", 'cap?.kind ?? "absent"', 'cap?.kind ?? "data"'),
      mutant("src/cli/kernel_describe.ts", "sourcePath.slice(0, sourcePathLength)", "sourcePath"),
      mutant("src/cli/kernel_describe.ts", "image: imageHash,", "image: imageHashChain.slice(1),"),
      mutant("src/cli/kernel_describe.ts", "used: slots.length", "used: cap.capacity"),
      mutant(
        "src/cli/kernel_image.ts",
        "({ slot, contentHash: target })",
        "({ slot: slot + 1, contentHash: target })",
      ),
    ],
    check: (name, reach, face) => {
      const blobs: Blobs = new Map();
      const report = runOn(face, blobs, ASKER);
      const { fields, text, codes } = inspect(face, blobs, report.names[name] ?? "");
      const expected = expectedOf(report)[name] ?? {};
      reach(`${fields["kind"]}`);
      const shown = Object.fromEntries(
        Object.keys(expected).map((field) => [field, fields[field]]),
      );
      return allOf(
        agrees(codes, [0, 0]),
        agrees([fields["hash"], shown], [report.names[name], expected]),
        agrees(text.includes(`kind: ${fields["kind"]}\n`), true),
      );
    },
  }),
  defineProof({
    id: "cli/kernel_inspect_shows_every_kind",
    claim: "Types, and the Images and Instances of compat, are shown with their fields",
    subject: SUBJECT,
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.of("code", "root", "type"),
    reaches: ["image", "instance", "type"],
    implementation: cli,
    mutants: [
      mutant("src/cli/kernel_describe.ts", "memoryBytes: memSize", "memoryBytes: memSize + 1"),
      mutant("src/cli/kernel_describe.ts", '? "v3" : "compat"', '? "v3" : "v3"'),
      mutant("src/cli/kernel_describe.ts", 'kind: "type", chain', 'kind: "type", hash'),
      mutant("src/cli/kernel_build.ts", "memSize: memory ?? 0", "memSize: 0"),
    ],
    check: (name, reach, face) => {
      const blobs: Blobs = new Map();
      const instances = { root: { image: "code", memory: 4_096 } };
      const compat = { mode: "compat", quota: undefined, instances };
      const { names } = runOn(face, blobs, manifest("halt", {}, compat));
      const { code = "" } = names;
      const type = typeBlob(code);
      blobs.set(type.hash, type.bytes);
      const hash = name === "type" ? type.hash : names[name] ?? "";
      const { fields, codes } = inspect(face, blobs, hash);
      reach(`${fields["kind"]}`);
      const expected = {
        code: ["image", "compat", undefined, undefined, []],
        root: ["instance", "compat", code, 4_096, undefined],
        type: ["type", undefined, code, undefined, undefined],
      }[name];
      const shown = ["kind", "mode", "chain", "memoryBytes", "initial"].map((field) =>
        fields[field]
      );
      return agrees([codes, shown], [[0, 0], expected]);
    },
  }),
  defineProof({
    id: "cli/kernel_run_goes_on_from_a_store",
    claim: "what waits for the host in a store is shown as such, and goes on in a later run",
    subject: SUBJECT,
    spec: SPEC,
    strength: "bounded",
    domain: domain.of("other", "text"),
    reaches: ["resumed"],
    implementation: cli,
    mutants: [
      mutant("src/cli/kernel_run.ts", "  return resume\n", "  return !resume\n"),
      mutant("src/cli/kernel_run.ts", "...(slot0 === undefined ? {} : { slot0 }),", ""),
      mutant("src/cli/kernel_report.ts", "? result.pausedInstanceHash", "? undefined"),
      mutant("src/cli/kernel_describe.ts", "marker, raised, callee };", "raised, callee };"),
    ],
    check: (slot0, reach, face) => {
      const blobs: Blobs = new Map();
      const paused = runOn(face, blobs, ASKER);
      const { fields } = inspect(face, blobs, paused.instance);
      const { args: _, ...rest } = ASKER;
      const again = { ...rest, root: paused.instance, resume: true, slot0 };
      const done = runOn(face, blobs, again);
      const after = inspect(face, blobs, done.instance);
      reach("resumed");
      const pause: unknown = Object(fields["pause"]).marker;
      return agrees(
        [paused.exitCode, paused.marker, fields["status"], pause, done.exitCode, done.returnValue],
        [9, paused.names["marker"], "paused", paused.names["marker"], 0, "5"],
      ) ?? agrees([after.fields["status"], done.slot0], ["idle", paused.names[slot0]]);
    },
  }),
];

register(proofs);
