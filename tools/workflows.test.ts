/** Every action of a workflow is named by its commit: a tag can be moved to other code. */

import { assert, assertEquals } from "@std/assert";

const FOLDER = new URL("../.github/workflows/", import.meta.url);

/** The actions that a workflow uses, without those of this project. */
function actionsOf(text: string): string[] {
  return [...text.matchAll(/\buses: *(\S+)/g)].map(([, action = ""]) => action)
    .filter((action) => !action.startsWith("./"));
}

/** Those that are not named by a commit. */
function movable(actions: readonly string[]): string[] {
  return actions.filter((action) => !/^[\w./-]+@[0-9a-f]{40}$/.test(action));
}

Deno.test("an action named by a tag is found", () => {
  assertEquals(movable(actionsOf("- uses: actions/checkout@v7 # v7.0.1")), ["actions/checkout@v7"]);
});

Deno.test("workflows name each action by its commit", async () => {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(FOLDER)) {
    found.push(...actionsOf(await Deno.readTextFile(new URL(name, FOLDER))));
  }
  assert(found.length > 0);
  assertEquals(movable(found), []);
});
