/** The proofs as modules for a browser. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { build, type Plugin, stop } from "esbuild";

/** Where the files of the project seem to lie, seen from the page. */
const SEEN_ROOT = "file:///";

/** The packages that stand for modules of Node, and their versions. */
export const BROWSER_PACKAGES: Readonly<Record<string, string>> = {
  buffer: "^6.0.3",
  "@pkgjs/parseargs": "^0.11.0",
};

/** What a page asks for, by its path. */
export type Bundle = ReadonlyMap<string, string>;

/** Modules of Node become packages that do the same, or the project's own stand-in. */
function nodeModules(folder: string): Plugin {
  const standIn = join(folder, "tools/chromium_node.ts");
  return {
    name: "node-modules",
    setup(build) {
      build.onResolve(
        { filter: /^node:buffer$/ },
        () => build.resolve("buffer/", { kind: "import-statement", resolveDir: folder }),
      );
      build.onResolve(
        { filter: /^node:util$/ },
        () => build.resolve("@pkgjs/parseargs", { kind: "import-statement", resolveDir: folder }),
      );
      build.onResolve(
        { filter: /^node:/ },
        ({ path }) => ({ path, namespace: "node", sideEffects: false }),
      );
      build.onLoad({ filter: /.*/, namespace: "node" }, ({ path }) => ({
        // Not a module with exports that are known beforehand: whatever is imported, it has.
        contents: `module.exports = require(${JSON.stringify(standIn)}).nodeModule(${
          JSON.stringify(path)
        });`,
        resolveDir: folder,
      }));
    },
  };
}

/** Each file keeps the address that it has in the project, for reading what lies beside it. */
function addresses(folder: string): Plugin {
  return {
    name: "addresses",
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const address = SEEN_ROOT + relative(folder, path).replaceAll("\\", "/");
        return {
          contents: readFileSync(path, "utf8").replaceAll(
            "import.meta.url",
            JSON.stringify(address),
          ),
          loader: "ts",
        };
      });
    },
  };
}

/**
 * Bundles the proofs of a staged copy: `/worker.js` and the pieces that it loads.
 *
 * @param folder The copy, with its packages.
 */
export async function bundleProofs(folder: string): Promise<Bundle> {
  const names = readdirSync(join(folder, "proofs")).filter((name) => name.endsWith(".test.ts"));
  const entries = names.sort().map((name) =>
    `${JSON.stringify(name)}: () => import(${JSON.stringify(`./proofs/${name}`)}),`
  );
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { work } from "./tools/chromium_worker.ts";
          await work({ ${entries.join("\n")} });`,
        resolveDir: folder,
        sourcefile: "worker.ts",
        loader: "ts",
      },
      entryNames: "worker",
      outdir: folder,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      inject: [join(folder, "tools/chromium_buffer.ts")],
      external: ["typescript"], // only mutants need it, and they are left out
      define: { global: "globalThis", "process.env": "{}" },
      write: false,
      logLevel: "silent",
      plugins: [nodeModules(folder), addresses(folder)],
    });
    return new Map(
      outputFiles.map(({ path, text }) => [
        `/${relative(folder, path).replaceAll("\\", "/")}`,
        text,
      ]),
    );
  } finally {
    await stop();
  }
}

/** The files that proofs read, by the addresses that they have on the page. */
export function readableFiles(folder: string, under: readonly string[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const top of under) {
    for (const name of readdirSync(join(folder, top), { encoding: "utf8", recursive: true })) {
      const path = join(top, name);
      if (name.endsWith(".ts") || !statSync(join(folder, path)).isFile()) continue;
      files[SEEN_ROOT + path.replaceAll("\\", "/")] = readFileSync(join(folder, path), "utf8");
    }
  }
  return files;
}
