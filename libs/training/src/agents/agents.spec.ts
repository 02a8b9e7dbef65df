import { reportOf, SHIELDED_SLICE_MEASUREMENTS, UE_MEASUREMENTS } from '@ricochet/control';
import { RadioNetwork, resolveRadioConfig } from '@ricochet/radio';
import { type MeasurementReport } from '@ricochet/ran-types';
import { createAgent, createEngine, ElementPacker, VectorPacker, SeededRandom } from '@ricochet/rl';
import { LEVEL_AGENTS } from '../level-agent.js';
import { TransitionRecorder } from '../recorder/transition-recorder.js';
import { explorationScale } from './exploration-scale.js';
import { QuotaAgents } from './quota-agents.js';
import { SchedulerAgents } from './scheduler-agents.js';

const engine = createEngine({ mebibytes: 64 });
const NODE = 'cell-0';

/** Reports of one cell, level by level, as a node would send them. */
function reports(count: number): { slices: MeasurementReport[]; ues: MeasurementReport[] } {
  const network = new RadioNetwork(resolveRadioConfig({ preset: 'paper', cells: 1, uesPerCell: 9 }), 1);
  const quota = { minRatio: 25, maxRatio: 50, dedicatedRatio: 0 };
  network.slices.forEach((_, slice) => network.setSliceQuota(0, slice, quota));
  const [window, quick] = [network.openWindow(100), network.openWindow(10)];
  const [slices, ues]: [MeasurementReport[], MeasurementReport[]] = [[], []];
  for (let i = 0; i < count; i++) {
    for (let part = 0; part < 10; part++) {
      network.advance(10);
      quick.roll();
      ues.push(reportOf({ network, window: quick, cell: 0, level: 'ue', measurements: UE_MEASUREMENTS }));
    }
    window.roll();
    const measurements = SHIELDED_SLICE_MEASUREMENTS;
    slices.push(reportOf({ network, window, cell: 0, level: 'slice', measurements }));
  }
  return { slices, ues };
}

const { slices, ues } = reports(4);
const sliceReport = (i: number): MeasurementReport => slices[i] as MeasurementReport;
const ueReport = (i: number): MeasurementReport => ues[i] as MeasurementReport;

function quotaActor(seed: number) {
  const agent = createAgent(engine, LEVEL_AGENTS.high('default'));
  agent.adopt(agent.initialParameters(new SeededRandom(seed)));
  return agent;
}

function quotaAgents(explore: boolean, seed = 1) {
  const agent = quotaActor(1);
  const recorder = new TransitionRecorder(VectorPacker);
  return { recorder, agents: new QuotaAgents({ agent, recorder, seed, explore, context: false }) };
}

function schedulerAgents(explore: boolean) {
  const agent = createAgent(engine, LEVEL_AGENTS.low('default'));
  agent.adopt(agent.initialParameters(new SeededRandom(1)));
  const recorder = new TransitionRecorder(ElementPacker);
  return { recorder, agents: new SchedulerAgents({ agent, recorder, seed: 1, explore, onRule: false }) };
}

