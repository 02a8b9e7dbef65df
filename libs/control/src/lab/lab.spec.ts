import { type LabOptions, runLab } from './lab.js';

const RUN: LabOptions = {
  network: { cells: 2, uesPerCell: 9 },
  seed: 1,
  controller: 'need+pf',
  quotaMode: 'exact',
  durationMs: 1000,
  warmUpMs: 200,
  sla: { URLLC: { maxDelayMs: 50 } },
};

describe('runLab', () => {
  it('repeats to the bit for a seed and differs for another', () => {
    expect(runLab(RUN)).toEqual(runLab(RUN));
    expect(runLab({ ...RUN, seed: 2 })).not.toEqual(runLab(RUN));
  });

  it('measures shares between 0 and 1', () => {
    const { slices, reward, jain, slaShare } = runLab(RUN);
    expect(slices.map(({ type }) => type)).toEqual(['eMBB', 'mMTC', 'URLLC']);
    const shares = [reward, jain, slaShare, ...slices.flatMap((slice) => [slice.meanQos, slice.slaShare])];
    for (const share of shares) {
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  });

  it('lets others use idle PRBs when quotas are lent', () => {
    const overloaded = { ...RUN, network: { ...RUN.network, load: { min: 1.2, max: 1.2 } } };
    const served = (quotaMode: LabOptions['quotaMode']) =>
      runLab({ ...overloaded, controller: 'equal+rr', quotaMode }).slices[0]?.servedShare;
    expect(served('lend')).toBeGreaterThan(served('exact') ?? 1);
  });

  test.each(['ddpg', 'ddpg+srpt', 'need+ddpg'])('refuses %s, which has learned', (controller) => {
    expect(() => runLab({ ...RUN, controller })).toThrow(`controller ${controller} has learned`);
  });

  test.each([{ durationMs: 950 }, { warmUpMs: 50 }, { warmUpMs: 1000 }])('refuses %j', (times) => {
    expect(() => runLab({ ...RUN, ...times })).toThrow(RangeError);
  });
});
