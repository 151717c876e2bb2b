/**
 * Values that a JavaScript caller can pass past the type checker: the domain of totality proofs.
 *
 * @module
 */

import { toStringMethod } from "fast-check";
import type { Domain } from "./domain.ts";

/** One hostile value, made afresh for each use because using it may spend it. */
export interface Hostile {
  /** The expression that makes it, as JavaScript. */
  readonly code: string;
  /** Makes it. */
  make(): unknown;
}

/** What a parameter takes, so that a hostile value for it is one that it must refuse. */
export type ParameterKind = "number" | "bigint" | "bytes" | "any";

/** A handler whose every trap throws. */
function throwingHandler(): ProxyHandler<object> {
  return new Proxy({}, {
    get() {
      throw new Error("trap");
    },
  });
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function detached(): unknown {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

function selfReferring(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

function throws(): never {
  throw new Error("hostile");
}

/** Every hostile value: the expression, and the function that does what it says. */
const MAKERS: readonly (readonly [code: string, make: () => unknown])[] = [
  ["undefined", () => undefined],
  ["null", () => null],
  ["true", () => true],
  ["NaN", () => NaN],
  ["-0", () => -0],
  ["0.5", () => 0.5],
  ["-1", () => -1],
  ["-1.5", () => -1.5],
  ["Infinity", () => Infinity],
  ["-Infinity", () => -Infinity],
  ["2 ** 53", () => 2 ** 53],
  ["-(2 ** 53)", () => -(2 ** 53)],
  ["Number.MAX_VALUE", () => Number.MAX_VALUE],
  ["Number.MIN_VALUE", () => Number.MIN_VALUE],
  ["0n", () => 0n],
  ["1n", () => 1n],
  ["-1n", () => -1n],
  ["2n ** 64n", () => 2n ** 64n],
  ["-(2n ** 63n) - 1n", () => -(2n ** 63n) - 1n],
  ["2n ** 4096n", () => 2n ** 4096n],
  ['""', () => ""],
  ['"0"', () => "0"],
  ['"8"', () => "8"],
  ['"\\ud800"', () => "\ud800"],
  ['Symbol("hostile")', () => Symbol("hostile")],
  ["Symbol.iterator", () => Symbol.iterator],
  ["{}", () => ({})],
  ["Object.create(null)", () => Object.create(null)],
  ["[]", () => []],
  ["[1]", () => [1]],
  ["(() => { const a = []; a.push(a); return a; })()", selfReferring],
  ["{ length: 2 ** 53 }", () => ({ length: 2 ** 53 })],
  ["() => 1", () => () => 1],
  ["class {}", () => class {}],
  ["new Number(1)", () => new Number(1)],
  ["Object(1n)", () => Object(1n)],
  ["new Date(NaN)", () => new Date(NaN)],
  ["Promise.resolve(1)", () => Promise.resolve(1)],
  ["{ valueOf() { throw 1; }, toString() { throw 1; } }", () => ({
    valueOf: throws,
    toString: throws,
  })],
  ["{ valueOf: () => 0 }", () => ({ valueOf: () => 0 })],
  [
    "{ get kind() { throw 1; }, get length() { throw 1; }, get ok() { throw 1; }, " +
    "get typeIndex() { throw 1; } }",
    () =>
      Object.defineProperties({}, {
        kind: { get: throws, enumerable: true },
        length: { get: throws, enumerable: true },
        ok: { get: throws, enumerable: true },
        typeIndex: { get: throws, enumerable: true },
      }),
  ],
  ["{ [Symbol.iterator]() { throw 1; } }", () => ({ [Symbol.iterator]: throws })],
  [
    "new Proxy(() => {}, new Proxy({}, { get() { throw 1; } }))",
    () => new Proxy(() => {}, throwingHandler()),
  ],
  [
    "new Proxy({}, new Proxy({}, { get() { throw 1; } }))",
    () => new Proxy({}, throwingHandler()),
  ],
  ["new Proxy({}, {})", () => new Proxy({}, {})],
  ["(() => { const p = Proxy.revocable({}, {}); p.revoke(); return p.proxy; })()", revoked],
  [
    "(() => { const b = new Uint8Array(8); structuredClone(b, { transfer: [b.buffer] }); " +
    "return b; })()",
    detached,
  ],
  ["new Proxy(new Uint8Array(4), {})", () => new Proxy(new Uint8Array(4), {})],
  ["new Uint8Array(0)", () => new Uint8Array(0)],
  ["Uint8Array.of(1, 2, 3)", () => Uint8Array.of(1, 2, 3)],
  [
    "new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 }))",
    () => new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 })),
  ],
  [
    'Object.defineProperty(Uint8Array.of(1), "length", { value: 2 ** 53 })',
    () => Object.defineProperty(Uint8Array.of(1), "length", { value: 2 ** 53 }),
  ],
  ["new Int8Array(3)", () => new Int8Array(3)],
  ["new Float64Array(1)", () => new Float64Array(1)],
  ["new DataView(new ArrayBuffer(4))", () => new DataView(new ArrayBuffer(4))],
  ["new ArrayBuffer(4)", () => new ArrayBuffer(4)],
];

function hostile(code: string, make: () => unknown): Hostile {
  return Object.freeze({
    code,
    make,
    [toStringMethod]: () => `hostileByCode(${JSON.stringify(code)})`,
  });
}

const ALL: readonly Hostile[] = Object.freeze(
  MAKERS.map(([code, make]) => hostile(code, make)),
);

/** Every hostile value, for parameters of any kind. */
export const hostileValues: Domain<Hostile> = Object.freeze({
  describe: `${ALL.length} hostile values`,
  size: ALL.length,
  values: () => ALL,
});

/** The values among them that a parameter of each kind takes after all. */
const TAKEN: Readonly<Record<ParameterKind, ReadonlySet<string>>> = {
  number: new Set([
    "-1",
    "0.5",
    "-1.5",
    "NaN",
    "-0",
    "Infinity",
    "-Infinity",
    "2 ** 53",
    "-(2 ** 53)",
    "Number.MAX_VALUE",
    "Number.MIN_VALUE",
  ]),
  bigint: new Set(["0n", "1n", "-1n", "2n ** 64n", "-(2n ** 63n) - 1n", "2n ** 4096n"]),
  bytes: new Set([
    "new Uint8Array(0)",
    "Uint8Array.of(1, 2, 3)",
    "new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 }))",
    'Object.defineProperty(Uint8Array.of(1), "length", { value: 2 ** 53 })',
  ]),
  any: new Set(),
};

/**
 * The hostile values that are not even of the kind: no number at all for a `number` parameter, no
 * bigint for `bigint`, no `Uint8Array` with a live buffer for `bytes`; all of them for `any`.
 */
export function hostileFor(kind: ParameterKind): Domain<Hostile> {
  const taken: ReadonlySet<string> = typeof kind === "string" && Object.hasOwn(TAKEN, kind)
    ? TAKEN[kind]
    : TAKEN.any;
  const values = ALL.filter((value) => !taken.has(value.code));
  return { describe: `${values.length} hostile values`, size: values.length, values: () => values };
}

/** The hostile value that `code` makes, for replaying a counterexample. */
export function hostileByCode(code: string): Hostile | undefined {
  return ALL.find((value) => value.code === code);
}
