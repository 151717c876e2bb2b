/** The conformance driver with real processes: what they say, what they do not, and how they end. */

import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import process from "node:process";
import { launcher } from "../src/cli/conform_process.ts";
import { readAnswer } from "../src/cli/conform_answer.ts";
import { answerLine } from "../src/cli/conform_engine.ts";
import type { Heard } from "../src/cli/conform_link.ts";
import { guardedLink } from "../src/cli/guarded_link.ts";
import { deno, ROOT, run } from "./process.ts";

const START = join(ROOT, "src/cli/start.ts");

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

/** Whether a process is there. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

Deno.test("what a process started is ended with it, and its end is told while pipes are open", async () => {
  const link = launcher(LINE_BYTES)(["sh", "-c", "sleep 600 & echo $!; exit 5"]);
  const heard = await link.hear(SOON_MS);
  assert(heard.kind === "line");
  assertEquals(isThere(Number(heard.text)), true);
  assertEquals(await link.hear(SOON_MS), { kind: "ended", reason: "it ended with code 5" });
  link.stop();
  for (let tries = 0; tries < 100 && isThere(Number(heard.text)); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assertEquals(isThere(Number(heard.text)), false);
});

Deno.test("a process that closes its output is not waited for", async () => {
  const link = launcher(LINE_BYTES)(["sh", "-c", "read line; exec 1>&-; exec sleep 600"]);
  link.send(HELLO);
  assertEquals(await link.hear(SOON_MS), { kind: "ended", reason: "it closed its output" });
  link.stop();
});

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
  const { reason } = JSON.parse(answerLine("1".repeat(2 ** 24 - 1)));
  assertEquals(reason, "no JSON: a number of more than 4096 characters");
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
  const engine = `"${Deno.execPath()}" run --allow-read "${START}" engine --engine recompiler`;
  const args = ["conform", "--exec", engine, "--random", "40", "--json"];
  const { code, out } = await deno([...RUN, START, ...args]);
  assertEquals([code, JSON.parse(out).pass], [0, 40]);
});

/** What the command `engine` makes of some bytes at its input. */
async function engineOn(bytes: Uint8Array) {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...RUN, START, "engine"],
    ...{ stdin: "piped", stdout: "piped", stderr: "piped" } as const,
  });
  const child = command.spawn();
  const writer = child.stdin.getWriter();
  await writer.write(bytes);
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const types = text(stdout).trim().split("\n").map((line) => line && JSON.parse(line).type);
  return { code, types, error: text(stderr) };
}

const utf8 = new TextEncoder();

Deno.test("the engine answers a last line that lacks its line break", async () => {
  const { code, types } = await engineOn(utf8.encode(`${HELLO}\n${HELLO}`));
  assertEquals([code, types], [0, ["hello", "hello"]]);
});

Deno.test("the engine says that a line is none, and ends", async () => {
  for (const end of [[0xff, 10], [0xff], [0xe2, 0x82]]) {
    const { code, types, error } = await engineOn(
      Uint8Array.from([...utf8.encode(`${HELLO}\n`), ...end]),
    );
    assertEquals([code, types], [65, ["hello", "error"]]);
    assert(error.includes("no UTF-8"), error);
  }
});

Deno.test("the engine says that its input is a folder", async () => {
  const words = [Deno.execPath(), ...RUN, START, "engine"].map((word) => `'${word}'`);
  const { code, text } = await run("sh", ["-c", `exec ${words.join(" ")} <.`]);
  assertEquals([code, text.includes("a folder")], [66, true], text);
});

Deno.test("an implementation that never answers keeps nobody waiting", async () => {
  const never = <T>() => new Promise<T>(() => {});
  const nothing = { send: never, waiting: () => 0, stop: never };
  const link = guardedLink({ ...nothing, hear: never<Heard>, close: never<string> }, () => {});
  assertEquals(await link.hear(1), { kind: "silent" });
  assertEquals(await link.close(1), "it did not end when its input did");
});

Deno.test("the driver gives up on what is no implementation", async () => {
  const args = ["conform", "--exec", `"${Deno.execPath()}" --version`];
  const { code, text } = await deno([...RUN, START, ...args]);
  assertEquals([code, text.includes("no hello")], [69, true]);
});

Deno.test("every line gets an answer of one line", () => {
  for (const line of ["", "{}", "[]", '{"type":"run"}', '{"type":"run","id":3}', "\u0000", HELLO]) {
    const answer = answerLine(line);
    assertEquals(answer.includes("\n"), false);
    assertEquals(typeof JSON.parse(answer).type, "string");
  }
});
