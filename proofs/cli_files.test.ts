/** The command line on files: text and back, vectors, hostile files. */

import { agrees, allOf, defineProof, domain, isTotal, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import { MEMORY_AFTER, REGISTERS_AFTER, runLine, SOURCES, vectorText } from "./_kit/cli.ts";
import { nextInput, Random } from "./_kit/fuzz_inputs.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/mod.ts");
const ALL = 2n ** 64n - 1n;

/** Registers with another value in one of them. */
function registers(index: number, value: bigint | number): readonly unknown[] {
  return REGISTERS_AFTER.map((old, place) => place === index ? value : old);
}

/** Other pages, all of which can be written to. */
function mapped(...pages: readonly (readonly [number, number])[]) {
  return {
    "initial-page-map": pages.map(([address, length]) => ({
      address,
      length,
      "is-writable": true,
    })),
  };
}

/** Changes of the vector: what it comes to then. */
const CHANGES: readonly (readonly [Readonly<Record<string, unknown>>, string])[] = [
  [{}, "pass"],
  [{ "expected-status": "halt" }, "status"],
  [{ "expected-pc": 7 }, "pc"],
  [{ "expected-gas": 96 }, "gas"],
  [{ "expected-regs": registers(9, ALL - 1n) }, "register 9"],
  [{ "expected-regs": registers(0, 1) }, "register 0"],
  [{ "expected-memory": [{ "address": 131072, "contents": [255] }] }, "memory"],
  [
    { "expected-memory": [...MEMORY_AFTER, { "address": 135167, "contents": [1] }] },
    "memory",
  ],
  [{ "initial-regs": Array.from({ length: 13 }, (_, i) => i === 9 ? ALL : 0) }, "pass"],
  [{ "initial-gas": ALL, "expected-gas": ALL - 3n }, "pass"],
  [{ "initial-gas": ALL, "expected-gas": ALL - 2n }, "gas"],
  [{
    "initial-page-map": [{ "address": 196608, "length": 4096, "is-writable": true }],
    "initial-memory": [],
    "expected-memory": [],
    "expected-status": "page-fault",
    "expected-pc": 3,
    "expected-page-fault-address": 131072,
  }, "pass"],
  [{
    "initial-page-map": [{ "address": 196608, "length": 4096, "is-writable": true }],
    "initial-memory": [],
    "expected-memory": [],
    "expected-status": "page-fault",
    "expected-pc": 3,
    "expected-page-fault-address": 135168,
  }, "fault address"],
  [{ "expected-page-fault-address": 131072 }, "foreign"],
  [{ "initial-gas": -1 }, "foreign"],
  [{ "initial-gas": 2n ** 64n }, "foreign"],
  [{ "initial-gas": 1.5 }, "foreign"],
  [{ "initial-pc": 2 ** 32 }, "foreign"],
  [{ "initial-regs": [0] }, "foreign"],
  [{ "program": [256] }, "foreign"],
  [{ "program": undefined }, "foreign"],
  [{ "expected-status": "trap" }, "foreign"],
  [{ "surplus": 1 }, "foreign"],
  [{ "name": 1 }, "foreign"],
  [{ "initial-page-map": [{ "address": 0, "length": 4096, "is-writable": 1 }] }, "foreign"],
  [mapped([131072, 4095]), "foreign"],
  [mapped([131073, 4096]), "foreign"],
  [mapped([2 ** 32 - 4096, 8192]), "foreign"],
  [mapped([131072, 8192], [135168, 4096]), "foreign"],
  [{ "initial-memory": [{ "address": 2 ** 32 - 1, "contents": [1, 2] }] }, "foreign"],
];

