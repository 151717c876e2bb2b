/** The command line in surroundings that are not what they should be. */

import {
  agrees,
  defineProof,
  domain,
  type Hostile,
  hostileValues,
  type Proof,
} from "../src/proof/mod.ts";
import * as cli from "../src/cli/main.ts";
import {
  type Depth,
  DEPTHS,
  linesWith,
  LINK_FIELDS,
  linkWith,
  SOUND,
  spoilt,
  type Way,
} from "./_kit/cli_surroundings.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

const mutant = sourceMutants<typeof cli>("src/cli/main.ts");
const SPEC = "Ringfence, command line";
const IO = "src/cli/guarded_io.ts";
const LINK = "src/cli/guarded_link.ts";

/** A command that needs each field of the surroundings, and what it exits with when all is well. */
const NEEDS: Readonly<Record<string, readonly [line: string, code: number]>> = {
  read: ["run x.pvmasm", 0],
  list: ["conformance d", 66],
  write: ["asm x.pvmasm", 0],
  out: ["run x.pvmasm", 0],
  error: ["bogus", 64],
  isTerminal: ["run x.pvmasm", 0],
  now: ["run x.pvmasm", 0],
  store: [`kernel inspect ${"ab".repeat(32)} --store s`, 66],
};

/** The fields whose answer counts for something. */
const ANSWERING: ReadonlySet<string> = new Set(["read", "list", "write", "store"]);

/** Whether it is an exit code, and one that tells of the failure where there is one. */
function isCode(code: unknown, isFailure: boolean): string | undefined {
  const isWhole = typeof code === "number" && Number.isInteger(code) && code >= 0 && code < 256;
  if (!isWhole) return "it exits with what is no code";
  return isFailure && code < 64 ? `it exits with ${code} all the same` : undefined;
}

/** Whether a value says how many lines wait. */
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;

/** A few values: what is no function, or is thrown, makes less of a difference than what is given. */
const FEW = [...hostileValues.values()].filter(({ code }, index) =>
  index % 8 === 0 || /class|^\(\) =>|get\(\) \{ throw 1; \}/.test(code)
);

/** Each of some names, in each way, with values. */
function spoiling(names: readonly string[]) {
  return domain.union(
    domain.product({
      name: domain.of(...names),
      way: domain.of<Way>("gives"),
      hostile: hostileValues,
    }),
    domain.product({
      name: domain.of(...names),
      way: domain.of<Way>("is", "throws", "is thrown by a getter", "rejects with"),
      hostile: domain.of(...FEW),
    }),
  );
}

