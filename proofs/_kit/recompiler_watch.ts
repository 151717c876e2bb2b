/** Sees what an engine makes of WebAssembly, and how often it goes into generated code. */

/** What was seen. */
export interface Watched<T> {
  readonly value: T;
  /** The modules that were made. */
  readonly modules: number;
  /** The modules that were refused. */
  readonly refused: number;
  /** How often generated code was entered. */
  readonly entries: number;
}

type Name = "Module" | "Instance";

/** What takes the place of a constructor of WebAssembly. */
type Stub = (args: readonly unknown[], make: () => object) => object;

function replaced(name: Name, stub: Stub): PropertyDescriptor {
  const construct = (target: object, args: readonly unknown[]) =>
    stub(args, () => Reflect.construct(Object(target), [...args]));
  const value = new Proxy<object>(WebAssembly[name], { construct });
  return { configurable: true, writable: true, enumerable: false, value };
}

/** An instance whose function for going from chunk to chunk tells that it was called. */
function watchedInstance(instance: object, onEntry: () => void): object {
  const exports: unknown = Reflect.get(instance, "exports");
  const step: unknown = Reflect.get(Object(exports), "f");
  const isStepper = typeof Reflect.get(Object(exports), "u") === "function";
  if (!isStepper || typeof step !== "function") return instance;
  const watched = (...args: readonly unknown[]): unknown => {
    onEntry();
    return Reflect.apply(step, undefined, args);
  };
  return { exports: { ...Object(exports), f: watched } };
}

/**
 * Runs something while all that is made of WebAssembly is watched, or refused from one module on. It can ask
 * how many modules were made so far, and how often generated code was entered.
 */
export function watchEngine<T>(
  run: (soFar: () => { readonly modules: number; readonly entries: number }) => T,
  allowed: number = Infinity,
): Watched<T> {
  let [modules, refused, entries] = [0, 0, 0];
  const names: readonly Name[] = ["Module", "Instance"];
  const originals = names.map((name) => Object.getOwnPropertyDescriptor(WebAssembly, name));
  const stubs: Readonly<Record<Name, Stub>> = {
    Module: (_, make) => {
      try {
        if (modules >= allowed) throw new WebAssembly.CompileError("not allowed here");
        const made = make();
        modules++;
        return made;
      } catch (mistake) {
        refused++;
        throw mistake;
      }
    },
    Instance: (_, make) => watchedInstance(make(), () => entries++),
  };
  try {
    for (const name of names) Object.defineProperty(WebAssembly, name, replaced(name, stubs[name]));
    const value = run(() => ({ modules, entries }));
    return { value, modules, refused, entries };
  } finally {
    originals.forEach((original, index) => {
      const name = names[index];
      if (original !== undefined && name !== undefined) {
        Object.defineProperty(WebAssembly, name, original);
      }
    });
  }
}
