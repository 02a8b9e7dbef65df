import { z } from 'zod';

const snssaiSchema = z.strictObject({
  sst: z.int().min(0).max(255),
  sd: z
    .string()
    .regex(/^[0-9a-f]{6}$/)
    .optional(),
});

/** What every node is asked to report. */
const watchSchema = z.strictObject({
  name: z.string().min(1).max(64),
  level: z.enum(['cell', 'slice']),
  periodMs: z.int().min(10),
  /** Of TS 28.552, or of ours; also such as this RIC's catalogue does not know. */
  measurements: z.array(z.string().min(1).max(150)).min(1),
});
export type Watch = z.infer<typeof watchSchema>;

/** Raised when a KPI goes beyond `raise`, cleared when it is back beyond `clear`: what lies between is hysteresis. */
const alertSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,40}$/),
    kpi: z.string().min(1).max(150),
    /** Of one slice alone; absent: of every row that has the KPI. */
    snssai: snssaiSchema.optional(),
    /** In the KPI's unit. Greater than `clear`: too much is what it warns of; smaller: too little. */
    raise: z.number(),
    clear: z.number(),
  })
  .refine(({ raise, clear }) => raise !== clear, 'raise and clear: expected different values');
export type AlertRule = z.infer<typeof alertSchema>;

export const monitorConfigSchema = z.strictObject({
  watch: z
    .array(watchSchema)
    .min(1)
    .default([
      { name: 'cells', level: 'cell', periodMs: 1_000, measurements: ['RRU.PrbTotDl', 'DRB.UEThpDl'] },
      {
        name: 'slices',
        level: 'slice',
        periodMs: 1_000,
        measurements: ['DRB.UEThpDl', 'RRU.PrbUsedDl', 'RCT.PacketDelayDl.P99'],
      },
    ])
    .refine(
      (watches) => new Set(watches.map(({ name }) => name)).size === watches.length,
      'a name is there twice',
    ),
  alerts: z.array(alertSchema).default([]),
  /** Values that are kept of each KPI of each node and slice. */
  historyLength: z.int().min(1).max(200).default(30),
  /** Simulation time from one summary in the log to the next; histories go to the shared data as often. */
  summaryEveryMs: z.int().min(100).default(10_000),
  /** Gauges at most; what is beyond is counted, and in the shared data all the same. */
  maxGauges: z.int().min(0).max(50).default(48),
});
export type MonitorConfig = z.infer<typeof monitorConfigSchema>;