/** Hostile values that are a line, or that end the lines, where each of them is put. */
function isTaken(depth: Depth, { code }: Hostile): boolean {
  if (depth === "line") return code.startsWith('"');
  // Objects without `done` and `value` say that there is a line and that it is nothing.
  return depth === "step" && (code === "undefined" || code === "null");
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/main_takes_any_surroundings",
    claim: "whatever is given as surroundings, the command line exits with a code, and fails",
    subject: ["main"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.product({
      line: domain.of("run x", "--help", "", "conform"),
      io: hostileValues,
    }),
    reaches: ["64", "66", "69"],
    implementation: cli,
    mutants: [
      mutant("src/cli/main.ts", "wrong === undefined || code", "code >= 0 || code"),
    ],
    check: async ({ line, io: { make } }, reach, face) => {
      const words = line === "" ? [] : line.split(" ");
      const code: unknown = Reflect.apply(face.main, undefined, [words, make()]);
      const later: unknown = await Reflect.apply(face.mainAsync, undefined, [words, make()]);
      reach(`${code}`);
      return isCode(code, true) ?? isCode(later, true);
    },
  }),
  defineProof({
    id: "cli/main_takes_any_field_of_surroundings",
    claim:
      "a field of the surroundings that is, gives or throws anything ends in a code of failure",
    subject: ["main"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.union(
      domain.product({
        name: domain.of(...ANSWERING),
        way: domain.of<Way>("succeeds with", "fails with"),
        hostile: hostileValues,
      }),
      spoiling(Object.keys(NEEDS)),
    ),
    reaches: ["0", "1", "64", "65", "66", "69", "73"],
    implementation: cli,
    mutants: [
      mutant(IO, "const bytes = copyBytes(value);", "const bytes = value;"),
      mutant(IO, "return names && ok(names);", "return ok(given.value);"),
      mutant(IO, "return given.ok === true ? ok(undefined) : undefined;", "return ok(undefined);"),
      mutant(IO, "return Number.isFinite(given) ? given : undefined;", "return given;"),
      mutant(IO, "if (value !== undefined) return value;", "return value ?? otherwise;"),
      mutant("src/cli/reason.ts", "  } catch {", "  } catch (thrown) {\n    if (thrown) throw 1;"),
    ],
    check: ({ name, way, hostile: { make } }, reach, face) => {
      const [line, sound] = NEEDS[name] ?? ["", 64];
      const io = spoilt(SOUND, name, way, make());
      const code: unknown = Reflect.apply(face.main, undefined, [line.split(" "), io]);
      reach(`${code}`);
      const isThrown = way === "is thrown by a getter" || way === "throws" && name !== "isTerminal";
      const isNoAnswer = way === "gives" || way === "rejects with";
      const isNeeded = ANSWERING.has(name) || name === "now" && !Number.isFinite(make());
      const isRefused = isThrown || way === "fails with" || isNoAnswer && isNeeded;
      if (way === "is") {
        return isCode(code, false) ?? agrees(face.main(line.split(" "), SOUND), sound);
      }
      return isCode(code, isRefused);
    },
  }),
  defineProof({
    id: "cli/engine_takes_any_input",
    claim: "whatever the lines of the input are, or what is in them, the engine ends with a code",
    subject: ["mainAsync"],
    spec: SPEC,
    strength: "exhaustive",
    domain: domain.product({ depth: domain.of(...DEPTHS), hostile: hostileValues }),
    reaches: ["0", "66", "69"],
    implementation: cli,
    mutants: [
      mutant(IO, 'if (typeof value === "string") yield value;', "yield String(value);"),
      mutant(IO, '      yield unreadable("the input", reasonOf(thrown));\n', ""),
      mutant("src/cli/engine_command.ts", "    return request;\n", "    break;\n"),
    ],
    check: async ({ depth, hostile }, reach, face) => {
      const io = { ...SOUND, lines: linesWith(depth, hostile.make()) };
      const code: unknown = await Reflect.apply(face.mainAsync, undefined, [["engine"], io]);
      reach(`${code}`);
      return isTaken(depth, hostile) ? agrees(code, 0) : isCode(code, true);
    },
  }),
  defineProof({
    id: "cli/conform_takes_any_link",
    claim: "whatever starts an implementation, and is started, the driver ends with a code",
    subject: ["mainAsync"],
    spec: SPEC,
    strength: "exhaustive",
    domain: spoiling(["launch", "line", "end", ...LINK_FIELDS]),
    reaches: ["0", "1", "69"],
    implementation: cli,
    mutants: [
      mutant(IO, "return guardedLink(link ?? NO_LINK, note);", "return link ?? NO_LINK;"),
      mutant(LINK, 'note("waiting", "its answer makes no sense");', ""),
      mutant(LINK, 'if (typeof reason === "string") return', "if (true) return"),
    ],
    check: async ({ name, way, hostile: { make } }, reach, face) => {
      const io = name === "launch"
        ? spoilt(SOUND, name, way, make())
        : { ...SOUND, launch: () => linkWith(name, way, make()) };
      const args = ["conform", "--exec", "x", "--random", "1", "--timeout", "1"];
      const code: unknown = await Reflect.apply(face.mainAsync, undefined, [args, io]);
      reach(`${code}`);
      const isThrown = way === "throws" || way === "is thrown by a getter" || name === "end";
      const isOdd = name === "waiting" && way === "gives" && !isCount(make());
      return isCode(code, isThrown && name !== "stop" || isOdd || name === "launch");
    },
  }),
];

register(proofs);
