import { KPI_CATALOGUE, KPI_NAMES, type KpiDefinition } from '@ricochet/ran-types';

import { type RadioInput, type SlicePolicy } from './radio-config.js';
import { RadioNetwork } from './radio-network.js';
import { resolveRadioConfig } from './resolve-radio-config.js';

const SMALL: RadioInput = { cells: 3, uesPerCell: 12 };
const REAL: RadioInput = { ...SMALL, preset: 'tr38901' };

function network(input: RadioInput, seed = 1, taskSeed = seed): RadioNetwork {
  return new RadioNetwork(resolveRadioConfig(input), seed, taskSeed);
}

/** Every KPI at every level over one period, as text. */
function kpisAfter(input: RadioInput, seed: number, ms = 700): string {
  const radio = network(input, seed);
  const window = radio.openWindow(ms);
  radio.advance(ms);
  window.roll();
  const values: number[] = [];
  for (const name of KPI_NAMES) {
    for (let cell = 0; cell < radio.cellCount; cell++) {
      values.push(window.cell(name, cell));
      for (let s = 0; s < 3; s++) values.push(window.slice(name, cell, s));
    }
    for (let ue = 0; ue < radio.ueCapacity; ue++) values.push(window.ue(name, ue));
  }
  return values.join(' ');
}

const offered = (radio: RadioNetwork): string =>
  Array.from({ length: radio.ueCapacity }, (_, ue) => radio.tallies.ue(ue).offeredBits).join(' ');
const places = (radio: RadioNetwork): string =>
  Array.from({ length: radio.cellCount }, (_, cell) => JSON.stringify(radio.uesOf(cell))).join(' ');

describe.each([
  ['paper', SMALL],
  ['tr38901', REAL],
  [
    'all options',
    { ...REAL, handover: { timeToTriggerMs: 40 }, channel: { outdoorToIndoor: {} }, duTypes: ['airport'] },
  ],
] as [string, RadioInput][])('a network (%s)', (_name, input) => {
  it('is bit-identical with the same seed and another with another', () => {
    expect(kpisAfter(input, 5)).toBe(kpisAfter(input, 5));
    expect(kpisAfter(input, 6)).not.toBe(kpisAfter(input, 5));
  });

  it('conserves bits at every level', () => {
    const radio = network({ ...input, load: { min: 1.2, max: 1.6 } });
    for (let step = 0; step < 20; step++) {
      radio.advance(100);
      const all = radio.tallies.network();
      expect(all.deliveredBits + all.droppedBits + all.queuedBits).toBe(all.offeredBits);
      let sum = 0;
      for (let cell = 0; cell < radio.cellCount; cell++) {
        const { offeredBits, deliveredBits, droppedBits, queuedBits } = radio.tallies.cell(cell);
        expect(deliveredBits + droppedBits + queuedBits).toBe(offeredBits);
        for (let s = 0; s < 3; s++) sum += radio.tallies.slice(cell, s).deliveredBits;
      }
      expect(sum).toBe(all.deliveredBits);
    }
    expect(radio.tallies.network().deliveredBits).toBeGreaterThan(1e7);
  });

  it('never uses more PRBs than there are, nor more in a slice than its maximum', () => {
    const radio = network({ ...input, load: { min: 1.5, max: 2 } });
    const { prbsPerCell } = radio.config;
    for (let cell = 0; cell < radio.cellCount; cell++) {
      radio.setSliceQuota(cell, 0, { minRatio: 30, maxRatio: 30, dedicatedRatio: 0 });
    }
    const window = radio.openWindow(1);
    let busiest = 0;
    for (let slot = 0; slot < 500; slot++) {
      radio.advance(1);
      window.roll();
      for (let cell = 0; cell < radio.cellCount; cell++) {
        expect(radio.slotPrbs[cell] as number).toBeLessThanOrEqual(prbsPerCell);
        expect(window.slice('RRU.PrbUsedDl', cell, 0)).toBeLessThanOrEqual(Math.ceil(0.3 * prbsPerCell));
        expect(window.cell('RRU.PrbUsedDl', cell)).toBe(radio.slotPrbs[cell]);
        busiest = Math.max(busiest, radio.slotPrbs[cell] as number);
      }
    }
    expect(busiest).toBeGreaterThan(0.9 * prbsPerCell);
  });

  it('keeps arrivals, moves and places whatever the controls do', () => {
    const left = network(input);
    const right = network(input);
    for (let step = 0; step < 10; step++) {
      for (let cell = 0; cell < right.cellCount; cell++) {
        right.setSlicePolicy(cell, step % 3, 'srpt');
        right.setSliceQuota(cell, 0, { minRatio: 0, maxRatio: 5 * step, dedicatedRatio: 0 });
        right.setUeWeight(right.membersOf(cell, 1)[0] ?? 0, step);
      }
      left.advance(130);
      right.advance(130);
    }
    expect(offered(right)).toBe(offered(left));
    expect(places(right)).toBe(places(left));
    expect(right.tallies.network().deliveredBits).not.toBe(left.tallies.network().deliveredBits);
  });
});

