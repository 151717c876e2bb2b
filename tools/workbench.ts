/** Builds the workbench, and serves it: `deno task workbench [OUT] [--serve] [--port N]`. */

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { buildWorkbench } from "./workbench_build.ts";
import { serve } from "./workbench_server.ts";

const USAGE = `usage: workbench [OUT] [options]
  OUT        the folder to write the page to (default dist/workbench; with --serve, one for the time)
  --serve    serve the page on this machine until the process is ended
  --port N   the port for it (default 8020; 0 for any)
  --help     print this`;

const PORT = 8020;

/** What the command line asks for; nothing when it cannot be read. */
function readOptions(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        serve: { type: "boolean", default: false },
        port: { type: "string", default: `${PORT}` },
        help: { type: "boolean", default: false },
      },
    });
    const isPort = /^\d{1,5}$/.test(values.port) && Number(values.port) < 2 ** 16;
    return positionals.length > 1 || !isPort
      ? undefined
      : { ...values, port: Number(values.port), out: positionals[0] };
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined || options.help) {
    console.error(USAGE);
    return options === undefined ? 2 : 0;
  }
  const forTheTime = () => mkdtempSync(join(tmpdir(), "ringfence-workbench-"));
  const out = options.out ?? (options.serve ? forTheTime() : "dist/workbench");
  const sizes = await buildWorkbench(out);
  const files = [...sizes].map(([name, bytes]) => `${name} ${(bytes / 1024).toFixed(0)} KiB`);
  console.log(`workbench: ${files.join(", ")} in ${resolve(out)}`);
  if (options.serve) console.log(`workbench: ${serve(out, options.port).url}`);
  return 0;
}

if (import.meta.main) {
  try {
    process.exitCode = await main();
  } catch (mistake) {
    console.error(`workbench: ${mistake instanceof Error ? mistake.message : mistake}`);
    process.exitCode = 1;
  }
}
