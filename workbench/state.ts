/** What the page is like. */

import type { Data } from "./data.ts";
import type { Comparison } from "./machine/compare.ts";
import { type FieldErrors, FORM, type Form } from "./machine/form.ts";
import type { Loaded, Trouble } from "./machine/loading.ts";
import type { Session } from "./machine/session.ts";
import type { Snapshot } from "./machine/snapshot.ts";
import type { Filter } from "./view/proofs.ts";

/** The pages. */
export const PAGES = ["machine", "engines", "proofs", "keys"] as const;

/** The name of a page. */
export type PageName = (typeof PAGES)[number];

/** A guest, and the machine that runs it. */
export interface Guest {
  readonly loaded: Loaded;
  readonly session: Session;
  /** The code offsets of its instructions. */
  readonly offsets: Int32Array;
  /** What the machine was like before it moved last; nothing at its start. */
  readonly before: Snapshot | undefined;
  /** The first byte that changed since, for each page in which one did. */
  readonly changed: readonly number[];
}

/** How fast the engines were; the second time everything is compiled already. */
export interface Contest {
  readonly guest: string;
  readonly first: Comparison;
  readonly again: Comparison | undefined;
}

/** What the page is like. */
export interface State {
  readonly data: Data;
  readonly page: PageName;
  readonly form: Form;
  readonly fieldErrors: FieldErrors;
  /** The example that was chosen last; empty for a guest of one's own. */
  readonly example: string;
  /** The text in the editor. */
  readonly source: string;
  readonly guest: Guest | undefined;
  /** What goes on; nothing while the page waits. */
  readonly busy: string | undefined;
  /** Why the last thing was not done. */
  readonly trouble: Trouble | undefined;
  /** What was said last to those who listen. */
  readonly said: string;
  /** The line of the code that the cursor is on. */
  readonly cursor: number;
  readonly breakpoints: ReadonlySet<number>;
  /** The first address that is shown. */
  readonly memoryAt: number;
  readonly contest: Contest | undefined;
  readonly filter: Filter;
  readonly proofsShown: number;
  /** Whether single keys are commands. */
  readonly hasKeys: boolean;
}

/** The state at first. */
export function firstState(data: Data): State {
  return {
    data,
    page: "machine",
    form: FORM,
    fieldErrors: {},
    example: "",
    source: "",
    guest: undefined,
    busy: undefined,
    trouble: undefined,
    said: "",
    cursor: 0,
    breakpoints: new Set(),
    memoryAt: 0x2_0000,
    contest: undefined,
    filter: { text: "", room: "", strength: "" },
    proofsShown: 0,
    hasKeys: true,
  };
}
