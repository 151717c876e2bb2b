import { Buffer } from "node:buffer";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { findChromium, pageResponse, withChromium, withServer } from "./chromium.ts";
import { compareBytes } from "./chromium_compare.ts";
import { giveFiles, join, nodeModule, readdirSync, readFileSync } from "./chromium_node.ts";
import { Listener } from "./chromium_proofs.ts";

Deno.test("chromium: it is looked for in PATH, and where it is named", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assertEquals(findChromium({ PATH: folder }), undefined);
    const program = `${folder}/chromium`;
    await Deno.writeTextFile(program, "");
    assertEquals(findChromium({ PATH: `/nowhere:${folder}` }), program);
    assertEquals(findChromium({ PATH: "", CHROMIUM: program }), program);
    assertEquals(findChromium({ PATH: folder, CHROMIUM: "/no/such/program" }), undefined);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** What a run that fails says. */
async function reasonOf(listener: Listener): Promise<string> {
  try {
    await listener.ended;
    return "it did not fail";
  } catch (mistake) {
    return mistake instanceof Error ? mistake.message : "";
  } finally {
    listener.close();
  }
}

Deno.test("chromium: reports of all workers and the vectors make a run", async () => {
  const listener = new Listener(2, 60_000);
  listener.hear("/begun/1", "a");
  listener.hear("/reports/1", '[{"id":"a","failures":[]}]');
  listener.hear("/vectors", '[{"path":"p","cases":1,"problems":[]}]');
  listener.hear("/reports/2", '[{"id":"b","failures":[]}]');
  const { reports, verdicts } = await listener.ended;
  assertEquals(reports.map(({ id }) => id), ["a", "b"]);
  assertEquals(verdicts.length, 1);
  listener.close();
});

Deno.test("chromium: a broken worker and silence end a run", async () => {
  const broken = new Listener(1, 60_000);
  broken.hear("/broken", "it broke");
  assertEquals(await reasonOf(broken), "it broke");
  const silent = new Listener(1, 20);
  silent.hear("/begun/1", "some/proof");
  assertStringIncludes(await reasonOf(silent), "some/proof");
});

Deno.test("chromium: what stands for Node has the files it was given, and names what is missing", () => {
  giveFiles({ "file:///examples/a.txt": "text" });
  assertEquals(readFileSync(new URL("file:///examples/a.txt")), "text");
  assertEquals(readdirSync("/examples"), ["a.txt"]);
  assertEquals(join("/a/b/", "../c.ts"), "/a/c.ts");
  const missing: unknown = Reflect.get(nodeModule("node:fs"), "writeFileSync");
  let said = "";
  try {
    if (typeof missing === "function") missing();
  } catch (mistake) {
    said = mistake instanceof Error ? mistake.message : "";
  }
  assertEquals(said, "there is none in a browser: node:fs writeFileSync");
});

Deno.test({
  name: "chromium: a page is shown, and one that computes without end is ended",
  ignore: findChromium() === undefined,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const html = "<script>document.title = 6 * 7;</script>";
    const title = await withServer(
      () => pageResponse(html),
      (address) =>
        withChromium(findChromium() ?? "", async ({ context }) => {
          const page = await context.newPage();
          await page.goto(address);
          const found = await page.title();
          await page.evaluate("setTimeout(() => { for (;;); })");
          return found;
        }),
    );
    assertEquals(title, "42");
  },
});

Deno.test("chromium: bytes are compared as Node compares them, wherever they lie", () => {
  const bytes = Uint8Array.from({ length: 24 }, (_, place) => place % 3);
  for (let from = 0; from < 8; from++) {
    for (let length = 0; length <= 12; length++) {
      for (let other = 0; other < 8; other++) {
        const [left, right] = [
          bytes.subarray(from, from + length),
          bytes.subarray(other, other + 9),
        ];
        assertEquals(compareBytes(left, right), Buffer.compare(left, right));
      }
    }
  }
});
