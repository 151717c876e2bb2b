/**
 * All faults of a file in one text: each stands beside what it changes, behind a switch, so that one
 * process can judge many of them without loading anything anew.
 */

import ts from "typescript";
import { parse, type SourceFile } from "../house/tree.ts";
import { type Fault, placesOf, withFault } from "./operators.ts";

/** The global variable that holds the number of the fault that is in force; 0 for none. */
export const SWITCH = "ringfenceFault";
/** The global list in which a 1 notes that the fault of a number is reached. */
export const NOTE = "ringfenceReached";

/** How a switch asks whether its fault is in force. */
export type Asking = "switch" | "note";

function asked(number: number, asking: Asking): string {
  return asking === "note" ? `!(${NOTE}[${number}] = 1)` : `${SWITCH} === ${number}`;
}

/** Whether a number or text is the name of a property, which no expression can stand for. */
function isName(node: ts.Node): boolean {
  return ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}

/**
 * A file with the faults of its own as switches.
 *
 * @param numberOf The number of a fault, or nothing when it is to be left out.
 */
export function switched(
  file: SourceFile,
  numberOf: (fault: Fault) => number | undefined,
  asking: Asking,
): string {
  const tree = parse(file);
  const { text } = file;
  const held = new Map<ts.Node, { readonly fault: Fault; readonly number: number }[]>();
  for (const { fault, holder } of placesOf(file)) {
    const number = numberOf(fault);
    if (number === undefined) continue;
    const others = held.get(holder);
    if (others === undefined) held.set(holder, [{ fault, number }]);
    else others.push({ fault, number });
  }
  /** The text of a node in which everything below it is switched. */
  const inner = (node: ts.Node): string => {
    let out = "";
    let at = node.getStart(tree);
    ts.forEachChild(node, (child) => {
      const start = child.getStart(tree);
      out += text.slice(at, start) + outer(child);
      at = child.getEnd();
    });
    return out + text.slice(at, node.getEnd());
  };
  const outer = (node: ts.Node): string => {
    const faults = held.get(node);
    if (faults === undefined) return inner(node);
    const start = node.getStart(tree);
    const variants = faults.map(({ fault, number }) => {
      const piece = text.slice(start, node.getEnd());
      const moved = { ...fault, start: fault.start - start, end: fault.end - start };
      return { ask: asked(number, asking), variant: withFault(piece, moved) };
    });
    if (ts.isStatement(node)) {
      const ask = variants.map(({ ask }) => ask).join(" || ");
      return `{ if (${ask}) ; else ${inner(node)}\n}`;
    }
    const choices = variants.map(({ ask, variant }) => `${ask} ? (${variant}\n) : `).join("");
    const whole = `(${choices}(${inner(node)}\n))`;
    return isName(node) ? `[${whole}]` : whole;
  };
  return text.slice(0, tree.getStart(tree)) + inner(tree) + text.slice(tree.getEnd());
}
