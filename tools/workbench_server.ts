/** A server for the folder of the workbench, on this machine alone. */

import { join } from "node:path";

/** The files of the page, and what they are. */
const TYPES: Readonly<Record<string, string>> = {
  "/index.html": "text/html; charset=utf-8",
  "/style.css": "text/css; charset=utf-8",
  "/workbench.js": "text/javascript; charset=utf-8",
};

/** A server that runs. */
export interface Served {
  readonly url: string;
  /** Every path that was asked for. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** Serves a folder; nothing else in it than the files of the page, and fonts of tests. */
export function serve(folder: string, port: number = 0): Served {
  const asked: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      const path = pathname === "/" ? "/index.html" : pathname;
      asked.push(path);
      const isFont = /^\/[a-z0-9-]+\.woff2$/.test(path);
      const type = isFont ? "font/woff2" : TYPES[path];
      if (type === undefined) return new Response("not found", { status: 404 });
      try {
        const body = await Deno.readFile(join(folder, path));
        return new Response(body, {
          headers: { "content-type": type, "cache-control": "no-store" },
        });
      } catch {
        return new Response("not found", { status: 404 });
      }
    },
  );
  const { port: given } = server.addr;
  return { url: `http://127.0.0.1:${given}/`, asked, stop: () => server.shutdown() };
}
