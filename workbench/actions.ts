/** Everything that can be done in the page. */

import type { Example } from "./data.ts";
import { type Comparison, Race } from "./machine/compare.ts";
import { type Form, settingOf } from "./machine/form.ts";
import { loadBytes, type Loaded, loadSource, type Trouble } from "./machine/loading.ts";
import { PIECE_GAS, stepBack, WAY_LOST } from "./machine/replay.ts";
import { type Plan, Session } from "./machine/session.ts";
import { inSlices, startWork, type Work } from "./machine/slices.ts";
import { changesOf, pagesOf, type Snapshot, snapshotOf } from "./machine/snapshot.ts";
import { err, ok } from "../src/result.ts";
import type { Result } from "../src/result.ts";
import type { Contest, Guest, PageName, State } from "./state.ts";
import type { Store } from "./store.ts";
import { lineOf, offsetsOf } from "./view/listing.ts";
import { grouped } from "./view/numbers.ts";
import { spoken, statusOf } from "./view/status.ts";

/** The engines run once more when the first time took less than so many milliseconds. */
const AGAIN_MS_MAX = 3_000;

/** What goes on is shown so often. */
const SHOWN_EVERY_MS = 80;

/** Where the memory of a guest begins. */
function firstByte({ machine }: Session): number {
  return machine.memory.regions()[0]?.start ?? 0;
}

/** Does what the page's buttons and keys ask for. */
export class Actions {
  readonly #store: Store<State>;
  #work: Work | undefined;

  constructor(store: Store<State>) {
    this.#store = store;
  }

