/**
 * What the adapters of the conformance driver have in common: requests in, answers out, line by line
 * (docs/conformance.md).
 */

import process from "node:process";
import { createInterface } from "node:readline";

/** Mapped pages. */
export interface Pages {
  readonly address: number;
  readonly length: number;
  readonly access: "read-only" | "read-write";
}

/** A request to run a program, with numbers of 64 bits as such and bytes as numbers. */
export interface Request {
  readonly program: readonly number[];
  readonly registers: readonly bigint[];
  readonly pc: number;
  readonly gas: bigint;
  readonly pages: readonly Pages[];
  readonly memory: readonly {
    readonly address: number;
    readonly data: readonly number[];
  }[];
  readonly steps: number | undefined;
}

/** How a run ended. */
export interface End {
  readonly status: string;
  readonly address: number | null;
  readonly call: bigint | null;
  readonly pc: number | null;
  readonly gas: bigint | null;
  readonly registers: readonly bigint[] | null;
  /** The bytes of each page that was mapped, zeros included. */
  readonly memory:
    | readonly {
      readonly address: number;
      readonly data: Uint8Array;
    }[]
    | null;
}

/** An engine that is judged. */
export interface Judged {
  readonly name: string;
  readonly release: string;
  readonly capabilities: object;
  run(request: Request): End;
}

/** A message as it comes. */
interface Message {
  readonly type: string;
  readonly id: number;
  readonly program: string;
  readonly registers: readonly string[];
  readonly pc: number;
  readonly gas: string;
  readonly pages: readonly Pages[];
  readonly memory: readonly {
    readonly address: number;
    readonly bytes: string;
  }[];
  readonly steps: number | null;
}

const PAGE = 4096;
/** The exit codes of the Gray Paper, which both engines use. */
export const STATUS: readonly string[] = [
  ...["halt", "panic", "page-fault", "host-call", "out-of-gas"],
];

function bytesOf(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
}

/** Runs of pages as single ones. */
export function singlePages(pages: readonly Pages[]): readonly Pages[] {
  return pages.flatMap(({ address, length, access }) =>
    Array.from({ length: length / PAGE }, (_, index) => ({
      address: address + index * PAGE,
      length: PAGE,
      access,
    }))
  );
}

/** The chunks with the part of each page by itself. */
export function singleChunks(
  memory: Request["memory"],
): Request["memory"] {
  return memory.flatMap(({ address, data }) => {
    const parts = [];
    for (let at = 0; at < data.length;) {
      const room = PAGE - (address + at) % PAGE;
      parts.push({ address: address + at, data: data.slice(at, at + room) });
      at += room;
    }
    return parts;
  });
}

/** The number of a host call: 32 bits, sign-extended. */
export function callOf(value: number): bigint {
  return BigInt.asUintN(64, BigInt.asIntN(32, BigInt(value)));
}

function chunkOut(
  { address, data }: { readonly address: number; readonly data: Uint8Array },
) {
  const bytes = Array.from(data, (byte) => byte.toString(16).padStart(2, "0"));
  return { address, bytes: bytes.join("") };
}

function answerTo(message: Message, judged: Judged): object {
  const { name, release, capabilities } = judged;
  if (message.type === "hello") {
    const protocol = { protocol: "ringfence-conform", version: 1 };
    return { type: "hello", ...protocol, name, release, capabilities };
  }
  const { id, pc, pages, steps } = message;
  const end = judged.run({
    program: bytesOf(message.program),
    registers: message.registers.map(BigInt),
    pc,
    gas: BigInt(message.gas),
    pages: singlePages(pages),
    memory: singleChunks(
      message.memory.map(({ address, bytes }) => ({
        address,
        data: bytesOf(bytes),
      })),
    ),
    steps: steps ?? undefined,
  });
  return {
    type: "result",
    id,
    ...end,
    call: end.call?.toString() ?? null,
    gas: end.gas?.toString() ?? null,
    registers: end.registers?.map(String) ?? null,
    memory: end.memory?.filter(({ data }) => data.some((byte) => byte !== 0))
      .map(chunkOut) ?? null,
  };
}

/** Answers until the input ends. An engine that throws has not answered: the reason is told. */
export async function serve(judged: Judged): Promise<void> {
  const print = process.stdout.write.bind(process.stdout);
  // What the engines print must not come between the answers.
  for (const name of ["log", "info", "debug", "warn"] as const) {
    console[name] = console.error;
  }
  for await (const line of createInterface({ input: process.stdin })) {
    const message: Message = JSON.parse(line);
    let answer: object;
    try {
      answer = answerTo(message, judged);
    } catch (mistake) {
      const reason = mistake instanceof Error ? mistake.message : `${mistake}`;
      answer = { type: "error", id: message.id, reason };
    }
    print(`${JSON.stringify(answer)}\n`);
  }
}
