import { assert, assertEquals } from "@std/assert";
import { nextInput, Random } from "../proofs/_kit/fuzz_inputs.ts";
import { Actions } from "../workbench/actions.ts";
import { Race } from "../workbench/machine/compare.ts";
import { FORM, type Form, settingOf } from "../workbench/machine/form.ts";
import { CALLS_KEPT } from "../workbench/machine/host.ts";
import { ENTRIES_MAX, withoutLast } from "../workbench/machine/journal.ts";
import { loadBytes } from "../workbench/machine/loading.ts";
import { stepBack } from "../workbench/machine/replay.ts";
import { MOVE_GAS, type Plan, Session } from "../workbench/machine/session.ts";
import { inSlices, startWork } from "../workbench/machine/slices.ts";
import { firstState } from "../workbench/state.ts";
import { Store } from "../workbench/store.ts";
import { callRows } from "../workbench/view/calls.ts";
import { spoken, statusOf } from "../workbench/view/status.ts";
import { planOf, runAll, sessionOf, sourceOf } from "./workbench_sessions.ts";

const GUESTS = [
  ["examples/guests/sieve", "64000000"],
  ["examples/guests/crc32", "313233"],
  ["examples/guests/sort_u64", "03000000000000000200000000000000"],
  ["workbench/guests/greet", ""],
  ["workbench/guests/fault", ""],
  ["workbench/guests/unknown_call", ""],
] as const;

/** Everything that can be seen of a machine, but for bytes that are zero. */
function whole({ machine, next, exit }: Session): unknown {
  const { pc, gas, registers, memory } = machine;
  const pages = Array.from(memory.pages(), ({ address, access, bytes }) => {
    const isZero = bytes.every((byte) => byte === 0);
    return { address, access, bytes: isZero ? "zeros" : bytes.join() };
  });
  return { pc, next, gas, registers, exit, pages };
}

/** All plans of the tests: each guest under each gas model. */
function plans(): readonly (readonly [string, Plan])[] {
  return GUESTS.flatMap(([path, args]) =>
    (["instruction", "block", "pipeline"] as const).map((gasModel) =>
      [`${path} ${gasModel}`, planOf(sourceOf(path), { gasModel, args, calls: "answer" })] as const
    )
  );
}

Deno.test("moving by blocks, by steps and in one go end in the same state", () => {
  for (const [name, plan] of plans()) {
    const [byBlock, byStep] = [sessionOf(plan), sessionOf(plan)];
    runAll(byBlock);
    while (!byStep.isOver) byStep.move("step");
    assertEquals(whole(byStep), whole(byBlock), name);
    assertEquals(byStep.profile.hottest(99), byBlock.profile.hottest(99), name);
    assertEquals(byStep.host.calls, byBlock.host.calls, name);
  }
});

Deno.test("random and damaged programs move alike by blocks and by steps, and back", () => {
  const random = new Random(1);
  const exits = new Set<string>();
  for (let count = 0; count < 250; count++) {
    const loaded = loadBytes("x.pvm", nextInput(random));
    if (!loaded.ok) continue;
    const { input } = loaded.value;
    const form: Form = {
      ...FORM,
      dialect: count % 2 === 0 ? "javm" : "gray-paper",
      gasModel: (["instruction", "block", "pipeline"] as const)[count % 3] ?? "usual",
      gas: `${random.below(300)}`,
    };
    const setting = settingOf(form, input);
    assert(setting.ok);
    const plan: Plan = { input, setting: setting.value, calls: "answer" };
    if (!Session.create(plan).ok) continue;
    const [byBlock, byStep] = [sessionOf(plan), sessionOf(plan)];
    runAll(byBlock);
    let steps = 0;
    for (; !byStep.isOver; steps++) byStep.move("step");
    exits.add(byStep.exit?.kind ?? "none");
    assertEquals(whole(byStep), whole(byBlock), `input ${count}`);
    const fresh = sessionOf(plan);
    const piece = stepBack(byBlock, fresh);
    while (piece?.() === true);
    const oneLess = sessionOf(plan);
    for (let step = 1; step < steps; step++) oneLess.move("step");
    assertEquals(whole(fresh), whole(oneLess), `back from input ${count}`);
    const race = Race.create(plan);
    assert(race.ok);
    while (race.value.advance());
    assertEquals([count, race.value.look().isEqual], [count, true]);
  }
  assert(exits.size >= 4, [...exits].join());
});

