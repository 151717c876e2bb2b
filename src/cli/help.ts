/**
 * What the command line says about itself.
 *
 * @module
 */

const EXITS = `
exit codes:
  0 halt or done   1 panic, or a check failed   2 page fault   3 unhandled host call
  4 out of gas     5 trap                       6 no room        7 refused by the kernel
  8 not entered    9 paused, waits for the host
  64 wrong usage   65 malformed input   66 unreadable input
  69 not in this runtime                        73 unwritable output
`;

const FILES = `
FILE is a program blob (.pvm), a standard program (.spi), one with metadata (.jam), source text
(.pvmasm) or an official test vector (.json); its contents decide where its name does not.
`;

const RUN_OPTIONS = `
  --gas N              the gas it may use (default 1000000000; a vector brings its own)
  --args HEX           argument bytes in hexadecimal digits
  --text TEXT          argument bytes as UTF-8
  --dialect NAME       gray-paper (default) or javm
  --gas-model NAME     instruction (default), block (vectors) or pipeline (javm)
  --entry PC           the code offset to start at (default 0)
  --register N=VALUE   what a register holds at the start; may be repeated
  --engine NAME        interpreter (default), recompiler, or auto: the latter once it is worth it
  --log                do host call 100, which logs; every other call ends the run
  --json               print the outcome as JSON, and the trace to the error output
  --help               print this`;

/** The help of every command, and that of the whole. */
export const HELP: Readonly<Record<string, string>> = {
  "": `usage: ringfence COMMAND [options]

  run FILE             run a program under a gas budget
  trace FILE           the same, printing every instruction
  asm FILE             assemble source text
  disasm FILE          turn a program into source text
  kernel run MANIFEST  publish images and Instances, and invoke one
  kernel inspect HASH  print a capability of a store
  conformance DIR      run a folder of official test vectors
  conform --exec CMD   judge another implementation
  engine               be such an implementation

"ringfence COMMAND --help" says more.
${EXITS}`,
  run: `usage: run FILE [options]
${FILES}
  --trace              print every instruction
  --steps N            print no more than N instructions (default 1000)${RUN_OPTIONS}
${EXITS}`,
  trace: `usage: trace FILE [options]
${FILES}
  --steps N            print no more than N instructions (default 1000)${RUN_OPTIONS}
${EXITS}`,
  asm: `usage: asm FILE [options]

Assembles source text into a program file.

  --output OUT         the file to write (default: FILE with the ending of the format)
  --format NAME        jam (default), spi or pvm; otherwise as OUT ends
  --json               print what was written as JSON
  --help               print this
${EXITS}`,
  disasm: `usage: disasm FILE [options]
${FILES}
  --output OUT         the file to write instead of the standard output
  --json               print the source text as JSON
  --help               print this
${EXITS}`,
  kernel: `usage: kernel run MANIFEST [options]
       kernel inspect HASH --store FILE [options]

The first publishes what a manifest describes, and invokes its root. The manifest is JSON; names stand
for what is published, and files are sought beside it:

  images       by name: source, or code, mask and jumpTable; endpoints with index, entry (a label or
               an offset) and registers; mappings with start, size and source (slots, none for memory
               that is gone when the call ends); gasSlots, quotaSlots, pinned (by slot), catcherSlot
  data         by name: hex, text or file
  cnodes       by name: sizeLog, and slots: by slot, a name or a hash
  kernel       by name: image (such as gas or set_gas_meter), id, markers
  instances    by name: image, and slots
  root         the Instance that is invoked, with endpoint, args and slot0; or resumed: resume
  gas, quota   what it may use; meters, quotas and files set others, by number
  hostMarkers  the markers of yields that end the invocation; maxDepth, memoryBytes limit it
  mode         v3 (default) or compat

The second prints what is under a hash.

  --store FILE         where capabilities are kept (SQLite); in memory when left out
  --gas N              gas instead of that of the manifest (default 1000000000)
  --json               print JSON
  --help               print this
${EXITS}`,
  conformance: `usage: conformance DIR [options]

Runs every official test vector of a folder, at once and step by step, in both kinds of memory, and
compares every field. A folder without vectors is a failure.

  --engine NAME        interpreter (default), recompiler or auto
  --json               print the outcome as JSON
  --help               print this
${EXITS}`,
  conform: `usage: conform --exec CMD [options]

Starts CMD, which implements the PVM in any language, talks to it in lines of JSON over its standard
input and output (docs/conformance.md), and compares what it makes of programs. What differs is cut
down to a minimal program.

  --exec CMD           the command; split at white space outside of quotes, no shell reads it
  --vectors DIR        send the vectors of a folder: official ones, or what \`vectors\` wrote; may be
                       repeated
  --random N           send N random programs (default 1000, or 0 with --vectors)
  --seed S             the seed of the random programs (default 1)
  --timeout MS         how long an answer may take (default 10000)
  --max-failures N     stop when N different things are wrong (default 10), or twice as many cases got
                       no answer
  --without NAMES      leave instructions out of the random programs: names with commas between
  --plain              draw only programs that an assembler could have written
  --ignore FIELDS      do not compare: status, address, call, pc, gas, registers, memory, pages
  --json               print the outcome as JSON
  --help               print this

exit codes:
  0 nothing differs    1 something differs, an answer is none, or nothing was compared
  64 wrong usage   65 malformed vectors   66 unreadable vectors   69 CMD does not introduce itself
`,
  engine: `usage: engine [options]

Answers what \`conform\` asks on the standard input, until it ends: this library as an implementation.

  --engine NAME        interpreter (default), recompiler or auto
  --help               print this
${EXITS}`,
};
