import { createWriteStream, type WriteStream } from 'node:fs';
import { type NodeSample, type SimulationSample } from '@ricochet/contracts';
import { formatSNssai } from '@ricochet/ran-types';
import { SAMPLED_KPIS } from '@ricochet/scenario';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';

const PERIOD_MS = 100;

/** Keeps every sample of a run: in memory for the summary, and as rows of `kpis.csv`. */
export class RunRecording {
  readonly samples: { readonly timeMs: number; readonly nodes: readonly NodeSample[] }[] = [];
  /** What happened in the network, in words, with the beginning of the period that it came in. */
  readonly happenings: { readonly timeMs: number; readonly text: string }[] = [];
  private missing = 0;
  private readonly csv: WriteStream;
  private fault: Error | undefined;

  constructor(private readonly csvPath: string) {
    this.csv = createWriteStream(csvPath);
    this.csv.on('error', (error) => (this.fault ??= error));
    this.csv.write(`timeMs,node,slice,${SAMPLED_KPIS.join(',')},slaMet\n`);
  }

  /** Samples that did not arrive here, by their index. */
  get missed(): number {
    return this.missing;
  }

  add({ index, timeMs, nodes, events }: SimulationSample): void {
    this.missing = index - this.samples.length;
    this.samples.push({ timeMs, nodes });
    for (const text of events) this.happenings.push({ timeMs: timeMs - PERIOD_MS, text });
    for (const { nodeId, slices } of nodes) {
      for (const slice of slices) {
        const values = SAMPLED_KPIS.map((name) => slice[name] ?? '');
        this.csv.write(
          `${timeMs},${nodeId},${formatSNssai(slice.snssai)},${values.join(',')},${slice.slaMet ? 1 : 0}\n`,
        );
      }
    }
  }

  /** @throws CliError when the rows could not all be written */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.csv.end(() => resolve()));
    if (this.fault !== undefined) throw new CliError(pathFault(this.fault, this.csvPath), 1);
  }
}
