/**
 * The loops of a chunk, so that its jumps become breaks out of blocks and continues of loops.
 *
 * Segments keep their order. A loop reaches from the target of a jump backward to the last such
 * jump; where loops overlap, the outer one is made longer. What cannot be reached by breaks alone, the
 * inside of a loop from outside of it, is reached through the loop's beginning, which dispatches.
 *
 * @module
 */

/** Loops are nested at most so deep; jumps back in deeper ones go through the whole chunk's. */
const DEPTH_MAX = 16;

/** A jump from one segment of a chunk to another. */
export interface Edge {
  readonly from: number;
  readonly to: number;
}

/** The shape of a chunk; segments go by their number in it. */
export interface Shape {
  /** The last segment of the loop that begins with a segment; -1 where none does. */
  readonly loopEnd: Int32Array;
  /** The beginning of the innermost loop that a segment lies in, or begins; -1 for none. */
  readonly inner: Int32Array;
  /** The beginning of the loop around the one that begins with a segment; -1 for none. */
  readonly outer: Int32Array;
  /** 1 where the loop that begins there dispatches. */
  readonly dispatches: Uint8Array;
  /** 1 where a segment is dispatched to. */
  readonly entries: Uint8Array;
}

/** Where loops end, made so that each two either lie apart or one in the other. */
function endsOf(count: number, edges: readonly Edge[]): Int32Array {
  const loopEnd = new Int32Array(count).fill(-1);
  for (const { from, to } of edges) {
    if (to <= from) loopEnd[to] = Math.max(loopEnd[to] ?? -1, from);
  }
  for (let head = count - 1; head >= 0; head--) {
    let end = loopEnd[head] ?? -1;
    for (let at = head + 1; at <= end;) {
      const inside = loopEnd[at] ?? -1;
      end = Math.max(end, inside);
      at = Math.max(at, inside) + 1;
    }
    loopEnd[head] = end;
  }
  return loopEnd;
}

/** Finds which loop each segment lies in, and forgets loops that are nested too deep. */
function nest(loopEnd: Int32Array): Pick<Shape, "inner" | "outer"> {
  const inner = new Int32Array(loopEnd.length).fill(-1);
  const outer = new Int32Array(loopEnd.length).fill(-1);
  const open: number[] = [];
  for (let at = 0; at < loopEnd.length; at++) {
    while (open.length > 0 && (loopEnd[open.at(-1) ?? -1] ?? -1) < at) open.pop();
    if ((loopEnd[at] ?? -1) >= 0) {
      if (open.length === DEPTH_MAX) {
        loopEnd[at] = -1;
      } else {
        outer[at] = open.at(-1) ?? -1;
        open.push(at);
      }
    }
    inner[at] = open.at(-1) ?? -1;
  }
  return { inner, outer };
}

/** The outermost loop around a segment that begins behind another segment; -1 when there is none. */
export function entered({ inner, outer }: Shape, from: number, to: number): number {
  let found = -1;
  for (let loop = inner[to] ?? -1; loop > from; loop = outer[loop] ?? -1) found = loop;
  return found;
}

/**
 * Finds the shape of a chunk.
 *
 * @param entries 1 for each segment that is dispatched to in any case; others are added.
 */
export function shapeOf(entries: Uint8Array, edges: readonly Edge[]): Shape {
  const loopEnd = endsOf(entries.length, edges);
  const { inner, outer } = nest(loopEnd);
  const shape = { loopEnd, inner, outer, dispatches: new Uint8Array(entries.length), entries };
  for (const { from, to } of edges) {
    const loop = entered(shape, from, to);
    if (loop >= 0 && loop !== to) entries[to] = 1;
  }
  for (const [at, isEntry] of entries.entries()) {
    if (isEntry === 0) continue;
    for (let loop = inner[at] ?? -1; loop >= 0; loop = outer[loop] ?? -1) {
      if (loop !== at) shape.dispatches[loop] = 1;
    }
  }
  return shape;
}
