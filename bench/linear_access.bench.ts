/**
 * Loads and stores of each tier and width against a bounds check written by hand that throws.
 *
 * One iteration is 4,096 accesses. `deno bench bench/linear_access.bench.ts` prints the ratios of
 * each group; `by hand` makes the very checks of the library, `bare` none at all.
 */

import { ACCESSES, type Offsets, SIZE } from "./_kit/linear_fixture.ts";
import { NARROW_LOADS } from "./_kit/linear_loads.ts";
import { WIDE_LOADS } from "./_kit/linear_loads_wide.ts";
import { STORES } from "./_kit/linear_stores.ts";

const SEQUENTIAL: Offsets = Int32Array.from({ length: ACCESSES }, (_, at) => at * 15);
const RANDOM: Offsets = Int32Array.from(SEQUENTIAL, (_, at) => (at * 7_919 + 13) % (SIZE - 8));

for (const [kind, ways] of Object.entries({ ...NARROW_LOADS, ...WIDE_LOADS, ...STORES })) {
  for (const [order, offsets] of Object.entries({ sequential: SEQUENTIAL, random: RANDOM })) {
    for (const [way, run] of Object.entries(ways)) {
      Deno.bench(`${kind}, ${order}: ${way}`, {
        group: `${kind}, ${order}`,
        baseline: way === "by hand",
      }, () => {
        run(offsets);
      });
    }
  }
}
