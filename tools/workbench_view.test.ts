import { assert, assertEquals } from "@std/assert";
import { GRAY_PAPER, type Machine } from "../src/pvm/mod.ts";
import { readLedger } from "../workbench/ledger.ts";
import { FORM, settingOf } from "../workbench/machine/form.ts";
import { CODE_BYTES_MAX, loadBytes, loadSource } from "../workbench/machine/loading.ts";
import { changesOf, pagesOf } from "../workbench/machine/snapshot.ts";
import { blockRows } from "../workbench/view/hot_blocks.ts";
import { codeLine, lineOf, offsetsOf } from "../workbench/view/listing.ts";
import { addressFrom, byteRows, regionRows } from "../workbench/view/memory.ts";
import { grouped, size, word } from "../workbench/view/numbers.ts";
import { filterProofs } from "../workbench/view/proofs.ts";
import { registerRows } from "../workbench/view/registers.ts";
import { workbenchData } from "./workbench_build.ts";
import { planOf, runAll, sessionOf } from "./workbench_sessions.ts";

Deno.test("what is no guest is refused with its reason", () => {
  const broken = loadSource("mine", "        load_imm r99, 1\n        nothing\n");
  assert(!broken.ok);
  assertEquals(broken.error.lines.length, 2);
  assert(broken.error.lines[0]?.startsWith("mine:1:18: "));
  assertEquals(loadBytes("x.pvm", Uint8Array.of(1, 2, 3)).ok, false);
  assertEquals(loadBytes("x.pvm", new Uint8Array(0)).ok, false);
  assertEquals(loadBytes("x.json", new TextEncoder().encode("[".repeat(100_000))).ok, false);
  const large = loadBytes("x.pvm", new Uint8Array(2 ** 21 + 1));
  assert(!large.ok && large.error.title === "The guest is too large");
  const many = loadSource("many", "bad\n".repeat(90));
  assert(!many.ok);
  assertEquals([many.error.lines.length, many.error.lines.at(-1)], [21, "and 70 more"]);
  const long = loadSource(
    "long",
    `        .raw ${"0, ".repeat(30_000)}0\n`.repeat(CODE_BYTES_MAX / 30_000),
  );
  assertEquals(long.ok, false);
});

Deno.test("fields that are wrong are told one by one", () => {
  const loaded = loadSource("source", "        trap\n");
  assert(loaded.ok);
  const { input } = loaded.value;
  const wrong = settingOf({ ...FORM, gas: "1.5", args: "abc" }, input);
  assert(!wrong.ok);
  assertEquals(Object.keys(wrong.error), ["gas", "args"]);
  const many = settingOf({ ...FORM, gas: `${2n ** 52n + 1n}` }, input);
  assert(!many.ok && many.error.gas !== undefined && many.error.args === undefined);
  const right = settingOf({ ...FORM, gas: " 1,000 ", args: "ä", argsAs: "text" }, input);
  assert(right.ok);
  assertEquals<unknown>([right.value.gas, right.value.dialect, right.value.gasModel], [
    1_000n,
    GRAY_PAPER,
    "instruction",
  ]);
  assertEquals(right.value.args, Uint8Array.of(0xc3, 0xa4));
});

Deno.test("the listing finds lines, blocks and marks", () => {
  const session = sessionOf(planOf("a:      load_imm r1, 1\n        jump a\n        trap\n"));
  const offsets = offsetsOf(session.plan.input.code);
  assertEquals([...offsets], [0, 3, 5]);
  assertEquals([0, 1, 2, 3, 4, 5, 99].map((pc) => lineOf(offsets, pc)), [0, 0, 0, 1, 1, 2, 2]);
  assertEquals(codeLine(session, offsets, 1, new Set([3])), {
    pc: 3,
    mnemonic: "jump",
    operands: "-> 0",
    bytes: "28 fd",
    isBlockStart: false,
    isNext: false,
    isBreakpoint: true,
    entries: undefined,
  });
  session.move("block");
  const first = codeLine(session, offsets, 0, new Set());
  assertEquals([first.isNext, first.isBlockStart, first.entries], [true, true, 1]);
  assertEquals(blockRows(session).rows, [
    { pc: 0, entries: "1", gas: "2", cost: "2", percent: "100.0%", share: 1 },
  ]);
});

function memoryOf(source: string): Machine["memory"] {
  return sessionOf(planOf(source)).machine.memory;
}

