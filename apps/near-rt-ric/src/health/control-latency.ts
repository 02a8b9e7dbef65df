import { performance } from 'node:perf_hooks';
import { type ControlOutcome, type ControlReply } from '@ricochet/contracts';
import { addReadMetrics, Health, Histogram } from '@ricochet/platform';
import { Injectable } from '@nestjs/common';

const BUCKETS_S = [0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1];
const MS_PER_S = 1_000;

/** How the RIC answers the controls of each xApp, and how long that takes, from the request's arrival on. */
@Injectable()
export class ControlLatency {
  private readonly histogram: Histogram<'outcome'>;
  private readonly answered: Record<string, Partial<Record<ControlOutcome, number>>> = {};

  constructor(health: Health) {
    this.histogram = new Histogram({
      name: 'ricochet_ric_control_latency_seconds',
      help: "From an xApp's control request to its answer, by outcome.",
      labelNames: ['outcome'],
      buckets: BUCKETS_S,
      registers: [health.metrics],
    });
    addReadMetrics(health.metrics, {
      ricochet_ric_xapp_controls_total: {
        help: 'Controls answered, by xApp and outcome.',
        by: ['xapp', 'outcome'],
        read: () => this.answered,
      },
    });
  }

  async measure(xapp: string, control: Promise<ControlReply>): Promise<ControlReply> {
    const startedMs = performance.now();
    const reply = await control;
    this.histogram.observe({ outcome: reply.outcome }, (performance.now() - startedMs) / MS_PER_S);
    const ofXApp = (this.answered[xapp] ??= {});
    ofXApp[reply.outcome] = (ofXApp[reply.outcome] ?? 0) + 1;
    return reply;
  }
}
