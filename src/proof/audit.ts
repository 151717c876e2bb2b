/**
 * Which public functions an implementation has, and which of them a proof really calls.
 *
 * @module
 */

/** Something callable, seen from outside. */
type Callable = (this: unknown, ...args: readonly unknown[]) => unknown;

/** A property that holds a function. */
interface Place {
  readonly owner: object;
  readonly key: string | symbol;
  readonly part: "value" | "get";
}

/** A public function: where it stands, and the names it goes by. */
interface Found {
  readonly places: Place[];
  readonly names: string[];
}

/** What has been found in a face. */
type Functions = Map<Callable, Found>;

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

/** Adds a function under one more name. */
function add(call: Callable, place: Place, name: string, functions: Functions): void {
  const found = functions.get(call) ?? { places: [], names: [] };
  functions.set(call, found);
  found.names.push(name);
  if (found.places.some(({ owner, key }) => owner === place.owner && key === place.key)) return;
  found.places.push(place);
}

/** What a symbol or a string reads like after the thing that it is a key of. */
function suffix(key: string | symbol): string {
  return typeof key === "string" ? `.${key}` : `[${key.description}]`;
}

/** Adds the functions and getters that stand on one object itself. */
function collect(owner: object, name: string, functions: Functions): void {
  for (const key of Reflect.ownKeys(owner)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    if (descriptor === undefined || key === "constructor" || key === "prototype") continue;
    const part = descriptor.get === undefined ? "value" : "get";
    const call: unknown = descriptor.get ?? descriptor.value;
    if (isCallable(call)) add(call, { owner, key, part }, `${name}${suffix(key)}`, functions);
  }
}

/** Adds the static and instance functions of a class and of the classes it extends. */
function collectClass(constructor: Callable, name: string, functions: Functions): void {
  let level: unknown = constructor;
  while (isCallable(level) && level !== Function.prototype) {
    collect(level, name, functions);
    const prototype: unknown = level.prototype;
    if (isGroup(prototype)) collect(prototype, name, functions);
    level = Object.getPrototypeOf(level);
  }
}

/** Every public function of a face: exported functions, members of classes and of groups. */
function functionsOf(face: object): Functions {
  const functions: Functions = new Map();
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(face))) {
    if (isGroup(value)) collect(value, name, functions);
    else if (!isCallable(value)) continue;
    else if (isClass(value)) collectClass(value, name, functions);
    else add(value, { owner: face, key: name, part: "value" }, name, functions);
  }
  return functions;
}

/**
 * The public functions of a face (a module, or an object of functions), by each name it goes by:
 * a method that two classes inherit is one function with two names.
 *
 * Listed are exported functions, and the methods, static methods and getters of exported classes
 * (inherited ones too) and of exported objects. Constructors and setters are not.
 *
 * @param face A module namespace or an object of functions; what is neither has none.
 * @returns One list of names for each function, in the order of the face.
 *
 * @example A class and a function
 * ```ts
 * import { publicFunctions } from "@ringfence/core/proof";
 * import { assertEquals } from "@std/assert";
 *
 * class Counter {
 *   static start() {}
 *   step() {}
 * }
 * const face = { Counter, reset() {} };
 * assertEquals(publicFunctions(face), [["Counter.start"], ["Counter.step"], ["reset"]]);
 * ```
 */
export function publicFunctions(face: object): readonly (readonly string[])[] {
  try {
    return Array.from(functionsOf(face).values(), (found) => found.names);
  } catch {
    return [];
  }
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

/** A copy of an object on which every property can be replaced. */
function thawed<S extends object>(original: S): S {
  const descriptors = Object.getOwnPropertyDescriptors(original);
  for (const descriptor of Object.values(descriptors)) descriptor.configurable = true;
  return Object.create(Object.getPrototypeOf(original), descriptors);
}

/** A copy of a face whose groups are copies too, so that frozen ones can be watched. */
function copyOf<S extends object>(face: S): S {
  const copy = thawed(face);
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(copy))) {
    if (!isGroup(descriptor.value)) continue;
    Object.defineProperty(copy, name, { ...descriptor, value: thawed(descriptor.value) });
  }
  return copy;
}

/**
 * Watches the calls of a face.
 *
 * Groups and functions are watched on a copy; members of classes in place, until `restore`. What
 * cannot be watched, such as a method of a frozen class, is taken to be called.
 */
export function watch<S extends object>(face: S): Watched<S> {
  const copy = copyOf(face);
  const called = new Set<string>();
  const undo: (() => void)[] = [];
  for (const [call, { places, names }] of functionsOf(copy)) {
    const note = () => names.forEach((name) => called.add(name));
    for (const place of places) {
      const wrapped: Callable = function (this: unknown, ...args) {
        note();
        return Reflect.apply(call, this, args);
      };
      const unwrap = wrap(place, wrapped);
      if (unwrap === undefined) note();
      else undo.push(unwrap);
    }
  }
  return { face: copy, called, restore: () => undo.forEach((step) => step()) };
}

/** The wrappers that have been taken off, with what each had replaced. */
const unwrapped = new WeakMap<Callable, PropertyDescriptor>();

/**
 * Puts a wrapper into the place of a function, and gives what takes it off again.
 *
 * Watches of one class may overlap and end in any order: a wrapper under another one stays until
 * that is taken off too.
 */
function wrap({ owner, key, part }: Place, wrapper: Callable): (() => void) | undefined {
  const replaced = Object.getOwnPropertyDescriptor(owner, key);
  if (replaced?.configurable !== true) return undefined;
  Object.defineProperty(owner, key, { ...replaced, [part]: wrapper });
  return () => {
    unwrapped.set(wrapper, replaced);
    let top = Object.getOwnPropertyDescriptor(owner, key);
    while (top !== undefined && unwrapped.has(top[part])) top = unwrapped.get(top[part]);
    if (top !== undefined) Object.defineProperty(owner, key, top);
  };
}
