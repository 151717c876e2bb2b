/** The proofs that do not run in a runtime, by name, and why. */

/** Some proofs and the reason. */
export interface LeftOut {
  /** A proof, or all whose id begins so when it ends with `/` or `*`. */
  readonly proofs: string;
  readonly reason: string;
}

/** Proofs about the sources. */
const SOURCES: LeftOut = {
  proofs: "static/",
  reason: "they read the sources with the TypeScript compiler; what they say holds everywhere",
};

/** What is left out, by the name of the runtime. */
export const LEFT_OUT: Readonly<Record<string, readonly LeftOut[]>> = {
  deno: [],
  bun: [SOURCES],
  node: [SOURCES],
  "node@22": [SOURCES],
  "node@24": [SOURCES],
  chromium: [SOURCES],
};

/** Whether a rule speaks of a proof. */
export function speaksOf({ proofs }: LeftOut, id: string): boolean {
  if (proofs.endsWith("*")) return id.startsWith(proofs.slice(0, -1));
  return proofs.endsWith("/") ? id.startsWith(proofs) : id === proofs;
}
