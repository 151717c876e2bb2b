/**
 * How an invocation ended, and what the kernel refuses: as text, as JSON and as an exit code.
 *
 * @module
 */

import { CacheDirectory, issueKernelInstance } from "../kernel/mod.ts";
import type { CallResult, CapHash, CapTarget, KernelImage } from "../kernel/mod.ts";
import { EXIT_CODE } from "./exit_code.ts";
import type { Mistake } from "./kernel_reader.ts";

/** How an invocation ended. Numbers of 64 bits are decimal digits. */
export interface KernelReport {
  readonly file: string;
  readonly mode: string;
  readonly exit: CallResult["kind"];
  /** Why it faulted, or for what it waits. */
  readonly detail: string | null;
  readonly exitCode: number;
  readonly returnValue: string | null;
  /** The Instance as it is now, or as it waits. */
  readonly instance: CapHash | null;
  readonly slot0: CapHash | null;
  readonly marker: CapHash | null;
  readonly gas: { readonly limit: string; readonly used: string };
  /** What the names of the manifest stand for. */
  readonly names: Readonly<Record<string, CapHash>>;
}

type Reason = Extract<CallResult, { kind: "faulted" }>["reason"];

const OF_REASON: Readonly<Record<Reason["kind"], number>> = {
  "trap": EXIT_CODE.trap,
  "panic": EXIT_CODE.panic,
  "out-of-gas": EXIT_CODE.outOfGas,
  "page-fault": EXIT_CODE.pageFault,
  "operation-failed": EXIT_CODE.refused,
  "unhandled-marker": EXIT_CODE.hostCall,
  "not-entered": EXIT_CODE.notEntered,
};

/** What a marker of the kernel says is spent. */
function spentOf(marker: CapHash | undefined): "gas" | "storage" | undefined {
  const directory = new CacheDirectory();
  const is = (image: KernelImage) => {
    const hash = issueKernelInstance(directory, image);
    return hash.ok && hash.value === marker;
  };
  if (is("oog_marker")) return "gas";
  return is("storage_exhausted_marker") ? "storage" : undefined;
}

/** The exit code of an invocation. */
export function codeOfCall(result: CallResult): number {
  if (result.kind === "halt") return EXIT_CODE.done;
  if (result.kind === "faulted") return OF_REASON[result.reason.kind];
  return spentOf(result.marker) === "gas" ? EXIT_CODE.outOfGas : EXIT_CODE.paused;
}

function detailOf(result: CallResult): string | null {
  if (result.kind === "halt") return null;
  if (result.kind === "paused") {
    const spent = spentOf(result.marker);
    return spent === undefined ? null : `out of ${spent}`;
  }
  const { reason } = result;
  switch (reason.kind) {
    case "page-fault":
      return `page-fault 0x${reason.address.toString(16)}`;
    case "operation-failed":
      return `operation-failed ${reason.operation}`;
    case "not-entered":
      return `not-entered ${reason.detail}`;
    default:
      return reason.kind;
  }
}

/** What is known before an invocation. */
export interface KernelFacts {
  readonly file: string;
  readonly mode: string;
  readonly gas: bigint;
  readonly names: ReadonlyMap<string, CapHash>;
  /** The hash of a target. */
  readonly hashOf: (target: CapTarget | undefined) => CapHash | null;
}

/** Puts a report together. */
export function kernelReportOf(result: CallResult, facts: KernelFacts): KernelReport {
  const { file, mode, gas, names, hashOf } = facts;
  const isPaused = result.kind === "paused";
  return {
    file,
    mode,
    exit: result.kind,
    detail: detailOf(result),
    exitCode: codeOfCall(result),
    returnValue: result.kind === "halt" ? `${result.returnValue}` : null,
    instance: hashOf(
      result.kind === "halt"
        ? result.postInstanceHash
        : isPaused
        ? result.pausedInstanceHash
        : undefined,
    ),
    slot0: hashOf(isPaused ? result.markerPayload : result.reflectedSlot0),
    marker: hashOf(isPaused ? result.marker : undefined),
    gas: { limit: `${gas}`, used: `${result.gasUsed}` },
    names: Object.fromEntries(names),
  };
}

/** A report as lines of text. */
export function kernelTextOf(report: KernelReport): string {
  const { exit, detail, returnValue, instance, slot0, marker, gas, names } = report;
  const lines = [
    `exit: ${exit}${detail === null ? "" : ` ${detail}`}`,
    returnValue === null ? "" : `value: ${returnValue}`,
    `gas: ${gas.used} used of ${gas.limit}`,
    instance === null ? "" : `instance: ${instance}`,
    slot0 === null ? "" : `slot 0: ${slot0}`,
    marker === null ? "" : `marker: ${marker}`,
    "published:",
    ...Object.entries(names).map(([name, hash]) => `  ${hash} ${name}`),
  ];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

/** An error of the kernel in words: its kind and what it says besides. */
export function refusalText(error: object): string {
  const fields = Object.entries(error).flatMap(([name, value]) =>
    ["string", "number", "bigint"].includes(typeof value) && name !== "kind"
      ? [`${name} ${value}`]
      : []
  );
  const kind: unknown = Reflect.get(error, "kind");
  return `${typeof kind === "string" ? kind : "an error"}${
    fields.length > 0 ? `: ${fields.join(", ")}` : ""
  }`;
}

/** An error of the kernel at a path. */
export function refusal(path: string, error: object): Mistake {
  return { path, message: refusalText(error), code: codeOfRefusal(error) };
}

/** The exit code for an error of the kernel. */
function codeOfRefusal(error: object): number {
  const [kind, operation]: unknown[] = [
    Reflect.get(error, "kind"),
    Reflect.get(error, "operation"),
  ];
  if (kind === "no-room") return EXIT_CODE.noRoom;
  if (kind !== "store-failed") return EXIT_CODE.malformed;
  return operation === "put" ? EXIT_CODE.unwritable : EXIT_CODE.unreadable;
}
