/**
 * Ranges and growth against the operations of typed arrays and of `WebAssembly.Memory` alone.
 *
 * `deno bench bench/linear_bulk.bench.ts` prints the ratios of each group.
 */

import { DataSegment, IsolatedMemory } from "../src/linear/mod.ts";

const PAGES = 256;

/** The value of a result that a bench cannot go on without. */
function need<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  return result.ok ? result.value : Deno.exit(1);
}

for (const bytes of [256, 4096, 65_536, 1_048_576]) {
  const memory = need(IsolatedMemory.create(64, 64));
  const plain = new Uint8Array(new WebAssembly.Memory({ initial: 64, maximum: 64 }).buffer);
  const source = new Uint8Array(bytes).fill(3);
  const segment = need(DataSegment.create(source));
  const group = (name: string) => `${name} ${bytes} bytes`;
  const [dst, src] = [2_097_152, 17];

  Deno.bench(`copyWithin ${bytes}`, { group: group("copy"), baseline: true }, () => {
    plain.copyWithin(dst, src, src + bytes);
  });
  Deno.bench(`IsolatedMemory.copy ${bytes}`, { group: group("copy") }, () => {
    memory.copy(dst, src, bytes);
  });
  Deno.bench(`fill ${bytes}`, { group: group("fill"), baseline: true }, () => {
    plain.fill(7, dst, dst + bytes);
  });
  Deno.bench(`IsolatedMemory.fill ${bytes}`, { group: group("fill") }, () => {
    memory.fill(dst, 7, bytes);
  });
  Deno.bench(`set ${bytes}`, { group: group("init"), baseline: true }, () => {
    plain.set(source, dst);
  });
  Deno.bench(`IsolatedMemory.initData ${bytes}`, { group: group("init") }, () => {
    memory.initData(dst, source);
  });
  Deno.bench(`IsolatedMemory.initSegment ${bytes}`, { group: group("init") }, () => {
    memory.initSegment(segment, dst, 0, bytes);
  });
  Deno.bench(`slice ${bytes}`, { group: group("read"), baseline: true }, () => {
    plain.slice(dst, dst + bytes);
  });
  Deno.bench(`IsolatedMemory.read ${bytes}`, { group: group("read") }, () => {
    memory.read(dst, bytes);
  });
}

const growth = { group: "grow 1 to 256 pages, one by one" };
Deno.bench("WebAssembly.Memory.grow", { ...growth, baseline: true }, () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: PAGES });
  for (let page = 1; page < PAGES; page++) {
    memory.grow(1);
    new DataView(memory.buffer);
    new Uint8Array(memory.buffer);
  }
});
Deno.bench("IsolatedMemory.grow", growth, () => {
  const memory = need(IsolatedMemory.create(1, PAGES));
  for (let page = 1; page < PAGES; page++) memory.grow(1);
});

const making = { group: "make a memory of one page" };
Deno.bench("new WebAssembly.Memory", { ...making, baseline: true }, () => {
  new DataView(new WebAssembly.Memory({ initial: 1, maximum: 4 }).buffer);
});
Deno.bench("IsolatedMemory.create", making, () => {
  IsolatedMemory.create(1, 4);
});
