/** Long work in slices of time, between which the page lives. */

/** For so long a slice may take, in milliseconds. */
const SLICE_MS = 24;

/** Long work that goes on. */
export interface Work {
  /** Whether somebody asked it to stop. */
  readonly isStopped: boolean;
  stop(): void;
}

/** Lets the page do what waits. */
function breathe(): Promise<void> {
  return new Promise((done) => setTimeout(done, 0));
}

/** Work that can be asked to stop. */
export function startWork(): Work {
  let isStopped = false;
  return {
    get isStopped() {
      return isStopped;
    },
    stop() {
      isStopped = true;
    },
  };
}

/**
 * Does work piece by piece until there is none left, or it was asked to stop.
 *
 * @param piece Does a little, some milliseconds at most; false when nothing is left.
 * @param onSlice Called after each slice but the last.
 * @returns Whether the work was done to its end.
 */
export async function inSlices(
  work: Work,
  piece: () => boolean,
  onSlice: () => void,
): Promise<boolean> {
  for (;;) {
    const end = performance.now() + SLICE_MS;
    while (performance.now() < end) {
      if (!piece()) return true;
    }
    onSlice();
    await breathe();
    if (work.isStopped) return false;
  }
}
