/** How a guest is to be run, as it stands in the fields of the page. */

import type { Setting } from "../../src/cli/machine_for.ts";
import type { Input } from "../../src/cli/program_input.ts";
import { readHex, readU64 } from "../../src/cli/values.ts";
import { GRAY_PAPER, JAVM } from "../../src/pvm/mod.ts";
import type { GasModel } from "../../src/pvm/mod.ts";
import { err, ok } from "../../src/result.ts";
import type { Result } from "../../src/result.ts";

/** The most gas: what the machine keeps as one number. */
const GAS_MAX = 2n ** 52n;
/** The most characters in the field of arguments. */
const ARGS_LENGTH_MAX = 2 ** 18;

/** What the page does at a host call that it does not know. */
export type UnknownCalls = "stop" | "answer";

/** The fields, as they were filled in. */
export interface Form {
  readonly dialect: "gray-paper" | "javm";
  readonly gasModel: GasModel | "usual";
  readonly gas: string;
  readonly args: string;
  readonly argsAs: "hex" | "text";
  readonly calls: UnknownCalls;
}

/** The fields that can be wrong, and how. */
export type FieldErrors = Readonly<Partial<Record<"gas" | "args", string>>>;

/** The fields at first. */
export const FORM: Form = {
  dialect: "gray-paper",
  gasModel: "usual",
  gas: "1000000000",
  args: "",
  argsAs: "hex",
  calls: "stop",
};

/** The gas model that is meant by the usual one. */
export function usualModel(dialect: Form["dialect"], isVector: boolean): GasModel {
  return isVector ? "block" : dialect === "javm" ? "pipeline" : "instruction";
}

function argumentsOf({ args, argsAs }: Form): Result<Uint8Array, string> {
  if (args.length > ARGS_LENGTH_MAX) {
    return err(`Arguments: at most ${ARGS_LENGTH_MAX} characters are taken`);
  }
  if (argsAs === "text") return ok(new TextEncoder().encode(args));
  const bytes = readHex("Arguments", args);
  return bytes.ok ? bytes : err(bytes.error.message);
}

function messageFor(gas: ReturnType<typeof readU64>): string | undefined {
  if (!gas.ok) return gas.error.message;
  return gas.value > GAS_MAX ? `Gas: at most ${GAS_MAX} is taken` : undefined;
}

/** The setting that the fields ask for, or which of them are wrong. */
export function settingOf(form: Form, input: Input): Result<Setting, FieldErrors> {
  const gas = readU64("Gas", form.gas.trim().replaceAll(/[,\s]/g, ""));
  const args = argumentsOf(form);
  const message = messageFor(gas);
  if (!gas.ok || message !== undefined || !args.ok) {
    return err({
      ...(message === undefined ? {} : { gas: message }),
      ...(args.ok ? {} : { args: args.error }),
    });
  }
  const { dialect, gasModel } = form;
  return ok({
    dialect: dialect === "javm" ? JAVM : GRAY_PAPER,
    gasModel: gasModel === "usual" ? usualModel(dialect, input.kind === "vector") : gasModel,
    gas: gas.value,
    args: args.value,
    entry: undefined,
    registers: new Map(),
    engine: undefined,
  });
}