Deno.test("memory shows what is mapped and what changed", () => {
  const memory = memoryOf('.rodata\n .ascii "hi"\n.data\n .space 4096\n.code\n trap\n');
  const before = pagesOf(memory);
  assert(memory.write(0x3_0002, Uint8Array.of(7)).ok);
  const changes = changesOf(before, pagesOf(memory));
  assertEquals(changes, [0x3_0002]);
  const [text, data] = regionRows(memory, changes);
  assertEquals([text?.from, text?.access, text?.changedAt], ["00010000", "r-", undefined]);
  assertEquals([data?.from, data?.access, data?.changedAt], ["00030000", "rw", 0x3_0002]);
  const [row] = byteRows(memory, before, { start: 0x3_0000, rows: 1, width: 4 });
  assertEquals(row?.cells.map(({ text, isChanged }) => [text, isChanged]), [
    ["00", false],
    ["00", false],
    ["07", true],
    ["00", false],
  ]);
  const [none] = byteRows(memory, before, { start: 0x8_0000, rows: 1, width: 2 });
  assertEquals([none?.cells.map(({ text }) => text), none?.text], [["··", "··"], ""]);
  const [letters] = byteRows(memory, undefined, { start: 0x1_0000, rows: 1, width: 3 });
  assertEquals(letters?.text, "hi·");
});

Deno.test("addresses are read as digits or as registers", () => {
  const registers = [0x1_0000_0010n, 5n];
  assertEquals(
    ["10", "0x1F", "fefd_0000", "r0", "R1", "r12", "r13", "", "x", "123456789"].map((text) =>
      addressFrom(text, registers)
    ),
    [0x10, 0x1f, 0xfefd_0000, 0x10, 5, 0, undefined, undefined, undefined, undefined],
  );
});

Deno.test("numbers are written so that they are read", () => {
  assertEquals([0, 999, 1_000, 12_345_678].map(grouped), ["0", "999", "1,000", "12,345,678"]);
  assertEquals(grouped(-1_234n), "-1,234");
  assertEquals([1, 1_024, 1_536, 2 ** 20, 2 ** 32].map(size), [
    "1 B",
    "1 KiB",
    "1.5 KiB",
    "1 MiB",
    "4 GiB",
  ]);
  assertEquals(word(2n ** 64n - 1n), "ffffffff ffffffff");
  const [row] = registerRows([2n ** 64n - 2n], [0n]);
  assertEquals(row, { name: "r0", hex: "ffffffff fffffffe", decimal: "-2", isChanged: true });
  assertEquals(registerRows([1n], undefined)[0]?.isChanged, false);
});

Deno.test("the ledger is read and filtered", () => {
  const table = [
    "| id | subject | claim | strength | domain | size | cases | reached | mutants killed |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    "| a/one | f | x \\| y | bounded | 2 values | 2 | 2 | | 1/1 |",
    "| b/two | g | z | sampled | all | 3 | 3 | ok | 2/2 |",
  ].join("\n");
  const rows = readLedger(`# head\n\n${table}\n\nmore | text\n`);
  assertEquals(rows.map(({ id, claim, mutants }) => [id, claim, mutants]), [
    ["a/one", "x | y", "1/1"],
    ["b/two", "z", "2/2"],
  ]);
  assertEquals(readLedger("no table"), []);
  const ids = (text: string, room = "", strength = "") =>
    filterProofs(rows, { text, room, strength }).map(({ id }) => id);
  assertEquals(ids(""), ["a/one", "b/two"]);
  assertEquals(ids("Z ok"), ["b/two"]);
  assertEquals(ids("z f"), []);
  assertEquals(ids("", "a"), ["a/one"]);
  assertEquals(ids("", "", "sampled"), ["b/two"]);
});

Deno.test("every example that comes with the page loads and runs", () => {
  const { examples, proofs } = workbenchData();
  assert(proofs.length > 700);
  for (const { name, source, args, argsAs } of examples) {
    const session = sessionOf(planOf(source, { args, argsAs, gas: "100000" }));
    runAll(session);
    const expected: Readonly<Record<string, string>> = {
      unknown_call: "halt",
      fault: "page-fault",
      endless: "out-of-gas",
    };
    assertEquals([name, session.exit?.kind], [name, expected[name] ?? "halt"]);
  }
});
