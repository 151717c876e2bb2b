/**
 * Kills a process that writes to a SQLite store, again and again, and looks whether all is there that
 * it reported: `deno task kill-store`.
 *
 * The process prints the hash of a capability once the directory has said that it is kept. What was
 * printed has to load afterwards, with all that it holds, and encode to the hash again.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Random } from "../proofs/_kit/fuzz_inputs.ts";
import {
  CacheDirectory,
  capHash,
  capHashFromBytes,
  CNodeCap,
  DataCap,
  TypeCap,
} from "../src/kernel/mod.ts";
import type { Cap, CapHash, CapTarget, Result } from "../src/kernel/mod.ts";
import { SqliteStore } from "../src/kernel/sqlite/mod.ts";

const USAGE = `usage: kill_store [options]
  --kills N   kill so many times (default 200)
  --seed N    begin with this seed (default 1; "random" for another each time)
  --help      print this`;

/** So many kills hit the same file before another one is begun. */
const KILLS_OF_A_FILE = 20;
/** Of so many kills one comes at any time, also while the file is opened or made. */
const EARLY_ONE_IN = 4;
const EARLY_MS_MAX = 400;
/** The others come so long after the first report, at most. */
const LATE_MS_MAX = 150;
const DATA_BYTES_MAX = 40_000;

function valueOf<T>(result: Result<T, { readonly kind: string }>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function openDirectory(path: string): { store: SqliteStore; directory: CacheDirectory } {
  const store = valueOf(SqliteStore.open(path));
  return { store, directory: valueOf(CacheDirectory.create({ store, cacheBytes: 0 })) };
}

/** A hash that nobody had before. */
function freshHash(random: Random): CapHash {
  return valueOf(capHashFromBytes(random.bytes(32)));
}

function dataOf(random: Random): Cap {
  const bytes = random.bytes(64);
  const size = random.below(DATA_BYTES_MAX);
  return valueOf(DataCap.inline(bytes, { size }));
}

function cnodeOf(targets: readonly CapTarget[]): Cap {
  return valueOf(CNodeCap.create(4, targets.map((target, slot) => ({ slot, target }))));
}

/** One put, one put of several, or one settling; gives the hashes of what is then kept. */
function commit(directory: CacheDirectory, random: Random): readonly CapHash[] {
  const type = valueOf(TypeCap.create(freshHash(random)));
  switch (random.below(3)) {
    case 0:
      return [valueOf(directory.putCap(dataOf(random)))];
    case 1: {
      const data = dataOf(random);
      const holder = cnodeOf([valueOf(capHash(data)), valueOf(capHash(type))]);
      return valueOf(directory.putAll([holder, data, type]));
    }
    default: {
      const parts = [dataOf(random), type].map((cap) => valueOf(directory.putInstance(cap)));
      const inner = valueOf(directory.putInstance(cnodeOf(parts)));
      return [valueOf(directory.settle(valueOf(directory.putInstance(cnodeOf([inner])))))];
    }
  }
}

/** The life of the process that is killed. */
function write(path: string, seed: number): void {
  const random = new Random(seed);
  const { directory } = openDirectory(path);
  const encoder = new TextEncoder();
  while (true) {
    const kept = commit(directory, random);
    Deno.stdout.writeSync(encoder.encode(`${kept.join(" ")}\n`));
  }
}

/** What is wrong with a capability that was reported; nothing where it is there with all it holds. */
function lossOf(directory: CacheDirectory, hash: CapHash): string | undefined {
  const loaded = directory.load(hash);
  if (!loaded.ok) return `${hash}: ${JSON.stringify(loaded.error)}`;
  const cap = loaded.value;
  if (cap === undefined) return `${hash}: missing`;
  const actual = valueOf(capHash(cap));
  if (actual !== hash) return `${hash}: has the hash ${actual}`;
  if (cap.kind !== "cnode") return undefined;
  for (const slot of cap.entries()) {
    const loss = "target" in slot && typeof slot.target === "string"
      ? lossOf(directory, slot.target)
      : undefined;
    if (loss !== undefined) return `${hash} holds ${loss}`;
  }
  return undefined;
}

/** What is lost of some commits, each with its hashes, when the file is opened anew. */
function lossesOf(path: string, commits: readonly string[]): readonly string[] {
  const { store, directory } = openDirectory(path);
  const losses = commits.flatMap((commit) =>
    commit.split(" ").flatMap((hash) => lossOf(directory, hash) ?? [])
  );
  valueOf(store.close());
  return losses;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Starts a process on the file, kills it, and gives the commits that it reported. */
async function killOnce(path: string, random: Random): Promise<readonly string[]> {
  const seed = random.below(2 ** 31);
  const early = random.below(EARLY_ONE_IN) === 0;
  const delay = random.below(early ? EARLY_MS_MAX : LATE_MS_MAX);
  const file = fileURLToPath(import.meta.url);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-all", file, "--path", path, "--seed", `${seed}`],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const decoder = new TextDecoder();
  const kill = async () => {
    await pause(delay);
    try {
      child.kill("SIGKILL");
    } catch {
      // It ended by itself, which its status tells.
    }
  };
  let killed = early ? kill() : undefined;
  let text = "";
  for await (const piece of child.stdout) {
    text += decoder.decode(piece, { stream: true });
    killed ??= kill();
  }
  await killed;
  const { signal } = await child.status;
  if (signal !== "SIGKILL") throw new Error("the process ended by itself");
  return text.split("\n").slice(0, -1); // a line that was cut off was not reported
}

async function killStore(kills: number, seed: number): Promise<boolean> {
  const start = performance.now();
  const random = new Random(seed);
  const folder = mkdtempSync(join(tmpdir(), "ringfence-kill-"));
  const files = new Map<string, string[]>();
  const losses: string[] = [];
  try {
    for (let done = 0; done < kills; done++) {
      const path = join(folder, `${Math.floor(done / KILLS_OF_A_FILE)}.db`);
      const commits = await killOnce(path, random);
      losses.push(...lossesOf(path, commits));
      files.set(path, [...files.get(path) ?? [], ...commits]);
    }
    // Nothing that came later took away what was there before.
    for (const [path, commits] of files) losses.push(...lossesOf(path, commits));
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const loss of losses) console.log(`LOST ${loss}`);
  const commits = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const counts = `${kills} kills, ${commits} commits, ${losses.length} lost`;
  console.log(`kill-store: seed ${seed}, ${counts} (${seconds} s)`);
  // A run in which little was written would show little.
  const enough = commits >= kills;
  if (!enough) console.log("too little was written to show anything");
  return losses.length === 0 && enough;
}

function whole(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      kills: { type: "string" },
      seed: { type: "string" },
      path: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const kills = whole(values.kills, 200);
  const seed = values.seed === "random"
    ? Math.trunc(Math.random() * 2 ** 31)
    : whole(values.seed, 1);
  if (values.path !== undefined) {
    write(values.path, seed);
  } else if (values.help === true || Number.isNaN(kills) || Number.isNaN(seed)) {
    console.error(USAGE);
    process.exitCode = values.help === true ? 0 : 2;
  } else {
    process.exitCode = await killStore(kills, seed) ? 0 : 1;
  }
}