describe('QuotaAgents', () => {
  it('splits the carrier, and makes transitions of decisions that follow on each other', () => {
    const { agents, recorder } = quotaAgents(false);
    const decisions = [0, 1, 3].map((i) => agents.decide(sliceReport(i), 1));
    for (const { shares } of decisions) {
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
      for (const share of shares) expect(share).toBeGreaterThanOrEqual(0.02 - 1e-6);
    }
    // The third report is missing: the fourth tells nothing of the second's decision.
    expect(decisions.map(({ earned }) => earned !== undefined)).toEqual([false, true, false]);
    const batch = recorder.take(NODE);
    expect(batch.count).toBe(1);
    expect([...batch.actions]).toEqual([...Float32Array.from(decisions[0]?.shares ?? [])]);
    expect(batch.rewards[0]).toBe(Math.fround(decisions[1]?.earned ?? NaN));
  });

  it('draws its noise from the seed and the node, whatever came of other nodes', () => {
    const alone = quotaAgents(true).agents.decide(sliceReport(0), 1);
    const { agents } = quotaAgents(true);
    agents.decide({ ...sliceReport(0), nodeId: 'other' }, 1);
    expect(agents.decide(sliceReport(0), 1).shares).toEqual(alone.shares);
    expect(quotaAgents(true, 2).agents.decide(sliceReport(0), 1).shares).not.toEqual(alone.shares);
    expect(quotaAgents(false).agents.decide(sliceReport(0), 1).shares).not.toEqual(alone.shares);
  });

  it('lets a DU act by an actor of its own', () => {
    const [agent, own] = [quotaActor(1), quotaActor(2)];
    const agents = new QuotaAgents({
      ...{ agent, agentOf: (nodeId: string) => (nodeId === NODE ? own : agent), explore: false },
      ...{ recorder: new TransitionRecorder(VectorPacker), seed: 1, context: false },
    });
    const shares = (nodeId: string) => agents.decide({ ...sliceReport(0), nodeId }, 1).shares;
    const shared = quotaAgents(false).agents.decide(sliceReport(0), 1).shares;
    expect(shares('other')).toEqual(shared);
    expect(shares(NODE)).not.toEqual(shared);
  });

  it('learns from no decision of a rule where it remembers, and from all of them where it does not', () => {
    const recorded = [true, false].map((context) => {
      const agent = createAgent(engine, LEVEL_AGENTS.high(context ? 'context' : 'default'));
      agent.adopt(agent.initialParameters(new SeededRandom(1)));
      const recorder = new TransitionRecorder(VectorPacker);
      const agents = new QuotaAgents({ agent, recorder, seed: 1, explore: false, context });
      const earned = [undefined, 1, 1, 1].map((version, i) => agents.decide(sliceReport(i), version).earned);
      expect(earned.map((reward) => reward !== undefined)).toEqual([false, false, true, true]);
      return recorder.take(NODE).count;
    });
    expect(recorded).toEqual([2, 3]);
  });

  it('forgets a DU: it comes again as one that was never there', () => {
    const { agents, recorder } = quotaAgents(true);
    const first = [0, 1].map((i) => agents.decide(sliceReport(i), 1));
    agents.forget(NODE);
    expect(recorder.nodes()).toEqual([]);
    expect([0, 1].map((i) => agents.decide(sliceReport(i), 1))).toEqual(first);
  });

  it('decides by a rule without a model, and earns nothing for it', () => {
    const { agents } = quotaAgents(true);
    const [first, second] = [0, 1].map((i) => agents.decide(sliceReport(i), undefined));
    expect(first?.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    expect([first?.interventions, second?.earned]).toEqual([[], undefined]);
  });
});

describe('SchedulerAgents', () => {
  it('weighs the UEs of each slice, and sees the quotas in force', () => {
    const { agents, recorder } = schedulerAgents(false);
    agents.quotas(sliceReport(0));
    const [first, second] = [0, 1].map((i) => agents.decide(ueReport(i), 1));
    expect(first?.weights).toHaveLength(9);
    expect(first?.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(3, 5);
    expect(second?.earned).toBeGreaterThanOrEqual(0);
    const { count, weights, features } = recorder.take(NODE);
    expect(count).toBe(1);
    expect([...weights.subarray(0, 9)]).toEqual([...Float32Array.from(first?.weights ?? [])]);
    // Feature 5 is the slice's quota.
    expect(features[5]).toBe(0.25);
  });

  it('decides by a rule without a model', () => {
    const decision = schedulerAgents(true).agents.decide(ueReport(0), undefined);
    expect(decision.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(3, 5);
    expect(decision.interventions).toEqual([]);
  });
});

describe('explorationScale', () => {
  it('halves with the versions, down to a tenth', () => {
    expect([0, 200, 400, 600].map((version) => explorationScale(version, 200))).toEqual([
      1, 0.5, 0.25, 0.125,
    ]);
    expect(explorationScale(5_000, 200)).toBe(0.1);
  });
});
