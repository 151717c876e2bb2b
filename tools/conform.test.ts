/** The conformance driver with real processes: what they say, what they do not, and how they end. */

import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { launcher } from "../src/cli/conform_process.ts";
import { readAnswer } from "../src/cli/conform_answer.ts";
import { answerLine } from "../src/cli/conform_engine.ts";
import { deno, ROOT } from "./process.ts";

const LINE_BYTES = 1_000;
const SOON_MS = 20_000;
const RUN = ["run", "--allow-read", "--allow-run", "--allow-env"] as const;
const HELLO = '{"type":"hello","protocol":"ringfence-conform","version":1}';

/** A process that runs some code. */
function child(code: string) {
  return launcher(LINE_BYTES)([Deno.execPath(), "eval", "--no-check", code]);
}

/** Code that writes bytes to the standard output. */
const says = (text: string) => `Deno.stdout.writeSync(new TextEncoder().encode(${text}));`;
const READS = "const buffer = new Uint8Array(9999); Deno.stdin.readSync(buffer);";
const STAYS = "setInterval(() => {}, 1000);";

/** What a process does, and what is heard of it after a request. */
const ENDINGS: readonly (readonly [string, string, RegExp])[] = [
  ["dies with a code", `${READS} console.error("broken"); Deno.exit(3);`, /code 3: broken/],
  ["dies at once", "Deno.exit(4);", /code 4/],
  ["dies in the middle of a line", `${READS} ${says('"half"')}`, /in the middle of a line/],
  ["never ends a line", `${says('"x".repeat(5000)')} ${STAYS}`, /a line of more than 1000 bytes/],
  ["floods", `for (;;) ${says('"x\\n".repeat(999)')}`, /more than it is asked for/],
  ["says no UTF-8", `Deno.stdout.writeSync(Uint8Array.of(0xff, 10)); ${STAYS}`, /no UTF-8/],
];

for (const [name, code, reason] of ENDINGS) {
  Deno.test(`a process that ${name} is told from others`, async () => {
    const link = child(code);
    link.send(HELLO);
    let heard = await link.hear(SOON_MS);
    while (heard.kind === "line") heard = await link.hear(SOON_MS);
    assert(heard.kind === "ended" && reason.test(heard.reason), JSON.stringify(heard));
    link.stop();
  });
}

Deno.test("a process that says nothing is not waited for", async () => {
  const link = child(STAYS);
  assertEquals(await link.hear(50), { kind: "silent" });
  link.stop();
  assertEquals(await link.hear(50), { kind: "ended", reason: "it was ended" });
});

Deno.test("a program that is not there has ended", async () => {
  const link = launcher()(["./no-such-program"]);
  link.send(HELLO);
  assertEquals((await link.hear(SOON_MS)).kind, "ended");
  link.stop(); // which throws nothing
});

Deno.test("lines that are made to take long are read in time", () => {
  const length = 2 ** 20;
  const start = performance.now();
  for (const line of ["1".repeat(length) + ".", '"' + '\\"'.repeat(length), "[".repeat(length)]) {
    assertEquals(JSON.parse(answerLine(line)).type, "error");
  }
  assert(performance.now() - start < SOON_MS);
});

Deno.test("what an implementation says is no command to a terminal", () => {
  const reason = "\u001b[2Jfine\nevil: 9 pass, 0 fail";
  const answer = readAnswer(JSON.stringify({ type: "error", id: 1, reason }));
  assert(answer.ok && answer.value.kind === "error");
  assertEquals(answer.value.reason, " [2Jfine evil: 9 pass, 0 fail");
});

Deno.test("a process that outlives its input is ended, and one that speaks then is told", async () => {
  const stays = child(STAYS);
  assertEquals(await stays.close(300), "it did not end when its input did");
  const late = child(`${READS} ${says('"late\\n"')}`);
  assertEquals(await late.close(SOON_MS), "it said 1 lines after its last answer");
});

Deno.test("a process that answers is heard, and ends well", async () => {
  const link = child(`${READS} ${says('"a\\r\\nb\\n"')} while (Deno.stdin.readSync(buffer));`);
  link.send(HELLO);
  assertEquals(await link.hear(SOON_MS), { kind: "line", text: "a" });
  assertEquals(await link.hear(SOON_MS), { kind: "line", text: "b" });
  assertEquals(await link.close(SOON_MS), undefined);
});

Deno.test("the driver judges this library's engine, found at the end of a pipe", async () => {
  const start = join(ROOT, "src/cli/start.ts");
  const engine = `"${Deno.execPath()}" run --allow-read "${start}" engine --engine recompiler`;
  const args = ["conform", "--exec", engine, "--random", "40", "--json"];
  const { code, out } = await deno([...RUN, start, ...args]);
  assertEquals([code, JSON.parse(out).pass], [0, 40]);
});

Deno.test("the driver gives up on what is no implementation", async () => {
  const start = join(ROOT, "src/cli/start.ts");
  const args = ["conform", "--exec", `"${Deno.execPath()}" --version`];
  const { code, text } = await deno([...RUN, start, ...args]);
  assertEquals([code, text.includes("no hello")], [69, true]);
});

Deno.test("every line gets an answer of one line", () => {
  for (const line of ["", "{}", "[]", '{"type":"run"}', '{"type":"run","id":3}', "\u0000", HELLO]) {
    const answer = answerLine(line);
    assertEquals(answer.includes("\n"), false);
    assertEquals(typeof JSON.parse(answer).type, "string");
  }
});
