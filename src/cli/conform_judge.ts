/**
 * Judging what an implementation makes of a case.
 *
 * @module
 */

import { CASE_GAS_MAX, CASE_STEPS_MAX } from "./bounded_run.ts";
import type { Given } from "./conform_answer.ts";
import { type Case, type CaseEnd, runCase } from "./conform_case.ts";
import { compareEnds, type Comparison, type Difference } from "./conform_compare.ts";
import { whyNot } from "./conform_hello.ts";
import type { Peer } from "./conform_peer.ts";
import type { Capabilities } from "./conform_protocol.ts";

/** Something that is wrong. */
export type Fault =
  | {
    readonly kind: "difference";
    readonly differences: readonly Difference[];
    readonly expected: CaseEnd;
    readonly given: Given;
  }
  | {
    /** It did not answer as it should. */
    readonly kind: "failure";
    readonly reason: string;
    readonly expected: CaseEnd;
  };

/** How a case came out. */
export type Verdict =
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "pass"; readonly comparison: Comparison }
  | {
    readonly kind: "fault";
    readonly fault: Fault;
    readonly comparison: Comparison;
  };

const NOTHING_COMPARED: Comparison = {
  differences: [],
  compared: [],
  missing: [],
};

/** What judges. */
export interface Judge {
  readonly peer: Pick<Peer, "ask">;
  readonly capabilities: Capabilities;
  /** Fields that are not compared. */
  readonly ignored: ReadonlySet<string>;
}

const skip = (reason: string): Verdict => ({ kind: "skip", reason });

/** Why a case proves nothing where gas is not counted. */
function needsGas({ gasModel }: Case, { status }: CaseEnd): boolean {
  return gasModel === "unmetered" &&
    (status === "out-of-gas" || status === "running");
}

/** Whether a case may take so long that nobody should be asked for it. */
function mayLast({ gas, steps = 0 }: Case): boolean {
  return gas > CASE_GAS_MAX || steps > CASE_STEPS_MAX;
}

/**
 * Asks for a case and judges the answer.
 *
 * @param wanted What must come of it; what the interpreter makes of it when left out.
 */
export async function judge(
  { peer, capabilities, ignored }: Judge,
  input: Case,
  wanted?: CaseEnd,
): Promise<Verdict> {
  const reason = whyNot(capabilities, input);
  if (reason !== undefined) return skip(`it does not do: ${reason}`);
  const own = wanted === undefined || mayLast(input) ? runCase(input) : undefined;
  if (own?.ok === false) return skip(`it cannot be run here: ${own.error}`);
  const expected = wanted ?? own?.value;
  if (expected === undefined) return skip("it cannot be run here");
  if (needsGas(input, expected)) return skip("it does not count gas");
  if (expected.status === "malformed" && !capabilities.malformed) {
    return skip("it does not do: malformed blobs");
  }
  if (expected.status === "host-call" && !capabilities.hostCalls) {
    return skip("it does not do: host calls");
  }
  const reply = await peer.ask(input);
  if (reply.kind === "unsupported") return skip(`unsupported: ${reply.reason}`);
  if (reply.kind === "failure" || reply.kind === "error") {
    const fault: Fault = { kind: "failure", reason: reply.reason, expected };
    return { kind: "fault", fault, comparison: NOTHING_COMPARED };
  }
  const { given } = reply;
  const unmetered = input.gasModel === "unmetered";
  const comparison = compareEnds(
    expected,
    given,
    unmetered ? new Set([...ignored, "gas"]) : ignored,
  );
  const { differences } = comparison;
  return differences.length === 0 ? { kind: "pass", comparison } : {
    kind: "fault",
    comparison,
    fault: { kind: "difference", differences, expected, given },
  };
}

/** Ends that are of their own kind: a difference at them says nothing of one elsewhere. */
const OWN_KIND: ReadonlySet<string> = new Set([
  "out-of-gas",
  "malformed",
  "running",
]);

function ownKinds(
  { expected, given }: { expected: CaseEnd; given: Given },
): string {
  return [expected.status, given.status].filter((status) => OWN_KIND.has(status)).join();
}

/** Why an implementation failed, but for numbers, which may be others in a simpler case. */
export function reasonOf({ reason }: { readonly reason: string }): string {
  return reason.replaceAll(/\d+/g, "#");
}

/** Whether a fault of a simpler case is likely to be the same one. */
export function isAlike(first: Fault, other: Fault): boolean {
  if (first.kind === "failure" || other.kind === "failure") {
    return first.kind === "failure" && other.kind === "failure" &&
      reasonOf(first) === reasonOf(other);
  }
  const isSameEnd = first.expected.status === first.given.status;
  if (ownKinds(other) !== "" && ownKinds(other) !== ownKinds(first)) {
    return false;
  }
  if (!isSameEnd) return true;
  const fields = new Set(first.differences.map(({ field }) => field));
  return other.differences.every(({ field }) => fields.has(field));
}
