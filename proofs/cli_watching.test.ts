/** What somebody who waits is shown, and the files that a manifest lends. */

import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as cli from "../src/cli/mod.ts";
import * as main from "../src/cli/main.ts";
import { answerLine } from "../src/cli/conform_engine.ts";
import { GUESTS, manifest, manifestText, runKernel } from "./_kit/cli_kernel.ts";
import { answering } from "./_kit/conform.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof cli>("src/cli/mod.ts");
const mainMutant = sourceMutants<typeof main>("src/cli/main.ts");
const CONFORM = "src/cli/conform.ts";
const nothing = { ok: false, error: "nothing here" } as const;

/** Opens file 1 into slot 6, and gives what that gave. */
const OPEN = "go: load_imm r7, 1\n load_imm r8, 6\n ecalli 24\n ecalli 0\n";

/** What the conformance driver shows on the way, when a clock goes on by so much at each look. */
async function shown(
  { mainAsync }: typeof main,
  isTerminal: boolean | "throws",
  tick: number,
): Promise<readonly string[]> {
  const printed: string[] = [];
  let time = 0;
  await mainAsync(["conform", "--exec", "x", "--random", "10"], {
    read: () => nothing,
    list: () => nothing,
    write: () => nothing,
    out: () => {},
    error: (text) => {
      if (text.startsWith("\r")) printed.push(text);
    },
    get isTerminal(): boolean {
      if (isTerminal === "throws") throw new Error("who knows");
      return isTerminal;
    },
    launch: answering((line) => answerLine(line)),
    now: () => time += tick,
  });
  return printed;
}

/** The line that is left at the end. */
const EMPTY = "\r\u001b[K";

/** How many cases were done each time that something was shown; -1 for the empty line. */
function cases(printed: readonly string[]): readonly number[] {
  return printed.map((text) => {
    const [, done = ""] = /(\d+) cases, 0 failed/.exec(text) ?? [];
    const isWhole = text === `\r${done} cases, 0 failed\u001b[K`;
    return text === EMPTY ? -1 : isWhole ? Number(done) : -2;
  });
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_shows_how_far_it_is",
    claim: "the driver shows how far it is every tenth of a second, and only where somebody looks",
    subject: ["mainAsync"],
    spec: "Ringfence, conformance of other implementations",
    strength: "bounded",
    domain: domain.product({
      isTerminal: domain.of<boolean | "throws">(true, false, "throws"),
      tick: domain.of(100, 99, 49, 1),
    }),
    reaches: ["shown", "nothing"],
    implementation: main,
    mutants: [
      mainMutant(CONFORM, "last = io.now();", ""),
      mainMutant(CONFORM, "io.now() - last < 100) return;", "io.now() - last < 101) return;"),
      mainMutant(CONFORM, "io.now() - last < 100) return;", "io.now() - last < 99) return;"),
      mainMutant(CONFORM, "if (!io.isTerminal || ", "if ("),
      mainMutant(
        "src/cli/guarded_io.ts",
        "(io) => io.isTerminal === true, false)",
        "(io) => io.isTerminal === true, true)",
      ),
      mainMutant(CONFORM, 'if (io.isTerminal) io.error("\\r\\u001b[K");', ""),
    ],
    check: async ({ isTerminal, tick }, reach, face) => {
      const found = cases(await shown(face, isTerminal, tick));
      reach(found.length > 0 ? "shown" : "nothing");
      if (isTerminal !== true) return agrees(found, []);
      const every = Math.ceil(100 / tick);
      const wanted = Array.from({ length: 10 }, (_, at) => at + 1).filter((done) =>
        done % every === 0
      );
      return agrees(found, [...wanted, -1]);
    },
  }),
  defineProof({
    id: "cli/manifests_lend_files",
    claim: "a program opens the files that its manifest names, by their numbers, and no others",
    subject: ["main"],
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.of<readonly [files: object, code: number]>(
      [{ 1: "text" }, 0],
      [{ 1: "other", 2: "text" }, 0],
      [{ 2: "text" }, 7],
      [{}, 7],
    ),
    reaches: ["0", "7"],
    implementation: cli,
    mutants: [mutant("src/cli/kernel_run.ts", "assist.registerFile(number, hash.value);", "")],
    check: ([files, wanted], reach, face) => {
      const guests = { ...GUESTS, "dir/open.pvmasm": OPEN };
      const text = manifestText(manifest("open", {}, { files }));
      const { code } = runKernel(face, ["run", "dir/m.json"], { ...guests, "dir/m.json": text });
      reach(`${code}`);
      return agrees(code, wanted);
    },
  }),
];

register(proofs);
