/** The faces whose public functions must each have a proof, by the name that the ledger shows. */
export async function publicFaces(): Promise<Readonly<Record<string, object>>> {
  return {
    result: await import("../../src/result.ts"),
    int: await import("../../src/int/mod.ts"),
    linear: await import("../../src/linear/mod.ts"),
    "linear/numeric": await import("../../src/linear/numeric/mod.ts"),
    "linear/unboxed": await import("../../src/linear/unboxed.ts"),
    "linear/unchecked": await import("../../src/linear/unchecked.ts"),
    arena: await import("../../src/arena/mod.ts"),
    paged: await import("../../src/paged/mod.ts"),
    pvm: await import("../../src/pvm/mod.ts"),
    recompiler: await import("../../src/pvm/recompiler/mod.ts"),
    kernel: await import("../../src/kernel/mod.ts"),
    "kernel/sqlite": await import("../../src/kernel/sqlite/mod.ts"),
    cli: await import("../../src/cli/mod.ts"),
    proof: await import("../../src/proof/mod.ts"),
    symbolic: await import("../../src/symbolic/mod.ts"),
  };
}
