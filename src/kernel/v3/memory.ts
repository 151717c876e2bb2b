/**
 * The memory of an Instance: laid out when it is entered, looked at when it halts or pauses.
 *
 * @module
 */

import { SparseMemory } from "../../paged/mod.ts";
import type { Memory } from "../../paged/mod.ts";
import { ok } from "../../result.ts";
import { canonicalLength } from "../canonical_data.ts";
import type { CapTarget } from "../cap_ref.ts";
import type { CNodeCap } from "../cnode_cap.ts";
import { DataCap } from "../data_cap.ts";
import type { PausedRegion } from "../instance_v3.ts";
import { contentOf, showData } from "./content.ts";
import type { Frame, Path, Region } from "./frame.ts";
import type { Layout, RunningImage } from "./image.ts";
import { takeMemory } from "./run.ts";
import type { Run } from "./run.ts";
import { placeAt } from "./slots.ts";
import { failure } from "./stop.ts";
import type { Sure } from "./stop.ts";

/** Memory that was laid out. */
export interface Laid {
  readonly memory: Memory;
  readonly regions: readonly Region[];
}

const EMPTY = SparseMemory.create();

/** The memory of all Instances without mappings: nothing in it can be changed. */
const NO_MEMORY: Sure<Laid> = EMPTY.ok
  ? ok({ memory: EMPTY.value, regions: Object.freeze([]) })
  : failure({ kind: "no-room" });

/** What a mapping shows. */
interface Shown {
  readonly source: CapTarget | undefined;
  /** No Data: zeros. */
  readonly data: DataCap | undefined;
  /** How many bytes of it there are. */
  readonly length: number;
}

const NOTHING: Shown = Object.freeze({ source: undefined, data: undefined, length: 0 });

/** The Data of a target; nothing when it is none, or does not fit into the mapping. */
function shownBy(run: Run, source: CapTarget, bytes: number): Sure<Shown | undefined> {
  const data = run.space.load(source);
  if (!data.ok) return data;
  if (!DataCap.is(data.value)) return ok(undefined);
  const length = canonicalLength(data.value);
  if (!length.ok) return failure(length.error);
  if (length.value > bytes) return ok(undefined);
  return ok({ source, data: data.value, length: length.value });
}

/** What a mapping shows on entry; nothing when it cannot be mapped. */
function shownAtEntry(run: Run, cnode: CNodeCap, layout: Layout): Sure<Shown | undefined> {
  if (layout.shows !== undefined) return shownBy(run, layout.shows, layout.bytes);
  if (layout.path.length === 0) return ok(NOTHING);
  const place = placeAt(run, cnode, layout.path);
  if (!place.ok) return place;
  if (place.value === undefined) return ok(undefined);
  const { held } = place.value;
  return held === undefined ? ok(NOTHING) : shownBy(run, held, layout.bytes);
}

/** Likewise for an Instance that was paused. */
function shownAfterPause(
  run: Run,
  layout: Layout,
  paused: PausedRegion | undefined,
): Sure<Shown | undefined> {
  if (layout.shows !== undefined) return shownBy(run, layout.shows, layout.bytes);
  if (paused === undefined) return ok(undefined);
  const shown = shownBy(run, paused.content, layout.bytes);
  if (!shown.ok || shown.value === undefined) return shown;
  return ok({ ...shown.value, source: paused.source });
}

/** Maps one mapping and shows the Data in it; false where that is more than a memory may have. */
function mapOne(memory: Memory, layout: Layout, { data, length }: Shown): Sure<boolean> {
  const { start, bytes, shows } = layout;
  const mapped = memory.mapRegion(start, bytes, "read-write");
  if (!mapped.ok) {
    if (mapped.error.kind === "limit-exceeded") return ok(false);
    const isFull = mapped.error.kind === "no-room";
    return failure(isFull ? { kind: "no-room" } : { kind: "map-region", error: mapped.error });
  }
  const shown = data === undefined ? ok(undefined) : showData(memory, start, data, length);
  if (!shown.ok) return shown;
  if (shows !== undefined) memory.protectRegion(start, bytes, "read-only");
  return ok(true);
}

