/**
 * A running implementation of a caller, of which nothing is trusted.
 *
 * @module
 */

import type { Heard, Link } from "./conform_link.ts";
import { LINE_BYTES_MAX } from "./conform_protocol.ts";
import { reasonOf } from "./reason.ts";

/** How much longer than asked for is waited for an answer, in milliseconds. */
const GRACE_MS = 1_000;

/** Takes note of what was thrown by one of the functions. */
export type Note = (what: string, thrown: unknown) => void;

/** The same value; when it is a promise where none is waited for, nobody hears how it comes out. */
export function unawaited<T>(value: T): T {
  if (typeof value === "object" || typeof value === "function") {
    Promise.resolve(value).catch(() => {});
  }
  return value;
}

/** Waits for a value; `otherwise` when it takes too long. What is thrown goes on to the caller. */
async function within<T>(value: Promise<T>, milliseconds: number, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), milliseconds + GRACE_MS);
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What was heard, if it is one of the things that can be. */
function heardOf(heard: Heard): Heard {
  const { kind } = heard;
  if (kind === "line") {
    const { text } = heard;
    if (typeof text === "string" && text.length <= LINE_BYTES_MAX) return { kind, text };
  }
  if (kind === "ended") {
    const { reason } = heard;
    if (typeof reason === "string") return { kind, reason };
  }
  return kind === "silent" ? { kind } : { kind: "ended", reason: "what was heard makes no sense" };
}

/** The same link, which neither throws nor rejects nor keeps anybody waiting for ever. */
export function guardedLink(link: Link, note: Note): Link {
  return {
    send(line) {
      try {
        unawaited(link.send(line));
      } catch (thrown) {
        note("send", thrown);
      }
    },
    async hear(milliseconds) {
      try {
        return heardOf(await within(link.hear(milliseconds), milliseconds, { kind: "silent" }));
      } catch (thrown) {
        note("hear", thrown);
        return { kind: "ended", reason: `it cannot be heard: ${reasonOf(thrown)}` };
      }
    },
    waiting() {
      try {
        const count = unawaited(link.waiting());
        if (Number.isSafeInteger(count) && count >= 0) return count;
        note("waiting", "its answer makes no sense");
        return 0;
      } catch (thrown) {
        note("waiting", thrown);
        return 0;
      }
    },
    async close(milliseconds) {
      const late = "it did not end when its input did";
      try {
        const wrong = await within(link.close(milliseconds), milliseconds, late);
        return wrong === undefined ? undefined : reasonOf(wrong);
      } catch (thrown) {
        note("close", thrown);
        return `it cannot be closed: ${reasonOf(thrown)}`;
      }
    },
    stop() {
      try {
        unawaited(link.stop());
      } catch (thrown) {
        note("stop", thrown);
      }
    },
  };
}
