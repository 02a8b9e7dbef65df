import { nodeSelectionSchema } from '@ricochet/xapp-sdk';
import { z } from 'zod';

const snssaiSchema = z.strictObject({
  sst: z.int().min(0).max(255),
  sd: z
    .string()
    .regex(/^[0-9a-f]{6}$/)
    .optional(),
});

/** What one slice was promised; every target that is given is to be held. */
export const targetsSchema = z.strictObject({
  /** 99th percentile of the packet delay, or its mean where a node tells no more. */
  maxDelayMs: z.number().positive().optional(),
  /** Delivered, of what there is to deliver: less demand needs less. */
  minThroughputKbps: z.number().positive().optional(),
  /** Delivered bits of those that were to deliver in a period, packets that were dropped included. */
  minServedShare: z.number().gt(0).lt(1).optional(),
});
export type Targets = z.infer<typeof targetsSchema>;

export const guardConfigSchema = z.strictObject({
  /** Slices without an entry were promised nothing, and give all but the floor. */
  sla: z
    .array(targetsSchema.extend({ snssai: snssaiSchema, floorPercent: z.int().min(0).max(100).optional() }))
    .default([
      { snssai: { sst: 1 }, minServedShare: 0.7 },
      { snssai: { sst: 2 }, maxDelayMs: 10 },
      { snssai: { sst: 3 }, minServedShare: 0.85 },
    ]),
  /** Whether A1 policies of the type for slice SLAs change the targets; a lockstep run waits for the first one. */
  policies: z.boolean().default(false),
  /** E2 nodes that it guards; all when absent. */
  nodes: nodeSelectionSchema,
  periodMs: z.int().min(10).default(100),
  /** No slice's minimum is taken below this. */
  floorPercent: z.int().min(0).max(30).default(5),
  /** What a slice with a limit of its delay requires above its need: for load that grows until the next decision, */
  headroom: z.number().min(1).default(2),
  /** and for bursts within a period. */
  reservePercent: z.int().min(0).max(50).default(20),
  /** Of a target; see `decide.ts`. */
  dangerAt: z.number().positive().default(0.7),
  safeAt: z.number().positive().default(0.4),
  stepPercent: z.int().min(1).max(100).default(5),
  /** Without danger for so long before anything is given back, and so long from one percent to the next. */
  calmMs: z.int().positive().default(1_000),
  giveBackMs: z.int().positive().default(200),
  /** Of nodes that do not tell it. */
  carrierPrbs: z.int().positive().optional(),
});
export type GuardConfig = z.infer<typeof guardConfigSchema>;
