/**
 * Running a machine: generated code where there is some, the interpreter for everything else.
 *
 * Generated code stops before what it does not do itself, with the machine as it is then; one step of the
 * interpreter does that, with every exit that it may be.
 *
 * @module
 */

import { GUEST_LAYOUT, type GuestSpace, guestSpaceOf } from "../../paged/mod.ts";
import type { EngineInput, Exit, Prepared } from "../mod.ts";
import { CompileCache } from "./cache.ts";
import type { Compiled } from "./compiled.ts";
import { heatOf } from "./heat.ts";
import { Linked } from "./linked.ts";
import { chunkOf, LOCAL_BITS, numberOf } from "./segments.ts";
import { entryOf, placeOf, stay } from "./stay.ts";

/** The most gas for one stay in generated code: engines exchange code for better at its beginning. */
const SLICE_MAX = 2 ** 22;
/** The gas of the first stays, and how many of these there are. */
const SLICE_FIRST = 2 ** 18;
const STAYS_FIRST = 48;

/** A program of so many instructions is small: compiling all of it takes milliseconds. */
const SMALL = 8_000;

/** The gas that the interpreter is let spend where there is to be no code. */
const WITHOUT_CODE = 100_000;

/** Runs of less gas than this the interpreter may do faster, and below this it surely does. */
const SHORT = 256;
const SHORTEST = 32;
/** So much it is let do in one of them. */
const SHORT_PATIENCE = 4_096;
const RUNS_AVERAGED = 16;
/** Where they stay short, so many at most are not looked at in a row. */
const UNSEEN_MOST = 32;

/**
 * The gas that is worth linking one more machine of a program: many machines mostly run short, and their
 * pages have to be moved.
 */
const LINK_WORTH = 32_768;

const cache = new CompileCache();

/** A program, compiled; nothing when its jump table is larger than there is room for. */
function compiledOf(prepared: Prepared): Compiled | undefined {
  return prepared.layout.table.length > GUEST_LAYOUT.JUMPS_MAX ? undefined : cache.get(prepared);
}

const links = new WeakMap<GuestSpace, WeakMap<Prepared, Linked>>();

/** A program linked to a memory, once for both. */
function linkedOf(
  compiled: Compiled,
  prepared: Prepared,
  space: GuestSpace,
): Linked | undefined {
  const known = links.get(space) ?? new WeakMap<Prepared, Linked>();
  links.set(space, known);
  const linked = known.get(prepared) ?? Linked.create(compiled, prepared, space);
  if (linked !== undefined) known.set(prepared, linked);
  return linked;
}

/** What runs one machine. */
class Runner {
  readonly #input: EngineInput;
  /** Runs of less gas than this are the interpreter's. */
  readonly #short: number;
  /** Whether chunks are compiled as they are reached. */
  readonly #isEager: boolean;
  /** The program, found when it is needed. */
  #compiled: Compiled | undefined;
  #isLooked = false;
  /** The memory as it was found last, and the program linked to it. */
  #space: GuestSpace | undefined;
  #linked: Linked | undefined;
  /** How often generated code was entered. */
  #stays = 0;
  /** The gas that the interpreter spends on this machine first; not known before the program is hot. */
  #owed: number | undefined;
  /** The gas of a run between two host calls, on the average of the last ones. */
  #usual = SHORT;

  constructor(input: EngineInput, short: number, isEager: boolean) {
    this.#input = input;
    this.#short = short;
    this.#isEager = isEager;
  }

  /** The program, compiled; nothing when that cannot be. */
  #program(): Compiled | undefined {
    if (this.#isLooked) return this.#compiled;
    this.#isLooked = true;
    const { prepared } = this.#input;
    const compiled = compiledOf(prepared);
    this.#compiled = compiled;
    if (this.#isEager) compiled?.compileAll();
    else compiled?.take(heatOf(prepared));
    return compiled;
  }

  /** The program linked to the memory as it is now; nothing when that cannot be. */
  #link(): Linked | undefined {
    const { state, prepared } = this.#input;
    const space = guestSpaceOf(state.memory);
    if (space === this.#space) return this.#linked;
    this.#space = space;
    const compiled = space && this.#program();
    this.#linked = compiled && space && linkedOf(compiled, prepared, space);
    return this.#linked;
  }

  #interpret(): Exit {
    return this.#input.interpret("exit") ?? { kind: "out-of-gas" };
  }