it('plays one task with other randomness when only the task seed stays', () => {
  const meanLoads = (radio: RadioNetwork): number[] =>
    Array.from({ length: 3 * radio.cellCount }, (_, g) => radio.meanLoadMbps(Math.floor(g / 3), g % 3));
  const runs = [network(SMALL, 1), network(SMALL, 2, 1), network(SMALL, 2)] as const;
  const [loads, again, others] = runs.map(meanLoads);
  expect(again).toEqual(loads);
  expect(others).not.toEqual(loads);
  for (const radio of runs) radio.advance(300);
  expect(offered(runs[1])).not.toBe(offered(runs[0]));
  expect(places(runs[1])).toBe(places(runs[2]));
});

it('keeps the fading whatever the controls do', () => {
  const input: RadioInput = { ...SMALL, channel: { interference: 'none' } };
  const efficiency = (radio: RadioNetwork): string => {
    const window = radio.openWindow(400);
    radio.advance(400);
    window.roll();
    return Array.from({ length: radio.ueCapacity }, (_, ue) =>
      window.ue('RCT.SpectralEfficiencyDl', ue),
    ).join(' ');
  };
  const muted = network(input);
  for (let s = 0; s < 3; s++) muted.setSliceQuota(0, s, { minRatio: 0, maxRatio: 3, dedicatedRatio: 0 });
  expect(efficiency(muted)).toBe(efficiency(network(input)));
});

it("obeys Little's law: waiting packets = arrival rate × delay", () => {
  const radio = network({
    cells: 2,
    uesPerCell: 30,
    traffic: { surges: false, modulation: false },
    load: { min: 0.25, max: 0.25 },
    // small packets, so that what is left of half-sent ones hardly counts
    slices: { mMTC: { packetBytes: 25 } },
  });
  radio.setSliceQuota(1, 1, { minRatio: 9, maxRatio: 9, dedicatedRatio: 0 });
  radio.advance(1000);
  const slots = 20_000;
  const window = radio.openWindow(slots);
  const sample = radio.openWindow(1);
  let waitingBits = 0;
  for (let slot = 0; slot < slots; slot++) {
    radio.advance(1);
    sample.roll();
    waitingBits += 8 * sample.slice('RCT.BufferDl', 1, 1);
  }
  window.roll();
  const packetBits = 200;
  const waiting = waitingBits / slots / packetBits;
  const arrivals = (window.slice('RCT.OfferedVolumeDl', 1, 1) * 1000) / packetBits / slots;
  // Queues are seen at the ends of slots: the slot in which a packet leaves does not count.
  const delay = window.slice('RCT.PacketDelayDl.Mean', 1, 1) - 1;
  expect(window.slice('DRB.RlcPacketDropRateDl', 1, 1)).toBe(0);
  expect(delay).toBeGreaterThan(1);
  expect(Math.abs(waiting / (arrivals * delay) - 1)).toBeLessThan(0.03);
});

