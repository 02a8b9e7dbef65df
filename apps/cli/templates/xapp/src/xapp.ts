import { defineXApp, formatSNssai, packageOf, subscription } from '@ricochet/xapp-sdk';
import { z } from 'zod';

const FALLBACK_TARGET_MS = 50;

export default defineXApp({
  ...packageOf(import.meta.url),
  description: 'Moves quota to the slice whose packets wait too long',
  // Above the xApps that Ricochet brings, which have 50 and want the same quotas.
  priority: 60,
  influences: { 'slice-quota': ['DRB.RlcSduDelayDl'] },
  config: z.strictObject({
    /** Mean delay that is fine, in ms, by SST: 1 is eMBB, 2 URLLC, 3 mMTC. */
    targetDelayMs: z.record(z.string(), z.number().positive()).default({ 1: 20, 2: 0.5, 3: 10 }),
    /** Quota moved at a time. */
    stepPercent: z.int().min(1).max(50).default(10),
    /** What every slice keeps. */
    floorPercent: z.int().min(1).max(30).default(20),
  }),
  subscriptions: () => [
    subscription({ name: 'slices', level: 'slice', periodMs: 100, measurements: ['DRB.RlcSduDelayDl'] }),
  ],
  create: ({ config: { targetDelayMs, stepPercent, floorPercent }, log }) => {
    /** Percent of the carrier, by slice, of each node. */
    const quotas = new Map<string, Map<string, number>>();
    return {
      async onReport(report, ric) {
        const { nodeId, rows } = report;
        const before = quotas.get(nodeId);
        const slices = rows.map((row) => {
          const slice = formatSNssai(row.snssai);
          const delayMs = (report.value(row, 'DRB.RlcSduDelayDl') ?? 0) / 10; // its unit is 0.1 ms
          const targetMs = targetDelayMs[row.snssai.sst] ?? FALLBACK_TARGET_MS;
          const known = before?.size === rows.length ? before.get(slice) : undefined;
          const percent = known ?? Math.floor(100 / rows.length);
          return { snssai: row.snssai, slice, targetMs, need: delayMs / targetMs, percent };
        });
        slices.sort((a, b) => b.targetMs - a.targetMs);
        // Who waits too long and has the least patience is given to by the most patient one that can give.
        const waiting = slices.findLast(({ need }) => need > 1);
        const giver = slices.find(({ targetMs, percent }) => {
          return waiting && targetMs > waiting.targetMs && percent - stepPercent >= floorPercent;
        });
        if (waiting && giver) {
          giver.percent -= stepPercent;
          waiting.percent += stepPercent;
          log.info(
            `${nodeId}: slice ${waiting.slice} has ${waiting.percent} % now, slice ${giver.slice} gave`,
          );
        }
        // While nobody waits, it comes back bit by bit.
        const [poorest, ...others] = [...slices].sort((a, b) => a.percent - b.percent);
        const richest = others.at(-1);
        if (!waiting && poorest && richest && richest.percent > poorest.percent + 1) {
          richest.percent -= 1;
          poorest.percent += 1;
        }
        quotas.set(nodeId, new Map(slices.map(({ slice, percent }) => [slice, percent])));
        // A minimum; what a slice leaves of it the others may use.
        const ratios = slices.map(({ snssai, percent: minRatio }) => {
          return { snssai, minRatio, maxRatio: 100, dedicatedRatio: 0 };
        });
        await ric.control({ kind: 'slice-quota', ratios });
      },
    };
  },
});
