/** Why many branches of the room kernel are never taken. */

/** What the engine of version 3 holds, as it holds it. */
export const INVARIANT: string =
  "the last line of defence: the stack, its entries and their calls are the engine's own";
export const CHECKED: string =
  "the arguments of the part that answers were made here, and are right";
export const LOADED: string =
  "what is asked for was loaded for the same operation before, and is known from then on";

export const OWN: string =
  "the handles and paths of an invocation are its own: each leads to a value that is known";
export const RULES: string =
  "the rules of a stack, asked of one that keeps them: nothing outside can break it";
export const NO_HANDLES: string =
  "as the line says: what holds handles is refused before, or settled first";
export const DATA_HAS_NONE: string = "Data holds no handle, so that there always is a hash of it";
export const LAST_KIND: string =
  "it is the last of the kinds, and asked for what is none of the others";
