/**
 * How a memory that generated code works on is laid out: what lies where in its bytes. For engines.
 *
 * @module
 */

/** Zeros that stay so: the bytes of pages that were mapped, can only be read and were never written. */
export const ZEROS_BYTES = 0x1_0000;
/** What an engine and its code tell each other: 64 KiB. */
export const CONTEXT = 0x1_0000;
/** Where the engine keeps the targets of dynamic jumps: words. */
export const JUMPS = 0x2_0000;
/** How many of them there is room for. */
export const JUMPS_MAX = 229_376;
/** A word for each 4096 bytes of the address space: see `entryOf`. */
export const PAGE_WORDS = 0x10_0000;
/** Pages of the guest that are not in the main window, until this room is full. */
export const LOW_PAGES = 0x50_0000;
/** The main window: writable pages that follow one another here as they do in the guest's space. */
export const MAIN_PAGES = 0x80_0000;

// Offsets in the context.
/** Thirteen registers of 64 bits. */
export const REGISTERS_AT: number = CONTEXT;
/** What may be spent: a signed word. */
export const FUEL_AT: number = CONTEXT + 104;
/** The first address of the main window. */
export const MAIN_BASE_AT: number = CONTEXT + 108;
/** How many addresses from there on any access of up to 8 bytes may begin at. */
export const MAIN_LIMIT_AT: number = CONTEXT + 112;
/** The first address of a second window. */
export const SIDE_BASE_AT: number = CONTEXT + 116;
/** The limit of the second window, as that of the main one. */
export const SIDE_LIMIT_AT: number = CONTEXT + 120;
/** What to add to an address of the second window: a signed word. */
export const SIDE_DELTA_AT: number = CONTEXT + 124;

/** The granularity of the page words, as a shift. */
export const WORD_SHIFT = 12;
/** The bit of a page word that allows reading; what lies above the bits is to be added to an address. */
export const CAN_READ = 1;
/** The bit of a page word that allows writing. */
export const CAN_WRITE = 2;

/** The most bytes of pages: the last offset has to stay below 2^31. */
export const SHARED_LIMIT_BYTES: number = 2 ** 31 - 2 * MAIN_PAGES;
/** The bytes of a page of a WebAssembly memory. */
export const WASM_PAGE = 65_536;
