/** A folder with files, for tests of what reads a project. */

import { dirname, join } from "node:path";

/**
 * Makes a folder of these files, hands it out, and removes it.
 *
 * @param files The texts by path; those that are undefined are left out.
 */
export async function withFiles<T>(
  files: Readonly<Record<string, string | undefined>>,
  use: (root: string) => T | Promise<T>,
): Promise<T> {
  const root = await Deno.makeTempDir();
  try {
    for (const [path, text] of Object.entries(files)) {
      if (text === undefined) continue;
      await Deno.mkdir(dirname(join(root, path)), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    }
    return await use(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
