import { type LinkConfig } from './radio-config.js';
import { MCS_COUNT, MCS_ORDER, MCS_RATE_X1024 } from './mcs-tables.js';

/** TS 38.214 table 5.1.3.2-1. */
const SMALL_SIZES = [
  24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128, 136, 144, 152, 160, 168, 176, 184, 192, 208,
  224, 240, 256, 272, 288, 304, 320, 336, 352, 368, 384, 408, 432, 456, 480, 504, 528, 552, 576, 608, 640,
  672, 704, 736, 768, 808, 848, 888, 928, 984, 1032, 1064, 1128, 1160, 1192, 1224, 1256, 1288, 1320, 1352,
  1416, 1480, 1544, 1608, 1672, 1736, 1800, 1864, 1928, 2024, 2088, 2152, 2216, 2280, 2408, 2472, 2536, 2600,
  2664, 2728, 2792, 2856, 2976, 3104, 3240, 3368, 3496, 3624, 3752, 3824,
] as const;

export interface TransportBlock {
  readonly prbs: number;
  readonly mcs: number;
  readonly pdschSymbols: number;
  readonly dmrsRePerPrb: number;
  readonly overheadRePerPrb: number;
  readonly layers: number;
}

/** Bits of a transport block (TS 38.214 clause 5.1.3.2). */
export function transportBlockSize(block: TransportBlock): number {
  const rate = (MCS_RATE_X1024[block.mcs] as number) / 1024;
  const order = MCS_ORDER[block.mcs] as number;
  const rePerPrb = Math.min(156, 12 * block.pdschSymbols - block.dmrsRePerPrb - block.overheadRePerPrb);
  const info = rePerPrb * block.prbs * rate * order * block.layers;
  if (!(info > 0)) return 0;
  if (info <= 3824) {
    const step = 2 ** Math.max(3, Math.floor(Math.log2(info)) - 6);
    const quantised = Math.max(24, step * Math.floor(info / step));
    return SMALL_SIZES.find((size) => size >= quantised) ?? 3824;
  }
  const step = 2 ** (Math.floor(Math.log2(info - 24)) - 5);
  const quantised = Math.max(3840, step * Math.round((info - 24) / step));
  const blockLimit = rate <= 0.25 ? 3816 : 8424;
  const codeBlocks = rate <= 0.25 || quantised > blockLimit ? Math.ceil((quantised + 24) / blockLimit) : 1;
  return 8 * codeBlocks * Math.ceil((quantised + 24) / (8 * codeBlocks)) - 24;
}

/** All sizes of a carrier: `sizes[mcs × (prbs + 1) + n]` bits in n PRBs. */
export function transportBlockSizes(prbs: number, link: LinkConfig): Int32Array {
  const sizes = new Int32Array(MCS_COUNT * (prbs + 1));
  for (let mcs = 0; mcs < MCS_COUNT; mcs++) {
    for (let n = 1; n <= prbs; n++)
      sizes[mcs * (prbs + 1) + n] = transportBlockSize({ ...link, prbs: n, mcs });
  }
  return sizes;
}
