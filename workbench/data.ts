/** What the build puts into the page: the examples and the proof ledger. */

/** A guest that comes with the page. */
export interface Example {
  readonly name: string;
  /** What it does, in a few words. */
  readonly title: string;
  readonly source: string;
  /** Its arguments, in hexadecimal digits or as text. */
  readonly args: string;
  readonly argsAs: "hex" | "text";
}

/** A row of the ledger. */
export interface ProofRow {
  readonly id: string;
  readonly subject: string;
  readonly claim: string;
  readonly strength: string;
  readonly domain: string;
  readonly cases: string;
  readonly reached: string;
  readonly mutants: string;
}

/** All of it. */
export interface Data {
  readonly version: string;
  readonly examples: readonly Example[];
  readonly proofs: readonly ProofRow[];
}
