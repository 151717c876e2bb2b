/** The guests of the comparison, each with the answer that it must give in register 7. */

import { Builder } from "./builder.ts";

/** Where the heap of a program without data begins. */
const HEAP = 0x2_0000;
const MASK = (1n << 64n) - 1n;

/** A program and its answer. */
export interface Guest {
  readonly name: string;
  /** A standard program. */
  readonly program: Uint8Array;
  /** How much it does: rounds, or what it works on. */
  readonly count: number;
  /** What register 7 holds when it halts. */
  readonly answer: bigint;
}

function fibonacci(rounds: number): Guest {
  let [a, b] = [0n, 1n];
  for (let round = 0; round < rounds; round++) [a, b] = [b, (a + b) & MASK];
  const program = new Builder()
    .one("load_imm", 7, 0)
    .one("load_imm", 8, 1)
    .one("load_imm", 9, rounds)
    .label("loop")
    .three("add_64", 10, 7, 8)
    .two("move_reg", 7, 8)
    .two("move_reg", 8, 10)
    .immediate("add_imm_64", 9, 9, -1)
    .branchImmediate("branch_ne_imm", 9, 0, "loop")
    .halt();
  return { name: "fib", program: program.program(0), count: rounds, answer: a };
}

function sieve(limit: number): Guest {
  const composite = new Uint8Array(limit);
  let primes = 0n;
  for (let i = 2; i < limit; i++) {
    if (composite[i] === 1) continue;
    primes++;
    for (let j = i * i; j < limit; j += i) composite[j] = 1;
  }
  const program = new Builder()
    .one("load_imm", 7, 0) // primes
    .one("load_imm", 8, 2) // i
    .one("load_imm", 9, limit)
    .one("load_imm", 10, HEAP + limit) // the end
    .one("load_imm", 12, 1)
    .label("outer")
    .immediate("load_ind_u8", 11, 8, HEAP)
    .branchImmediate("branch_ne_imm", 11, 0, "next")
    .immediate("add_imm_64", 7, 7, 1)
    .three("mul_64", 11, 8, 8)
    .immediate("add_imm_64", 11, 11, HEAP)
    .branch("branch_ge_u", 11, 10, "next")
    .label("inner")
    .immediate("store_ind_u8", 12, 11, 0)
    .three("add_64", 11, 11, 8)
    .branch("branch_lt_u", 11, 10, "inner")
    .label("next")
    .immediate("add_imm_64", 8, 8, 1)
    .branch("branch_lt_u", 8, 9, "outer")
    .halt();
  return {
    name: "sieve",
    program: program.program(Math.ceil(limit / 4096)),
    count: limit,
    answer: primes,
  };
}

const GAMMA = 0x9e37_79b9_7f4a_7c15n;
const FIRST = 0xbf58_476d_1ce4_e5b9n;
const SECOND = 0x94d0_49bb_1331_11ebn;

function mix(rounds: number): Guest {
  let [state, answer] = [0n, 0n];
  for (let round = 0; round < rounds; round++) {
    state = (state + GAMMA) & MASK;
    let z = state;
    z = ((z ^ (z >> 30n)) * FIRST) & MASK;
    z = ((z ^ (z >> 27n)) * SECOND) & MASK;
    answer ^= z ^ (z >> 31n);
  }
  const program = new Builder()
    .one("load_imm", 7, 0)
    .one("load_imm", 8, 0)
    .load64(2, GAMMA)
    .load64(3, FIRST)
    .load64(4, SECOND)
    .one("load_imm", 9, rounds)
    .label("loop")
    .three("add_64", 8, 8, 2)
    .immediate("shlo_r_imm_64", 10, 8, 30)
    .three("xor", 10, 10, 8)
    .three("mul_64", 10, 10, 3)
    .immediate("shlo_r_imm_64", 11, 10, 27)
    .three("xor", 10, 10, 11)
    .three("mul_64", 10, 10, 4)
    .immediate("shlo_r_imm_64", 11, 10, 31)
    .three("xor", 10, 10, 11)
    .three("xor", 7, 7, 10)
    .immediate("add_imm_64", 9, 9, -1)
    .branchImmediate("branch_ne_imm", 9, 0, "loop")
    .halt();
  return {
    name: "64-bit mix",
    program: program.program(0),
    count: rounds,
    answer,
  };
}

/** The step of the generator that fills what is sorted. */
const FACTOR = 1_664_525;
const ADDEND = 1_013_904_223;

