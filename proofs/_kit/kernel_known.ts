/** The capabilities whose hashes are known, and the hashes of the kernel's own labels. */

import type { Cap, ImageSourceOptions, InstanceOptions } from "../../src/kernel/mod.ts";
import { type Face, valueOf } from "./kernel.ts";

/** A capability and its known hash. */
export interface Known {
  readonly name: string;
  readonly hash: string;
  make(face: Face): Cap;
}

/** An image that halts at once. */
export const ECALLI_0: ImageSourceOptions = {
  code: Uint8Array.of(10, 0),
  packedBitmask: Uint8Array.of(1),
};
const TRAP: ImageSourceOptions = { code: Uint8Array.of(0), packedBitmask: Uint8Array.of(255) };
const load = (register: number, value: number) => [20, register, value, 0, 0, 0, 0, 0, 0, 0];
const S: ImageSourceOptions = {
  code: Uint8Array.of(...load(7, 42), 10, 0),
  packedBitmask: Uint8Array.of(1, 4),
};
const M: ImageSourceOptions = {
  code: Uint8Array.of(...load(7, 9), ...load(8, 0), 10, 26, 10, 0),
  packedBitmask: Uint8Array.of(1, 4, 0x50),
};
const RICH: ImageSourceOptions = {
  ...ECALLI_0,
  jumpTable: [0, 4, 8],
  endpoints: [{
    index: 7,
    entryPc: 0x1000n,
    argCnodeSize: 4,
    initialRegs: [{ register: 11, value: 0x42n }, { register: 1, value: 0x4000n }],
  }],
  memoryMappings: [{ start: 0x1000n, size: 0x2000n, source: [3] }],
  yieldMarkerSlot: 9,
};
/** A hash of nothing known. */
export const ONES: string = "11".repeat(32);

/** The hash of a capability. */
export function hashOf(face: Face, cap: Cap): string {
  return valueOf(face.capHash(cap));
}

/** An image without slots. */
export function image(face: Face, options: ImageSourceOptions): Cap {
  return valueOf(face.ImageCap.fromSource(valueOf(face.ImageSource.create(options))));
}

function data(face: Face, content: string): Cap {
  return valueOf(face.DataCap.inline(new TextEncoder().encode(content)));
}

function rich(face: Face): Cap {
  const source = valueOf(face.ImageSource.create(RICH));
  const entry = (slot: number, content: string) => ({
    slot,
    capHash: hashOf(face, data(face, content)),
  });
  return valueOf(face.ImageCap.fromSource(source, [entry(3, "hello")], [entry(7, "")]));
}

function cnode(face: Face, sizeLog: number, target?: string): Cap {
  const slots = target === undefined ? [] : [{ slot: 9, target }];
  return valueOf(face.CNodeCap.create(sizeLog, slots));
}

function instance(
  face: Face,
  options: ImageSourceOptions,
  more: Partial<InstanceOptions> = {},
): Cap {
  return valueOf(face.InstanceCap.create({
    imageHashChain: "aa".repeat(32),
    imageHash: hashOf(face, image(face, options)),
    rootCnode: hashOf(face, cnode(face, 8)),
    ...more,
  }));
}

function after(r7: bigint): readonly bigint[] {
  return Array.from({ length: 13 }, (_, i) => i === 7 ? r7 : 0n);
}

function withChild(face: Face): string {
  return hashOf(face, cnode(face, 8, hashOf(face, instance(face, S))));
}

