/** What every opcode is lowered to, by the definitions of Gray Paper, appendix A.5. */

import { type Lowered, own, type Places, row } from "./symbolic_lowering.ts";

const BY_IMMEDIATE: Places = ["a", "b", "immediate"];
const OF_IMMEDIATE: Places = ["a", "immediate", "b"];

/** Every opcode; those that stand for none by a few. */
export const LOWERED: readonly Lowered[] = [
  row(
    "sums",
    "add_imm_32 add_32  add_imm_64 add_64  mul_imm_32 mul_32  mul_imm_64 mul_64",
    BY_IMMEDIATE,
    ["BY_IMMEDIATE, 135, 192", "BY_IMMEDIATE, 135, 202"],
  ),
  row(
    "differences",
    "neg_add_imm_32 sub_32  neg_add_imm_64 sub_64",
    OF_IMMEDIATE,
    ["OF_IMMEDIATE, 154, 201", "BY_IMMEDIATE, 154, 201"],
  ),
  row(
    "bits",
    "and_imm and  xor_imm xor  or_imm or",
    BY_IMMEDIATE,
    ["BY_IMMEDIATE, 132, 210, 3", "BY_IMMEDIATE, 132, 210, 2"],
  ),
  row(
    "less_than",
    "set_lt_u_imm set_lt_u  set_lt_s_imm set_lt_s",
    BY_IMMEDIATE,
    ["BY_IMMEDIATE, 136, 216, 2", "OF_IMMEDIATE, 136, 216, 2"],
  ),
  row(
    "greater_than",
    "set_gt_u_imm set_lt_u  set_gt_s_imm set_lt_s",
    OF_IMMEDIATE,
    ["OF_IMMEDIATE, 142, 216, 2", "BY_IMMEDIATE, 142, 216, 2"],
  ),
  row(
    "shifts",
    `shlo_l_imm_32 shlo_l_32  shlo_r_imm_32 shlo_r_32  shar_r_imm_32 shar_r_32
     shlo_l_imm_64 shlo_l_64  shlo_r_imm_64 shlo_r_64  shar_r_imm_64 shar_r_64`,
    BY_IMMEDIATE,
    ["BY_IMMEDIATE, 151, 207, 3", "BY_IMMEDIATE, 151, 197, 3"],
  ),
  row(
    "shifts_of_the_immediate",
    `shlo_l_imm_alt_32 shlo_l_32  shlo_r_imm_alt_32 shlo_r_32  shar_r_imm_alt_32 shar_r_32
     shlo_l_imm_alt_64 shlo_l_64  shlo_r_imm_alt_64 shlo_r_64  shar_r_imm_alt_64 shar_r_64`,
    OF_IMMEDIATE,
    ["OF_IMMEDIATE, 144, 197, 3", "BY_IMMEDIATE, 144, 197, 3"],
  ),
  row(
    "conditional_moves",
    "cmov_iz_imm cmov_iz  cmov_nz_imm cmov_nz",
    OF_IMMEDIATE,
    ["OF_IMMEDIATE, 147, 218, 2", "OF_IMMEDIATE, 147, 219, 2"],
  ),
  row(
    "rotations",
    "rot_r_64_imm rot_r_64  rot_r_32_imm rot_r_32",
    BY_IMMEDIATE,
    ["BY_IMMEDIATE, 160, 223", "BY_IMMEDIATE, 160, 222"],
  ),
  row(
    "rotations_of_the_immediate",
    "rot_r_64_imm_alt rot_r_64  rot_r_32_imm_alt rot_r_32",
    OF_IMMEDIATE,
    ["OF_IMMEDIATE, 161, 223", "BY_IMMEDIATE, 161, 223"],
  ),
  row(
    "moves_of_immediates",
    "ecalli ecalli  load_imm_64 move_reg  load_imm move_reg",
    ["a", "immediate", "zero"],
    ["rows(MOVE_IMMEDIATE, 51, 100)", "rows(MOVE_IMMEDIATE, 51, 101)"],
  ),
  row(
    "loads",
    `load_u8 load_ind_u8  load_i8 load_ind_i8  load_u16 load_ind_u16  load_i16 load_ind_i16
     load_u32 load_ind_u32  load_i32 load_ind_i32  load_u64 load_ind_u64`,
    ["a", "zero", "zero"],
    ["rows(LOAD, 52, 124, 7)", "rows(LOAD, 52, 123, 7)"],
  ),
  row(
    "indirect_loads",
    `load_ind_u8 load_ind_u8  load_ind_i8 load_ind_i8  load_ind_u16 load_ind_u16
     load_ind_i16 load_ind_i16  load_ind_u32 load_ind_u32  load_ind_i32 load_ind_i32
     load_ind_u64 load_ind_u64`,
    ["a", "b", "zero"],
    ['LOAD_INDIRECT = form("a", "b", "zero")', 'LOAD_INDIRECT = form("b", "a", "zero")'],
  ),
  row(
    "stores",
    `store_u8 store_ind_u8  store_u16 store_ind_u16  store_u32 store_ind_u32
     store_u64 store_ind_u64`,
    ["zero", "zero", "a"],
    ["rows(STORE, 59, 120, 4)", "rows(STORE, 59, 121, 4)"],
  ),
  row(
    "indirect_stores",
    `store_ind_u8 store_ind_u8  store_ind_u16 store_ind_u16  store_ind_u32 store_ind_u32
     store_ind_u64 store_ind_u64`,
    ["zero", "b", "a"],
    ['STORE_INDIRECT = form("zero", "b", "a")', 'STORE_INDIRECT = form("zero", "a", "b")'],
  ),
  row(
    "stores_of_immediates",
    `store_imm_u8 store_ind_u8  store_imm_u16 store_ind_u16  store_imm_u32 store_ind_u32
     store_imm_u64 store_ind_u64`,
    ["zero", "zero", "immediate"],
    ["xHigh : y >> 31", "xHigh : y >>> 31"],
    { immediate: "y" },
  ),
  row(
    "indirect_stores_of_immediates",
    `store_imm_ind_u8 store_ind_u8  store_imm_ind_u16 store_ind_u16
     store_imm_ind_u32 store_ind_u32  store_imm_ind_u64 store_ind_u64`,
    ["zero", "a", "immediate"],
    [
      'STORE_IMMEDIATE_INDIRECT = form("zero", "a", "immediate", "y")',
      'STORE_IMMEDIATE_INDIRECT = form("zero", "a", "immediate", "x")',
    ],
    { immediate: "y" },
  ),
  row(
    "jumps",
    "jump jump",
    ["zero", "zero", "zero"],
    ['auxiliary === "target" ? target', 'auxiliary === "target" ? y'],
    { auxiliary: "target" },
  ),
  row(
    "indirect_jumps",
    "jump_ind jump_ind",
    ["zero", "a", "zero"],
    ['form("zero", "a", "zero"), 50, 50', 'form("zero", "b", "zero"), 50, 50'],
  ),
  row(
    "jumps_that_load",
    "load_imm_jump load_imm_jump",
    ["a", "immediate", "zero"],
    [
      'form("a", "immediate", "zero", "x", "target")',
      'form("a", "immediate", "zero", "y", "target")',
    ],
    { auxiliary: "target" },
  ),
  row(
    "indirect_jumps_that_load",
    "load_imm_jump_ind load_imm_jump_ind",
    ["a", "b", "immediate"],
    ['form("a", "b", "immediate", "x", "y")', 'form("a", "b", "immediate", "x", "x")'],
    { auxiliary: "y" },
  ),
  row(
    "indirect_jumps_that_load_first",
    "load_imm_jump_ind load_imm_jump_ind",
    ["a", "b", "immediate"],
    ["instruction.a === instruction.b", "instruction.a === instruction.d"],
    { auxiliary: "y", reads: "after" },
  ),
  row(
    "branches",
    `branch_eq branch_eq  branch_ne branch_ne  branch_lt_u branch_lt_u
     branch_lt_s branch_lt_s  branch_ge_u branch_ge_u  branch_ge_s branch_ge_s`,
    ["zero", "a", "b"],
    ["rows(BRANCH, 170, 170, 6)", "rows(BRANCH, 170, 171, 6)"],
    { auxiliary: "target" },
  ),
  row(
    "branches_on_immediates",
    `branch_eq_imm branch_eq  branch_ne_imm branch_ne  branch_lt_u_imm branch_lt_u
     branch_ge_u_imm branch_ge_u  branch_lt_s_imm branch_lt_s  branch_ge_s_imm branch_ge_s`,
    ["zero", "a", "immediate"],
    ["rows(BRANCH_IMMEDIATE, 85, 174)", "rows(BRANCH_IMMEDIATE_SWAPPED, 85, 174)"],
    { auxiliary: "target" },
  ),
  row(
    // At most and above are at least and below with the operands changed over.
    "branches_on_immediates_changed_over",
    `branch_le_u_imm branch_ge_u  branch_gt_u_imm branch_lt_u  branch_le_s_imm branch_ge_s
     branch_gt_s_imm branch_lt_s`,
    ["zero", "immediate", "a"],
    ["rows(BRANCH_IMMEDIATE_SWAPPED, 84, 174)", "rows(BRANCH_IMMEDIATE_SWAPPED, 84, 172)"],
    { auxiliary: "target" },
  ),
  row(
    "two_registers",
    own(100, 111),
    ["d", "a", "b"],
    ["rows(REGISTERS_ONLY, 100, 100, 12)", "rows(REGISTERS_ONLY, 100, 100, 11)"],
  ),
  row(
    "three_registers",
    own(190, 230),
    ["d", "a", "b"],
    ["rows(REGISTERS_ONLY, 190, 190, 41)", "rows(REGISTERS_ONLY, 190, 190, 40)"],
  ),
  row(
    "what_traps",
    `4 trap  9 trap  21 trap  34 trap  63 trap  91 trap  112 trap  176 trap  231 trap
     255 trap`,
    ["zero", "zero", "zero"],
    ["lowering?.operation ?? 0", "lowering?.operation ?? 1"],
  ),
  row(
    "without_operands",
    own(0, 3),
    ["d", "a", "b"],
    ["rows(REGISTERS_ONLY, 0, 0, 4)", "rows(REGISTERS_ONLY, 0, 0, 3)"],
  ),
];
