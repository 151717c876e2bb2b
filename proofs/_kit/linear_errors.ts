/** Error values as they have to be: the data that each kind carries, and none besides. */

/** The data of each kind of error that is no trap, in the order in which it is written down. */
const DATA: Readonly<Record<string, readonly string[]>> = {
  "invalid-argument": ["parameter", "expected", "given"],
  "limit-out-of-range": ["limit"],
  "memory-initial-exceeds-max": ["initial", "max"],
  "table-initial-exceeds-max": ["initial", "max"],
  "allocation-failed": ["bytes"],
  "callback-threw": ["thrown"],
};

/** The kinds whose model names what is wrong, and where the error names it. */
const NAMED: Readonly<Record<string, string>> = {
  "invalid-argument": "parameter",
  "limit-out-of-range": "limit",
};

/** An error in the form of the model; one with other data than its kind has fails the proof. */
export function modelErrorOf(error: object): object {
  const kind = String(Reflect.get(error, "kind"));
  const keys = Object.keys(error).join();
  if (keys !== ["kind", ...DATA[kind] ?? []].join()) throw new Error(`${kind} carries ${keys}`);
  const name = NAMED[kind];
  return name === undefined ? { trap: kind } : { invalid: Reflect.get(error, name) };
}