/** Every capability of the known answers. */
export const KNOWN: readonly Known[] = ([
  [
    "type",
    "8e1e45a8963d634ec27d869ccb0b1640e7c56e3f716ffe61bfe9ac91e81ed17d",
    (f) => valueOf(f.TypeCap.create("aa".repeat(32))),
  ],
  [
    "cnode 0",
    "4650e554ecf893d5a1fc9931f56571dbf6bcb619a08aa90e1d9371112a543cc9",
    (f) => cnode(f, 0),
  ],
  [
    "cnode 4",
    "833bb1ecb9fee450f34d0aae1885472df1b5cfb1791deee67813b8ac4b7f7645",
    (f) => cnode(f, 4),
  ],
  [
    "cnode 8",
    "db7d9641c34a71d388b54634bb068e54dbb1a257057655bf2e8ea7023931df88",
    (f) => cnode(f, 8),
  ],
  [
    "cnode 16",
    "f44a0b7aaedeb5de5c58f822ceb09aa5e7b613a31364234c3040305a3a15570b",
    (f) => cnode(f, 16),
  ],
  [
    "slot 9",
    "f161282d72a348274628b7204dff2b23fb4487973ab80d4ef18856eac83fd546",
    (f) => cnode(f, 8, ONES),
  ],
  [
    "empty data",
    "54e7735690228513f3a9a5faaec6be2655169ac90ad36e5143c4082ca5104875",
    (f) => data(f, ""),
  ],
  [
    "hello",
    "6d0e85ef6f9c3f82c3b85a3c2191e911288d1d844630f84fa3c981e54a0c64c5",
    (f) => data(f, "hello"),
  ],
  [
    "pages",
    "7de39875a2c6f1857b3721e9c7622489e7e5df5994a2c778fca7fe5061aa39cf",
    (f) => valueOf(f.DataCap.paged(4096, [ONES, undefined])),
  ],
  [
    "empty image",
    "b729041ed6e2632a614080d28544259234168b1f8911d0463293dba9608e8561",
    (f) => image(f, {}),
  ],
  [
    "trap",
    "f5fbf8b863c39496e65417a0808f5fdd264f9775889f90ed54fcc511723a5a9f",
    (f) => image(f, TRAP),
  ],
  [
    "ecalli 0",
    "a6f2d4c287b49bf65485c5d288525eb7b90a8b4a2ffe512f72993e18d4a0d6e7",
    (f) => image(f, ECALLI_0),
  ],
  ["rich image", "947860ac771f7550e431f83c5ef648736fd70f46000cb84aac0b62583eb11cb0", rich],
  [
    "trap instance",
    "006c200639751e4dd8ed88ffc1273ed7737752e96a9250a42fc56733b689f502",
    (f) => instance(f, TRAP),
  ],
  [
    "ecalli instance",
    "8a8be91e6938d14c04b3606b4ed187609d7fc90325f7c96a34ec1c445050e3f1",
    (f) => instance(f, ECALLI_0),
  ],
  [
    "after halt",
    "e3ca541b6aaa2ac9640bf8fd9d6da66a128a0cb9090acf25b2d5913834a82236",
    (f) => instance(f, ECALLI_0, { pc: 2n, gasRemaining: 903n }),
  ],
  // Where the table gives another hash than the rules: this one is also that of @chainsafe/ssz.
  [
    "overlay",
    "8f3fb548f7fc0a0732fbc5555fca8419cfabc4205d9710a7461e313e38b643b5",
    (f) =>
      instance(f, ECALLI_0, {
        rwOverlays: [{ start: 0x1000, bytes: Uint8Array.of(0xde, 0xad) }],
        memSize: 0x10000,
        gasRemaining: 1_000_000n,
      }),
  ],
  [
    "S image",
    "8c4087e9b937af0e834d5e221ea4365c439f797333c6da5fec3ea3c49f0112d5",
    (f) => image(f, S),
  ],
  ["S", "7b19759261c33842c7f1043966b6f85e5e424058b487926823eceb6ec5f22db1", (f) => instance(f, S)],
  [
    "S after halt",
    "bdb40d6038fbc4289bf696f7633f07d45826b8b895e68a6a15cdd5839133cbc6",
    (f) => instance(f, S, { regs: after(42n), pc: 12n, gasRemaining: 903n }),
  ],
  [
    "M image",
    "a6df35b476cde1f4226bb232b2c2496ad77ef26f5319568f54164c24384877f0",
    (f) => image(f, M),
  ],
  [
    "M cnode",
    "a4f048c36fc5c2dea4f3ec1259543125dbe0c26cb596e64487878d8b1b769858",
    (f) => cnode(f, 8, hashOf(f, instance(f, S))),
  ],
  [
    "M",
    "23c4d2d61c47491453b24f5194f0111b3d31d0a74b7215f51d588a925612b283",
    (f) => instance(f, M, { rootCnode: withChild(f) }),
  ],
  [
    "M after halt",
    "e7aad5c7f9b52f6742446102eae61ee9c9d39677a913355bebda04b86965e844",
    (f) =>
      instance(f, M, {
        rootCnode: withChild(f),
        regs: after(9n),
        pc: 24n,
        gasRemaining: 99_708n,
      }),
  ],
] satisfies readonly (readonly [string, string, Known["make"]])[]).map(([name, hash, make]) => ({
  name,
  hash,
  make,
}));

/** The hash of each label. */
export const LABELS: Readonly<Record<string, string>> = {
  gasmeter: "27c0e56b0e14fc26e7c245c93c37bceb0719585221f2f53edac1ff99fd21b431",
  storagequota: "cab70df0e7d995fc4860b7f3a140d7633334f84204af69391e60832a9e1ab164",
  yieldcatcher: "046a2e27b90357fbf4eebd567bbaecda4fa399674a984533a39e9831ffe07673",
  gas: "50c212eaebbb44fab01af46338988a0257ec41c4495433a2786055cc8b038b9c",
  quota: "c026a30ae1af03b7108ec4ef9490781f262ee5d6766677c4e3156ba6868bc88a",
  set_gas_meter: "3bf4d6bba9ac4834190b99d0bb4a97b1c19ae87d74904d13ea664a7bc989f709",
  set_storage_quota: "2c6f215d99166fb512c328b9458bf5e1aad853d13f76bb58e9df317abbffbad2",
  mint_gas: "1aca8e66f0711a7a4b890f973c6186fff31653208cfa89f08213e7bc0237b4a5",
  mint_quota: "f6a000b0cb24de74acf7b24579a9fc1e546bc1caa93bbf6ec1e389393d769df2",
  create_yield_catcher: "ba60cbb41c86d02f9237c2fe01bf94e8c89b74e294081817ba923ee303589dea",
  oog_marker: "54bf860a79fdb437888d436dc174eef4c556c0e98094d1d7f50cd6434adb991f",
  storage_exhausted_marker: "b9ec0c9913af11f707396ffe59f924f1a087961a6e298f12d8fc0c4ad1a0c999",
  file: "227adcc855b2e6d9c23f15b663ab9af7ae9e2cae4572bedc11d6c7c6b2d55985",
  host_open: "56c4c9e502472371b755d3db226c2a484c5415c6aa588fa68c6c19f56091486c",
  host_save: "9da40a8fab7cfda5fd28814d7fd912af3c70870df75145ecd2679b0018f62dbb",
};
