import { defineXApp, formatSNssai, type Json, type Subscription } from '@ricochet/xapp-sdk';
import { AlertWatch, type AlertChange } from './alert-watch.js';
import { Gauges } from './gauges.js';
import { KpiBook, placeKey, type Place } from './kpi-book.js';
import { monitorConfigSchema, type Watch } from './monitor.config.js';

/**
 * Watches KPIs and decides nothing: a good first xApp to read. What it sees goes four ways: into the log, into metrics,
 * into the shared data (where another xApp with the permission `sdl:kpi-monitor` may watch it), and into alerts.
 */
export const kpiMonitor = defineXApp({
  name: 'kpi-monitor',
  version: '0.1.0',
  description: 'Keeps the latest KPIs of all nodes and slices, and raises alerts',
  config: monitorConfigSchema,
  // Plain objects, as their names come from the configuration; `subscription(…)` would know their units.
  subscriptions: ({ watch }): Subscription[] => watch.map((each: Watch) => each),
  create(context) {
    const { config, data, log, metrics } = context;
    const { historyLength, summaryEveryMs, maxGauges } = config;
    const book = new KpiBook();
    const alerts = new AlertWatch(config.alerts);
    const gauges = new Gauges(metrics, maxGauges);
    const values = metrics.counter('values_total', 'Values taken in');
    const alertsTotal = metrics.counter('alerts_total', 'Alerts that were raised');
    const alertsNow = metrics.gauge('alerts', 'Alerts that are raised now');

    /** What can not be kept is told; watching goes on. */
    const keep = (key: string, value: Json): Promise<void> =>
      data.set(key, value).catch((error: unknown) => log.warn(`${key} is not kept: ${String(error)}`));

    // Timers run on simulation time: the same run writes the same lines, however fast it is played.
    context.every(summaryEveryMs, async (timeMs) => {
      const places = book.places();
      log.info(
        { timeMs, nodes: new Set(places.map(({ nodeId }) => nodeId)).size, alerts: alerts.count },
        places.map((place) => `${placeKey(place)} ${textOf(book.latest(place))}`).join('; '),
      );
      await Promise.all(places.map((place) => keep(`history/${placeKey(place)}`, book.history(place))));
    });

    const tell = async ({ rule, place, isRaised, value }: AlertChange, timeMs: number): Promise<void> => {
      const state = isRaised ? 'raised' : 'cleared';
      const line = `alert ${rule.name} ${state}: ${rule.kpi} of ${placeKey(place)} is ${round(value)}`;
      if (isRaised) {
        alertsTotal.inc();
        log.warn(line);
      } else log.info(line);
      alertsNow.set(alerts.count);
      await keep(`alert/${rule.name}/${placeKey(place)}`, { state, value, timeMs });
    };

    return {
      // In lockstep simulation time waits until the promise settles, so that what is kept is never behind.
      async onReport(report) {
        const { nodeId, timeMs, measurements } = report;
        for (const row of report.rows) {
          const place: Place = {
            nodeId,
            scope: row.snssai === undefined ? 'cell' : formatSNssai(row.snssai),
          };
          for (const kpi of measurements) {
            const value = report.value(row, kpi);
            // The node had nothing to measure: no packet came, say.
            if (value === null) continue;
            values.inc();
            book.enter(place, kpi, { sample: { timeMs, value }, length: historyLength });
            gauges.set(place, kpi, value);
            for (const change of alerts.take(place, kpi, value)) await tell(change, timeMs);
          }
          await keep(`latest/${placeKey(place)}`, { timeMs, values: book.latest(place) });
        }
      },
    };
  },
});

function textOf(latest: Readonly<Record<string, number>>): string {
  return Object.entries(latest)
    .map(([kpi, value]) => `${kpi} ${round(value)}`)
    .join(', ');
}

const round = (value: number): number => Number(value.toPrecision(4));
