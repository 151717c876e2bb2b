/**
 * Files, which belong to the host.
 *
 * @module
 */

import { ok } from "../../result.ts";
import { CapRef } from "../cap_ref.ts";
import type { CapTarget } from "../cap_ref.ts";
import { DataCap } from "../data_cap.ts";
import { answer } from "./meters.ts";
import type { Run } from "./run.ts";
import { failure } from "./stop.ts";
import type { Sure } from "./stop.ts";
import { settledTarget } from "./settled.ts";

/** The Data of a file; nothing when there is no such file. */
export function openFile(run: Run, file: bigint): Sure<CapTarget | undefined> {
  const opened = answer(run.host.assist.hostOpen(file));
  if (!opened.ok || opened.value === undefined) return opened;
  const target = settledTarget(run.host.directory, opened.value);
  if (!target.ok) return target;
  const data = run.space.load(target.value);
  if (!data.ok) return data;
  if (DataCap.is(data.value)) return target;
  return failure({ kind: "assist-failed", method: "hostOpen", text: "gave what is no Data" });
}

/** Makes a file of Data, which the directory has from then on; nothing when the host refuses. */
export function saveData(
  run: Run,
  target: CapTarget,
  quota: bigint,
  bytes: number,
): Sure<bigint | undefined> {
  const hash = run.space.hashOf(target);
  if (!hash.ok) return hash;
  const data = run.space.load(hash.value);
  if (!data.ok) return data;
  const put = CapRef.is(target) ? run.space.put([data.value]) : ok(undefined);
  if (!put.ok) return put;
  return answer(run.host.assist.hostSave(hash.value, quota, BigInt(bytes)));
}
