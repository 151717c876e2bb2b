/**
 * The machine as the reference model of its host sees it: the reference model of the PVM, in the Gray
 * Paper dialect, which pays for each instruction and has no heap.
 *
 * @module
 */

import type { Memory } from "./paged.ts";
import { create, type Exit, run } from "./pvm.ts";
import { type Code, skip } from "./pvm_decode.ts";
import { type HostMemory, PAGE } from "./pvm_host_memory.ts";
import type { Core, Stopped } from "./pvm_host_state.ts";
import { deblob } from "./pvm_program.ts";

const NO_CODE: Code = {
  bytes: [],
  mask: [],
  jumpTable: { count: 0n, width: 0n, bytes: [] },
};

/** The code of a blob, which must be one. */
function codeOf(blob: readonly bigint[]): Code {
  const parsed = deblob(blob);
  if ("error" in parsed) return NO_CODE;
  const { code, starts, table, width } = parsed.ok;
  const bytes = table.flatMap((entry) =>
    Array.from({ length: Number(width) }, (_, i) => entry / 256n ** BigInt(i) % 256n)
  );
  return {
    bytes: code,
    mask: starts.map((bit) => bit === 1n),
    jumpTable: { count: BigInt(table.length), width, bytes },
  };
}

/** The memory as the machine sees it. */
function pagedOf(memory: HostMemory): Memory {
  return {
    backend: "sparse",
    pageSize: PAGE,
    limitBytes: 2n ** 32n,
    reservedBytes: 16n * PAGE,
    wraps: true,
    length: 2n ** 32n,
    heap: { base: 0n, top: 0n, maxPages: 0n },
    pages: memory.pages.map(({ page, access }) => {
      const start = page * PAGE;
      const bytes = Array.from({ length: Number(PAGE) }, () => 0n);
      for (const { at, byte } of memory.bytes) {
        if (at / PAGE === page) bytes[Number(at - start)] = byte;
      }
      return { start, access, bytes };
    }),
  };
}

/** The memory as the host sees it. */
function hostMemoryOf({ pages }: Memory): HostMemory {
  return {
    pages: pages.flatMap(({ start, access }) =>
      access === "none" ? [] : [{ page: start / PAGE, access }]
    ),
    bytes: pages.flatMap(({ start, bytes }) =>
      [...bytes.keys()].filter((i) => bytes[i] !== 0n).map((i) => ({
        at: start + BigInt(i),
        byte: bytes[i] ?? 0n,
      }))
    ),
  };
}

function stoppedBy(exit: Exit): Stopped {
  switch (exit.kind) {
    case "page-fault":
      return { kind: exit.kind, detail: exit.address };
    case "host-call":
      return { kind: exit.kind, detail: exit.id };
    case "halt":
    case "out-of-gas":
      return { kind: exit.kind, detail: 0n };
    default: // this dialect has no other
      return { kind: "panic", detail: 0n };
  }
}

/** The machine, with what a store to a read-only page gives. */
export function coreWith(readOnlyStore: "panic" | "page-fault"): Core {
  return {
    isProgram: (blob) => "ok" in deblob(blob),
    behind: (blob, pc) => pc + 1n + skip(codeOf(blob), pc),
    run(blob, { pc, gas, registers, memory }) {
      const program = {
        code: codeOf(blob),
        dialect: "gray-paper",
        gasModel: "instruction",
        memoryCycles: 25n,
        readOnlyStore,
      } as const;
      const ran = run(create(program, { pc, gas, registers, memory: pagedOf(memory) }));
      return {
        exit: stoppedBy(ran.exit),
        state: { ...ran.machine, memory: hostMemoryOf(ran.machine.memory) },
      };
    },
  };
}
