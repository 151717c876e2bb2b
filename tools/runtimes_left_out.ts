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

/** Proofs of the symbolic executor. */
const SOLVER: LeftOut = {
  proofs: "symbolic/",
  reason: "they need the TypeScript compiler and the solver; the executor runs where both are",
};

/** Proofs whose inputs are faulty copies of the source. */
const PATCHED: LeftOut = {
  proofs: "cli/conform_finds_seeded_faults",
  reason: "it runs faulty copies of the source, which the TypeScript compiler makes",
};

/** Proofs about processes. */
const PROCESSES: LeftOut = {
  proofs: "cli/processes_*",
  reason: "they need the process of Node",
};

/** Proofs of what a browser has not. */
const NOT_IN_A_BROWSER: readonly LeftOut[] = [
  PROCESSES,
  {
    proofs: "examples/scripts_show_what_they_say",
    reason: "the scripts import modules of Node",
  },
  {
    proofs: "kernel/stores_take_nothing_odd_from_a_driver",
    reason: "it stands in for the SQLite of Node, of which a browser has nothing",
  },
  {
    proofs: "kernel/a_refusal_names_the_argument",
    reason: "it reads the names of parameters in the source, and the bundle renames some",
  },
];

/** What is left out, by the name of the runtime. */
export const LEFT_OUT: Readonly<Record<string, readonly LeftOut[]>> = {
  deno: [],
  bun: [SOURCES, SOLVER, PATCHED],
  node: [SOURCES, SOLVER, PATCHED],
  "node@22": [SOURCES, SOLVER, PATCHED],
  "node@24": [SOURCES, SOLVER, PATCHED],
  chromium: [SOURCES, SOLVER, PATCHED, ...NOT_IN_A_BROWSER],
};

/** Whether a rule speaks of a proof. */
export function speaksOf({ proofs }: LeftOut, id: string): boolean {
  if (proofs.endsWith("*")) return id.startsWith(proofs.slice(0, -1));
  return proofs.endsWith("/") ? id.startsWith(proofs) : id === proofs;
}
