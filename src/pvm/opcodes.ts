/**
 * The instruction set: one table from which decoder, assembler, disassembler and proofs derive.
 *
 * @module
 */

/** How the operands of an instruction are laid out (Gray Paper, appendix A.5). */
export type Format =
  | "none"
  | "one_imm"
  | "one_reg_one_ext_imm"
  | "two_imm"
  | "one_offset"
  | "one_reg_one_imm"
  | "one_reg_two_imm"
  | "one_reg_one_imm_one_offset"
  | "two_reg"
  | "two_reg_one_imm"
  | "two_reg_one_offset"
  | "two_reg_two_imm"
  | "three_reg";

/** The name of a dialect of the machine. */
export type DialectName = "gray-paper" | "javm";

/** One instruction of the set. */
export interface Opcode {
  /** The byte that stands for it. */
  readonly code: number;
  /** Its name in the Gray Paper. */
  readonly mnemonic: string;
  /** The layout of its operands. */
  readonly format: Format;
  /** The dialects that have it. */
  readonly dialects: readonly DialectName[];
  /** The dialects in which it ends a basic block. */
  readonly terminates: readonly DialectName[];
}

const BOTH: readonly DialectName[] = ["gray-paper", "javm"];
const JAVM_ONLY: readonly DialectName[] = ["javm"];
const NEITHER: readonly DialectName[] = [];

/** Instructions of one format, numbered from `first` on, in the order of their names. */
function group(
  format: Format,
  first: number,
  mnemonics: string,
  terminates: readonly DialectName[] = NEITHER,
  dialects: readonly DialectName[] = BOTH,
): readonly Opcode[] {
  return mnemonics.trim().split(/\s+/).map((mnemonic, place) =>
    Object.freeze({ code: first + place, mnemonic, format, dialects, terminates })
  );
}

/** Every instruction, by ascending number. */
export const OPCODES: readonly Opcode[] = Object.freeze([
  ...group("none", 0, "trap fallthrough", BOTH),
  ...group("none", 2, "unlikely ecall", JAVM_ONLY, JAVM_ONLY),
  ...group("one_imm", 10, "ecalli", JAVM_ONLY),
  ...group("one_reg_one_ext_imm", 20, "load_imm_64"),
  ...group("two_imm", 30, "store_imm_u8 store_imm_u16 store_imm_u32 store_imm_u64"),
  ...group("one_offset", 40, "jump", BOTH),
  ...group("one_reg_one_imm", 50, "jump_ind", BOTH),
  ...group(
    "one_reg_one_imm",
    51,
    `load_imm load_u8 load_i8 load_u16 load_i16 load_u32 load_i32 load_u64
     store_u8 store_u16 store_u32 store_u64`,
  ),
  ...group(
    "one_reg_two_imm",
    70,
    "store_imm_ind_u8 store_imm_ind_u16 store_imm_ind_u32 store_imm_ind_u64",
  ),
  ...group(
    "one_reg_one_imm_one_offset",
    80,
    `load_imm_jump branch_eq_imm branch_ne_imm
     branch_lt_u_imm branch_le_u_imm branch_ge_u_imm branch_gt_u_imm
     branch_lt_s_imm branch_le_s_imm branch_ge_s_imm branch_gt_s_imm`,
    BOTH,
  ),
  ...group(
    "two_reg",
    100,
    `move_reg sbrk count_set_bits_64 count_set_bits_32 leading_zero_bits_64 leading_zero_bits_32
     trailing_zero_bits_64 trailing_zero_bits_32 sign_extend_8 sign_extend_16 zero_extend_16
     reverse_bytes`,
  ),
  ...group(
    "two_reg_one_imm",
    120,
    `store_ind_u8 store_ind_u16 store_ind_u32 store_ind_u64
     load_ind_u8 load_ind_i8 load_ind_u16 load_ind_i16 load_ind_u32 load_ind_i32 load_ind_u64
     add_imm_32 and_imm xor_imm or_imm mul_imm_32 set_lt_u_imm set_lt_s_imm
     shlo_l_imm_32 shlo_r_imm_32 shar_r_imm_32 neg_add_imm_32 set_gt_u_imm set_gt_s_imm
     shlo_l_imm_alt_32 shlo_r_imm_alt_32 shar_r_imm_alt_32 cmov_iz_imm cmov_nz_imm
     add_imm_64 mul_imm_64 shlo_l_imm_64 shlo_r_imm_64 shar_r_imm_64 neg_add_imm_64
     shlo_l_imm_alt_64 shlo_r_imm_alt_64 shar_r_imm_alt_64
     rot_r_64_imm rot_r_64_imm_alt rot_r_32_imm rot_r_32_imm_alt`,
  ),
  ...group(
    "two_reg_one_offset",
    170,
    "branch_eq branch_ne branch_lt_u branch_lt_s branch_ge_u branch_ge_s",
    BOTH,
  ),
  ...group("two_reg_two_imm", 180, "load_imm_jump_ind", BOTH),
  ...group(
    "three_reg",
    190,
    `add_32 sub_32 mul_32 div_u_32 div_s_32 rem_u_32 rem_s_32 shlo_l_32 shlo_r_32 shar_r_32
     add_64 sub_64 mul_64 div_u_64 div_s_64 rem_u_64 rem_s_64 shlo_l_64 shlo_r_64 shar_r_64
     and xor or mul_upper_s_s mul_upper_u_u mul_upper_s_u set_lt_u set_lt_s cmov_iz cmov_nz
     rot_l_64 rot_l_32 rot_r_64 rot_r_32 and_inv or_inv xnor max max_u min min_u`,
  ),
]);
