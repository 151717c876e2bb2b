import { assertEquals } from "@std/assert";
import { readFuzzOptions } from "./fuzz_options.ts";

Deno.test("a fuzzer runs ten seconds unless it is told how long or how many", () => {
  const none: ReadonlySet<string> = new Set();
  assertEquals(readFuzzOptions([], "scenes"), {
    seconds: 10,
    count: Infinity,
    seed: 1,
    flags: none,
  });
  assertEquals(readFuzzOptions(["--scenes", "7", "--seed=3"], "scenes"), {
    seconds: Infinity,
    count: 7,
    seed: 3,
    flags: none,
  });
  assertEquals(readFuzzOptions(["--every"], "inputs", ["every", "differential"])?.flags.size, 1);
});

Deno.test("wrong arguments of a fuzzer give nothing", () => {
  for (const args of [["--scenes", "1"], ["--seed", "-1"], ["--seconds", "x"], ["--help"], ["7"]]) {
    assertEquals(readFuzzOptions(args, "inputs"), undefined);
  }
});
