/** The commands of the kernel in surroundings of their own. */

import type * as cli from "../../src/cli/mod.ts";
import type { Io, OpenStore } from "../../src/cli/mod.ts";
import type { Files, Outcome } from "./cli.ts";

/** Stores by their paths: bytes under hashes. What fails does so at every call. */
export type Stores = Readonly<Record<string, Map<string, Uint8Array> | "fails" | "full">>;

const FAILED = { ok: false, error: "the disk is gone" } as const;

function storeOf(blobs: Map<string, Uint8Array>, isFull: boolean): OpenStore {
  return {
    get: (hash) => ({ ok: true, value: blobs.get(hash) }),
    put: (entries) => {
      if (isFull) return FAILED;
      for (const { hash, bytes } of entries) blobs.set(hash, bytes.slice());
      return { ok: true, value: undefined };
    },
    has: (hash) => ({ ok: true, value: blobs.has(hash) }),
    count: () => ({ ok: true, value: blobs.size }),
    hashes: () => ({ ok: true, value: [...blobs.keys()].toSorted() }),
    close: () => undefined,
  };
}

const FAILING: OpenStore = {
  get: () => FAILED,
  put: () => FAILED,
  has: () => FAILED,
  count: () => FAILED,
  hashes: () => FAILED,
  close: () => undefined,
};

/** Runs a command line with files and stores; without stores there is no kind of store at all. */
export function runKernel(
  { main }: Pick<typeof cli, "main">,
  args: readonly string[],
  files: Files,
  stores?: Stores,
): Outcome {
  const printed = { out: "", error: "" };
  const io: Io = {
    read: (path) => {
      const content = files[path];
      if (content === undefined) return { ok: false, error: "no such file" };
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      return { ok: true, value: bytes };
    },
    list: () => ({ ok: false, error: "no such folder" }),
    write: () => ({ ok: false, error: "no such folder" }),
    out: (text) => void (printed.out += text),
    error: (text) => void (printed.error += text),
    isTerminal: false,
    now: () => 0,
    ...(stores === undefined ? {} : {
      store: (path) => {
        const store = stores[path];
        if (store === undefined) {
          return { ok: false, error: { code: 66, message: `${path}: no such file` } };
        }
        if (store === "fails") return { ok: true, value: FAILING };
        return { ok: true, value: storeOf(store === "full" ? new Map() : store, store === "full") };
      },
    }),
  };
  const code = main(["kernel", ...args], io);
  return { code, ...printed, written: new Map() };
}

/** The programs of the manifests. */
export const GUESTS = {
  "dir/halt.pvmasm": "go: ecalli 0\n",
  "dir/trap.pvmasm": "go: trap\n",
  "dir/end.pvmasm": "go: jump_ind [r7]\n",
  "dir/fault.pvmasm": "go: load_u8 r7, [0x30000]\n ecalli 0\n",
  "dir/spin.pvmasm": "go: jump go\n",
  "dir/drop.pvmasm": "go: load_imm r7, 4\n ecalli 3\n ecalli 0\n",
  "dir/ask.pvmasm": "go: load_imm r7, 2\n ecalli 16\n add_imm_64 r7, r7, 5\n ecalli 0\n",
  "dir/bad.pvmasm": "go: load_imm r7\n",
  "dir/data.pvmasm": "go: ecalli 0\n.rodata\n .byte 1\n",
  "dir/sum.pvmasm":
    "go: load_u64 r8, [0x20000]\n add_64 r7, r7, r8\n store_u64 [0x20000], r7\n ecalli 0\n",
  "dir/file.bin": "abc",
} as const;

/** A manifest with a program; the fields given take the place of the usual ones. */
export function manifest(
  source: string,
  image: Readonly<Record<string, unknown>> = {},
  whole: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    images: {
      code: { source: `${source}.pvmasm`, endpoints: [{ index: 0, entry: "go" }], ...image },
    },
    instances: { root: { image: "code", slots: { 1: "text", 3: "other" } } },
    data: { text: { text: "hello" }, other: { hex: "0102" } },
    root: "root",
    gas: 1_000,
    quota: 100_000,
    ...whole,
  };
}

/** The text of a manifest; bigints become whole numbers. */
export function manifestText(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_, each: unknown) => typeof each === "bigint" ? `<${each}>` : each,
  );
  return text.replaceAll(/"<(-?\d+)>"/g, "$1");
}