  /** Lets the interpreter go on until a part of the program proved hot. */
  #whileCold(): Exit | undefined {
    const { state, prepared, interpret } = this.#input;
    const heat = heatOf(prepared);
    while (!heat.isHot) {
      const before = state.tank.available;
      let exit = interpret(heat.left);
      // A block that costs more than a slice is begun by a step.
      if (exit === undefined && heat.isWhole && state.tank.available === before) {
        exit = interpret("single");
      }
      heat.left -= before - state.tank.available;
      if (exit !== undefined) return exit;
      heat.end(numberOf(placeOf(state, prepared)));
    }
    return undefined;
  }

  /** Lets the interpreter go on until linking this machine is worth it, when others were linked before. */
  #whileOwed(): Exit | undefined {
    const { state: { tank }, prepared, interpret } = this.#input;
    const heat = heatOf(prepared);
    this.#owed ??= heat.isUsed ? LINK_WORTH : 0;
    heat.isUsed = true;
    if (this.#owed <= 0) return undefined;
    const before = tank.available;
    const exit = interpret(this.#owed);
    this.#owed = exit === undefined ? 0 : this.#owed - (before - tank.available);
    return exit;
  }

  /** Goes on where generated code cannot be entered, or where there is none: to where there may be some. */
  #advance(linked: Linked): Exit | undefined {
    const { state, prepared, interpret } = this.#input;
    const { compiled } = linked;
    const chunk = chunkOf(compiled.segments, numberOf(placeOf(state, prepared)));
    if (chunk < 0 || linked.prepare(chunk << LOCAL_BITS)) return interpret("single");
    const before = state.tank.available;
    const exit = interpret(linked.isMissing(chunk) ? WITHOUT_CODE : heatOf(prepared).slice());
    const spent = before - state.tank.available;
    compiled.warm(chunk, spent);
    // A block that costs more is done by steps.
    return exit === undefined && spent === 0 ? interpret("single") : exit;
  }

  /** Runs to the exit, by generated code wherever there is some. */
  run(): Exit {
    const { state, prepared, interpret } = this.#input;
    for (;;) {
      const linked = this.#link();
      if (linked === undefined) return this.#interpret();
      const id = entryOf(linked.compiled, state, prepared);
      if (id < 0 || !linked.prepare(id)) {
        const exit = this.#advance(linked);
        if (exit !== undefined) return exit;
        continue;
      }
      const { available } = state.tank;
      const fuel = Math.min(available, this.#stays++ < STAYS_FIRST ? SLICE_FIRST : SLICE_MAX);
      linked.enter(state.registers.words[2] ?? 0);
      const { isStop, isUnlinked, spent } = stay(linked, this.#input, id, fuel);
      if (isUnlinked) continue;
      // The gas does not suffice for what comes next.
      if (!isStop && fuel === available) return this.#interpret();
      if (isStop || spent === 0) {
        const exit = interpret("single");
        if (exit !== undefined) return exit;
      }
    }
  }

  /** What the interpreter does before there is a look at generated code. */
  #early(): Exit | undefined {
    const { interpret } = this.#input;
    const exit = this.isShort ? interpret(SHORT_PATIENCE) : undefined;
    return exit ?? (this.#isEager ? undefined : this.#whileCold() ?? this.#whileOwed());
  }

  /** Whether runs are short, so that they are the interpreter's. */
  get isShort(): boolean {
    return this.#usual < this.#short;
  }

  /** Runs to the exit, in the interpreter while the program has not proved hot or runs are short. */
  runWorth(): Exit {
    const { tank } = this.#input.state;
    const before = tank.available;
    const exit = this.#early() ?? this.run();
    if (exit.kind === "host-call" || exit.kind === "ecall") {
      this.#usual += (before - tank.available - this.#usual) / RUNS_AVERAGED;
    }
    return exit;
  }
}

/** Takes a machine on; where runs are short, all but a few of them cost no more than the interpreter's. */
function taken(input: EngineInput, short: number, isEager: boolean): () => Exit {
  const { interpret } = input;
  const runner = new Runner(input, short, isEager);
  let [unseen, pause] = [0, 0];
  return () => {
    if (unseen > 0) {
      unseen--;
      const exit = interpret(SHORT_PATIENCE);
      if (exit !== undefined) return exit;
      [unseen, pause] = [0, 0];
    }
    const exit = runner.runWorth();
    // Even numbers: a host that calls by turns is not looked at in one of them alone.
    pause = runner.isShort ? Math.min(UNSEEN_MOST, 2 * pause + 2) : 0;
    unseen = pause;
    return exit;
  };
}

/** Takes a machine on, to be run by generated code as soon as that is no loss. */
export function runCompiled(input: EngineInput): () => Exit {
  return taken(input, SHORTEST, input.prepared.layout.pcs.length <= SMALL);
}

/** Takes a machine on, to be run by generated code once that is worth it. */
export function runHot(input: EngineInput): () => Exit {
  return taken(input, SHORT, false);
}
