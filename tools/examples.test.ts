/** The examples are listed, say how they are run, and run so. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assert, assertEquals } from "@std/assert";
import { deno, ROOT } from "./process.ts";

/** Parts of other examples, which are run with them. */
const PARTS = ["heap.ts", "jobs.ts", "word_list.ts"];

const README = readFileSync(join(ROOT, "examples/README.md"), "utf8");

/** The commands of the list, by the file that each runs. */
function commands(): ReadonlyMap<string, readonly string[]> {
  const found = [...README.matchAll(/`deno ((?:run|test)[^`]* examples\/([\w/.]+)(?: [^`]*)?)`/g)];
  return new Map(found.map(([, command = "", file = ""]) => [file, command.split(" ")]));
}

Deno.test("examples: every script is in the list, with the command of its first comment", () => {
  const listed = commands();
  const scripts = readdirSync(join(ROOT, "examples")).filter((name) => /\.ts$/.test(name));
  assert(scripts.length > 10);
  for (const name of scripts) {
    if (name === "jobs.ts") continue;
    assert(README.includes(`(${name})`), `${name} is not listed`);
    if (PARTS.includes(name)) continue;
    const command = listed.get(name)?.join(" ");
    assert(command !== undefined, `${name} has no command`);
    const text = readFileSync(join(ROOT, "examples", name), "utf8");
    const comment = text.slice(0, text.indexOf("*/")).replaceAll(/\s+(?:\* )?/g, " ");
    const says = name === "demo.ts" ? "deno task demo" : `deno ${command}`;
    assert(comment.includes(says), `the first comment of ${name} does not say ${says}`);
  }
});

Deno.test("examples: each command of the list ends well", async () => {
  const folder = await Deno.makeTempDir();
  const importMap = Deno.env.get("RINGFENCE_IMPORT_MAP");
  try {
    for (const [file, [kind = "", ...args]] of commands()) {
      const given = args.map((arg) => arg === "FILE" ? join(folder, "state") : arg);
      // Tests import @std, which is not everywhere where it is meant to be.
      const mapped = kind === "test" && importMap !== undefined
        ? [`--import-map=${importMap}`]
        : [];
      const { code, text } = await deno([kind, "--quiet", ...mapped, ...given]);
      assertEquals(code, 0, `${file}: ${text}`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
