/** Proofs of results and of the error for a bad argument: fresh plain objects. */

import { agrees, allOf, defineProof, domain, hostileValues, type Proof } from "../src/proof/mod.ts";
import * as argument from "../src/argument.ts";
import * as result from "../src/result.ts";
import { sourceMutants } from "./_kit/mutants.ts";
import { register } from "./_kit/register.ts";

type Face = typeof result;
const mutant = sourceMutants<Face>("src/result.ts");
const wording = sourceMutants<typeof argument>("src/argument.ts");
const DESCRIBE = "src/describe.ts";

/** The most UTF-16 code units of a string that an error quotes. */
const QUOTED = 40;

/** Beyond it, on either side of zero, an error quotes no bigint. */
const GREATEST = 2n ** 128n;

/** What an error quotes of a value that it can quote, and no more than the type of any other. */
function wordsFor(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  switch (typeof value) {
    case "number":
      return `number ${Object.is(value, -0) ? "-0" : value.toString()}`;
    case "bigint": {
      const magnitude = value < 0n ? -value : value;
      return `bigint ${magnitude > GREATEST ? "beyond 128 bits" : value.toString()}`;
    }
    case "boolean":
      return value ? "boolean true" : "boolean false";
    case "string":
      return `string ${JSON.stringify(value.split("").slice(0, QUOTED).join(""))}`;
    default:
      return typeof value;
  }
}

/** Objects and functions that count how often code of theirs is run, whatever is done to them. */
function watched(target: object, ran: () => void): object {
  const handler = Object.fromEntries(
    Object.getOwnPropertyNames(Reflect).map((trap) => [
      trap,
      (...args: readonly unknown[]): unknown => {
        ran();
        const method: unknown = Reflect.get(Reflect, trap);
        return typeof method === "function" ? Reflect.apply(method, Reflect, args) : undefined;
      },
    ]),
  );
  return new Proxy(target, handler);
}

/** Where quoting ends: strings by length, of characters that need more or less room, and bigints. */
const AT_THE_LIMITS = domain.union<unknown>(
  domain.map(
    domain.product({
      length: domain.of(0, 1, 39, 40, 41, 80, 5000),
      character: domain.of("a", '"', "\\", "\0", "\u{1f600}", "\ud800"),
    }),
    ({ length, character }) => character.repeat(length),
  ),
  domain.map(
    domain.product({
      magnitude: domain.of(0n, 1n, GREATEST - 1n, GREATEST, GREATEST + 1n, 2n ** 100_000n),
      sign: domain.of(1n, -1n),
    }),
    ({ magnitude, sign }) => sign * magnitude,
  ),
);

/** How a plain, fresh object with the given fields differs from what was made. */
function differs(make: () => object, fields: Readonly<Record<string, unknown>>) {
  const made = make();
  return allOf(
    agrees(Object.keys(made), Object.keys(fields)),
    agrees(
      Object.keys(fields).every((key) => Object.is(Reflect.get(made, key), fields[key])),
      true,
    ),
    agrees(Object.getPrototypeOf(made) === Object.prototype, true),
    agrees(made === make(), false),
  );
}

