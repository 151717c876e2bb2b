/** An engine that is short of room, or tells what it is asked for: the constructors of buffers. */

const NAMES = ["ArrayBuffer", "Uint8Array", "Int32Array", "DataView"] as const;

/** Runs something while `onMake` is told of every buffer or view first, and can refuse by throwing. */
export function withEngine<T>(onMake: (name: string, size: unknown) => void, run: () => T): T {
  const originals = NAMES.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  try {
    for (const name of NAMES) {
      const stub = new Proxy<object>(globalThis[name], {
        construct(target, args: readonly unknown[], newTarget) {
          onMake(name, args[0]);
          return Reflect.construct(Object(target), [...args], newTarget);
        },
      });
      Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: stub });
    }
    return run();
  } finally {
    originals.forEach((original, i) => {
      if (original !== undefined) Object.defineProperty(globalThis, NAMES[i] ?? "", original);
    });
  }
}

/** Runs something while the engine makes `count` buffers and views, and refuses all others. */
export function withRoomFor<T>(count: number, run: () => T): T {
  let left = count;
  return withEngine(() => {
    if (left === 0) throw new RangeError("Array buffer allocation failed");
    left--;
  }, run);
}
