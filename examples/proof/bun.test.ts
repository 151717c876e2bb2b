import { test } from "bun:test";
import { registerProofs } from "@ringfence/core/proof";
import { proofs } from "./proofs.ts";

registerProofs(proofs, test);
