import { z } from 'zod';

/** More than any gNB has; what is beyond is not read. */
const MAX_UES = 1_024;
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
const uesOf = <T extends z.ZodType>(schema: T) =>
  z
    .custom<readonly unknown[]>(Array.isArray, 'expected a list')
    .transform((list) => list.slice(0, MAX_UES))
    .pipe(z.array(schema));
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

/** What `o1 stats` tells of the time since it was asked for last. */
export interface O1Stats {
  /** PRBs used downlink, percent. */
  readonly loadPercent: number | undefined;
  /** Downlink throughput of each UE at RLC, kbit/s; `undefined` where it is not told. */
  readonly ues: ReadonlyMap<number, number | undefined>;
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
  const read = schema.safeParse(JSON.parse(answer.slice(begin, end + 1)));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(issue === undefined ? 'not understood' : `${issue.path.join('.')}: ${issue.message}`);
  }
  const { 'o1-config': config, 'O1-Operational': told } = read.data;
  const throughputs = new Map((told['ues-thp'] ?? []).map(({ rnti, dl }) => [rnti, dl]));
  const rntis = [...new Set([...(told.ues ?? []), ...throughputs.keys()])].slice(0, MAX_UES);
  const du = config?.NRCELLDU;
  const [mcc, mnc] = [du?.['nrcelldu3gpp:mcc'], du?.['nrcelldu3gpp:mnc']];
  return {
    loadPercent: told.load,
    ues: new Map(rntis.map((rnti) => [rnti, throughputs.get(rnti)])),
    cell: {
      prbs: config?.BWP?.dl[0]?.['bwp3gpp:numberOfRBs'],
      pci: du?.['nrcelldu3gpp:nRPCI'],
      plmn: mcc === undefined || mnc === undefined ? undefined : `${mcc}-${mnc}`,
    },
  };
}