Deno.test("the gas of all blocks and the price of the calls is the gas used", () => {
  for (const [name, plan] of plans()) {
    const session = sessionOf(plan);
    runAll(session);
    const blocks = session.profile.hottest(Infinity).reduce((sum, { gas }) => sum + gas, 0);
    assertEquals(BigInt(blocks + 10 * session.host.count), session.gasUsed, name);
  }
});

Deno.test("with gas for only a part, blocks and steps end in the same place", () => {
  for (const [path, args] of GUESTS.slice(0, 4)) {
    for (const gasModel of ["instruction", "block", "pipeline"] as const) {
      for (let gas = 0; gas < 60; gas += 7) {
        const plan = planOf(sourceOf(path), { gasModel, args, gas: `${gas}`, calls: "answer" });
        const [byBlock, byStep] = [sessionOf(plan), sessionOf(plan)];
        runAll(byBlock);
        while (!byStep.isOver) byStep.move("step");
        assertEquals(whole(byStep), whole(byBlock), `${path} ${gasModel} ${gas}`);
      }
    }
  }
});

Deno.test("what is kept of the moves is bounded, and says so when there were too many", () => {
  const plan = planOf("again: jump again\n", { gas: "100000000", calls: "answer" });
  const [session, steady] = [sessionOf(plan), sessionOf(plan)];
  assertEquals([session.canGoBack, session.isWayLost], [false, false]);
  for (let count = 0; count < ENTRIES_MAX; count++) {
    session.move(count % 2 === 0 ? "step" : "block");
    steady.move("step");
  }
  assertEquals([session.journal.length, session.canGoBack], [ENTRIES_MAX, true]);
  assert(stepBack(session, sessionOf(plan)) !== undefined);
  session.move("step");
  assertEquals([session.journal, session.canGoBack, session.isWayLost], [[], false, true]);
  session.move("block");
  assertEquals([session.canGoBack, stepBack(session, sessionOf(plan))], [false, undefined]);
  assertEquals([steady.journal.length, steady.isWayLost], [1, false]);
});

Deno.test("the page says when there is no way back", async () => {
  const store = new Store(firstState({ version: "", examples: [], proofs: [] }));
  const actions = new Actions(store);
  actions.assemble("again: jump again\n");
  const session = store.state.guest?.session;
  assert(session !== undefined);
  actions.step();
  assert(!store.state.said.includes("Too much"), store.state.said);
  for (let count = 0; count < ENTRIES_MAX; count++) {
    session.move(count % 2 === 0 ? "block" : "step");
  }
  actions.step();
  assert(store.state.said.includes("Too much was done to go back"), store.state.said);
  await actions.back();
  assert(store.state.said.startsWith("Too much was done to go back"), store.state.said);
  actions.restart();
  await actions.back();
  assertEquals(store.state.said, "this is the start");
});

Deno.test("a step back is the state before the step, wherever it is taken", () => {
  const back = (session: Session): Session => {
    const fresh = sessionOf(session.plan);
    const piece = stepBack(session, fresh);
    assert(piece !== undefined);
    while (piece());
    return fresh;
  };
  for (const [name, plan] of plans()) {
    const forward = sessionOf(plan);
    const states: unknown[] = [];
    for (let step = 0; step < 100 && !forward.isOver; step++) {
      states.push(whole(forward));
      forward.move("step");
    }
    if (!forward.isOver) continue;
    let session = sessionOf(plan);
    runAll(session);
    for (const state of states.reverse()) {
      session = back(session);
      assertEquals(whole(session), state, name);
    }
    assertEquals(stepBack(session, sessionOf(plan)), undefined);
  }
});

