import { assertEquals } from "@std/assert";
import { citationProblems, citedIn, proofsIn } from "./deviations.ts";
import { withFiles } from "./test_folder.ts";

const LEDGER = `| id | subject | claim | strength | domain |
| --- | --- | --- | --- | --- |
| room/one | f | a \\| b | bounded | 1..3 |
| room/two_parts | g | c | sampled | any |
| static/four | h | d | exhaustive | files |
`;
const FILES: Readonly<Record<string, string>> = {
  "docs/proof-ledger.md": LEDGER,
  "docs/symbolic-ledger.md": "| symbolic/three | h | d | symbolic | all |\n",
  "docs/deviations.md":
    "| There | Here | Proof |\n| ----- | ---- | ----- |\n| a | b | `room/one`, `symbolic/three` |\n",
  "docs/guarantees.md": `1. **It holds.**
   - Bounded and sampled: \`room/two…\`
2. **So does this.**
   - Symbolic: \`…three\`
   - Static: \`static/four\`

## Next
`,
};

function problemsWith(changes: Readonly<Record<string, string | undefined>>) {
  return withFiles({ ...FILES, ...changes }, citationProblems);
}

Deno.test("deviations: pages that cite what there is have no problem", async () => {
  assertEquals(await problemsWith({}), []);
});

Deno.test("deviations: each citation of nothing is named", async () => {
  const deviations = FILES["docs/deviations.md"] ?? "";
  const guarantees = FILES["docs/guarantees.md"] ?? "";
  const cases: readonly (readonly [Record<string, string | undefined>, string])[] = [
    [
      { "docs/deviations.md": deviations.replace("room/one", "room/won") },
      "docs/deviations.md cites room/won, which no ledger has",
    ],
    [
      { "docs/deviations.md": deviations.replace("room/one", "room/on") },
      "docs/deviations.md cites room/on, which no ledger has",
    ],
    [
      { "docs/deviations.md": deviations.replace("symbolic/three", "room/three") },
      "docs/deviations.md cites room/three, which no ledger has",
    ],
    [
      { "docs/guarantees.md": guarantees.replace("room/two…", "room/too…") },
      "docs/guarantees.md cites room/too…, which no ledger has",
    ],
    [
      { "docs/guarantees.md": guarantees.replace("`room/two…`", "some proof") },
      "docs/guarantees.md: promise 1 cites no proof",
    ],
    [
      { "docs/guarantees.md": guarantees.replace("Bounded and sampled", "Exhaustive and bounded") },
      "docs/guarantees.md: room/two… is sampled, and said to be exhaustive and bounded",
    ],
    [
      { "docs/guarantees.md": guarantees.replace("Static", "Exhaustive") },
      "docs/guarantees.md: static/four is static, and said to be exhaustive",
    ],
    [
      { "docs/guarantees.md": guarantees.replace("Symbolic:", "Surely:") },
      "docs/guarantees.md: …three is cited without its strength",
    ],
    [{ "docs/guarantees.md": "" }, "docs/guarantees.md: no promise was found"],
    [
      { "docs/deviations.md": `${deviations}| c | d | |\n` },
      "docs/deviations.md:4: a row without a proof",
    ],
    [{ "docs/symbolic-ledger.md": undefined }, "docs/symbolic-ledger.md is missing"],
    [{ "docs/proof-ledger.md": "nothing\n" }, "docs/proof-ledger.md lists no proof"],
  ];
  for (const [changes, problem] of cases) assertEquals(await problemsWith(changes), [problem]);
});

Deno.test("deviations: ids and citations are read", () => {
  assertEquals(proofsIn(LEDGER), [
    ["room/one", "bounded"],
    ["room/two_parts", "sampled"],
    ["static/four", "exhaustive"],
  ]);
  assertEquals(
    citedIn("`room/one`, `…parts`, `docs/x.md`, `@a/b`, `x`, room/two, `room/…` `Machine.run`"),
    ["room/one", "…parts", "room/…"],
  );
});
