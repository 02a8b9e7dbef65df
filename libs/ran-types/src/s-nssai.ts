/** Single Network Slice Selection Assistance Information (TS 23.003 clause 28.4.2). */
export interface SNssai {
  /** Slice/Service Type, 0..255. Standardised: 1 eMBB, 2 URLLC, 3 MIoT (TS 23.501 table 5.15.2.2-1). */
  readonly sst: number;
  /** Slice Differentiator, six hexadecimal digits; absent when the SST alone names the slice. */
  readonly sd?: string | undefined;
}

/** The three service types that the radio model and the controllers know. */
export type SliceType = 'eMBB' | 'mMTC' | 'URLLC';

export const SLICE_TYPES: readonly SliceType[] = ['eMBB', 'mMTC', 'URLLC'];

const SST_OF: Readonly<Record<SliceType, number>> = { eMBB: 1, URLLC: 2, mMTC: 3 };

/** The S-NSSAI with the standardised SST of a service type and no slice differentiator. */
export function sNssaiOf(type: SliceType): SNssai {
  return { sst: SST_OF[type] };
}

/** The service type of an S-NSSAI by its standardised SST; `undefined` for any other SST. */
export function sliceTypeOf(snssai: SNssai): SliceType | undefined {
  return SLICE_TYPES.find((type) => SST_OF[type] === snssai.sst);
}

/** `1` or `1-0003e8`: stable text form, used as a key and for people. */
export function formatSNssai({ sst, sd }: SNssai): string {
  return sd === undefined ? String(sst) : `${sst}-${sd.toLowerCase()}`;
}

/** Whether two S-NSSAIs name the same slice. */
export function isSameSNssai(one: SNssai, other: SNssai): boolean {
  return formatSNssai(one) === formatSNssai(other);
}

/** Reverse of {@link formatSNssai}; `undefined` when the text is not an S-NSSAI. */
export function parseSNssai(text: string): SNssai | undefined {
  const match = /^(\d{1,3})(?:-([0-9a-f]{6}))?$/i.exec(text);
  if (match === null) return undefined;
  const sst = Number(match[1]);
  if (sst > 255) return undefined;
  return match[2] === undefined ? { sst } : { sst, sd: match[2].toLowerCase() };
}

const NO_SD = 0xffffff;

/** The S-NSSAI as one integer of 32 bits, SST · 2^24 + SD, where `FFFFFF` stands for no SD (TS 23.003). */
export function sNssaiToInteger({ sst, sd }: SNssai): number {
  return sst * 0x1000000 + (sd === undefined ? NO_SD : Number.parseInt(sd, 16));
}

/** Reverse of {@link sNssaiToInteger}. */
export function sNssaiFromInteger(value: number): SNssai {
  const sd = value % 0x1000000;
  const sst = Math.floor(value / 0x1000000);
  return sd === NO_SD ? { sst } : { sst, sd: sd.toString(16).padStart(6, '0') };
}