Deno.test("a run stops at places, also at the one that it comes round to", () => {
  const session = sessionOf(planOf(sourceOf("examples/guests/sieve"), { args: "64000000" }));
  const place = session.placeAt(29);
  const pcs: number[] = [];
  while (session.run([place], 1_000_000) === "place") pcs.push(session.next);
  assertEquals(pcs.length, 98);
  assertEquals(new Set(pcs), new Set([29]));
  assertEquals(session.exit?.kind, "halt");
  assertEquals(session.run([place], 1_000), "exit");
});

Deno.test("a run keeps its budget", () => {
  const session = sessionOf(planOf(sourceOf("workbench/guests/endless")));
  assertEquals(session.run([], 10_000), "budget");
  assert(session.gasUsed > 0n && session.gasUsed < 10_000n + BigInt(MOVE_GAS));
});

Deno.test("a host keeps the last calls and counts all", () => {
  const calls = sessionOf(planOf("again: ecalli 0\n        jump again\n", { gas: "100000" }));
  runAll(calls);
  assertEquals(calls.exit?.kind, "out-of-gas");
  assert(calls.host.count > 2 * CALLS_KEPT && calls.host.calls.length <= 2 * CALLS_KEPT);
  assertEquals(calls.host.calls.at(-1)?.number, calls.host.count);
  const [newest] = callRows(calls.host.calls);
  assertEquals(newest?.number, `${calls.host.count}`);
});

Deno.test("a machine goes on behind a call that nobody does", () => {
  const session = sessionOf(planOf(sourceOf("workbench/guests/unknown_call")));
  assertEquals(session.run([], 1_000), "exit");
  assertEquals(statusOf(session).exit, "host-call 77");
  assertEquals(session.isOver, false);
  session.run([], 1_000);
  assertEquals(
    spoken(statusOf(session)),
    "halt, at 17, 7 gas used, 999,999,993 left, result 8 bytes 0500000000000000",
  );
});

Deno.test("both engines agree under every gas model", () => {
  for (const [name, plan] of plans()) {
    const race = Race.create(plan);
    assert(race.ok);
    while (race.value.advance());
    const { isEqual, isDone, gasUsed, observations } = race.value.look();
    const session = sessionOf(plan);
    runAll(session);
    assertEquals([name, isDone, isEqual, gasUsed], [name, true, true, session.gasUsed]);
    assertEquals(observations.length, 18);
  }
});

Deno.test("the race of an endless guest goes on in slices", () => {
  const race = Race.create(planOf(sourceOf("workbench/guests/endless")));
  assert(race.ok);
  for (let slice = 0; slice < 3; slice++) assertEquals(race.value.advance(), true);
  const { isDone, isEqual, slices } = race.value.look();
  assertEquals({ isDone, isEqual, slices }, { isDone: false, isEqual: true, slices: 3 });
});

Deno.test("work is done in slices, and stopped between them", async () => {
  let count = 0;
  assertEquals(await inSlices(startWork(), () => ++count < 1_000, () => {}), true);
  assertEquals(count, 1_000);
  const work = startWork();
  assertEquals(await inSlices(work, () => true, () => work.stop()), false);
});

Deno.test("journals lose their last move", () => {
  assertEquals(withoutLast([]), undefined);
  assertEquals(withoutLast([{ move: "block", count: 2 }, { move: "step", count: 1 }]), {
    rest: [{ move: "block", count: 2 }],
    move: "step",
  });
  assertEquals(withoutLast([{ move: "block", count: 2 }]), {
    rest: [{ move: "block", count: 1 }],
    move: "block",
  });
});