function linesOf(file: string): readonly (readonly string[])[] {
  return [
    ["run", file, "--gas", "300"],
    ["run", file, "--gas", "300", "--dialect", "javm", "--json"],
    ["trace", file, "--gas", "300", "--steps", "50"],
    ["asm", file],
    ["disasm", file],
    ["conformance", "dir"],
  ];
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/vectors_are_judged_field_by_field",
    claim: "a vector passes when every field agrees, in every way to run it, and only then",
    subject: ["main", "readVector", "runVector"],
    spec: "PVM test vectors 0.4",
    strength: "exhaustive",
    domain: domain.of(...CHANGES),
    reaches: [
      "pass",
      "status",
      "pc",
      "gas",
      "register 9",
      "register 0",
      "memory",
      "fault address",
      "foreign",
    ],
    implementation: cli,
    mutants: [
      mutant("src/cli/vector_run.ts", '["pc", machine.pc, expected.pc],\n', ""),
      mutant.equivalent(
        "src/cli/vector_run.ts",
        "return matched === accesses.size ?",
        "return matched > 0 ?",
        "no instruction unmaps a page",
      ),
      mutant("src/cli/vector_run.ts", "actual === wanted ? []", "true ? []"),
      mutant("src/cli/vector_run.ts", 'gasModel: "block"', 'gasModel: "pipeline"'),
      mutant("src/cli/exact_json.ts", "-?\\d{16,}", "-?\\d{26,}"),
      mutant("src/cli/vector.ts", "values?.length === REGISTERS ? values", "true ? values"),
      mutant("src/cli/vector.ts", "if (!FIELDS.has(name))", "if (false)"),
      mutant("src/cli/vector.ts", "address % PAGE_SIZE === 0 &&", ""),
      mutant("src/cli/vector.ts", "&& length % PAGE_SIZE === 0", ""),
      mutant("src/cli/vector.ts", "isWhole && address + length <= ADDRESSES", "isWhole"),
      mutant("src/cli/vector.ts", "address + contents.length <= ADDRESSES", "address >= 0"),
      mutant("src/cli/vector.ts", "before.address + before.length <= address", "address >= 0"),
      mutant(
        "src/cli/vector.ts",
        'if (!faults && fields.has("expected-page-fault-address"))',
        "if (false)",
      ),
    ],
    check: ([change, expected], reach, face) => {
      const text = vectorText(change);
      const { code, out } = runLine(face, ["conformance", "dir", "--json"], { "dir/a.json": text });
      reach(expected);
      const vector = face.readVector(text);
      const isForeign = expected === "foreign";
      const problems = vector.ok
        ? face.WAYS.map((way) => face.runVector(vector.value, way).join("; "))
        : [];
      const told = expected === "memory" ? "memory differs" : `${expected} is`;
      return allOf(
        agrees([code, vector.ok], [expected === "pass" ? 0 : 1, !isForeign]),
        agrees(JSON.parse(out).pass, expected === "pass" ? 1 : 0),
        problems.every((text) => expected === "pass" ? text === "" : text.startsWith(told))
          ? undefined
          : `it says ${problems.join(", ")}`,
      );
    },
  }),
  defineProof({
    id: "cli/text_and_back",
    claim:
      "what asm writes runs as its source does, and asm makes the same of what disasm says of it",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.product({
      source: domain.of("halt", "panic", "fault", "call", "log", "echo", "spin"),
      format: domain.of("jam", "spi"),
    }),
    reaches: ["jam", "spi"],
    implementation: cli,
    mutants: [
      mutant("src/cli/text_commands.ts", "heapPages * PAGE_SIZE", "heapPages"),
      mutant(
        "src/cli/text_commands.ts",
        'lines.push("        .rodata"',
        'lines.push("        .data"',
      ),
      mutant("src/cli/text_commands.ts", "at += BYTES_PER_LINE", "at += 2 * BYTES_PER_LINE"),
    ],
    check: ({ source, format }, reach, face) => {
      reach(format);
      const more =
        `\n.data\n.ascii "0123456789abcdef0123456789abcdef"\n.bss\n.space 5000\n.stack 100\n`;
      const text = Object.entries(SOURCES).find(([name]) => name === `${source}.pvmasm`)?.[1] ?? "";
      const files = { "a.pvmasm": text + more };
      const first = runLine(face, ["asm", "a.pvmasm", "--output", `b.${format}`], files);
      const bytes = first.written.get(`b.${format}`) ?? new Uint8Array(0);
      const back = runLine(face, ["disasm", `b.${format}`], { [`b.${format}`]: bytes });
      const again = runLine(face, ["asm", "c.pvmasm", "--format", format], {
        "c.pvmasm": back.out,
      });
      const args = ["--gas", "500", "--json"];
      const one = runLine(face, ["run", "a.pvmasm", ...args], files);
      const two = runLine(face, ["run", `b.${format}`, ...args], { [`b.${format}`]: bytes });
      const { registers, gas } = JSON.parse(one.out);
      return allOf(
        agrees(again.written.get(`c.${format}`), bytes),
        agrees([two.code, JSON.parse(two.out).registers, JSON.parse(two.out).gas], [
          one.code,
          registers,
          gas,
        ]),
      );
    },
  }),
  defineProof({
    id: "cli/hostile_files_do_no_harm",
    claim: "every command returns a known exit code for any file whatever",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "bounded",
    domain: domain.product({
      seed: domain.range(0, 59),
      name: domain.of("a.pvm", "a.jam", "a.pvmasm", "dir/a.json", "a"),
    }),
    reaches: ["0", "1", "2", "4", "65"],
    implementation: cli,
    mutants: [
      mutant(
        "src/cli/program_input.ts",
        "  } catch {\n    return undefined;\n  }",
        "  } finally {\n    // no net\n  }",
      ),
      mutant(
        "src/cli/exact_json.ts",
        "  } catch (mistake) {\n",
        "  } catch (mistake) {\n    if (mistake !== 0) throw mistake;\n",
      ),
    ],
    check: ({ seed, name }, reach, face) => {
      const bytes = nextInput(new Random(seed));
      const content = seed % 3 === 0 ? vectorText().slice(0, 9 * seed) : bytes;
      return isTotal(() => {
        for (const line of linesOf(name)) {
          const { code } = runLine(face, line, { [name]: content, "dir/b.json": vectorText() });
          if (["0", "1", "2", "4", "65"].includes(`${code}`)) reach(`${code}`);
          else if (![3, 5, 6, 64, 66].includes(code)) throw new Error(`it exits with ${code}`);
        }
      });
    },
  }),
];

register(proofs);
