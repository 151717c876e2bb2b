/** What a bundler makes of an import: how large it is, and of which modules it consists. */

import { relative } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

/** Packages and platform modules stay outside: their users have them anyway. */
const OUTSIDE = ["node:*", "@noble/hashes/*", "fast-check", "typescript", "z3-solver"];

/** A module in a bundle, and how many bytes of the bundle are its own. */
export interface Part {
  readonly path: string;
  readonly bytes: number;
}

/** A bundle. */
export interface Bundle {
  /** Minified. */
  readonly bytes: number;
  /** Minified and compressed by gzip. */
  readonly gzipBytes: number;
  /** The modules that are in it, the largest first. */
  readonly parts: readonly Part[];
}

/** Lets the bundler leave out modules that nobody uses, as `sideEffects` of the npm package does. */
const NO_SIDE_EFFECTS: Plugin = {
  name: "no-side-effects",
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, async ({ path, pluginData, ...where }) => {
      if (pluginData === NO_SIDE_EFFECTS) return undefined;
      const { importer, kind, resolveDir } = where;
      const found = await build.resolve(path, {
        importer,
        kind,
        resolveDir,
        pluginData: NO_SIDE_EFFECTS,
      });
      return { ...found, sideEffects: false };
    });
  },
};

/**
 * Bundles an import of one module and measures what comes of it.
 *
 * @param root The folder of the project.
 * @param file The module, such as `src/linear/mod.ts`.
 * @param names What is imported of it; everything when there are none.
 */
export async function measure(
  root: string,
  file: string,
  names: readonly string[] = [],
): Promise<Bundle> {
  const what = names.length === 0 ? "*" : `{ ${names.join(", ")} }`;
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `export ${what} from ${JSON.stringify(`./${file}`)};`,
      resolveDir: root,
      loader: "ts",
    },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    legalComments: "none",
    external: [...OUTSIDE],
    plugins: [NO_SIDE_EFFECTS],
    metafile: true,
    write: false,
    logLevel: "silent",
    tsconfigRaw: "{}",
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array(0);
  const parts = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).map(([path, { bytesInOutput }]) => ({
      path: relative(".", path).replaceAll("\\", "/"),
      bytes: bytesInOutput,
    }))
  );
  return {
    bytes: bytes.length,
    gzipBytes: gzipSync(bytes, { level: 9 }).length,
    parts: parts.filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes),
  };
}
