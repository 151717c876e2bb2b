/**
 * The capability kernel: capabilities as values named by their content, slots and the operations on
 * them, and the directory that keeps them.
 *
 * @module
 */

export type { InvalidArgument } from "../argument.ts";
export type { U16, U32, U64, U8, Usize } from "../int/mod.ts";
export { packCode } from "../pvm/mod.ts";
export type { Code, JumpTable, PackedCode } from "../pvm/mod.ts";
export type { Err, Ok, Result } from "../result.ts";
export { ByteString } from "./byte_string.ts";
export { CacheDirectory } from "./cache_directory.ts";
export type { Entry, EntryStatus, InstanceEntry, ReferenceEntry } from "./call_stack.ts";
export { CallStack, DEFAULT_MAX_DEPTH, MAX_DEPTH_LIMIT } from "./call_stack.ts";
export type { Cap, CapKind } from "./cap.ts";
export { capHash, decodeCap, encodeCap, isCap } from "./cap.ts";
export type { CapTarget } from "./cap_ref.ts";
export { CapRef } from "./cap_ref.ts";
export type {
  BoundSlot,
  CNodeSlot,
  CNodeSlotInput,
  MissingSlot,
  SlotChange,
  SlotContent,
} from "./cnode_cap.ts";
export { CNodeCap } from "./cnode_cap.ts";
export type { DataForm, InlineContent, PagedContent } from "./data_cap.ts";
export { DATA_BYTES_MAX, DATA_PAGES_MAX, DataCap, PAGE_SIZE } from "./data_cap.ts";
export type * from "./errors.ts";
export type { CapHash } from "./hash.ts";
export { capHashFromBytes, capHashToBytes, isCapHash } from "./hash.ts";
export { IMAGE_CACHE_BYTES, ImageCache } from "./image_cache.ts";
export type { Endpoint, ImageFields, ImageSlotEntry, Mapping } from "./image_cap.ts";
export {
  EMPTY_ENDPOINT,
  ENDPOINTS_LIMIT,
  ImageCap,
  MAX_ENDPOINTS,
  REGISTER_COUNT,
} from "./image_cap.ts";
export {
  chainExtend,
  chainGenesis,
  decodeImageSource,
  encodeImageSource,
  imageContentHash,
} from "./image_chain.ts";
export type {
  ImageSourceFields,
  ImageSourceOptions,
  SourceData,
  SourceEndpoint,
  SourceImage,
  SourceMapping,
  SourceRegister,
} from "./image_source.ts";
export { ImageSource } from "./image_source.ts";
export type { EndpointV3, ImageV3Fields } from "./image_v3.ts";
export { ImageCapV3 } from "./image_v3.ts";
export { InProcessKernelAssist } from "./in_process_assist.ts";
export type { InstanceFields, InstanceOptions, RwOverlay } from "./instance_cap.ts";
export { InstanceCap } from "./instance_cap.ts";
export type {
  FaultedStatus,
  IdleStatus,
  InstanceStatus,
  InstanceV3Fields,
  InstanceV3Options,
  Pause,
  PausedRegion,
  PausedStatus,
} from "./instance_v3.ts";
export { InstanceCapV3 } from "./instance_v3.ts";
export type { KernelAssist } from "./kernel_assist.ts";
export type { KernelImage } from "./kernel_image.ts";
export { KERNEL_IMAGES, kernelImageHash, recognizeKernelImage } from "./kernel_image.ts";
export type { KernelInstanceOptions } from "./kernel_instance.ts";
export { CATCHER_MARKERS_MAX, issueKernelInstance } from "./kernel_instance.ts";
export type { EmptyPage, LoadedPage, MissingPage, PageInput, PageSlot } from "./page.ts";
export type { PublishError } from "./publish.ts";
export { publishImage } from "./publish.ts";
export type { GenesisError, PublishV3Error } from "./publish_v3.ts";
export { genesisInstance, publishImageV3 } from "./publish_v3.ts";
export type { SlotIdx } from "./slot.ts";
export { MAX_CNODE_SLOTS, MAX_SOURCE_DEPTH, slotFits, SlotPath } from "./slot.ts";
export type { KernelMode, SlotResult, SlotRules } from "./slot_operations.ts";
export {
  copySlot,
  dropSlot,
  mintSlot,
  moveSlot,
  swapPrefix,
  swapSlots,
} from "./slot_operations.ts";
export type { Malformed } from "./ssz/codec.ts";
export type {
  CapStore,
  CorruptBlob,
  StoreEntry,
  StoreError,
  StoreFailed,
  StoreOperation,
  StorePutError,
} from "./store.ts";
export type { Blob } from "./store_blobs.ts";
export type { DirectoryOptions } from "./store_options.ts";
export { TypeCap } from "./type_cap.ts";
export type * from "./call_result.ts";
export { Vm } from "./vm.ts";
export type { VmResult } from "./vm.ts";
export type { InvokeOptions, ResumeOptions, VmOptions } from "./vm_options.ts";
export type * from "./vm_error.ts";
export type { FrameView } from "./compat/mod.ts";
