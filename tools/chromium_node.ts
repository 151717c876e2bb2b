/**
 * What stands in a browser for the `node:` modules that proofs and their helpers import: files that
 * the page was given, and for all else an error that says what is missing.
 */

import { sha256 } from "@noble/hashes/sha2.js";

/** The mark in the message of everything that is missing. */
export const NOT_IN_A_BROWSER = "there is none in a browser:";

/** The files that can be read, by their address. */
const files = new Map<string, string>();

/** Makes files readable. */
export function giveFiles(texts: Readonly<Record<string, string>>): void {
  for (const [address, text] of Object.entries(texts)) files.set(address, text);
}

/** A path or an address, as an address. */
function addressOf(place: string | URL): string {
  return typeof place === "string" ? `file://${place}` : place.href;
}

/** Reads a file as text; there are no others. */
export function readFileSync(place: string | URL): string {
  const text = files.get(addressOf(place));
  if (text === undefined) throw new Error(`there is no file ${addressOf(place)}`);
  return text;
}

/** The names in a folder. */
export function readdirSync(place: string | URL): string[] {
  const folder = addressOf(place).replace(/\/?$/, "/");
  const inside = [...files.keys()].filter((address) => address.startsWith(folder));
  return [...new Set(inside.map((address) => address.slice(folder.length).split("/")[0] ?? ""))];
}

/** Whether there is a file, or a folder with something in it. */
export function existsSync(place: string | URL): boolean {
  return files.has(addressOf(place)) || readdirSync(place).length > 0;
}

/** The path of a file's address. */
export function fileURLToPath(address: string | URL): string {
  return decodeURI(new URL(address).pathname);
}

/** The address of a file's path. */
export function pathToFileURL(path: string): URL {
  return new URL(`file://${encodeURI(path)}`);
}

/** Pieces of a path, put together. */
export function join(...pieces: readonly string[]): string {
  return decodeURI(new URL(pieces.join("/").replaceAll(/\/+/g, "/"), "file:///").pathname);
}

/** The folder of a path. */
export function dirname(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 1));
}

/** A hash that is computed as the bytes come. */
interface Hash {
  update(bytes: Uint8Array | string): Hash;
  digest(): Uint8Array;
  digest(encoding: "hex"): string;
}

/** SHA-256, by the package that the kernel has its hashes from. */
export function createHash(name: string): Hash {
  if (name !== "sha256") throw new Error(`${NOT_IN_A_BROWSER} createHash("${name}")`);
  const state = sha256.create();
  function digest(): Uint8Array;
  function digest(encoding: "hex"): string;
  function digest(encoding?: "hex"): Uint8Array | string {
    const bytes = state.digest();
    if (encoding === undefined) return bytes;
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  const hash: Hash = {
    update(bytes) {
      state.update(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
      return hash;
    },
    digest,
  };
  return hash;
}

/** What there is, by name; nothing of it is told apart by its module. */
const KNOWN: Readonly<Record<string, unknown>> = {
  createHash,
  dirname,
  existsSync,
  fileURLToPath,
  join,
  pathToFileURL,
  readdirSync,
  readFileSync,
  argv: [],
  env: {},
};

/**
 * What a bundler takes for a module of Node.
 *
 * @param name The name of the module, such as `node:fs`.
 * @returns What there is, in front of a prototype that has a function for every other name, which
 * says what is missing.
 */
export function nodeModule(name: string): object {
  const missing = new Proxy({}, {
    get: (_, key) => () => {
      throw new Error(`${NOT_IN_A_BROWSER} ${name} ${String(key)}`);
    },
  });
  return Object.assign(Object.create(missing), KNOWN);
}
