/**
 * The toolkit as what its own proofs are about. What judges them is imported from the room itself, so
 * that a fault can be put into the one and not into the other.
 */

export * from "../../src/proof/mod.ts";
