import { z } from 'zod';
import { MAX_UES } from './max-ues.js';

const count = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,10}$/)
      .transform(Number),
  ])
  .pipe(z.number().min(0).max(0xffff_ffff));
const rntiSchema = count.pipe(z.int().max(0xffff));
const code = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
const list = z.custom<readonly unknown[]>(Array.isArray, 'expected a list');
const uesOf = <T extends z.ZodType>(schema: T) =>
  list.transform((entries) => entries.slice(0, MAX_UES)).pipe(z.array(schema));
/** How many entries `uesOf` leaves out. */
const beyond = list.transform(({ length }) => Math.max(0, length - MAX_UES)).catch(0);
const maybe = count.optional().catch(undefined);

const schema = z.object({
  'o1-config': z
    .object({
      BWP: z
        .object({ dl: z.array(z.object({ 'bwp3gpp:numberOfRBs': maybe })) })
        .optional()
        .catch(undefined),
      NRCELLDU: z
        .object({
          'nrcelldu3gpp:nRPCI': maybe,
          'nrcelldu3gpp:mcc': code,
          'nrcelldu3gpp:mnc': code,
          'nrcelldu3gpp:sst': maybe,
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  'O1-Operational': z.object({
    load: z.number().min(0).max(100).optional().catch(undefined),
    ues: uesOf(rntiSchema).optional(),
    'ues-thp': uesOf(z.object({ rnti: rntiSchema, dl: maybe })).optional(),
  }),
});
const beyondSchema = z.object({ 'O1-Operational': z.object({ ues: beyond, 'ues-thp': beyond }) });

/** What `o1 stats` tells of the time since it was asked for last. */
export interface O1Stats {
  /** PRBs used downlink, percent. */
  readonly loadPercent: number | undefined;
  /** Downlink throughput of each UE at RLC, kbit/s; `undefined` where it is not told. */
  readonly ues: ReadonlyMap<number, number | undefined>;
  /** UEs that were too many to be read. */
  readonly leftOut: number;
  /** How the cell is configured, as far as it is told. */
  readonly cell: O1Cell;
}

export interface O1Cell {
  readonly prbs: number | undefined;
  readonly pci: number | undefined;
  readonly plmn: string | undefined;
}

/** Reads the answer of `o1 stats`. @throws {Error} whose message says why it can not be understood */
export function readO1Stats(answer: string): O1Stats {
  const begin = answer.indexOf('{');
  const end = answer.lastIndexOf('}');
  if (begin < 0 || end < begin) throw new Error('no JSON in the answer');
  const value: unknown = JSON.parse(answer.slice(begin, end + 1));
  const read = schema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(issue === undefined ? 'not understood' : `${issue.path.join('.')}: ${issue.message}`);
  }
  const { 'o1-config': config, 'O1-Operational': told } = read.data;
  const throughputs = new Map((told['ues-thp'] ?? []).map(({ rnti, dl }) => [rnti, dl]));
  const rntis = [...new Set([...(told.ues ?? []), ...throughputs.keys()])];
  const { ues, 'ues-thp': rates } = beyondSchema.parse(value)['O1-Operational'];
  const du = config?.NRCELLDU;
  const [mcc, mnc] = [du?.['nrcelldu3gpp:mcc'], du?.['nrcelldu3gpp:mnc']];
  return {
    loadPercent: told.load,
    ues: new Map(rntis.slice(0, MAX_UES).map((rnti) => [rnti, throughputs.get(rnti)])),
    leftOut: Math.max(ues, rates, rntis.length - MAX_UES, 0),
    cell: {
      prbs: config?.BWP?.dl[0]?.['bwp3gpp:numberOfRBs'],
      pci: du?.['nrcelldu3gpp:nRPCI'],
      plmn: mcc === undefined || mnc === undefined ? undefined : `${mcc}-${mnc}`,
    },
  };
}