  get #state(): State {
    return this.#store.state;
  }

  /** Whether something goes on, also where that is not shown yet. */
  get #isBusy(): boolean {
    return this.#work !== undefined || this.#state.busy !== undefined;
  }

  show(page: PageName): void {
    this.#store.update({ page });
  }

  /** Says that something was not done; everything else stays. */
  fail(trouble: Trouble): void {
    this.#store.update({ trouble, said: "" });
  }

  dismiss(): void {
    this.#store.update({ trouble: undefined });
  }

  /** Loads an example with its arguments. */
  loadExample(example: Example): void {
    const form = { ...this.#state.form, args: example.args, argsAs: example.argsAs };
    const name = `${example.name}.pvmasm`;
    if (this.#load(loadSource(name, example.source), form)) {
      this.#store.update({ example: example.name });
    }
  }

  /** Loads the text of the editor. */
  assemble(source: string): void {
    this.#store.update({ source });
    this.#load(loadSource("source", source), this.#state.form);
  }

  /** Loads a file. */
  loadFile(name: string, bytes: Uint8Array): void {
    this.#load(loadBytes(name, bytes), this.#state.form);
  }

  /** Begins anew. */
  restart(): void {
    const { guest } = this.#state;
    if (guest !== undefined) this.#begin(guest.loaded, this.#state.form, true);
  }

  /** Changes how the guest is run, and begins anew where that can be done. */
  configure(change: Partial<Form>): void {
    const form = { ...this.#state.form, ...change };
    const { guest } = this.#state;
    this.#store.update({ form });
    if (guest !== undefined) this.#begin(guest.loaded, form, true);
  }

  #load(loaded: Result<Loaded, Trouble>, form: Form): boolean {
    if (!loaded.ok) {
      this.fail(loaded.error);
      return false;
    }
    return this.#begin(loaded.value, form, false);
  }

  /** Makes a machine for a guest; when that fails, everything stays as it was. */
  #begin(loaded: Loaded, form: Form, isSame: boolean): boolean {
    const setting = settingOf(form, loaded.input);
    if (!setting.ok) {
      const lines = Object.values(setting.error);
      const trouble = { title: "The settings do not do", lines };
      this.#store.update({ fieldErrors: setting.error, trouble, said: "" });
      return false;
    }
    const plan: Plan = { input: loaded.input, setting: setting.value, calls: form.calls };
    const session = Session.create(plan);
    if (!session.ok) {
      this.fail({ title: "The guest cannot be loaded", lines: [session.error] });
      return false;
    }
    this.stop();
    const offsets = offsetsOf(loaded.input.code);
    const guest = { loaded, session: session.value, offsets, before: undefined, changed: [] };
    const count = grouped(offsets.length);
    this.#store.update({
      guest,
      form,
      fieldErrors: {},
      trouble: undefined,
      said: isSame ? "at the start again" : `loaded ${loaded.name}, ${count} instructions`,
      cursor: lineOf(offsets, session.value.next),
      ...(isSame
        ? {}
        : { breakpoints: new Set(), example: "", memoryAt: firstByte(session.value) }),
      ...(isSame || loaded.source === undefined ? {} : { source: loaded.source }),
    });
    return true;
  }

  /** Stops what goes on. */
  stop(): void {
    this.#work?.stop();
    this.#work = undefined;
    if (this.#state.busy !== undefined) this.#store.update({ busy: undefined, said: "stopped" });
  }

  /** One instruction. */
  step(): void {
    const guest = this.#ready();
    if (guest === undefined) return;
    const before = snapshotOf(guest.session.machine);
    guest.session.move("step");
    this.#arrive(guest, before);
  }

  /** To the exit, or to a breakpoint. */
  run(): Promise<void> {
    return this.#runTo([...this.#state.breakpoints]);
  }

  /** To the instruction that the cursor is on, to the exit, or to a breakpoint. */
  runToCursor(): Promise<void> {
    const { guest, cursor, breakpoints } = this.#state;
    const pc = guest?.offsets[cursor];
    return this.#runTo(pc === undefined ? [...breakpoints] : [...breakpoints, pc]);
  }

  async #runTo(offsets: readonly number[]): Promise<void> {
    const guest = this.#ready();
    if (guest === undefined) return;
    const { session } = guest;
    const places = offsets.map((pc) => session.placeAt(pc)).filter((place) => place >= 0);
    const before = snapshotOf(session.machine);
    await this.#during("running", () => session.run(places, PIECE_GAS) === "budget", () => {
      this.#store.update({ guest: { ...guest, before, changed: [] } });
    });
    if (this.#state.guest?.session === session) this.#arrive(guest, before);
  }

  /** One instruction back. */
  async back(): Promise<void> {
    const guest = this.#ready(true);
    if (guest === undefined) return;
    const fresh = Session.create(guest.session.plan);
    if (!fresh.ok) return this.fail({ title: "There is no way back", lines: [fresh.error] });
    const piece = stepBack(guest.session, fresh.value);
    if (piece === undefined) {
      return this.#store.update({ said: guest.session.isWayLost ? WAY_LOST : "this is the start" });
    }
    const before = snapshotOf(guest.session.machine);
    const isDone = await this.#during("going back", piece, () => this.#store.update({}));
    if (isDone && this.#state.guest?.session === guest.session) {
      this.#arrive({ ...guest, session: fresh.value }, before);
    }
  }

  /** The guest, when it can move; says why not otherwise. */
  #ready(isBack: boolean = false): Guest | undefined {
    const { guest } = this.#state;
    if (guest === undefined || this.#isBusy) return undefined;
    if (!guest.session.isOver || isBack) return guest;
    this.#store.update({ said: `${spoken(statusOf(guest.session))}. It does not go on.` });
    return undefined;
  }

  /** Shows where the machine came to. */
  #arrive(guest: Guest, before: Snapshot): void {
    const { session, offsets } = guest;
    const changed = changesOf(before.pages, pagesOf(session.machine.memory));
    const at = session.isOver ? session.machine.pc : session.next;
    this.#store.update({
      guest: { ...guest, before, changed },
      cursor: lineOf(offsets, at),
      said: `${spoken(statusOf(session))}${session.isWayLost ? `. ${WAY_LOST}` : ""}`,
      trouble: undefined,
    });
  }

  /** Does something long; whether it came to its end. */
  async #during(what: string, piece: () => boolean, onSlice: () => void): Promise<boolean> {
    const work = startWork();
    this.#work = work;
    let [isShown, shownAt] = [false, performance.now()];
    const isDone = await inSlices(work, piece, () => {
      // What is over in a moment need not be shown, and showing takes time too.
      if (work.isStopped || performance.now() - shownAt < SHOWN_EVERY_MS) return;
      if (!isShown) this.#store.update({ busy: what, said: "" });
      isShown = true;
      onSlice();
      shownAt = performance.now();
    });
    if (this.#work === work) {
      this.#work = undefined;
      if (isShown) this.#store.update({ busy: undefined });
    }
    return isDone;
  }

  /** Runs the guest on both engines. */
  async compare(): Promise<void> {
    const { guest } = this.#state;
    if (guest === undefined || this.#isBusy) return;
    const first = await this.#race(guest, (comparison) => ({
      guest: guest.loaded.name,
      first: comparison,
      again: undefined,
    }));
    if (!first.ok) {
      return this.fail({ title: "The engines cannot be compared", lines: [first.error] });
    }
    const contest = first.value;
    const { interpreterMs, recompilerMs, isDone } = contest.first;
    if (!isDone) return;
    if (interpreterMs + recompilerMs < AGAIN_MS_MAX && contest.first.isEqual) {
      await this.#race(guest, (again) => ({ ...contest, again }));
    }
    const said = contest.first.isEqual ? "the engines agree" : "the engines differ";
    this.#store.update({ said });
  }

  async #race(
    guest: Guest,
    contestOf: (comparison: Comparison) => Contest,
  ): Promise<Result<Contest, string>> {
    const race = Race.create(guest.session.plan);
    if (!race.ok) return err(race.error);
    const show = () => {
      const contest = contestOf(race.value.look());
      this.#store.update({ contest });
      return contest;
    };
    await this.#during("comparing", () => race.value.advance(), show);
    return ok(show());
  }

  /** Sets a breakpoint at a line of the code, or takes it away. */
  toggleBreakpoint(line: number): void {
    const pc = this.#state.guest?.offsets[line];
    if (pc === undefined) return;
    const breakpoints = new Set(this.#state.breakpoints);
    const isSet = !breakpoints.delete(pc);
    if (isSet) breakpoints.add(pc);
    const said = isSet ? `breakpoint at ${pc}` : `no breakpoint at ${pc}`;
    this.#store.update({ breakpoints, said });
  }

  /** Moves the cursor to a line. */
  moveCursor(line: number): void {
    const last = (this.#state.guest?.offsets.length ?? 1) - 1;
    this.#store.update({ cursor: Math.max(0, Math.min(last, line)) });
  }

  /** Moves the cursor to a code offset. */
  goTo(pc: number): void {
    const { guest } = this.#state;
    if (guest !== undefined) this.moveCursor(lineOf(guest.offsets, pc));
  }

  /** Shows the memory from an address on. */
  look(address: number): void {
    this.#store.update({ memoryAt: Math.max(0, Math.min(2 ** 32 - 16, address)) });
  }
}
