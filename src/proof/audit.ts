/**
 * Which public functions an implementation has, and which of them a proof really calls.
 *
 * @module
 */

/** Something callable, seen from outside. */
type Callable = (this: unknown, ...args: readonly unknown[]) => unknown;

/** A property of a face that is a function: where it is, and the names it goes by. */
interface Place {
  readonly owner: object;
  readonly key: string;
  readonly part: "value" | "get";
  readonly call: Callable;
  readonly names: string[];
}

function isCallable(value: unknown): value is Callable {
  return typeof value === "function";
}

function isClass(value: Callable): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !ArrayBuffer.isView(value);
}

/** Adds the functions that stand on one object itself. */
function collect(owner: object, prefix: string, places: Map<Callable, Place>): void {
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
    if (key === "constructor" || key === "prototype") continue;
    const part = descriptor.get === undefined ? "value" : "get";
    const call: unknown = descriptor.get ?? descriptor.value;
    if (!isCallable(call)) continue;
    const name = `${prefix}${key}`;
    const place = places.get(call);
    if (place === undefined) places.set(call, { owner, key, part, call, names: [name] });
    else place.names.push(name);
  }
}

/** Adds the static and instance functions of a class and of the classes it extends. */
function collectClass(name: string, constructor: Callable, places: Map<Callable, Place>): void {
  let level: unknown = constructor;
  while (isCallable(level) && level !== Function.prototype) {
    collect(level, `${name}.`, places);
    const prototype: unknown = level.prototype;
    if (isGroup(prototype)) collect(prototype, `${name}.`, places);
    level = Object.getPrototypeOf(level);
  }
}

/** Every public function of a face: exported functions, members of classes and of groups. */
function placesOf(face: object): readonly Place[] {
  const places = new Map<Callable, Place>();
  for (const [name, value] of Object.entries(face)) {
    if (isCallable(value)) {
      if (isClass(value)) collectClass(name, value, places);
      else if (!places.has(value)) {
        places.set(value, { owner: face, key: name, part: "value", call: value, names: [name] });
      }
    } else if (isGroup(value)) {
      collect(value, `${name}.`, places);
    }
  }
  return [...places.values()];
}

/**
 * The public functions of a face (a module, or an object of functions), by each name it goes by:
 * a method that two classes inherit is one function with two names.
 *
 * @param face A module namespace or an object of functions.
 * @returns One list of names for each function, in the order of the face.
 */
export function publicFunctions(face: object): readonly (readonly string[])[] {
  return placesOf(face).map((place) => place.names);
}

/** A face whose calls are watched. */
export interface Watched<S> {
  /** The watched stand-in for the face. */
  readonly face: S;
  /** The names of the functions called so far. */
  readonly called: ReadonlySet<string>;
  /** Takes the watch off. */
  restore(): void;
}

/** A copy of a face whose groups are copies too, so that frozen ones can be watched. */
function copyOf<S extends object>(face: S): S {
  const copy: S = { ...face };
  for (const [name, value] of Object.entries(face)) {
    if (isGroup(value)) {
      Object.defineProperty(copy, name, { value: thawed(value), enumerable: true });
    }
  }
  return copy;
}

/** A copy of an object on which every property can be replaced. */
function thawed(group: object): object {
  const descriptors = Object.getOwnPropertyDescriptors(group);
  for (const descriptor of Object.values(descriptors)) descriptor.configurable = true;
  return Object.create(Object.getPrototypeOf(group), descriptors);
}

/**
 * Watches the calls of a face.
 *
 * Groups and functions are watched on a copy; members of classes in place, until `restore`.
 */
export function watch<S extends object>(face: S): Watched<S> {
  const copy = copyOf(face);
  const called = new Set<string>();
  const undo: (() => void)[] = [];
  for (const { owner, key, part, call, names } of placesOf(copy)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    if (descriptor === undefined || descriptor.configurable !== true) continue;
    const watched: Callable = function (this: unknown, ...args) {
      for (const name of names) called.add(name);
      return Reflect.apply(call, this, args);
    };
    Object.defineProperty(owner, key, { ...descriptor, [part]: watched });
    undo.push(() => Object.defineProperty(owner, key, descriptor));
  }
  return { face: copy, called, restore: () => undo.forEach((step) => step()) };
}
