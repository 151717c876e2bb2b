/** The official test vectors on the reference model. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mismatch, runOnModel } from "../proofs/_kit/pvm_vector_runs.ts";
import { readVector } from "../proofs/_kit/pvm_vectors.ts";

/** How one file falls short; nothing when it does not. */
function problemOf(path: string): string | undefined {
  try {
    const vector = readVector(readFileSync(path, "utf8"));
    return mismatch(vector, runOnModel(vector));
  } catch (mistake) {
    return mistake instanceof Error ? mistake.message : "it cannot be run";
  }
}

/** Runs every vector of a folder on the model, and says whether all of them passed. */
export function conformModel(folder: string, asJson: boolean): boolean {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json")).toSorted();
  const failures = files.flatMap((name) => {
    const problem = problemOf(join(folder, name));
    return problem === undefined ? [] : [{ file: name, problems: [problem] }];
  });
  const [total, fail] = [files.length, failures.length];
  const counts = { pass: total - fail, fail, skip: 0, total };
  if (asJson) console.log(JSON.stringify({ model: { ...counts, failures } }));
  else {
    for (const { file, problems } of failures) {
      console.log(`FAILED ${file}\n  ${problems.join("\n  ")}`);
    }
    console.log(`model: ${counts.pass} pass, ${fail} fail, 0 skip, ${total} total`);
  }
  return fail === 0 && total > 0;
}
