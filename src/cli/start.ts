/**
 * The command line as a program: `deno run src/cli/start.ts run FILE`, likewise with Bun and Node.
 *
 * @module
 */

import process from "node:process";
import { mainAsync } from "./main.ts";
import { nodeIo } from "./node_io.ts";

process.exitCode = await mainAsync(process.argv.slice(2), nodeIo);
