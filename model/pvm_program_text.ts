/**
 * The reference model of the data sections of a source text: what bytes directives give, and what
 * addresses labels have.
 *
 * @module
 */

/** Where a directive stands. */
export type DataSection = "rodata" | "data" | "bss";

/** A directive in a data section. */
export type Directive =
  | { readonly kind: "number"; readonly width: bigint; readonly value: bigint }
  | { readonly kind: "address"; readonly width: bigint; readonly label: string }
  | { readonly kind: "space"; readonly count: bigint; readonly fill: bigint }
  | { readonly kind: "align"; readonly to: bigint }
  | { readonly kind: "text"; readonly bytes: readonly bigint[] }
  | { readonly kind: "label"; readonly name: string };

/** A directive and its section. */
export interface Placed {
  /** The section that it is in. */
  readonly section: DataSection;
  /** What it says. */
  readonly directive: Directive;
}

/** A byte that is known, or one of a label's address. */
type Cell = bigint | { readonly label: string; readonly place: bigint };

function little(width: bigint): readonly bigint[] {
  return Array.from({ length: Number(width) }, (_, i) => BigInt(i));
}

function byteOf(value: bigint, place: bigint): bigint {
  const wrapped = ((value % 2n ** 64n) + 2n ** 64n) % 2n ** 64n;
  return (wrapped / 256n ** place) % 256n;
}

function cells(directive: Directive, length: bigint): readonly Cell[] {
  switch (directive.kind) {
    case "number":
      return little(directive.width).map((place) => byteOf(directive.value, place));
    case "address":
      return little(directive.width).map((place) => ({ label: directive.label, place }));
    case "space":
      return Array.from({ length: Number(directive.count) }, () => directive.fill);
    case "align": {
      const over = length % directive.to;
      const gap = over === 0n ? 0n : directive.to - over;
      return Array.from({ length: Number(gap) }, () => 0n);
    }
    case "text":
      return directive.bytes;
    case "label":
      return [];
  }
}

/** The memory that the directives describe. */
export interface Data {
  /** The read-only data. */
  readonly readOnly: readonly bigint[];
  /** The read-write data. */
  readonly readWrite: readonly bigint[];
  /** The heap pages behind the data. */
  readonly heapPages: bigint;
  /** The address of each label. */
  readonly labels: Readonly<Record<string, bigint>>;
}

/** Rounds up. */
function up(value: bigint, to: bigint): bigint {
  return ((value + to - 1n) / to) * to;
}

/** Lays the sections out as a standard program has them (Gray Paper, appendix A.7). */
export function dataOf(program: readonly Placed[]): Data {
  const empty: Record<DataSection, readonly Cell[]> = { rodata: [], data: [], bss: [] };
  const offsets: { name: string; section: DataSection; offset: bigint }[] = [];
  const sections = program.reduce((sections, { section, directive }) => {
    const before = sections[section];
    const offset = BigInt(before.length);
    if (directive.kind === "label") offsets.push({ name: directive.name, section, offset });
    return { ...sections, [section]: [...before, ...cells(directive, offset)] };
  }, empty);
  const data = 0x2_0000n + up(BigInt(sections.rodata.length), 65_536n);
  const starts = {
    rodata: 0x1_0000n,
    data,
    bss: data + up(BigInt(sections.data.length), 4096n),
  };
  const labels = Object.fromEntries(
    offsets.map(({ name, section, offset }) => [name, starts[section] + offset]),
  );
  const resolved = (list: readonly Cell[]) =>
    list.map((cell) =>
      typeof cell === "bigint" ? cell : byteOf(labels[cell.label] ?? 0n, cell.place)
    );
  return {
    readOnly: resolved(sections.rodata),
    readWrite: resolved(sections.data),
    heapPages: up(BigInt(sections.bss.length), 4096n) / 4096n,
    labels,
  };
}