/** Lays the mappings of an image out, each as `shownBy` says; nothing when one cannot be mapped. */
function layOut(
  run: Run,
  { layouts, mappedBytes }: RunningImage,
  shownIn: (layout: Layout) => Sure<Shown | undefined>,
): Sure<Laid | undefined> {
  if (run.mapped + mappedBytes > run.host.memoryBytes) return ok(undefined);
  if (layouts.length === 0) return NO_MEMORY;
  const memory = takeMemory(run);
  if (memory === undefined) return failure({ kind: "no-room" });
  const regions: Region[] = [];
  for (const layout of layouts) {
    const shown = shownIn(layout);
    if (!shown.ok) return shown;
    if (shown.value === undefined) return ok(undefined);
    const mapped = mapOne(memory, layout, shown.value);
    if (!mapped.ok) return mapped;
    if (!mapped.value) return ok(undefined);
    const { start, bytes, path } = layout;
    if (layout.shows === undefined) {
      const { source, data } = shown.value;
      regions.push({ start, bytes, path, source, shown: data });
    }
  }
  return ok({ memory, regions });
}

/** The memory of an Instance that is called. */
export function memoryAtEntry(
  run: Run,
  image: RunningImage,
  cnode: CNodeCap,
): Sure<Laid | undefined> {
  return layOut(run, image, (layout) => shownAtEntry(run, cnode, layout));
}

/** The memory of an Instance that was paused. */
export function memoryAfterPause(
  run: Run,
  image: RunningImage,
  paused: readonly PausedRegion[],
): Sure<Laid | undefined> {
  const writable = image.layouts.filter(({ shows }) => shows === undefined);
  if (writable.length !== paused.length) return ok(undefined);
  const rest = paused.values();
  return layOut(run, image, (layout) => {
    const next = layout.shows === undefined ? rest.next().value : undefined;
    return shownAfterPause(run, layout, next);
  });
}

/** New Data for a slot. */
export interface WriteBack {
  readonly path: Path;
  readonly data: DataCap;
  /** How many pages differ from those on entry. */
  readonly pages: number;
}

function writeBackOf(run: Run, frame: Frame, region: Region): Sure<WriteBack | undefined> {
  const place = placeAt(run, frame.cnode, region.path);
  if (!place.ok) return place;
  if (place.value === undefined) return ok(undefined);
  const { held } = place.value;
  const stays = run.space.same(held, region.source);
  if (!stays.ok) return stays;
  if (!stays.value) return ok(undefined);
  const cap = held === undefined ? ok(undefined) : run.space.load(held);
  if (!cap.ok) return cap;
  const before = DataCap.is(cap.value) ? cap.value : undefined;
  const content = contentOf(frame.machine.memory, region, before);
  if (!content.ok) return content;
  const { changed: pages } = content.value;
  if (pages === 0) return ok(undefined);
  const data = content.value.data();
  return data.ok ? ok({ path: region.path, data: data.value, pages }) : data;
}

/** What the memory of an Instance that halts writes back, in order. */
export function writeBacks(run: Run, frame: Frame): Sure<readonly WriteBack[]> {
  const found: WriteBack[] = [];
  for (const region of frame.regions) {
    if (region.path.length === 0 || frame.pinned.has(region.path[0] ?? 0)) continue;
    const back = writeBackOf(run, frame, region);
    if (!back.ok) return back;
    if (back.value !== undefined) found.push(back.value);
  }
  return ok(found);
}

/** What a paused Instance keeps of its memory. */
export function pausedRegions(run: Run, frame: Frame): Sure<readonly PausedRegion[]> {
  const found: PausedRegion[] = [];
  for (const region of frame.regions) {
    const now = contentOf(frame.machine.memory, region, region.shown);
    if (!now.ok) return now;
    const data = now.value.data();
    if (!data.ok) return data;
    const content = run.space.name(data.value);
    if (!content.ok) return content;
    const source = region.source === undefined ? ok(undefined) : run.space.hashOf(region.source);
    if (!source.ok) return source;
    found.push({ source: source.value, content: content.value });
  }
  return ok(found);
}
