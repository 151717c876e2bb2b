import { registerProofs } from "@ringfence/core/proof";
import { proofs } from "./proofs.ts";

registerProofs(proofs, Deno.test);
