/** The global of Node that the reference implementation of SSZ expects: every module gets it. */

export { Buffer } from "node:buffer";
