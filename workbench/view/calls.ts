/** The host calls. */

import type { CallRecord } from "../machine/host.ts";
import { grouped } from "./numbers.ts";

/** So many calls are shown. */
const SHOWN = 200;
/** The register of the first number. */
const FIRST = 7;

/** A call, as the page shows it. */
export interface CallRow {
  readonly number: string;
  readonly call: string;
  /** Where the call stands in the code. */
  readonly pc: number;
  readonly did: string;
  /** The registers that it was given, register 7 afterwards, and the gas that was left. */
  readonly details: string;
}

/** A value as it is read best: the results of calls are small numbers below zero. */
function short(value: bigint): string {
  const signed = BigInt.asIntN(64, value);
  return signed > -100n && signed < 10n ? signed.toString() : `0x${value.toString(16)}`;
}

/** The last calls, the newest first. */
export function callRows(calls: readonly CallRecord[]): readonly CallRow[] {
  return calls.slice(-SHOWN).reverse().map((call) => {
    const given = call.given.flatMap((value, index) =>
      value === 0n ? [] : [`r${FIRST + index}=${short(value)}`]
    );
    return {
      number: `${call.number}`,
      call: call.id === undefined ? "ecall" : `ecalli ${BigInt.asIntN(64, call.id)}`,
      pc: call.pc,
      did: call.did,
      details: [...given, `→ r7=${short(call.result)}`, `gas ${grouped(call.gasLeft)}`].join(" "),
    };
  });
}
