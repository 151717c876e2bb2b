/**
 * The command `conform`.
 *
 * @module
 */

import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { OPCODES } from "../pvm/mod.ts";
import type { CommandLine } from "./command_line.ts";
import { FIELDS } from "./conform_compare.ts";
import { anyCase } from "./conform_generate.ts";
import type { Launch } from "./conform_link.ts";
import { Peer, STRAY } from "./conform_peer.ts";
import type { Capabilities } from "./conform_protocol.ts";
import { Random } from "./conform_random.ts";
import { reportOut, reportText } from "./conform_report.ts";
import { conformRun, hasCompared, type Trial, type Untried } from "./conform_run.ts";
import { adapted, readVectorFile } from "./conform_vectors.ts";
import { splitWords } from "./conform_words.ts";
import { EXIT_CODE } from "./exit_code.ts";
import type { Io } from "./io.ts";
import { malformed, type Problem, unreadable, usageProblem } from "./problem.ts";
import { readUsize } from "./values.ts";

/** The options of `conform`. */
export const CONFORM_OPTIONS = {
  exec: "value",
  vectors: "values",
  random: "value",
  seed: "value",
  timeout: "value",
  "max-failures": "value",
  without: "value",
  ignore: "value",
  plain: "flag",
  json: "flag",
} as const;

/** How many random programs there are when nothing else is asked for. */
const RANDOM_DEFAULT = 1_000;
const TIMEOUT_DEFAULT = 10_000;
const TIMEOUT_MAX = 600_000;
const FAILURES_DEFAULT = 10;

/** What the options ask for. */
interface Settings {
  readonly words: readonly string[];
  readonly folders: readonly string[];
  readonly random: number;
  readonly seed: number;
  readonly milliseconds: number;
  readonly failuresMax: number;
  readonly without: ReadonlySet<string>;
  readonly ignored: ReadonlySet<string>;
  readonly plain: boolean;
}

/** A list of words, each of which is known. */
function wordsOf(
  line: CommandLine,
  name: string,
  known: readonly string[],
): Result<ReadonlySet<string>, Problem> {
  const words = (line.value(name) ?? "").split(",").filter((word) => word !== "");
  const odd = words.find((word) => !known.includes(word));
  return odd === undefined
    ? ok(new Set(words))
    : usageProblem(`--${name}: "${odd}" is none of ${known.join(", ")}`);
}

function numberOption(
  line: CommandLine,
  name: string,
  otherwise: number,
): Result<number, Problem> {
  const given = line.value(name);
  return given === undefined ? ok(otherwise) : readUsize(`--${name}`, given);
}

function settingsOf(line: CommandLine): Result<Settings, Problem> {
  const [surplus] = line.operands;
  if (surplus !== undefined) {
    return usageProblem(`"${surplus}": there are options only`);
  }
  const words = splitWords(line.value("exec") ?? "");
  if (!words.ok) return words;
  const folders = line.values("vectors");
  const random = numberOption(
    line,
    "random",
    folders.length > 0 ? 0 : RANDOM_DEFAULT,
  );
  if (!random.ok) return random;
  const seed = numberOption(line, "seed", 1);
  if (!seed.ok) return seed;
  const milliseconds = numberOption(line, "timeout", TIMEOUT_DEFAULT);
  if (!milliseconds.ok) return milliseconds;
  if (milliseconds.value < 1 || milliseconds.value > TIMEOUT_MAX) {
    return usageProblem(`--timeout: expected 1 to ${TIMEOUT_MAX} milliseconds`);
  }
  const failuresMax = numberOption(line, "max-failures", FAILURES_DEFAULT);
  if (!failuresMax.ok) return failuresMax;
  if (failuresMax.value < 1) {
    return usageProblem("--max-failures: expected 1 or more");
  }
  const without = wordsOf(
    line,
    "without",
    OPCODES.map(({ mnemonic }) => mnemonic),
  );
  if (!without.ok) return without;
  const ignored = wordsOf(line, "ignore", FIELDS);
  if (!ignored.ok) return ignored;
  return ok({
    words: words.value,
    folders,
    random: random.value,
    seed: seed.value,
    milliseconds: milliseconds.value,
    failuresMax: failuresMax.value,
    without: without.value,
    ignored: ignored.value,
    plain: line.has("plain"),
  });
}