it('serves as much when twice as many UEs share the same load', () => {
  const served = (uesPerCell: number): number => {
    let sum = 0;
    for (const seed of [1, 2, 3]) {
      const radio = network(
        { cells: 4, uesPerCell, load: { min: 0.5, max: 0.5 }, traffic: { surges: false } },
        seed,
      );
      radio.advance(4000);
      sum += radio.tallies.network().deliveredBits;
    }
    return sum;
  };
  expect(Math.abs(served(60) / served(30) - 1)).toBeLessThan(0.06);
});

describe('a DU that is switched off', () => {
  it('serves nothing, and what it carried waits', () => {
    const radio = network(SMALL);
    radio.advance(300);
    radio.apply({ kind: 'cell-off', cells: [1] });
    const before = radio.tallies.cell(1).deliveredBits;
    const window = radio.openWindow(300);
    radio.advance(300);
    window.roll();
    expect(radio.isCellOn(1)).toBe(false);
    expect(radio.tallies.cell(1).deliveredBits).toBe(before);
    expect(window.cell('RRU.PrbUsedDl', 1)).toBe(0);
    expect(window.cell('RRU.PrbAvailDl', 1)).toBe(0);
    expect(window.slice('RCT.QosDl', 1, 2)).toBe(0);
    expect(window.slice('RCT.PacketDelayDl.Max', 1, 2)).toBeGreaterThan(100);
    radio.apply({ kind: 'cell-on', cells: [1] });
    radio.advance(100);
    expect(radio.tallies.cell(1).deliveredBits).toBeGreaterThan(before);
  });

  it('interferes with nobody', () => {
    const efficiencyOf = (input: RadioInput, off: readonly number[]): number => {
      const radio = network({ ...SMALL, ...input });
      radio.apply({ kind: 'cell-off', cells: off });
      const window = radio.openWindow(200);
      radio.advance(200);
      window.roll();
      return window.cell('RCT.SpectralEfficiencyDl', 0);
    };
    const alone = efficiencyOf({ channel: { interference: 'none' } }, []);
    expect(efficiencyOf({}, [1, 2])).toBe(alone);
    expect(efficiencyOf({ channel: { interference: 'full' } }, [1, 2])).toBe(alone);
    expect(efficiencyOf({}, [1])).toBeLessThan(alone);
  });
});

describe('spectral efficiency', () => {
  const STILL: RadioInput = {
    cells: 7,
    uesPerCell: 40,
    channel: { fading: { model: 'none' } },
    mobility: { speedMinMps: 0, speedMaxMps: 0 },
  };

  function efficiencies(input: RadioInput): { distanceM: number; efficiency: number }[] {
    const radio = network({ ...STILL, ...input });
    const window = radio.openWindow(110);
    radio.advance(110);
    window.roll();
    const site = radio.siteOf(0);
    return radio
      .uesOf(0)
      .map(({ ueIndex, xM, yM }) => ({
        distanceM: Math.hypot(xM - site.xM, yM - site.yM),
        efficiency: window.ue('RCT.SpectralEfficiencyDl', ueIndex),
      }))
      .sort((a, b) => a.distanceM - b.distanceM);
  }

  it('falls with distance', () => {
    const noNeighbours = efficiencies({ cells: 1 });
    for (let i = 1; i < noNeighbours.length; i++) {
      expect(noNeighbours[i]?.efficiency).toBeLessThanOrEqual(noNeighbours[i - 1]?.efficiency ?? 0);
    }
    expect(noNeighbours.at(-1)?.efficiency).toBeLessThanOrEqual(7.4);
    const all = efficiencies({ channel: { ...STILL.channel, interference: 'full' } });
    expect(all[0]?.efficiency).toBeGreaterThan((all.at(-1)?.efficiency ?? 0) + 2);
  });

  it("falls with the neighbours' load and rises with power over noise", () => {
    const mean = (input: RadioInput): number => {
      const all = efficiencies(input);
      return all.reduce((sum, { efficiency }) => sum + efficiency, 0) / all.length;
    };
    const light = mean({ load: { min: 0.1, max: 0.1 } });
    const heavy = mean({ load: { min: 2, max: 2 } });
    expect(light).toBeGreaterThan(heavy + 0.1);
    const channel = { ...STILL.channel, interference: 'none' as const };
    const powers = [0, 10, 20].map((txPowerDbm) => mean({ channel: { ...channel, txPowerDbm } }));
    expect(powers[0]).toBeLessThan(powers[1] as number);
    expect(powers[1]).toBeLessThan(powers[2] as number);
  });
});

