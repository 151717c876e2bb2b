/**
 * A registry of host functions, and all that can go wrong with one: a bad pointer, an unknown number, a
 * function that throws, one that takes its time. Each ends in a value that guest or host looks at.
 *
 * Run it: `deno run examples/host_errors.ts`
 */

import { deepStrictEqual as assertEquals, ok as assert } from "node:assert";
import { assemble, charge, give, HOST_RESULT, hostCalls, invokeAsync } from "@ringfence/core/pvm";
import type { HostAnswer, HostHandler } from "@ringfence/core/pvm";

type Handler = HostHandler<HostAnswer | PromiseLike<HostAnswer>>;

/** Host functions by name; a guest calls them by their number. */
class Registry {
  readonly #handlers = new Map<number, Handler>();
  readonly names = new Map<bigint, string>();

  /** Adds a function: what it costs is taken before it is called. */
  add(id: number, name: string, gas: bigint, handler: Handler): this {
    this.names.set(BigInt(id), name);
    this.#handlers.set(id, (call, machine) => charge(machine, gas) ?? handler(call, machine));
    return this;
  }

  handler() {
    return hostCalls<HostAnswer | PromiseLike<HostAnswer>>(Object.fromEntries(this.#handlers));
  }
}

const registry = new Registry()
  .add(1, "length of a text", 10n, (_call, machine) => {
    const read = machine.memory.read(Number(machine.register(7)), Number(machine.register(8)));
    if (!read.ok) return give(machine, HOST_RESULT.OOB);
    return give(machine, BigInt([...new TextDecoder().decode(read.value)].length));
  })
  .add(2, "the time", 10n, async (_call, machine) => {
    return give(machine, await Promise.resolve(1_760_000_000n)); // a host that asks somebody else
  })
  .add(3, "broken", 10n, () => {
    throw new Error("out of order");
  })
  .add(4, "exit", 10n, () => ({ kind: "halt" })); // the host ends the run

/** Runs a call with r7 and r8 as they are given; gives the outcome, and r7 after it. */
async function call(id: number, r7: string | number, r8: number): Promise<unknown[]> {
  const assembled = assemble(`
        .rodata
text:   .ascii "Grüße"
        .code
        load_imm r7, ${r7}
        load_imm r8, ${r8}
        ecalli ${id}
        load_imm r8, 0                  ; it returns no bytes
        jump_ind [r0]
`);
  const handler = registry.handler();
  assert(assembled.ok && handler.ok);
  const { program } = assembled.value;
  const invoked = await invokeAsync(program, { gas: 100n, handler: handler.value });
  assert(invoked.ok);
  const { outcome, machine } = invoked.value;
  if (outcome.kind !== "host-failed") return [outcome.kind, machine?.register(7)];
  const failed = outcome.call.kind === "host-call" ? registry.names.get(outcome.call.id) : "ecall";
  return [outcome.kind, failed, outcome.problem];
}

async function main(): Promise<void> {
  assertEquals(await call(1, "text", 7), ["halt", 5n]); // 7 bytes are 5 characters
  assertEquals(await call(1, 0, 7), ["halt", HOST_RESULT.OOB]); // page 0 is nobody's
  assertEquals(await call(1, "text", -1), ["halt", HOST_RESULT.OOB]);
  assertEquals(await call(2, 0, 0), ["halt", 1_760_000_000n]);
  assertEquals(await call(3, 0, 0), ["host-failed", "broken", "threw"]); // and the host goes on
  assertEquals(await call(4, 0, 0), ["halt", 0n]);
  assertEquals(await call(99, 0, 0), ["halt", HOST_RESULT.WHAT]); // no such function
  console.log("host errors: seven calls, each with an answer");
}

/** Settled when all is shown. */
export const done: Promise<void> = main();
