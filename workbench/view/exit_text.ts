/** Exits in words. */

import type { Exit } from "../../src/pvm/mod.ts";

/** An exit, in the words of the command line. */
export function exitText(exit: Exit | undefined): string {
  if (exit === undefined) return "ready";
  if (exit.kind === "page-fault") return `page-fault 0x${exit.address.toString(16)}`;
  return exit.kind === "host-call" ? `host-call ${exit.id}` : exit.kind;
}
