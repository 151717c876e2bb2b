/** The official test vectors on the interpreter and on its model: `deno task conformance DIR`. */

import process from "node:process";
import { EXIT_CODE, main } from "../src/cli/mod.ts";
import { nodeIo } from "../src/cli/node_io.ts";
import { conformModel } from "./conformance_model.ts";

const args = process.argv.slice(2);
const code = main(["conformance", ...args], nodeIo);
const isHelp = args.includes("--help");
const folder = args.find((each) => !each.startsWith("-"));
const hasRun = !isHelp && folder !== undefined &&
  (code === EXIT_CODE.done || code === EXIT_CODE.panic);
process.exitCode = hasRun && !conformModel(folder, args.includes("--json"))
  ? EXIT_CODE.panic
  : code;
