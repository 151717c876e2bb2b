/** Command lines, right and wrong. */

/** Command lines and what they exit with. */
export const CODES: readonly (readonly [string, number])[] = [
  ["run halt.pvmasm", 0],
  ["run panic.pvmasm", 1],
  ["run fault.pvmasm", 2],
  ["run call.pvmasm", 3],
  ["run log.pvmasm", 3],
  ["run log.pvmasm --log", 0],
  ["run spin.pvmasm --gas 100", 4],
  ["run spin.pvmasm --gas 21000000", 4],
  ["run panic.pvmasm --dialect javm", 5],
  ["run halt.pvmasm --gas 0", 4],
  ["run halt.pvmasm --entry 1", 1],
  ["run v.json", 1],
  ["trace halt.pvmasm", 0],
  ["trace halt.pvmasm --steps 0", 0],
  ["trace call.pvmasm", 3],
  ["asm halt.pvmasm", 0],
  ["asm log.pvmasm --format pvm", 64],
  ["asm halt.pvmasm --output nowhere/x.jam", 73],
  ["asm wrong.pvmasm", 65],
  ["disasm v.json", 0],
  ["disasm bad.pvm", 65],
  ["run wrong.pvmasm", 65],
  ["run bad.pvm", 65],
  ["run odd.json", 65],
  ["run missing", 66],
  ["conformance nowhere", 66],
  ["conformance empty", 66],
  ["--help", 0],
  ["run --help", 0],
  ["asm --help", 0],
];

/** Command lines that are wrong. */
export const MISTAKES: readonly string[] = [
  "",
  "bogus",
  "--bogus",
  "run",
  "run halt.pvmasm other",
  "run halt.pvmasm --bogus",
  "run halt.pvmasm --gas",
  "run halt.pvmasm --gas -1",
  "run halt.pvmasm --gas 1.5",
  "run halt.pvmasm --gas 18446744073709551616",
  "run halt.pvmasm --gas 0x",
  "run halt.pvmasm --args 0",
  "run halt.pvmasm --args zz",
  "run halt.pvmasm --args 00 --text a",
  "run halt.pvmasm --dialect java",
  "run halt.pvmasm --gas-model free",
  "run halt.pvmasm --entry 9007199254740992",
  "run halt.pvmasm --register 13=1",
  "run halt.pvmasm --register r1",
  "run halt.pvmasm --register 1=18446744073709551616",
  "run halt.pvmasm --steps many",
  "asm halt.pvmasm --format elf",
  "conformance",
  "conformance a b",
];

/** The words of a command line. */
export function split(line: string): readonly string[] {
  return line === "" ? [] : line.split(" ");
}
