/** Folders and files of vectors that cannot be read. */

import * as cli from "../src/cli/main.ts";
import { agrees, defineProof, domain, type Proof } from "../src/proof/mod.ts";
import { SOUND } from "./_kit/cli_surroundings.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof cli;
const mutant = sourceMutants<Face>("src/cli/main.ts");
const CONFORM = "src/cli/conform.ts";
const CONFORMANCE = "src/cli/conformance.ts";

/** What is in the folders, the command, and the code and a part of what is printed. */
interface Scene {
  readonly folders: Readonly<Record<string, readonly string[]>>;
  readonly command: "conform" | "conformance";
  readonly code: number;
  readonly told: string;
}

const SCENES: Readonly<Record<string, Scene>> = {
  "no folder": { folders: {}, command: "conform", code: 66, told: "v: no such folder" },
  "a folder of this library's own without another one": {
    folders: { v: ["manifest.json"] },
    ...{ command: "conform", code: 66, told: "v/pvm: no such folder" },
  },
  "no file": {
    folders: { v: ["a.json"] },
    ...{ command: "conform", code: 66, told: "v/a.json: no such file" },
  },
  "no vector": {
    folders: { v: ["a.json"] },
    ...{ command: "conformance", code: 1, told: "FAILED v/a.json\n  no such file\n" },
  },
};

export const proofs: readonly Proof[] = [
  defineProof({
    id: "cli/conform_folders_that_cannot_be_read_are_told",
    claim: "a folder or file of vectors that cannot be read is told, with the reason",
    subject: ["mainAsync"],
    spec: "Ringfence, command line",
    strength: "exhaustive",
    domain: domain.of(...Object.keys(SCENES)),
    reaches: ["1", "66"],
    implementation: cli,
    mutants: [
      mutant(
        CONFORM,
        "if (!names.ok) return unreadable(at, names.error);",
        "if (!names.ok) return ok([]);",
      ),
      mutant(
        CONFORM,
        "if (!held.ok) return unreadable(each, held.error);",
        "if (!held.ok) return unreadable(at, held.error);",
      ),
      mutant(
        CONFORM,
        "if (!files.ok) return files;",
        "if (!files.ok) return malformed(files.error.message);",
      ),
      mutant(
        CONFORM,
        "if (!bytes.ok) return unreadable(file, bytes.error);",
        "if (!bytes.ok) continue;",
      ),
      mutant(CONFORMANCE, "problems: [bytes.error] };", "problems: [] };"),
    ],
    check: async (name, reach, { mainAsync }) => {
      const { folders, command, code, told } = SCENES[name] ?? {
        ...{ folders: {}, command: "conform", code: -1, told: "" },
      };
      let printed = "";
      const print = (text: string) => void (printed += text);
      const line = command === "conform" ? ["--exec", "prog", "--vectors", "v"] : ["v"];
      const found = await mainAsync([command, ...line], {
        ...SOUND,
        read: () => ({ ok: false, error: "no such file" }),
        list: (path) => {
          const names = folders[path];
          return names === undefined
            ? { ok: false, error: "no such folder" }
            : { ok: true, value: names };
        },
        ...{ out: print, error: print, isTerminal: false },
      });
      reach(`${found}`);
      return agrees([found, printed.includes(told)], [code, true]);
    },
  }),
];

register(proofs);
