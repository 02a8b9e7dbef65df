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
    targetDelayMs: z.record(z.string(), z.number().positive()).default({ 1: 100, 2: 2, 3: 20 }),
    /** Quota moved at a time. */
    stepPercent: z.int().min(1).max(50).default(5),
    /** No slice gives more away than leaves it with this. */
    floorPercent: z.int().min(1).max(30).default(10),
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
          const { snssai } = row;
          const slice = formatSNssai(snssai);
          const delayMs = (report.value(row, 'DRB.RlcSduDelayDl') ?? 0) / 10; // its unit is 0.1 ms
          const need = delayMs / (targetDelayMs[snssai.sst] ?? FALLBACK_TARGET_MS);
          const known = before?.size === rows.length ? before.get(slice) : undefined;
          return { snssai, slice, need, percent: known ?? Math.floor(100 / rows.length) };
        });
        slices.sort((a, b) => a.need - b.need);
        const neediest = slices.at(-1);
        const giver = slices.find(({ percent }) => percent - stepPercent >= floorPercent);
        if (neediest && giver && neediest !== giver && neediest.need > 1) {
          giver.percent -= stepPercent;
          neediest.percent += stepPercent;
          log.info(
            `${nodeId}: slice ${neediest.slice} has ${neediest.percent} % now, slice ${giver.slice} gave`,
          );
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
