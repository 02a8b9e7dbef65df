import { setTimeout as sleep } from 'node:timers/promises';
import { apiSettings } from '../stack/api-settings.js';
import { dashboardSettings } from '../stack/dashboard-settings.js';
import { type RunSummary } from '../run/summary.js';
import { type BenchReport } from './bench-report.js';
import { describeLatency, medianLatency } from './loop-latency.js';
import { loopRun } from './loop-run.js';
import { median } from './median.js';

const CONTROLLER = 'need+pf';
const RETRY_MS = 100;

/**
 * What the page costs the loop: its latency in real time without the gateway, and with it and one page that listens.
 * Runs are interleaved, and differences are those of neighbours.
 */
export async function benchPage(repeat: number): Promise<BenchReport> {
  const without: RunSummary[] = [];
  const beside: RunSummary[] = [];
  let octets = 0;
  for (let run = 0; run < repeat; run++) {
    without.push(await loopRun({ mode: 'real-time', controller: CONTROLLER }));
    const watched = await watchedRun();
    beside.push(watched.summary);
    octets += watched.octets / repeat;
  }
  const latency = { without: medianLatency(without), with: medianLatency(beside) };
  const differences = beside.map(
    ({ loopLatency }, run) => loopLatency.p99Ms - (without[run]?.loopLatency.p99Ms ?? Number.NaN),
  );
  const p99DifferenceMs = median(differences);
  const text = [
    `without the gateway: ${describeLatency(latency.without)}`,
    `with it and a page: ${describeLatency(latency.with)}`,
    `p99, with less without: median ${p99DifferenceMs.toFixed(2)} ms of ${differences.map((ms) => ms.toFixed(2)).join(', ')}`,
    `sent to the page in a run: ${Math.round(octets / 1_000)} kB`,
  ].join('\n');
  return {
    figures: { latency, p99DifferenceMs, differencesMs: differences, octetsARun: Math.round(octets) },
    text,
  };
}

async function watchedRun(): Promise<{ summary: RunSummary; octets: number }> {
  const dashboard = await dashboardSettings(await apiSettings());
  const end = new AbortController();
  const page = readStream(new URL('api/events', dashboard.url), end.signal);
  try {
    const summary = await loopRun({ mode: 'real-time', controller: CONTROLLER, dashboard });
    return { summary, octets: await page };
  } finally {
    end.abort();
  }
}

/** Takes all that comes, from when there is somebody to ask until they end. Gives how many octets that were. */
async function readStream(url: URL, signal: AbortSignal): Promise<number> {
  let octets = 0;
  while (octets === 0 && !signal.aborted) {
    try {
      const { body } = await fetch(url, { signal });
      for await (const chunk of body ?? []) octets += (chunk as Uint8Array).length;
    } catch {
      // Nobody listens yet, or no more.
    }
    if (octets === 0) await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
  return octets;
}
