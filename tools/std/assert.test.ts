/** The stand-in is tested by itself: it must fail where the real one fails. */

import {
  assert,
  assertEquals,
  AssertionError,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "./assert.ts";

function fails(body: () => void): void {
  try {
    body();
  } catch (thrown) {
    if (thrown instanceof AssertionError) return;
    throw thrown;
  }
  throw new Error(`holds, but must not: ${body}`);
}

Deno.test("stand-in: what is so holds", () => {
  assert(1);
  assertEquals({ a: [1, 2n, NaN, undefined] }, { a: [1, 2n, NaN, undefined] });
  assertEquals(new Uint8Array([1]), new Uint8Array([1]));
  assertStringIncludes("abc", "b");
  assertMatch("abc", /b/);
  assertThrows(() => JSON.parse("{"), SyntaxError);
  assertThrows(() => fails(() => {}), Error, "must not");
});

Deno.test("stand-in: what is not so fails", () => {
  fails(() => assert(0));
  fails(() => assertEquals({ a: 1 }, { a: 2 }));
  fails(() => assertEquals(0, -0));
  fails(() => assertEquals<unknown>(1, 1n));
  fails(() => assertEquals<unknown>([1], new Uint8Array([1])));
  fails(() => assertStringIncludes("abc", "d"));
  fails(() => assertMatch("abc", /d/));
  fails(() => assertThrows(() => 1));
  fails(() => assertThrows(() => JSON.parse("{"), RangeError));
  fails(() => assertThrows(() => JSON.parse("{"), SyntaxError, "no such piece"));
});
