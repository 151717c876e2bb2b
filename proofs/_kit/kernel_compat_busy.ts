/** A program under the rules of the original that asks for nearly all there is. */

import { BB, type Bench, putCnode, putData, putImage, putInstance } from "./kernel_compat_unit.ts";
import { ecalli, load, operation, small } from "./kernel_guest.ts";

/** A program that asks for nearly all there is, and yields on its way in a child. */
export function busy(bench: Bench): string {
  const { assist } = bench;
  const catcher = assist.yieldCatcherNew();
  assist.yieldCatcherAdd(catcher, BB);
  assist.storageQuotaSet(0n, 100_000n);
  const hello = putData(bench, "hello");
  assist.registerFile(9n, hello);
  const memoryMappings = [{ start: 0n, size: 4096n, source: [1] }];
  const grandchild = putImage(bench, { lines: [], source: { memoryMappings } });
  const child = putInstance(bench, {
    lines: [
      ...operation(18, 7, 8, 9),
      ...operation(21, 9, 10),
      ...operation(16, 3),
      ...operation(26, 9, 0),
    ],
  }, { 3: BB, 7: grandchild, 8: putCnode(bench, { 1: hello }) });
  const lines = [
    ...operation(24, 9, 5),
    ...operation(25, 5, 0),
    load(7, 0n),
    load(8, 3n),
    small(9, 0),
    small(10, 11),
    ecalli(23),
    ...operation(20, 4, 4),
    ...operation(26, 4, 0),
    ...operation(22, 5, 0, 9),
  ];
  const source = { yieldMarkerSlot: 6 };
  return putInstance(bench, { lines, source }, { 4: child, 6: catcher }, { memSize: 4096 });
}
