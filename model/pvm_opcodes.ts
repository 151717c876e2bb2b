/**
 * The reference model of the PVM: its opcodes (Gray Paper, appendix A.5; JAVM opcodes).
 *
 * @module
 */

/** The dialects: the machine of the Gray Paper, and that of the capability kernel. */
export type Dialect = "gray-paper" | "javm";

/** How the operands of an opcode stand in the code. */
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

/** One opcode. */
export interface Opcode {
  /** The byte that stands for it. */
  readonly number: bigint;
  /** Its name. */
  readonly mnemonic: string;
  /** The layout of its operands. */
  readonly format: Format;
  /** The dialects that have it. */
  readonly dialects: readonly Dialect[];
}

const BOTH: readonly Dialect[] = ["gray-paper", "javm"];

/** Opcodes of one format, written as numbers, each with its mnemonic. */
function rows(format: Format, text: string, dialects = BOTH): readonly Opcode[] {
  const words = text.trim().split(/\s+/);
  return words.flatMap((word, place) =>
    place % 2 === 0
      ? [{ number: BigInt(word), mnemonic: words[place + 1] ?? "", format, dialects }]
      : []
  );
}

/** Every opcode. */
export const OPCODES: readonly Opcode[] = [
  ...rows("none", "0 trap 1 fallthrough"),
  ...rows("none", "2 unlikely 3 ecall", ["javm"]),
  ...rows("one_imm", "10 ecalli"),
  ...rows("one_reg_one_ext_imm", "20 load_imm_64"),
  ...rows("two_imm", "30 store_imm_u8 31 store_imm_u16 32 store_imm_u32 33 store_imm_u64"),
  ...rows("one_offset", "40 jump"),
  ...rows(
    "one_reg_one_imm",
    `50 jump_ind 51 load_imm 52 load_u8 53 load_i8 54 load_u16 55 load_i16 56 load_u32 57 load_i32
     58 load_u64 59 store_u8 60 store_u16 61 store_u32 62 store_u64`,
  ),
  ...rows(
    "one_reg_two_imm",
    "70 store_imm_ind_u8 71 store_imm_ind_u16 72 store_imm_ind_u32 73 store_imm_ind_u64",
  ),
  ...rows(
    "one_reg_one_imm_one_offset",
    `80 load_imm_jump 81 branch_eq_imm 82 branch_ne_imm 83 branch_lt_u_imm 84 branch_le_u_imm
     85 branch_ge_u_imm 86 branch_gt_u_imm 87 branch_lt_s_imm 88 branch_le_s_imm 89 branch_ge_s_imm
     90 branch_gt_s_imm`,
  ),
  ...rows(
    "two_reg",
    `100 move_reg 101 sbrk 102 count_set_bits_64 103 count_set_bits_32 104 leading_zero_bits_64
     105 leading_zero_bits_32 106 trailing_zero_bits_64 107 trailing_zero_bits_32 108 sign_extend_8
     109 sign_extend_16 110 zero_extend_16 111 reverse_bytes`,
  ),
  ...rows(
    "two_reg_one_imm",
    `120 store_ind_u8 121 store_ind_u16 122 store_ind_u32 123 store_ind_u64 124 load_ind_u8
     125 load_ind_i8 126 load_ind_u16 127 load_ind_i16 128 load_ind_u32 129 load_ind_i32
     130 load_ind_u64 131 add_imm_32 132 and_imm 133 xor_imm 134 or_imm 135 mul_imm_32
     136 set_lt_u_imm 137 set_lt_s_imm 138 shlo_l_imm_32 139 shlo_r_imm_32 140 shar_r_imm_32
     141 neg_add_imm_32 142 set_gt_u_imm 143 set_gt_s_imm 144 shlo_l_imm_alt_32
     145 shlo_r_imm_alt_32 146 shar_r_imm_alt_32 147 cmov_iz_imm 148 cmov_nz_imm 149 add_imm_64
     150 mul_imm_64 151 shlo_l_imm_64 152 shlo_r_imm_64 153 shar_r_imm_64 154 neg_add_imm_64
     155 shlo_l_imm_alt_64 156 shlo_r_imm_alt_64 157 shar_r_imm_alt_64 158 rot_r_64_imm
     159 rot_r_64_imm_alt 160 rot_r_32_imm 161 rot_r_32_imm_alt`,
  ),
  ...rows(
    "two_reg_one_offset",
    `170 branch_eq 171 branch_ne 172 branch_lt_u 173 branch_lt_s 174 branch_ge_u 175 branch_ge_s`,
  ),
  ...rows("two_reg_two_imm", "180 load_imm_jump_ind"),
  ...rows(
    "three_reg",
    `190 add_32 191 sub_32 192 mul_32 193 div_u_32 194 div_s_32 195 rem_u_32 196 rem_s_32
     197 shlo_l_32 198 shlo_r_32 199 shar_r_32 200 add_64 201 sub_64 202 mul_64 203 div_u_64
     204 div_s_64 205 rem_u_64 206 rem_s_64 207 shlo_l_64 208 shlo_r_64 209 shar_r_64 210 and
     211 xor 212 or 213 mul_upper_s_s 214 mul_upper_u_u 215 mul_upper_s_u 216 set_lt_u 217 set_lt_s
     218 cmov_iz 219 cmov_nz 220 rot_l_64 221 rot_l_32 222 rot_r_64 223 rot_r_32 224 and_inv
     225 or_inv 226 xnor 227 max 228 max_u 229 min 230 min_u`,
  ),
];

/** The opcodes that end a basic block, in the Gray Paper. */
const TERMINATORS: readonly bigint[] = [
  ...[0n, 1n, 40n, 50n, 80n, 180n],
  ...[81n, 82n, 83n, 84n, 85n, 86n, 87n, 88n, 89n, 90n],
  ...[170n, 171n, 172n, 173n, 174n, 175n],
];
/** Those that do besides in the JAVM: `unlikely`, `ecall`, `ecalli`. */
const TERMINATORS_OF_JAVM: readonly bigint[] = [2n, 3n, 10n];

/** The opcode of a number, if the dialect has one. */
export function opcodeOf(number: bigint, dialect: Dialect): Opcode | undefined {
  return OPCODES.find((opcode) => opcode.number === number && opcode.dialects.includes(dialect));
}

/** Whether an opcode ends a basic block. */
export function terminates({ number }: Opcode, dialect: Dialect): boolean {
  return TERMINATORS.includes(number) ||
    (dialect === "javm" && TERMINATORS_OF_JAVM.includes(number));
}
