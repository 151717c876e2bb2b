/** Random pure functions of two 32-bit integers, as source text in the executor's subset. */

import fc from "fast-check";

const BINARY = ["+", "-", "&", "|", "^"];
const COMPARED = ["<", "<=", ">", ">=", "===", "!=="];

const { word, test } = fc.letrec<{ word: string; test: string }>((tie) => ({
  word: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    fc.constantFrom("a", "b", "x", "y", "7", "-1", "-2147483648", "65537"),
    fc.tuple(tie("word"), fc.constantFrom(...BINARY), tie("word"))
      .map(([a, op, b]) => `((${a}) ${op} (${b}) | 0)`),
    fc.tuple(tie("word"), fc.constantFrom("<<", ">>", ">>>"), tie("word"))
      // With its sign, since TypeScript reads `(a) << (b) > (c)` as a call with types.
      .map(([a, op, b]) => `((${a}) ${op} +(${b}) | 0)`),
    fc.tuple(tie("word"), fc.constantFrom(3, 10, 1000)).map(([a, by]) =>
      `((${a}) % ${by} + Math.floor((${a}) / ${by}) | 0)`
    ),
    tie("word").map((a) => `Math.clz32(${a})`),
    fc.tuple(tie("word"), tie("word")).map(([a, b]) => `(Math.imul(${a}, (${b}) & 1023))`),
    fc.tuple(fc.constantFrom("min", "max"), tie("word"), tie("word"))
      .map(([name, a, b]) => `Math.${name}(${a} | 0, ${b} | 0)`),
    fc.tuple(tie("test"), tie("word"), tie("word")).map(([p, a, b]) => `(${p} ? ${a} : ${b})`),
    tie("word").map((a) => `Number(BigInt.asIntN(17, BigInt(${a}) * 5n - 3n))`),
    fc.tuple(tie("word"), tie("word")).map(([a, b]) => `([${a}, ...[${b}, 4]][(${a}) & 1] ?? 0)`),
    fc.tuple(tie("word"), tie("word")).map(([a, b]) => `pair(${a}, ${b}).sum`),
    tie("word").map((a) => `(TABLE.get(2) ?? 0) + ((${a}) & 15)`),
  ),
  test: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    fc.tuple(tie("word"), fc.constantFrom(...COMPARED), tie("word"))
      .map(([a, op, b]) => `(${a}) ${op} (${b})`),
    fc.tuple(tie("test"), fc.constantFrom("&&", "||"), tie("test"))
      .map(([p, op, q]) => `(${p}) ${op} (${q})`),
    tie("test").map((p) => `!(${p})`),
  ),
}));

const statement: fc.Arbitrary<string> = fc.oneof(
  word.map((a) => `x = ${a};`),
  word.map((a) => `y = ${a} & 255;`),
  fc.tuple(test, word).map(([p, a]) => `if (${p}) y = ${a}; else x = (x + 1) | 0;`),
  fc.tuple(test, word).map(([p, a]) => `if (${p}) return ${a};`),
  fc.tuple(word, test).map(([a, p]) =>
    `for (let i = 0; i < 3; i++) { if (${p}) break; x = (x + (${a}) + i) | 0; }`
  ),
  fc.tuple(word, word).map(([a, b]) =>
    `{ const bytes = new Uint8Array(4); bytes[(${a}) & 3] = (${b}) & 255; y = bytes[1] ?? 0; }`
  ),
  word.map((a) =>
    `switch ((${a}) & 3) { case 0: x = 5; break; case 2: return y; default: y = 1; }`
  ),
);

const HELPERS = `const TABLE = new Map([...Array.from({ length: 3 }, (_, at) => [at, 10 * at])]);
function pair(a, b) { const [first, second] = [a, b]; return { sum: (first - second) | 0 }; }`;

/** The body of a function of `a` and `b`, and the whole text that it stands in. */
export const SOURCES: fc.Arbitrary<string> = fc.tuple(
  fc.array(statement, { maxLength: 4 }),
  word,
).map(([statements, result]) =>
  [
    HELPERS,
    "export function drawn(a, b) {",
    "let x = a; let y = 3;",
    ...statements,
    `return ${result};`,
    "}",
  ].join("\n")
);

/** The function of a text, run by the engine. */
export function realOf(source: string): (...args: readonly never[]) => unknown {
  const real: unknown = new Function(`${source.replace("export ", "")}\nreturn drawn;`)();
  return (...args) => typeof real === "function" ? Reflect.apply(real, undefined, args) : real;
}
