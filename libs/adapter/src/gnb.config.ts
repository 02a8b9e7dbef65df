import { readFileSync } from 'node:fs';
import { ADAPTER_PROFILE_NAMES, type AdapterProfileName } from '@ricochet/e2ap';
import { type RanCell, type RanOptions, type UeName } from '@ricochet/e2-node';
import { ConfigError, messageOf } from '@ricochet/platform';
import {
  formatSNssai,
  type GnbNodeId,
  isSameSNssai,
  parseSNssai,
  type PlmnIdentity,
  type SNssai,
} from '@ricochet/ran-types';
import { parse } from 'yaml';
import { z } from 'zod';

const MAX_NCI = 2 ** 36 - 1;
const MAX_PRBS = 275;

const plmnSchema = z
  .string('expected the digits of MCC and MNC as text, such as "00101"')
  .regex(/^\d{5,6}$/, 'expected the digits of MCC and MNC as text, such as "00101"')
  .transform((text): PlmnIdentity => ({ mcc: text.slice(0, 3), mnc: text.slice(3) }));

const sliceSchema = z.union([z.string(), z.number()]).transform((value, context): SNssai => {
  const snssai = parseSNssai(String(value));
  if (snssai !== undefined) return snssai;
  context.addIssue({
    code: 'custom',
    message: `expected an S-NSSAI, such as 1 or 1-0003e8, got "${value}"`,
  });
  return z.NEVER;
});

const cellSchema = z.strictObject({
  nci: z.int().min(0).max(MAX_NCI).optional(),
  /** Where cells are told apart by it. */
  pci: z.int().min(0).max(1_007).optional(),
  prbs: z.int().min(1).max(MAX_PRBS),
  scsKhz: z.literal([15, 30, 60, 120]).default(30),
  /** Share of the symbols that carry downlink data. */
  dlShare: z.number().gt(0).max(1).default(0.7),
  slices: z.array(sliceSchema).min(1),
  /** Of the E2 node that stands for the cell; its place, from 1, when absent. */
  duId: z.int().min(0).max(MAX_NCI).optional(),
});

const ueSchema = z
  .strictObject({
    number: z.int().nonnegative().optional(),
    rnti: z.int().min(0).max(0xffff).optional(),
    slice: sliceSchema,
  })
  .refine(({ number, rnti }) => number !== undefined || rnti !== undefined, 'expected a number or an rnti');

/** What a gNB does not tell about itself. */
const descriptionSchema = z.strictObject({
  plmn: plmnSchema,
  gnbId: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  gnbIdBits: z.int().min(22).max(32).default(32),
  /** What it is taken for until it shows what it is. */
  profile: z.enum(ADAPTER_PROFILE_NAMES).optional(),
  /** Its measuring period. */
  periodMs: z.int().min(100).max(60_000).default(1_000),
  /** Where its datagrams come from; of any other address none is taken then. */
  udp: z.strictObject({ from: z.union([z.ipv4(), z.ipv6()], 'expected an IP address') }).optional(),
  cells: z.array(cellSchema).min(1).max(32),
  /** The slice of each UE that is not listed; that of a gNB which has one alone is clear. */
  defaultSlice: sliceSchema.optional(),
  ues: z.array(ueSchema).default([]),
});

const gnbSchema = descriptionSchema.refine(({ gnbId, gnbIdBits }) => gnbId < 2 ** gnbIdBits, {
  path: ['gnbId'],
  error: ({ input }) => `expected a number of ${(input as { gnbIdBits: number }).gnbIdBits} bits (gnbIdBits)`,
});

/** A gNB as it is configured at its adapter. */
export interface GnbConfig extends RanOptions {
  readonly profile?: AdapterProfileName | undefined;
  readonly periodMs: number;
  readonly udp?: { readonly from: string } | undefined;
  /** Ids of the E2 nodes that stand for the cells. */
  readonly nodeIds: readonly GnbNodeId[];
}

/** srsRAN's own defaults, for a first look at a gNB that nobody has described. */
const ASSUMED = {
  plmn: '00101',
  gnbId: 411,
  gnbIdBits: 22,
  cells: [{ nci: 6_733_824, prbs: 51, slices: ['1'] }],
};
export const ASSUMED_WORDS = 'one cell of 51 PRBs, PLMN 00101, gNB id 411, slice 1';

/**
 * Reads the description of a gNB (YAML); what is assumed, without one.
 * @throws ConfigError naming the file, the key and what was expected
 */
export function readGnbConfig(path: string | undefined): GnbConfig {
  if (path === undefined) return gnbConfigOf(ASSUMED, 'defaults');
  let document: unknown;
  try {
    document = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${path}: ${messageOf(error).split('\n')[0]}`);
  }
  return gnbConfigOf(document, path);
}

/** @throws ConfigError */
export function gnbConfigOf(document: unknown, source: string): GnbConfig {
  const read = gnbSchema.safeParse(document);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || 'all'}: ${message}`);
    throw new ConfigError(`${source}: ${faults.join('; ')}`);
  }
  const { plmn, gnbId, gnbIdBits, cells, ues, defaultSlice, profile, periodMs, udp } = read.data;
  const slices = cells.flatMap((cell) => cell.slices);
  const strange = [...ues.map(({ slice }) => slice), ...(defaultSlice ? [defaultSlice] : [])].find(
    (slice) => !slices.some((served) => isSameSNssai(served, slice)),
  );
  if (strange !== undefined) {
    throw new ConfigError(`${source}: ues: slice ${formatSNssai(strange)} is none of a cell's`);
  }
  const nodeIds = cells.map(({ duId }, place) => ({ plmn, gnbId, gnbIdBits, gnbDuId: duId ?? place + 1 }));
  if (new Set(nodeIds.map(({ gnbDuId }) => gnbDuId)).size < nodeIds.length) {
    throw new ConfigError(`${source}: cells: two have the same duId`);
  }
  const [first, ...others] = slices;
  const only = first && others.every((slice) => isSameSNssai(slice, first)) ? first : undefined;
  const ofOthers = defaultSlice ?? only;
  return {
    ...(profile !== undefined && { profile }),
    ...(udp !== undefined && { udp }),
    periodMs,
    nodeIds,
    cells: cells.map(({ nci, duId: _, ...cell }, place): RanCell => ({
      ...cell,
      nrCgi: { plmn, nci: nci ?? gnbId * 2 ** (36 - gnbIdBits) + place },
    })),
    sliceOf: ({ number, rnti }: UeName) =>
      ues.find(
        (ue) =>
          (ue.rnti !== undefined && ue.rnti === rnti) || (ue.number !== undefined && ue.number === number),
      )?.slice ?? ofOthers,
  };
}
