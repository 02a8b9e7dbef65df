import { isKpiName } from '@ricochet/ran-types';
import { kpiGuardSchema, xAppPrioritySchema } from '@ricochet/contracts';
import { z } from 'zod';

const timeMs = z.number().nonnegative();

const kpiName = z.string().refine(isKpiName, { error: ({ input }) => `${String(input)} is no KPI` });

/** How xApps that meet are dealt with: `RICOCHET_CONFLICTS`. */
export const conflictConfigSchema = z.strictObject({
  /** How long what an xApp was granted is protected, simulation time. */
  holdMs: timeMs.default(1_000),
  /** Of single xApps; what is said here goes before what they say of themselves. */
  xapps: z
    .record(
      z.string(),
      z.strictObject({ priority: xAppPrioritySchema.optional(), holdMs: timeMs.optional() }),
    )
    .default({}),
  /** The operator's own, over the controls of all xApps. */
  guards: z.array(kpiGuardSchema).default([]),
  /** Slice KPIs of which a drift is told when an xApp had begun to act; of those that the RIC has reported. */
  driftKpis: z.array(kpiName).default(['RCT.QosDl', 'RCT.PacketDelayDl.P99']),
});
export type ConflictConfig = z.infer<typeof conflictConfigSchema>;
