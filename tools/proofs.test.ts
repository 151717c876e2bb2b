/** The command line of the proof runner: mistakes, parts, and what a failing proof looks like. */

import { deepStrictEqual, match, strictEqual } from "node:assert";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** A proof file with two proofs that stand and one that does not, in a folder of its own. */
const PROOFS = `
import { defineProof, domain } from "../src/proof/mod.ts";
const made = (id, limit) =>
  defineProof({
    id,
    claim: "numbers are below " + limit,
    subject: ["below"],
    spec: "none",
    strength: "exhaustive",
    domain: domain.range(0, 9),
    reaches: [],
    implementation: { below: (value) => value < limit },
    check: (value, _reach, { below }) => below(value) ? undefined : value + " is not",
  });
export const proofs = [made("sound/first", 10), made("sound/second", 99), made("wrong/third", 7)];
`;

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the runner of a copy of the project that holds nothing but those three proofs. */
function run(folder: string, ...args: readonly string[]): Outcome {
  const runner = join(folder, "tools/proofs.ts");
  const config = ["--no-check", "--quiet", "--allow-all", `--config=${join(folder, "deno.json")}`];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["run", ...config, runner, ...args],
    { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
  );
  return { code: status, stdout, stderr };
}

function inCopy(body: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-proofs-"));
  try {
    for (const part of ["src", "tools", "proofs/_kit", "deno.json", "deno.lock"]) {
      cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    }
    writeFileSync(join(folder, "proofs/three.test.ts"), PROOFS);
    body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function idsOf({ stdout }: Outcome): readonly string[] {
  return JSON.parse(stdout).map(({ id }: { readonly id: string }) => id);
}

Deno.test("a mistake on the command line ends with code 2, names it and shows the usage", () => {
  const mistakes: readonly (readonly [args: readonly string[], said: RegExp])[] = [
    [["--nonsense"], /nonsense/],
    [["--shard", "0/2"], /whole number from 1/],
    [["--shard", "3/2"], /no part 3 of 2/],
    [["--shard", "1"], /not of the form I\/N/],
    [["--shard", "1/2/3"], /not of the form I\/N/],
    [["--seed", "many"], /--seed: "many"/],
    [["--seed", "99999999999"], /--seed/],
    [["--workers", "0"], /--workers/],
    [["--filter"], /filter/],
    [["missing.test.ts"], /no file missing.test.ts/],
  ];
  inCopy((folder) => {
    for (const [args, said] of mistakes) {
      const { code, stdout, stderr } = run(folder, ...args);
      strictEqual(code, 2, args.join(" "));
      strictEqual(stdout, "");
      match(stderr, said);
      match(stderr, /usage: proofs/);
    }
  });
});

Deno.test("help is no mistake", () => {
  inCopy((folder) => {
    const { code, stdout } = run(folder, "--help");
    strictEqual(code, 0);
    match(stdout, /^usage: proofs/);
  });
});

Deno.test("a run of nothing fails", () => {
  inCopy((folder) => {
    const { code, stdout } = run(folder, "--filter", "nothing");
    strictEqual(code, 1);
    match(stdout, /FAILED no proof was run/);
  });
});

Deno.test("proofs that stand end with code 0", () => {
  inCopy((folder) => {
    const { code, stdout, stderr } = run(folder, "--filter", "sound/");
    strictEqual(code, 0);
    match(stdout, /proofs: 2 passed, 0 failed\n$/);
    match(stderr, /ok sound\/first/);
  });
});

Deno.test("a proof that does not stand ends with code 1 and shows its counterexample", () => {
  inCopy((folder) => {
    for (const workers of ["1", "2"]) {
      const { code, stdout } = run(folder, "--seed", "5", "--workers", workers);
      strictEqual(code, 1);
      match(stdout, /FAILED wrong\/third: numbers are below 7\n {2}7 is not\n/);
      match(
        stdout,
        /counterexample \(seed 5, 8 cases\):\n {4}await replay\(proofs, "wrong\/third", 7\);/,
      );
      match(stdout, /proofs: 2 passed, 1 failed\n$/);
    }
  });
});

Deno.test("the shards partition the proofs, and JSON carries every report", () => {
  inCopy((folder) => {
    const whole = run(folder, "--json");
    const parts = ["1/2", "2/2"].map((shard) => run(folder, "--json", "--shard", shard));
    deepStrictEqual(idsOf(whole), ["sound/first", "sound/second", "wrong/third"]);
    deepStrictEqual(parts.map(idsOf), [["sound/first", "wrong/third"], ["sound/second"]]);
    deepStrictEqual([whole, ...parts].map(({ code }) => code), [1, 1, 0]);
  });
});
