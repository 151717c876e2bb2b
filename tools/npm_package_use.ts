/** How a stranger uses the package: texts of programs, each valid as TypeScript and as JavaScript. */

/** Which package other than this one a face needs. */
const NEEDS: Readonly<Record<string, string>> = {
  "./proof": "fast-check",
  "./symbolic": "typescript",
};

/** The faces that work with this package alone, and those that need another one. */
export function facesByNeed(
  faces: readonly string[],
): { readonly plain: readonly string[]; readonly needy: ReadonlyMap<string, string> } {
  const needy = new Map(Object.entries(NEEDS).filter(([face]) => faces.includes(face)));
  return { plain: faces.filter((face) => !needy.has(face)), needy };
}

/** The name under which a face is imported. */
export function specifier(name: string, face: string): string {
  return face === "." ? name : `${name}${face.slice(1)}`;
}

/** Imports every face, and prints how many names each has. */
export function importsAll(name: string, faces: readonly string[]): string {
  const lines = faces.map((face, index) =>
    `import * as face${index} from ${JSON.stringify(specifier(name, face))};`
  );
  const counts = faces.map((face, index) =>
    `[${JSON.stringify(face)}, Object.keys(face${index}).length]`
  );
  return `${lines.join("\n")}\nconsole.log(JSON.stringify([${counts.join(", ")}]));\n`;
}

/** Runs a guest on both engines, uses a memory and an arena; prints what came of it. */
export function runsGuest(name: string): string {
  return `import { IsolatedMemory } from "${name}/linear";
import { i32 } from "${name}/linear/numeric";
import { unboxedOf } from "${name}/linear/unboxed";
import { Arena } from "${name}/arena";
import { FlatMemory } from "${name}/paged";
import { assemble, invoke } from "${name}/pvm";
import { recompiler } from "${name}/recompiler";
import { capHash, Vm } from "${name}/kernel";

const source = \`
        add_64 r8, r7, r8
        load_imm r2, 0
        fallthrough
loop:   branch_ge_u r7, r8, done
        load_ind_u8 r3, [r7]
        add_64 r2, r2, r3
        add_imm_64 r7, r7, 1
        jump loop
done:   store_ind_u64 [r1 - 8], r2
        add_imm_64 r7, r1, -8
        load_imm r8, 8
        jump_ind [r0]
\`;
const sum = assemble(source);
if (!sum.ok) throw new Error("no program");
const args = Uint8Array.of(10, 20, 70);
const told = [];
const engine = recompiler();
for (const options of [{ gas: 1000n, args }, { gas: 1000n, args, engine }]) {
  const run = invoke(sum.value.program, options);
  if (!run.ok || run.value.outcome.kind !== "halt") throw new Error("no halt");
  told.push(run.value.gasUsed.toString(), run.value.outcome.bytes[0]);
}
const memory = IsolatedMemory.create(1, 2);
if (!memory.ok) throw new Error("no memory");
memory.value.storeI32(0, -5);
const loaded = memory.value.loadI32(0);
told.push(loaded.ok ? loaded.value : loaded.error.kind);
const divided = i32.divS(1, 0);
told.push(divided.ok ? divided.value : divided.error.kind);
told.push(typeof unboxedOf, typeof Arena, typeof FlatMemory, typeof Vm, typeof capHash);
console.log(JSON.stringify(told));
`;
}