it('doubles of a window agree: ten of 10 ms are one of 100 ms, and windows change nothing', () => {
  const radio = network(SMALL);
  const watched = network(SMALL);
  const long = watched.openWindow(100);
  const short = watched.openWindow(10);
  const additive = ['RCT.OfferedVolumeDl', 'DRB.PdcpSduVolumeDL', 'TB.TotNbrDl'] as const;
  for (let period = 0; period < 8; period++) {
    const sums = new Map<string, number>();
    const add = (key: string, value: number): void => void sums.set(key, (sums.get(key) ?? 0) + value);
    let max = 0;
    for (let part = 0; part < 10; part++) {
      watched.advance(10);
      short.roll();
      for (let cell = 0; cell < 3; cell++) {
        for (const name of additive)
          for (let s = 0; s < 3; s++) add(`${name} ${cell} ${s}`, short.slice(name, cell, s));
        add(`prb ${cell}`, short.cell('RRU.PrbUsedDl', cell) / 10);
        add(`conn ${cell}`, short.cell('RRC.ConnMean', cell) / 10);
        for (let cqi = 0; cqi < 16; cqi++) add(`cqi ${cell}`, short.cqiCount(cell, cqi));
      }
      const partMax = short.cell('RCT.PacketDelayDl.Max', 0);
      if (!Number.isNaN(partMax)) max = Math.max(max, partMax);
    }
    long.roll();
    radio.advance(100);
    for (let cell = 0; cell < 3; cell++) {
      for (const name of additive) {
        for (let s = 0; s < 3; s++)
          expect(long.slice(name, cell, s)).toBeCloseTo(sums.get(`${name} ${cell} ${s}`) ?? NaN, 6);
      }
      expect(long.cell('RRU.PrbUsedDl', cell)).toBeCloseTo(sums.get(`prb ${cell}`) ?? NaN, 6);
      expect(long.cell('RRC.ConnMean', cell)).toBeCloseTo(sums.get(`conn ${cell}`) ?? NaN, 6);
      expect(long.cell('CARR.WBCQIDist', cell)).toBe(sums.get(`cqi ${cell}`));
    }
    expect(long.cell('RCT.PacketDelayDl.Max', 0)).toBe(max);
  }
  expect(JSON.stringify(watched.tallies.network())).toBe(JSON.stringify(radio.tallies.network()));
});

it('advances in any portions alike', () => {
  const whole = network(REAL);
  const parts = network(REAL);
  whole.advance(457);
  for (const slots of [1, 6, 10, 40, 400]) parts.advance(slots);
  expect(parts.timeMs).toBe(457);
  expect(JSON.stringify(parts.tallies.network())).toBe(JSON.stringify(whole.tallies.network()));
});

it('HARQ errs at the target, repeats, and delivers nearly all', () => {
  const radio = network({ ...REAL, uesPerCell: 30, load: { min: 0.4, max: 0.4 } });
  const window = radio.openWindow(10_000);
  radio.advance(10_000);
  window.roll();
  let [blocks, errors] = [0, 0];
  for (let cell = 0; cell < 3; cell++) {
    blocks += window.cell('TB.TotNbrDl', cell);
    errors += window.cell('TB.ErrTotNbrDl', cell);
    expect(window.cell('DRB.AirIfDelayDl', cell)).toBeGreaterThan(10);
    expect(window.cell('DRB.AirIfDelayDl', cell)).toBeLessThan(30);
  }
  expect(errors / blocks).toBeGreaterThan(0.07);
  expect(errors / blocks).toBeLessThan(0.15);
});

