import { assertEquals } from "@std/assert";
import { linksIn, readmeProblems, tasksIn } from "./readme.ts";
import { withFiles } from "./test_folder.ts";

const CONFIG = { name: "@x/y", exports: { ".": "./mod.ts" }, tasks: { demo: "", test: "" } };
const ROW = "| g | w | b | 1.20× |";
const README = `# Y

\`@x/y\` does [this](docs/bench.md) and [that](https://example.org/).

\`\`\`sh
npx -y deno@2 task demo
npx -y deno@2 task test
\`\`\`

<!-- figures -->

| Group | What | Against | Deno |
| ----- | ---- | ------- | ---- |
| g     | w    | b       | 1.20× |

<!-- end of figures -->
`;
const FILES: Readonly<Record<string, string>> = {
  "deno.json": JSON.stringify(CONFIG),
  "README.md": README,
  "CONTRIBUTING.md": "`deno task test`\n",
  "SECURITY.md": "",
  "docs/README.md": "",
  "docs/guide-embed.md": "",
  "docs/guide-prove.md": "",
  "docs/guide-implement.md": "",
  "docs/vectors.md": "",
  "docs/conformance.md": "",
  "docs/support.md": "",
  "docs/workbench.md": "",
  "docs/foreign_engines.md": "",
  "docs/guarantees.md": "",
  "docs/deviations.md": "",
  "docs/pvm.md": "",
  "docs/assembly.md": "",
  "docs/recompiler.md": "",
  "docs/kernel.md": "",
  "docs/symbolic.md": "",
  "docs/strength.md": "",
  "examples/README.md": "",
  "examples/proof/README.md": "",
  "docs/bench.md": `| Group | What | Against | Deno |\n| --- | --- | --- | --- |\n${ROW}\n`,
  ".ci/run": "set -e\nnpx -y deno@2 task test\n",
};

function problemsWith(changes: Readonly<Record<string, string | undefined>>) {
  return withFiles({ ...FILES, ...changes }, readmeProblems);
}

Deno.test("readme: texts that are right have no problem", async () => {
  assertEquals(await problemsWith({}), []);
});

Deno.test("readme: each thing that is not so is named", async () => {
  const cases: readonly (readonly [Record<string, string | undefined>, string])[] = [
    [
      { "CONTRIBUTING.md": "`deno task dance`" },
      "CONTRIBUTING.md speaks of the task dance, which does not exist",
    ],
    [
      { "docs/guarantees.md": "[x](gone.md#part)" },
      "docs/guarantees.md links to gone.md, which does not exist",
    ],
    [{ "docs/deviations.md": undefined }, "docs/deviations.md is missing"],
    [
      { "README.md": README.replace("npx -y deno@2 task demo", "deno task demo") },
      "README.md lacks the command npx -y deno@2 task demo",
    ],
    [{ "README.md": README.replace("`@x/y`", "y") }, "README.md does not name @x/y"],
    [
      { "README.md": README.replace("1.20×", "1.10×") },
      "README.md shows a figure that docs/bench.md does not: | g | w | b | 1.10× |",
    ],
    [{ "README.md": README.replace(/\| g .*\n/, "") }, "README.md shows no figures"],
    [{ "README.md": README + "\n".repeat(200) }, "README.md has 216 lines; 200 are allowed"],
    [
      { ".ci/run": "echo npx -y deno@2 task test\n" },
      ".ci/run does not call npx -y deno@2 task test",
    ],
  ];
  for (const [changes, problem] of cases) assertEquals(await problemsWith(changes), [problem]);
});

Deno.test("readme: tasks and links are read", () => {
  assertEquals(tasksIn("`deno task bench:record` and npx -y deno@2 task demo"), [
    "bench:record",
    "demo",
  ]);
  assertEquals(linksIn("[a](b.md#c), [d](https://e.org), [f](#g), ![h](i.png)"), ["b.md", "i.png"]);
});
