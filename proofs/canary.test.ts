/** A proof that must fail: it shows that a wrong claim is found out, and that the suite can fail. */

import { defineProof, domain, type Proof } from "../src/proof/mod.ts";
import * as result from "../src/result.ts";
import { register } from "./_kit/register.ts";

export const proofs: readonly Proof[] = [
  defineProof({
    id: "canary/every_success_is_a_failure",
    claim: "ok() makes a failure, which is false",
    subject: ["ok"],
    spec: "none: it is wrong on purpose",
    strength: "exhaustive",
    domain: domain.range(0, 9),
    reaches: ["failure"],
    implementation: result,
    canary: true,
    check(value, reach, { ok }) {
      reach("failure");
      return ok(value).ok ? "ok() made a success" : undefined;
    },
  }),
];

register(proofs);
