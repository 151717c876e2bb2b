/**
 * What a symbolic proof is asked, and what it answers.
 *
 * @module
 */

import type { Argument, Contract } from "./contract.ts";
import type { SourcePlace } from "./machine.ts";
import type { ReadSource } from "./modules.ts";
import type { Playback, Played } from "./playback.ts";
import type { Result } from "./run.ts";
import type { IntTerm, Truth } from "./term.ts";

/** The values that an input can take: every integer from `min` to `max`. */
export interface InputRange {
  /** The least. */
  readonly min: bigint;
  /** The greatest. */
  readonly max: bigint;
}

/**
 * How the solver sees integers: as words of bits; as such words, of which products may be any; or as
 * integers, of which products and quotients may be any that fit. The latter two are for claims about
 * sums of products. What they show holds; what they do not is asked again with words.
 */
export type Arithmetic = "words" | "limbs" | "integers";

/** The inputs as terms. */
export type Inputs<N extends string> = Readonly<Record<N, IntTerm>>;

/** What is to be proved, and of what. */
export interface SymbolicProof<N extends string> {
  /** The source file: a path, or a `file:` URL. With `source`, its name. */
  readonly file: string | URL;
  /** The text of the file, where it is not to be read. */
  readonly source?: string;
  /** Gives the texts of the files; by default they are read from the file system. */
  readonly read?: ReadSource;
  /** The function: `name`, `Class.method` or `Class.set property`. It need not be exported. */
  readonly function: string;
  /** The inputs. Without `parameters`, each is the parameter of its name. */
  readonly inputs: Readonly<Record<N, InputRange>>;
  /** What each parameter is given. */
  readonly parameters?: (inputs: Inputs<N>) => Readonly<Record<string, Argument>>;
  /** What the fields of `this` hold before, for a method. */
  readonly self?: (inputs: Inputs<N>) => Readonly<Record<string, Argument>>;
  /** What is taken for granted of the inputs. It must not exclude all of them. */
  readonly assume?: (inputs: Inputs<N>) => Truth;
  /** What is claimed. */
  readonly claim: (inputs: Inputs<N>, result: Result) => Truth;
  /** What stands for functions that have been proved on their own, by name. */
  readonly contracts?: Readonly<Record<string, Contract>>;
  /** How the solver sees integers: as words, by default. */
  readonly arithmetic?: Arithmetic;
  /** Whether a number may leave the exact integers: it is then rounded, with a bounded error. */
  readonly rounding?: boolean;
  /** How often a loop may go round, 64 by default. */
  readonly rounds?: number;
  /** How long the solver may take, 20,000 ms by default. */
  readonly timeoutMs?: number;
  /** The real function, and a model of it, to run counterexamples on. */
  readonly playback?: Playback<N>;
}

/** What came of it. */
export type SymbolicOutcome<N extends string> =
  /** It holds for all inputs. */
  | {
    readonly kind: "proved";
    /** How many side conditions were proved with it. */
    readonly sideConditions: number;
    /** How many inputs the real function was run on, to see that it does what was predicted. */
    readonly compared: number;
  }
  /** It fails for these inputs. */
  | {
    readonly kind: "refuted";
    readonly inputs: Readonly<Record<N, bigint>>;
    /** What fails: the claim, or a side condition and where it stands. */
    readonly failed: string;
    readonly played: Played | undefined;
  }
  /** The source has a construct outside of the subset. */
  | { readonly kind: "unsupported"; readonly construct: string; readonly at: SourcePlace }
  /** The proof itself makes no sense. */
  | { readonly kind: "mistaken"; readonly problem: string }
  /** The solver did not find out. */
  | { readonly kind: "unknown"; readonly reason: string };
