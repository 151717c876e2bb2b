/** Every cycle of functions in `src/`, and what ends it. */

/** Functions that can come back to themselves, and the bound of their recursion. */
export interface Cycle {
  readonly room: string;
  readonly functions: readonly string[];
  readonly bound: string;
}

const DELEGATES = "an object calls the one that it wraps, which wraps no other of its class";
/** Functions of guarded surroundings, each with the one that hands them out: they call the caller's. */
const GUARDED: readonly (readonly string[])[] = [
  ...["count", "get", "has", "hashes", "launch", "lines", "put", "store"]
    .map((name) => [`Foreign.${name}`]),
  ...["list", "now", "read", "write"].map((name) => [`Foreign.${name}`, name]),
  ["Foreign.tell", "error", "out"],
  ["fault"],
];
const SSZ = "the depth of an SSZ type, which is fixed where the type is written";
const TREE = "the depth of the tree, at most 53: each step is one level down";

/** A cycle in one file. */
function within(room: string, path: string, functions: readonly string[], bound: string): Cycle {
  return { room, functions: functions.map((name) => `${path}:${name}`), bound };
}

const UNBOXED = ["loadU16", "loadU32", "loadU64", "loadU8", "storeU16", "storeU32", "storeU64"];

export const CYCLES: readonly Cycle[] = [
  {
    room: "arena",
    functions: [
      "src/arena/access.ts:readAt",
      "src/arena/arena.ts:Arena.readBytes",
      "src/arena/checked.ts:CheckedArena.read",
      "src/arena/guest_memory.ts:read",
    ],
    bound: "an arena reads from the memory that it was given, which is none of the arenas",
  },
  {
    room: "arena",
    functions: [
      "src/arena/access.ts:writeAt",
      "src/arena/arena.ts:Arena.writeBytes",
      "src/arena/checked.ts:CheckedArena.write",
    ],
    bound: "an arena writes to the memory that it was given, which is none of the arenas",
  },
  {
    room: "paged",
    functions: [
      "src/paged/flat_memory.ts:FlatMemory.clone",
      "src/paged/sparse_memory.ts:SparseMemory.clone",
      "src/paged/sparse_store.ts:SparseStore.clone",
    ],
    bound: "a memory clones its store, and a store its pool and table",
  },
  within("paged", "src/paged/memory.ts", ["Memory.clear"], DELEGATES),
  ...[...UNBOXED, "storeU8"].map((name) =>
    within("paged", "src/paged/unboxed.ts", [`UnboxedMemory.${name}`], DELEGATES)
  ),
  within(
    "pvm",
    "src/pvm/text/expression.ts",
    ["primary", "product", "sum", "unary"],
    "DEPTH_MAX, 64 parentheses; a text that nests deeper is refused",
  ),
  within(
    "recompiler",
    "src/pvm/recompiler/chunk.ts",
    ["Chunk.first"],
    "a method reads a list of the same name",
  ),
  within(
    "recompiler",
    "src/pvm/recompiler/chunk_writer.ts",
    ["ChunkWriter.#level"],
    "how deep the loops of a chunk nest, which its plan limits",
  ),
  {
    room: "kernel",
    functions: [
      "src/kernel/cache_directory.ts:CacheDirectory.get",
      "src/kernel/cache_directory.ts:CacheDirectory.getBlob",
      "src/kernel/cap.ts:decodeCap",
      "src/kernel/cap.ts:decodeWith",
      "src/kernel/data_cap.ts:DataCap.contentLength",
      "src/kernel/data_cap.ts:DataCap.read",
      "src/kernel/sqlite/store.ts:SqliteStore.count",
      "src/kernel/sqlite/store.ts:SqliteStore.get",
      "src/kernel/ssz/composite.ts:read",
      "src/kernel/ssz/composite.ts:read",
      "src/kernel/ssz/composite.ts:readEach",
      "src/kernel/ssz/container.ts:read",
      "src/kernel/ssz/container.ts:read",
      "src/kernel/ssz/container.ts:read",
      "src/kernel/ssz/container.ts:read",
      "src/kernel/store_blobs.ts:BlobsInStore.get",
      "src/kernel/store_blobs.ts:capOf",
    ],
    bound: `a directory asks its blobs, and those their store; reading follows ${SSZ}`,
  },
  {
    room: "kernel",
    functions: [
      "src/kernel/cache_directory.ts:CacheDirectory.putAll",
      "src/kernel/v3/workspace.ts:Workspace.put",
    ],
    bound: "a workspace puts into a directory, and a directory into its blobs",
  },
  within(
    "kernel",
    "src/kernel/compat/state.ts",
    ["stackOf"],
    "once: a stack of depth 1 is never refused",
  ),
  within("kernel", "src/kernel/sqlite/store.ts", ["SqliteStore.close"], DELEGATES),
  {
    room: "kernel",
    functions: [
      "src/kernel/ssz/codec.ts:root",
      "src/kernel/ssz/composite.ts:chunksOfValues",
      "src/kernel/ssz/composite.ts:root",
      "src/kernel/ssz/composite.ts:root",
      "src/kernel/ssz/container.ts:root",
      "src/kernel/ssz/container.ts:root",
      "src/kernel/ssz/sparse_tree.ts:SparseTree.#rootAt",
      "src/kernel/ssz/sparse_tree.ts:SparseTree.root",
    ],
    bound: `${SSZ}; of a sparse tree, ${TREE}`,
  },
  {
    room: "kernel",
    functions: [
      "src/kernel/ssz/codec.ts:write",
      "src/kernel/ssz/composite.ts:write",
      "src/kernel/ssz/composite.ts:write",
      "src/kernel/ssz/composite.ts:writeParts",
      "src/kernel/ssz/container.ts:write",
      "src/kernel/ssz/container.ts:write",
      "src/kernel/ssz/container.ts:write",
    ],
    bound: SSZ,
  },
  within("kernel", "src/kernel/ssz/container.ts", ["sizeOf"], SSZ),
  within("kernel", "src/kernel/ssz/sparse_tree.ts", ["built"], TREE),
  within("kernel", "src/kernel/ssz/sparse_tree.ts", ["collect"], TREE),
  within("kernel", "src/kernel/ssz/sparse_tree.ts", ["replaced"], TREE),
  within(
    "kernel",
    "src/kernel/v3/slots.ts",
    ["withPath"],
    "the length of a path, at most MAX_SOURCE_DEPTH: each step takes one from it",
  ),
  {
    room: "cli",
    functions: ["src/cli/guarded_io.ts:Foreign.close", "src/cli/guarded_link.ts:close"],
    bound: DELEGATES,
  },
  ...GUARDED.map((names) => within("cli", "src/cli/guarded_io.ts", names, DELEGATES)),
  ...["hear", "send", "stop", "waiting"].map((name) =>
    within("cli", "src/cli/guarded_link.ts", [name], DELEGATES)
  ),
  within(
    "cli",
    "src/cli/kernel_describe.ts",
    ["valueText"],
    "the depth of a description, which this program wrote: four levels",
  ),
  within(
    "proof",
    "src/proof/difference.ts",
    ["Comparison.#lists", "Comparison.#records", "Comparison.at"],
    "DEPTH_MAX, 64 levels; what nests deeper is told to do so",
  ),
  within(
    "proof",
    "src/proof/domain.ts",
    ["enumerate", "ofLength", "values", "values", "values"],
    "the expression that built a domain; words are of up to WORD_LENGTH_MAX letters",
  ),
  within(
    "proof",
    "src/proof/run.ts",
    ["check"],
    "a record calls that of the record it was made of",
  ),
  within(
    "proof",
    "src/proof/show.ts",
    ["showAt", "showList", "showObject", "showRecord"],
    "DEPTH_MAX, 3 levels",
  ),
];