function sort(length: number): Guest {
  const values = new Uint32Array(length);
  let value = 1;
  for (let i = 0; i < length; i++) {
    value = (Math.imul(value, FACTOR) + ADDEND) >>> 0;
    values[i] = value;
  }
  values.sort();
  const answer = values.reduce(
    (sum, item) => (sum * 31n + BigInt(item)) & MASK,
    0n,
  );
  const program = new Builder()
    .one("load_imm", 8, HEAP) // fills
    .one("load_imm", 9, HEAP + 4 * length)
    .one("load_imm", 10, 1)
    .label("fill")
    .immediate("mul_imm_32", 10, 10, FACTOR)
    .immediate("add_imm_32", 10, 10, ADDEND)
    .immediate("store_ind_u32", 10, 8, 0)
    .immediate("add_imm_64", 8, 8, 4)
    .branch("branch_lt_u", 8, 9, "fill")
    .one("load_imm", 8, HEAP + 4) // sorts by insertion
    .one("load_imm", 2, HEAP)
    .label("outer")
    .immediate("load_ind_u32", 10, 8, 0)
    .two("move_reg", 11, 8)
    .label("inner")
    .immediate("load_ind_u32", 12, 11, -4)
    .branch("branch_ge_u", 10, 12, "place")
    .immediate("store_ind_u32", 12, 11, 0)
    .immediate("add_imm_64", 11, 11, -4)
    .branch("branch_lt_u", 2, 11, "inner")
    .label("place")
    .immediate("store_ind_u32", 10, 11, 0)
    .immediate("add_imm_64", 8, 8, 4)
    .branch("branch_lt_u", 8, 9, "outer")
    .one("load_imm", 7, 0) // folds
    .one("load_imm", 8, HEAP)
    .label("fold")
    .immediate("load_ind_u32", 10, 8, 0)
    .immediate("mul_imm_64", 7, 7, 31)
    .three("add_64", 7, 7, 10)
    .immediate("add_imm_64", 8, 8, 4)
    .branch("branch_lt_u", 8, 9, "fold")
    .halt();
  return {
    name: "u32 sort",
    program: program.program(Math.ceil(length / 1024)),
    count: length,
    answer,
  };
}

function copy(words: number, rounds: number): Guest {
  const source = HEAP;
  const target = HEAP + 8 * words;
  const program = new Builder()
    .load64(10, GAMMA)
    .one("load_imm", 8, source)
    .one("load_imm", 9, target)
    .label("fill")
    .immediate("store_ind_u64", 10, 8, 0)
    .immediate("add_imm_64", 8, 8, 8)
    .branch("branch_lt_u", 8, 9, "fill")
    .one("load_imm", 7, 0)
    .one("load_imm", 12, rounds)
    .label("round")
    .one("load_imm", 8, source)
    .one("load_imm", 11, target)
    .label("copy")
    .immediate("load_ind_u64", 10, 8, 0)
    .immediate("store_ind_u64", 10, 11, 0)
    .immediate("add_imm_64", 8, 8, 8)
    .immediate("add_imm_64", 11, 11, 8)
    .branch("branch_lt_u", 8, 9, "copy")
    .immediate("load_ind_u64", 10, 11, -8)
    .three("add_64", 7, 7, 10)
    .immediate("add_imm_64", 12, 12, -1)
    .branchImmediate("branch_ne_imm", 12, 0, "round")
    .halt();
  const answer = (BigInt(rounds) * GAMMA) & MASK;
  return {
    name: "u64 copy",
    program: program.program(Math.ceil(words / 256)),
    count: rounds,
    answer,
  };
}

/** A guest that calls its host again and again; each call is answered in register 7. */
export function caller(calls: number): Guest {
  const program = new Builder()
    .one("load_imm", 7, 0)
    .one("load_imm", 9, calls)
    .label("loop")
    .plain("ecalli", 7)
    .immediate("add_imm_64", 9, 9, -1)
    .branchImmediate("branch_ne_imm", 9, 0, "loop")
    .halt();
  return {
    name: "host call",
    program: program.program(0),
    count: calls,
    answer: BigInt(calls),
  };
}

/** The guests: each of more than ten million instructions, or of the given part of that. */
export function guests(part: number = 1): readonly Guest[] {
  const times = (count: number) => Math.ceil(count * part);
  return [
    fibonacci(times(2_500_000)),
    sieve(times(2_000_000)),
    mix(times(1_000_000)),
    sort(Math.ceil(3_200 * Math.sqrt(part))),
    copy(8_192, times(300)),
  ];
}
