/**
 * A fuzz target: a decoder of one's own is given bytes of all sorts. It must return whatever it gets,
 * and take no bytes but those that the encoder makes. A wrong decoder beside it is found out.
 *
 * Run it, with any seed: `deno run examples/fuzz.ts 12345`
 */

import { deepStrictEqual as assertEquals } from "node:assert";
import process from "node:process";
import { agrees, biased, defineProof, sampled } from "@ringfence/core/proof";
import { hostileValues, isTotal, runProofs } from "@ringfence/core/proof";

/** Seven bits to a byte, the low ones first; the top bit says that more follow. For 0 to 2^35 - 1. */
function encode(value: number): Uint8Array {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) + 128;
    bytes.push(rest % 128);
  }
  return Uint8Array.from(bytes);
}

/** The number that bytes stand for; nothing when they are no number, or longer than it need be. */
function decode(bytes: unknown, isStrict = true): number | undefined {
  // Without the first question, `instanceof` runs the code of a proxy, which can throw: so was found.
  if (!ArrayBuffer.isView(bytes) || !(bytes instanceof Uint8Array)) return undefined;
  if (bytes.length === 0 || bytes.length > 5) return undefined;
  const last = bytes.length - 1;
  if (isStrict && last > 0 && bytes[last] === 0) return undefined;
  const isWhole = bytes.every((byte, place) => byte >= 128 === place < last);
  return isWhole ? bytes.reduce((sum, byte, at) => sum + byte % 128 * 128 ** at, 0) : undefined;
}

const right = { encode, decode: (bytes: unknown) => decode(bytes) };
const lax = { ...right, decode: (bytes: unknown) => decode(bytes, false) };

const returns = defineProof({
  id: "varint/decode_returns",
  claim: "decode returns for every sort of JavaScript value",
  subject: ["decode"],
  spec: "our format, 1",
  strength: "exhaustive",
  domain: hostileValues,
  reaches: [],
  implementation: right,
  check: (value, _reach, { decode }) => isTotal(() => decode(value.make())),
});

const oneEncoding = (codec: typeof right) =>
  defineProof({
    id: "varint/one_number_one_encoding",
    claim: "bytes that decode are those that the number encodes to",
    subject: ["decode", "encode"],
    spec: "our format, 2",
    strength: "sampled",
    domain: sampled(biased.bytes(7), {
      runs: 5_000,
      describe: "up to 7 bytes, often at the edges",
    }),
    reaches: ["taken", "refused"],
    implementation: codec,
    check(bytes, reach, { decode, encode }) {
      const value = decode(bytes);
      reach(value === undefined ? "refused" : "taken");
      return value === undefined ? undefined : agrees(encode(value), bytes);
    },
  });

async function main(): Promise<void> {
  const seed = Number(process.argv[2] ?? 12_345);
  const good = await runProofs([returns, oneEncoding(right)], { seed });
  assertEquals(good.flatMap(({ failures }) => failures), []);
  const [found] = await runProofs([oneEncoding(lax)], { seed });
  assertEquals(found?.failures.length, 1);
  console.log("fuzz: the wrong one is found out:", found?.counterexample?.code);
}

/** Settled when all is shown. */
export const done: Promise<void> = main();
