/** Starting programs, and telling how they ended. */

import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const ROOT: string = fileURLToPath(new URL("../", import.meta.url));

/** How a program ended. */
export interface Ending {
  readonly code: number;
  /** What it printed on its standard output, without colours. */
  readonly out: string;
  /** What it printed on both streams, without colours. */
  readonly text: string;
}

/** How to start a program. */
export interface StartOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Show what it prints while it runs. */
  readonly show?: boolean;
  /** Milliseconds after which it is ended. */
  readonly timeoutMs?: number;
}

// deno-lint-ignore no-control-regex
const COLOUR = /\u001b\[[0-9;]*m/g;

async function read(
  stream: ReadableStream<Uint8Array>,
  copy: { write(bytes: Uint8Array): unknown } | undefined,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of stream) {
    copy?.write(piece);
    text += decoder.decode(piece, { stream: true });
  }
  return (text + decoder.decode()).replaceAll(COLOUR, "");
}

/** Runs a program to its end. One that cannot be started ends with code 127. */
export async function run(
  program: string,
  args: readonly string[],
  options: StartOptions = {},
): Promise<Ending> {
  const { cwd = ROOT, env = {}, show = false, timeoutMs } = options;
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(program, {
      args: [...args],
      cwd,
      env: { NO_COLOR: "1", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      ...(timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
    }).spawn();
  } catch (mistake) {
    const why = mistake instanceof Error ? mistake.message : "cannot be started";
    return { code: 127, out: "", text: `${program}: ${why}\n` };
  }
  const [out, error, { code }] = await Promise.all([
    read(child.stdout, show ? { write: (bytes) => Deno.stdout.writeSync(bytes) } : undefined),
    read(child.stderr, show ? { write: (bytes) => Deno.stderr.writeSync(bytes) } : undefined),
    child.status,
  ]);
  return { code, out, text: out + error };
}

/** Runs this Deno with a subcommand. */
export function deno(args: readonly string[], options: StartOptions = {}): Promise<Ending> {
  return run(Deno.execPath(), args, options);
}

/** Runs a program that npm brings along; its launcher has another name under Windows. */
export function npm(
  program: "npm" | "npx",
  args: readonly string[],
  options: StartOptions = {},
): Promise<Ending> {
  return run(Deno.build.os === "windows" ? `${program}.cmd` : program, args, options);
}