it('policies inside a slice differ as they should when it is full', () => {
  const outcome = (policy: SlicePolicy): { bits: number; shares: number[] } => {
    const radio = network({
      ...SMALL,
      uesPerCell: 30,
      load: { min: 3, max: 3 },
      channel: { interference: 'full' },
    });
    for (let cell = 0; cell < 3; cell++) radio.setSlicePolicy(cell, 0, policy);
    for (let cell = 0; cell < 3; cell++)
      radio.setSliceQuota(cell, 0, { minRatio: 60, maxRatio: 60, dedicatedRatio: 0 });
    const window = radio.openWindow(4000);
    radio.advance(4000);
    window.roll();
    const bits = [0, 1, 2].reduce((sum, cell) => sum + window.slice('DRB.PdcpSduVolumeDL', cell, 0), 0);
    return { bits, shares: Array.from(radio.membersOf(0, 0), (ue) => window.ue('RRU.PrbUsedDl', ue)) };
  };
  const [robin, fair, best] = (['round-robin', 'proportional-fair', 'max-cqi'] as const).map(outcome);
  expect(fair?.bits).toBeGreaterThan(1.01 * (robin?.bits ?? Infinity));
  expect(best?.bits).toBeGreaterThan(1.05 * (fair?.bits ?? Infinity));
  const spread = (shares: readonly number[] = []): number =>
    Math.max(...shares) / Math.max(1e-9, Math.min(...shares));
  expect(spread(robin?.shares)).toBeLessThan(6);
  expect(spread(best?.shares)).toBeGreaterThan(10);
});

it('a weight of a UE puts its slice under weights and shifts PRBs to it', () => {
  const radio = network({ ...SMALL, load: { min: 4, max: 4 } });
  const [first, second] = [...radio.membersOf(0, 0)];
  for (const ue of radio.membersOf(0, 0)) radio.setUeWeight(ue, ue === first ? 5 : 1);
  expect(radio.slicePolicy(0, 0)).toBe('weights');
  const window = radio.openWindow(2000);
  radio.advance(2000);
  window.roll();
  expect(window.ue('RRU.PrbUsedDl', first ?? -1)).toBeGreaterThan(
    2 * window.ue('RRU.PrbUsedDl', second ?? -1),
  );
  expect(window.ue('RCT.SchedulingWeightDl', first ?? -1)).toBe(5);
});

it('a starved URLLC slice does not look perfect', () => {
  const radio = network(SMALL);
  radio.setSliceQuota(0, 2, { minRatio: 0, maxRatio: 0, dedicatedRatio: 0 });
  const window = radio.openWindow(100);
  radio.advance(100);
  window.roll();
  expect(window.slice('RCT.QosDl', 0, 2)).toBe(0);
  expect(window.slice('RCT.PacketDelayDl.Mean', 0, 2)).toBeNaN();
  expect(window.slice('RCT.HolDelayDl', 0, 2)).toBeGreaterThan(50);
});

it('offers every KPI of the catalogue at its levels, and no other', () => {
  const radio = network({ ...SMALL, load: { min: 0.9, max: 0.9 } });
  const window = radio.openWindow(1000);
  radio.advance(1000);
  window.roll();
  const ue = radio.membersOf(0, 0)[0] ?? 0;
  for (const name of KPI_NAMES) {
    const { levels, record } = KPI_CATALOGUE[name] as KpiDefinition;
    const values = { cell: window.cell(name, 0), slice: window.slice(name, 0, 0), ue: window.ue(name, ue) };
    for (const level of ['cell', 'slice', 'ue'] as const) {
      expect([name, level, Number.isFinite(values[level])]).toEqual([name, level, levels.includes(level)]);
      if (levels.includes(level) && record === 'integer') expect(Number.isInteger(values[level])).toBe(true);
    }
  }
});

it('an idle network is content and empty', () => {
  const radio = network({ ...SMALL, load: { min: 0, max: 0 } });
  const window = radio.openWindow(50);
  radio.advance(50);
  window.roll();
  for (let s = 0; s < 3; s++) expect(window.slice('RCT.QosDl', 0, s)).toBe(1);
  expect(window.cell('RRU.PrbUsedDl', 0)).toBe(0);
  expect(window.cell('RCT.PacketDelayDl.Mean', 0)).toBeNaN();
});
