/**
 * A Merkle tree that is a value: setting a leaf gives another tree, which shares all but one path
 * with the first. Roots are kept with their subtrees, so that hashing after a change costs one path.
 *
 * @module
 */

import { hashPair, zeroHash } from "./merkle.ts";

interface Leaf<T> {
  readonly value: T;
}

interface Branch<T> {
  readonly left: Node<T>;
  readonly right: Node<T>;
  /** The root, once somebody asked for it. */
  root: Uint8Array | undefined;
}

type Node<T> = Leaf<T> | Branch<T> | undefined;

/** A leaf in use and its place. */
export type Entry<T> = readonly [index: number, value: T];

function branch<T>(left: Node<T>, right: Node<T>): Node<T> {
  return left === undefined && right === undefined ? undefined : { left, right, root: undefined };
}

function replaced<T>(node: Node<T>, depth: number, index: number, leaf: Node<T>): Node<T> {
  if (depth === 0) return leaf;
  const half = 2 ** (depth - 1);
  const { left, right } = node !== undefined && "left" in node ? node : {
    left: undefined,
    right: undefined,
  };
  return index < half
    ? branch(replaced(left, depth - 1, index, leaf), right)
    : branch(left, replaced(right, depth - 1, index - half, leaf));
}

/** The subtree over the entries from `from` up to `to`, which all lie at `first` and behind. */
function built<T>(
  entries: readonly Entry<T>[],
  range: readonly [from: number, to: number],
  depth: number,
  first: number,
): Node<T> {
  const [from, to] = range;
  if (from === to) return undefined;
  if (depth === 0) {
    const entry = entries[from];
    return entry === undefined ? undefined : { value: entry[1] };
  }
  const half = first + 2 ** (depth - 1);
  let middle = from;
  for (let end = to; middle < end;) { // the first entry of the right half
    const probe = Math.floor((middle + end) / 2);
    if ((entries[probe]?.[0] ?? half) < half) middle = probe + 1;
    else end = probe;
  }
  return branch(
    built(entries, [from, middle], depth - 1, first),
    built(entries, [middle, to], depth - 1, half),
  );
}

function collect<T>(node: Node<T>, depth: number, first: number, into: Entry<T>[]): void {
  if (node === undefined) return;
  if ("value" in node) {
    into.push([first, node.value]);
    return;
  }
  collect(node.left, depth - 1, first, into);
  collect(node.right, depth - 1, first + 2 ** (depth - 1), into);
}

/** A sparse Merkle tree with values of `T` at some of its leaves. */
export class SparseTree<T> {
  readonly #node: Node<T>;
  readonly #depth: number;
  readonly #rootOf: (value: T) => Uint8Array;

  /** A tree of some depth (0 to 32) with the entries, which ascend. */
  constructor(
    depth: number,
    rootOf: (value: T) => Uint8Array,
    entries: readonly Entry<T>[] | Node<T>,
  ) {
    this.#depth = depth;
    this.#rootOf = rootOf;
    this.#node = isList(entries) ? built(entries, [0, entries.length], depth, 0) : entries;
  }

  /** The value at a place, if any. */
  get(index: number): T | undefined {
    let node = this.#node;
    let rest = index;
    for (let half = 2 ** (this.#depth - 1); node !== undefined && "left" in node; half /= 2) {
      node = rest < half ? node.left : node.right;
      if (rest >= half) rest -= half;
    }
    return node?.value;
  }

  /** The tree with another value at a place, or none. */
  set(index: number, value: T | undefined): SparseTree<T> {
    const leaf = value === undefined ? undefined : { value };
    const node = replaced(this.#node, this.#depth, index, leaf);
    return new SparseTree(this.#depth, this.#rootOf, node);
  }

  /** Every value and its place, ascending. */
  entries(): Entry<T>[] {
    const into: Entry<T>[] = [];
    collect(this.#node, this.#depth, 0, into);
    return into;
  }

  /** One more than the highest place in use; 0 when there is none. */
  get length(): number {
    let node = this.#node;
    if (node === undefined) return 0;
    let index = 0;
    for (let half = 2 ** (this.#depth - 1); node !== undefined && "left" in node; half /= 2) {
      if (node.right !== undefined) index += half;
      node = node.right ?? node.left;
    }
    return index + 1;
  }

  /** The Merkle root. */
  root(): Uint8Array {
    return this.#rootAt(this.#node, this.#depth);
  }

  #rootAt(node: Node<T>, depth: number): Uint8Array {
    if (node === undefined) return zeroHash(depth);
    if ("value" in node) return this.#rootOf(node.value);
    node.root ??= hashPair(
      this.#rootAt(node.left, depth - 1),
      this.#rootAt(node.right, depth - 1),
    );
    return node.root;
  }
}

function isList<T>(entries: readonly Entry<T>[] | Node<T>): entries is readonly Entry<T>[] {
  return Array.isArray(entries);
}