export const proofs: readonly Proof[] = [
  defineProof({
    id: "result/holds_what_it_was_given",
    claim: "ok and err make a fresh plain object that holds any value as it is",
    subject: ["ok", "err"],
    spec: "this library: results",
    strength: "bounded",
    domain: hostileValues,
    reaches: ["made"],
    implementation: result,
    mutants: [
      mutant("src/result.ts", "{ ok: true, value }", "{ ok: false, value }"),
      mutant("src/result.ts", "{ ok: false, error }", "{ ok: true, error }"),
      mutant("src/result.ts", "{ ok: true, value }", "Object.freeze({ ok: true, value: null })"),
    ],
    check({ make }, reach, { ok, err }) {
      const value = make();
      reach("made");
      return allOf(
        differs(() => ok(value), { ok: true, value }),
        differs(() => err(value), { ok: false, error: value }),
      );
    },
  }),
  defineProof({
    id: "result/assert_never_gives_what_it_was_told",
    claim: "assertNever gives its second argument, whatever was smuggled into the first",
    subject: ["assertNever"],
    spec: "this library: results",
    strength: "bounded",
    domain: hostileValues,
    reaches: ["returned"],
    implementation: result,
    mutants: [mutant("src/result.ts", "return otherwise;", "return _value;")],
    check({ make }, reach, { assertNever }) {
      const otherwise = {};
      const given: unknown = Reflect.apply(assertNever, undefined, [make(), otherwise]);
      reach("returned");
      return given === otherwise ? undefined : "it gave something else";
    },
  }),
  defineProof({
    id: "result/errors_quote_little",
    claim:
      "the error for a bad argument quotes 40 characters of a string and 128 bits of a bigint at most",
    subject: ["invalidArgument"],
    spec: "this library: results",
    strength: "bounded",
    domain: domain.union(
      AT_THE_LIMITS,
      domain.map(hostileValues, ({ make }) => make()),
    ),
    reaches: ["quoted", "named"],
    implementation: argument,
    mutants: [
      wording(DESCRIBE, "|| value < -QUOTED_BIGINT_MAX", ""),
      wording(DESCRIBE, "value > QUOTED_BIGINT_MAX ||", ""),
      wording(DESCRIBE, "QUOTED_BIGINT_MAX = 2n ** 128n", "QUOTED_BIGINT_MAX = 2n ** 128n - 1n"),
      wording(DESCRIBE, "QUOTED_BIGINT_MAX = 2n ** 128n", "QUOTED_BIGINT_MAX = 2n ** 128n + 1n"),
      wording(DESCRIBE, "QUOTED_CHARACTERS_MAX = 40", "QUOTED_CHARACTERS_MAX = 4000"),
      wording(DESCRIBE, "QUOTED_CHARACTERS_MAX = 40", "QUOTED_CHARACTERS_MAX = 41"),
      wording(DESCRIBE, "QUOTED_CHARACTERS_MAX = 40", "QUOTED_CHARACTERS_MAX = 39"),
      wording(DESCRIBE, 'Object.is(value, -0) ? "number -0" : ', ""),
      wording(DESCRIBE, 'value === null ? "null" : ', ""),
      wording(DESCRIBE, "JSON.stringify(value.slice(0, QUOTED_CHARACTERS_MAX))", "value"),
    ],
    check(value, reach, { invalidArgument }) {
      const { error } = invalidArgument("parameter", "something else", value);
      reach(error.given.includes(" ") ? "quoted" : "named");
      return allOf(
        agrees(error, {
          kind: "invalid-argument",
          parameter: "parameter",
          expected: "something else",
          given: wordsFor(value),
        }),
        agrees(error.given.length <= 'string ""'.length + 6 * QUOTED, true),
      );
    },
  }),
  defineProof({
    id: "result/errors_run_no_code_of_a_value",
    claim: "the error for a bad argument is made without asking the value anything",
    subject: ["invalidArgument"],
    spec: "this library: results",
    strength: "exhaustive",
    domain: domain.of("object", "array", "bytes", "function", "wrapper"),
    reaches: ["asked nothing"],
    implementation: argument,
    mutants: [
      wording(DESCRIBE, ": typeof value;", ': value instanceof Date ? "date" : typeof value;'),
      wording(
        DESCRIBE,
        ": typeof value;",
        ': Array.isArray(Reflect.get(Object(value), 0)) ? "list" : typeof value;',
      ),
      wording(
        DESCRIBE,
        ": typeof value;",
        ': `${typeof value}${Object.keys(Object(value)).length ? "" : ""}`;',
      ),
    ],
    check(what, reach, { invalidArgument }) {
      let runs = 0;
      const targets: Readonly<Record<string, object>> = {
        object: {},
        array: [],
        bytes: new Uint8Array(1),
        function: () => 0,
      };
      const value = watched(targets[what] ?? new String("own"), () => runs++);
      const { error } = invalidArgument("parameter", "something else", value);
      if (runs === 0) reach("asked nothing");
      return agrees([error.given, runs], [what === "function" ? "function" : "object", 0]);
    },
  }),
];

register(proofs);
