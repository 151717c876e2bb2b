import { assertEquals, assertMatch } from "@std/assert";
import { counted, ended, filesChecked, proofsPassed, testsPassed } from "./counts.ts";
import { deno, run } from "./process.ts";
import { runSteps } from "./steps.ts";

const ok = () => Promise.resolve({ ok: true, summary: "2 files" });
const bad = () => Promise.resolve({ ok: false, summary: "ended with code 1", details: "why" });

Deno.test("steps: all run, each with a line, and one failure fails the run", async () => {
  const lines: string[] = [];
  const steps = [
    { name: "a", run: ok },
    { name: "b", run: bad },
    { name: "c", run: () => Promise.reject(new Error("gone")) },
    { name: "d", run: ok },
  ];
  assertEquals(await runSteps("test", steps, (line) => lines.push(line)), false);
  assertMatch(lines[0] ?? "", /^ok {5}a: 2 files \(\d+\.\d s\)$/);
  assertEquals(lines[1], "why");
  assertMatch(lines[2] ?? "", /^FAILED b: ended with code 1 /);
  assertMatch(lines[3] ?? "", /gone/);
  assertMatch(lines[4] ?? "", /^FAILED c: could not be done /);
  assertMatch(lines.at(-1) ?? "", /^\ntest: 2 passed, 2 failed \(\d+ s\)$/);
});

Deno.test("steps: a run passes when every step does, and not without any", async () => {
  assertEquals(await runSteps("test", [{ name: "a", run: ok }], () => {}), true);
  assertEquals(await runSteps("test", [], () => {}), false);
});

Deno.test("counts: what programs print is read", () => {
  assertEquals(testsPassed("\nok | 12 passed | 0 failed (2s)\n"), 12);
  assertEquals(testsPassed("ok | 3 passed (4 steps) | 0 failed | 1 filtered out (1ms)"), 3);
  assertEquals(testsPassed("ok | 0 passed | 0 failed (0ms)"), 0);
  assertEquals(testsPassed("bun test v1.4.5\n\n 5 pass\n 0 fail\n"), 5);
  assertEquals(testsPassed("# tests 6\n# pass 6\n# fail 0\n"), 6);
  assertEquals(testsPassed("ℹ tests 6\nℹ pass 6\n"), 6);
  assertEquals(testsPassed("nothing of the kind"), 0);
  assertEquals(filesChecked("Checked 1 file"), 1);
  assertEquals(filesChecked("Checked 35 files"), 35);
  assertEquals(filesChecked(""), 0);
  assertEquals(proofsPassed("seed 1\nproofs: 7 passed, 0 failed\n"), 7);
  assertEquals(proofsPassed("proofs: 7 passed, 1 failed\n"), 0);
});

Deno.test("counts: nothing done is no success", () => {
  const ending = { code: 0, out: "", text: "Checked 0 files" };
  assertEquals(counted(ending, filesChecked, "files").ok, false);
  assertEquals(counted({ ...ending, text: "Checked 2 files" }, filesChecked, "files").ok, true);
  assertEquals(
    counted({ ...ending, code: 1, text: "Checked 2 files" }, filesChecked, "").ok,
    false,
  );
  assertEquals(ended(ending, "all"), { ok: true, summary: "all" });
  assertEquals(ended({ ...ending, code: 3 }, "all").ok, false);
});

Deno.test("process: a program that is not there ends with 127", async () => {
  const { code, text } = await run("no-such-program-anywhere", []);
  assertEquals(code, 127);
  assertMatch(text, /no-such-program-anywhere/);
});

Deno.test("process: both streams are read, and the code is kept", async () => {
  const program = 'console.log("out"); console.error("error"); Deno.exit(3);';
  assertEquals(await deno(["eval", program]), { code: 3, out: "out\n", text: "out\nerror\n" });
});

Deno.test("process: a program that takes too long is ended", async () => {
  const { code } = await deno(["eval", "setTimeout(() => {}, 60_000)"], { timeoutMs: 300 });
  assertEquals(code === 0, false);
});
