/**
 * The bytes behind a memory, and the windows through which it is accessed.
 *
 * The bytes are those of a `WebAssembly.Memory`: no caller can detach, transfer or resize its buffer,
 * and growth costs the engine no copy. It reserves address space for the maximum at once.
 *
 * @module
 */

import { LEASE_EXPIRED, type MemoryFault } from "./fault.ts";
import { PAGE_SIZE } from "./limits.ts";
import { OUT_OF_BOUNDS } from "./trap.ts";

/** How many pages of the engine hold so many bytes. */
function enginePages(bytes: number): number {
  return Math.ceil(bytes / PAGE_SIZE);
}

/** The size of a closed window: not even a range of no bytes fits. */
const CLOSED_SIZE = -1;
const NO_VIEW = new DataView(new ArrayBuffer(0));
const NO_BYTES = new Uint8Array(0);

/**
 * What an access sees of a memory: exactly its active bytes, or nothing once it is closed.
 *
 * Growth replaces the buffer and with it the views, so every access reads them here.
 */
export class Window {
  readonly #seal = true;
  /** How many bytes are active; -1 once closed. */
  size: number = CLOSED_SIZE;
  /** The active bytes, for values. */
  view: DataView = NO_VIEW;
  /** The active bytes, for ranges. */
  bytes: Uint8Array = NO_BYTES;
  /** What to say to an access that does not fit. */
  fault: MemoryFault = LEASE_EXPIRED;
  /** The memory behind it; nothing once closed. */
  backing: Backing | undefined;

  /** The window that a value is, or a closed one: callers can reach constructors with anything. */
  static from(value: unknown): Window {
    return typeof value === "object" && value !== null && #seal in value ? value : new Window();
  }

  /** Shows the first `size` bytes of a buffer. */
  open(backing: Backing, buffer: ArrayBufferLike, size: number): void {
    this.backing = backing;
    this.size = size;
    this.view = new DataView(buffer, 0, size);
    this.bytes = new Uint8Array(buffer, 0, size);
    this.fault = OUT_OF_BOUNDS;
  }

  /** Shows nothing any more. It is closed before anything is called that could run out of stack. */
  close(): void {
    const { backing } = this;
    this.backing = undefined;
    this.size = CLOSED_SIZE;
    this.view = NO_VIEW;
    this.bytes = NO_BYTES;
    this.fault = LEASE_EXPIRED;
    backing?.forget(this);
  }
}

/** The bytes of one memory, and every window that is open on them. */
export class Backing {
  /** The size of a page, in bytes. */
  readonly pageBytes: number;
  /** The most pages. */
  readonly maxPages: number;
  readonly #memory: WebAssembly.Memory;
  readonly #windows = new Set<Window>();
  #pages: number;
  /**
   * The bytes that the engine holds: what there is to zero before it is active again. It counts the
   * engine's pages, for a caller reaches all of them through the `buffer` of a view, and it is not
   * read from the buffer, of which a caller can redefine the length.
   */
  #heldBytes: number;

  private constructor(
    memory: WebAssembly.Memory,
    pages: number,
    maxPages: number,
    pageBytes: number,
  ) {
    this.#memory = memory;
    this.#pages = pages;
    this.#heldBytes = enginePages(pages * pageBytes) * PAGE_SIZE;
    this.maxPages = maxPages;
    this.pageBytes = pageBytes;
  }

  /** Makes the bytes of `pages` pages, all zero; nothing when the engine has no room. */
  static create(pages: number, maxPages: number, pageBytes: number): Backing | undefined {
    try {
      const memory = new WebAssembly.Memory({
        initial: enginePages(pages * pageBytes),
        maximum: enginePages(maxPages * pageBytes),
      });
      return new Backing(memory, pages, maxPages, pageBytes);
    } catch {
      return undefined;
    }
  }

  /** The active pages. */
  get pages(): number {
    return this.#pages;
  }

  /** Opens a window, which from now on follows every growth. */
  openWindow(): Window {
    const window = new Window();
    this.#windows.add(window);
    window.open(this, this.#memory.buffer, this.#pages * this.pageBytes);
    return window;
  }

  /** Lets go of a window that closes. */
  forget(window: Window): void {
    this.#windows.delete(window);
  }

  /** Adds `delta` pages of zeros, a number from 0 on; false and no change when there is no room. */
  grow(delta: number): boolean {
    const old = this.#pages;
    return delta <= this.maxPages - old && this.#activate(old + delta, old);
  }

  /** Begins anew with `pages` pages of zeros; false and no change when there is no room. */
  restart(pages: number): boolean {
    return this.#activate(pages, 0);
  }

  /** Makes the first `pages` pages active, those from `kept` on zero. */
  #activate(pages: number, kept: number): boolean {
    const heldBytes = this.#heldBytes;
    const bytes = pages * this.pageBytes;
    const missing = enginePages(bytes - heldBytes);
    try {
      // Never by 0 pages: that too would replace the buffer, and with it the views of callers.
      if (missing > 0) this.#memory.grow(missing);
    } catch {
      return false;
    }
    const { buffer } = this.#memory;
    // What the engine has just added is zero; what was there before, a caller may have written to.
    new Uint8Array(buffer, 0, Math.min(bytes, heldBytes)).fill(0, kept * this.pageBytes);
    this.#pages = pages;
    this.#heldBytes = Math.max(heldBytes, enginePages(bytes) * PAGE_SIZE);
    for (const window of this.#windows) window.open(this, buffer, bytes);
    return true;
  }
}
