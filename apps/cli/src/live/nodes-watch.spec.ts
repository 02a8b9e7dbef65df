import { type SimulationSample } from '@ricochet/contracts';
import { NodesWatch } from './nodes-watch.js';

const sample = {
  timeMs: 1_500,
  connectedNodes: 0,
  nodes: [{}, {}],
  events: ['E2 reset by DU 1'],
  counts: { indications: 3, controlsApplied: 2, controlsFailed: 1 },
} as unknown as SimulationSample;

describe('NodesWatch', () => {
  let watch: NodesWatch;

  beforeEach(() => {
    watch = new NodesWatch({ nodesAt: 'sctp://10.0.0.1:36421', profile: 'srsran' });
  });

  it('tells how the nodes fare, and what the scenario does to them', () => {
    expect(watch.line()).toBe('srsran nodes for sctp://10.0.0.1:36421 start');
    expect(watch.sample({ ...sample, connectedNodes: 1 })).toEqual(['1.5 s: E2 reset by DU 1']);
    expect(watch.line()).toBe(
      '1.5 s: 1/2 srsran nodes at sctp://10.0.0.1:36421; 3 indications, 2 controls applied, 1 failed',
    );
    watch.finished({ timeMs: 2_000, counts: { ...sample.counts, indications: 4 } });
    expect(watch.line()).toMatch(/^2\.0 s: 1\/2 .* 4 indications/);
  });

  it('is content when a node was set up once, and says so when none ever was', () => {
    watch.sample({ ...sample, connectedNodes: 1 });
    watch.sample(sample);
    expect(() => watch.conclude()).not.toThrow();
    const inVain = new NodesWatch({ nodesAt: 'sctp://10.0.0.1:36421', profile: 'oran' });
    inVain.sample(sample);
    expect(() => inVain.conclude()).toThrow('none of 2 nodes was ever set up at sctp://10.0.0.1:36421');
  });
});