/** The files of a folder that may be vectors; in a folder of this library's own, those of the PVM. */
function caseFiles(
  folder: string,
  io: Io,
): Result<readonly string[], Problem> {
  const at = folder.replace(/[\\/]$/, "");
  const names = io.list(at);
  if (!names.ok) return unreadable(at, names.error);
  const isOwn = names.value.includes("manifest.json");
  const folders = isOwn ? [`${at}/pvm`, `${at}/pvm/programs`] : [at];
  const files: string[] = [];
  for (const each of folders) {
    const held = io.list(each);
    if (!held.ok) return unreadable(each, held.error);
    files.push(
      ...held.value.filter((name) => name.endsWith(".json")).map((name) => `${each}/${name}`),
    );
  }
  return ok(files.toSorted());
}

/** Every case of the folders, read before anything is run. */
function trialsIn(
  folders: readonly string[],
  io: Io,
): Result<readonly (Trial | Untried)[], Problem> {
  const trials: (Trial | Untried)[] = [];
  for (const folder of folders) {
    const before = trials.length;
    const files = caseFiles(folder, io);
    if (!files.ok) return files;
    for (const file of files.value) {
      const bytes = io.read(file);
      if (!bytes.ok) return unreadable(file, bytes.error);
      const read = readVectorFile(new TextDecoder().decode(bytes.value));
      if (!read.ok) return malformed(`${file}: no vectors: ${read.error}`);
      for (const trial of read.value ?? []) trials.push(trial);
    }
    if (trials.length === before) {
      return err({
        code: EXIT_CODE.unreadable,
        message: `${folder}: there is no vector of the PVM`,
      });
    }
  }
  return ok(trials);
}

/** The cases of a run, one after the other. */
function* casesOf(
  vectors: readonly (Trial | Untried)[],
  { random, seed, without, plain }: Settings,
  capabilities: Capabilities,
): Iterable<Trial | Untried> {
  for (const vector of vectors) yield adapted(vector, capabilities);
  const seeds = new Random(seed);
  for (let index = 0; index < random; index++) {
    const name = `random program ${index} of seed ${seed}`;
    const input = anyCase(new Random(seeds.next()), {
      capabilities,
      without,
      plain,
    }, name);
    yield { input, wanted: undefined };
  }
}

/** Shows how far it is, where somebody looks. */
function progressOn(io: Io): (done: number, faults: number) => void {
  let last = 0;
  return (done, faults) => {
    if (!io.isTerminal || io.now() - last < 100) return;
    last = io.now();
    io.error(`\r${done} cases, ${faults} failed\u001b[K`);
  };
}

async function runWith(
  launch: Launch,
  settings: Settings,
  io: Io,
  isJson: boolean,
): Promise<Result<number, Problem>> {
  const vectors = trialsIn(settings.folders, io);
  if (!vectors.ok) return vectors;
  const { words, milliseconds, failuresMax, ignored } = settings;
  const peer = new Peer(() => launch(words), milliseconds);
  const hello = await peer.start();
  if (!hello.ok) {
    return err({
      code: EXIT_CODE.unavailable,
      message: `${words.join(" ")}: ${hello.error}`,
    });
  }
  const { capabilities } = hello.value;
  const report = await conformRun(
    casesOf(vectors.value, settings, capabilities),
    {
      ...{ peer, capabilities, ignored, failuresMax },
      now: io.now,
      onCase: progressOn(io),
    },
  );
  const end = await peer.dismiss();
  if (io.isTerminal) io.error("\r\u001b[K");
  const problems = end.ok ? [] : [end.error];
  if (peer.strays > 0) problems.push(STRAY);
  if (!hasCompared(report)) {
    problems.push("nothing besides the status was compared");
  }
  io.out(
    isJson
      ? `${JSON.stringify(reportOut(hello.value, report, problems))}\n`
      : reportText(hello.value, report, problems),
  );
  return ok(
    report.fail > 0 || problems.length > 0 ? EXIT_CODE.panic : EXIT_CODE.done,
  );
}

/** Does the command `conform`. */
export async function conformCommand(
  line: CommandLine,
  io: Io,
): Promise<Result<number, Problem>> {
  const settings = settingsOf(line);
  if (!settings.ok) return settings;
  if (io.launch === undefined) {
    return err({
      code: EXIT_CODE.unavailable,
      message: "no program can be started here",
    });
  }
  return await runWith(io.launch, settings.value, io, line.has("json"));
}
