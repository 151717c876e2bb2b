/** The arena against the bare operations that it checks. */

import { Arena, hexDecode } from "../src/arena/mod.ts";
import type { Result } from "../src/arena/mod.ts";

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error("no value");
  return result.value;
}

const CAPACITY = 262_144;
const ROUNDS = 1000;

const arena = valueOf(Arena.create());
const bare = new Uint8Array(CAPACITY);
const text = "The guest says hello, and the host listens: größer, 世界, 🙂.";
const encoded = new TextEncoder().encode(text);
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
let next = 8;

Deno.bench("1,000 allocations, bare arithmetic", { group: "alloc", baseline: true }, () => {
  next = 8;
  for (let round = 0; round < ROUNDS; round++) {
    const aligned = (next + 7) & ~7;
    if (aligned + 24 <= CAPACITY) next = aligned + 24;
  }
});

Deno.bench("1,000 allocations, Arena.alloc", { group: "alloc" }, () => {
  arena.reset();
  for (let round = 0; round < ROUNDS; round++) arena.alloc(24);
});

for (const size of [16, 4096]) {
  const data = new Uint8Array(size).fill(7);
  const group = `hostArgBytes, ${size} B`;

  Deno.bench(`${size} B, bare set()`, { group, baseline: true }, () => {
    bare.set(data, 8);
  });

  Deno.bench(`${size} B, Arena.hostArgBytes`, { group }, () => {
    arena.reset();
    arena.hostArgBytes(data);
  });

  Deno.bench(`${size} B, bare slice()`, { group: `readBytes, ${size} B`, baseline: true }, () => {
    bare.slice(8, 8 + size);
  });

  Deno.bench(`${size} B, Arena.readBytes`, { group: `readBytes, ${size} B` }, () => {
    arena.readBytes(8, size);
  });
}

Deno.bench("text, bare TextDecoder", { group: "readString", baseline: true }, () => {
  decoder.decode(encoded);
});

const texts = valueOf(Arena.create());
const { ptr, len } = valueOf(texts.hostArgBytes(encoded));

Deno.bench("text, Arena.readString", { group: "readString" }, () => {
  texts.readString(ptr, len);
});

Deno.bench("text, Arena.readStringStrict", { group: "readString" }, () => {
  texts.readStringStrict(ptr, len);
});

const key = "00ff".repeat(16);

Deno.bench("32 B of hex, parseInt", { group: "hex", baseline: true }, () => {
  Uint8Array.from({ length: 32 }, (_, at) => parseInt(key.slice(2 * at, 2 * at + 2), 16));
});

Deno.bench("32 B of hex, hexDecode", { group: "hex" }, () => {
  hexDecode(key);
});
