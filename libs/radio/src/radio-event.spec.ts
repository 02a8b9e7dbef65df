import { type RadioInput } from './radio-config.js';
import { RadioConfigError } from './radio-config.error.js';
import { type RadioEvent } from './radio-event.js';
import { RadioNetwork } from './radio-network.js';
import { resolveRadioConfig } from './resolve-radio-config.js';

const INPUT: RadioInput = {
  cells: 2,
  uesPerCell: 10,
  duTypes: ['residential'],
  traffic: { surges: false, modulation: false },
};

function network(input: RadioInput = INPUT): RadioNetwork {
  return new RadioNetwork(resolveRadioConfig(input), 3);
}

/** Offered kbit of each slice of a cell over a time. */
function offered(radio: RadioNetwork, cell: number, ms: number): number[] {
  const window = radio.openWindow(ms);
  radio.advance(ms);
  window.roll();
  return [0, 1, 2].map((s) => window.slice('RCT.OfferedVolumeDl', cell, s));
}

it('a surge multiplies the arrivals of its slice and cells, and ends', () => {
  const plain = network();
  const surging = network();
  surging.apply({ kind: 'surge', cells: [1], slice: 'mMTC', factor: 3, durationMs: 4000 });
  const [calm, high] = [offered(plain, 1, 4000), offered(surging, 1, 4000)];
  expect((high[1] as number) / (calm[1] as number)).toBeCloseTo(3, 0.6);
  expect(high[0]).toBe(calm[0]);
  expect(surging.tallies.cell(0)).toEqual(
    plain.tallies.cell(0).offeredBits === 0
      ? {}
      : expect.objectContaining({ offeredBits: plain.tallies.cell(0).offeredBits }),
  );
  const after = offered(surging, 1, 4000)[1] as number;
  expect(after / (calm[1] as number)).toBeGreaterThan(0.8);
  expect(after / (calm[1] as number)).toBeLessThan(1.25);
});

it('a ramp makes a surge gentler', () => {
  const steep = network();
  const ramped = network();
  const surge = { kind: 'surge', slice: 'URLLC', factor: 4, durationMs: 2000 } as const;
  steep.apply(surge);
  ramped.apply({ ...surge, rampMs: 1000 });
  const [a, b] = [offered(steep, 0, 2000)[2] as number, offered(ramped, 0, 2000)[2] as number];
  expect(b / a).toBeCloseTo(2.5 / 4, 0.8);
});

it('UEs arrive in free places and depart, and bits stay conserved', () => {
  const radio = network();
  const before = radio.membersOf(0, 0).length;
  radio.advance(50);
  radio.apply({ kind: 'ue-arrival', cells: [0], slice: 'eMBB', count: 2 });
  expect(radio.membersOf(0, 0).length).toBe(before + 2);
  radio.advance(500);
  expect(radio.uesOf(0).filter(({ active }) => active)).toHaveLength(12);
  radio.apply({ kind: 'ue-departure', cells: [0], slice: 'eMBB', count: before + 1 });
  radio.advance(100);
  expect(radio.membersOf(0, 0)).toHaveLength(1);
  const window = radio.openWindow(100);
  radio.advance(100);
  window.roll();
  expect(window.slice('RRC.ConnMean', 0, 0)).toBe(1);
  const { offeredBits, deliveredBits, droppedBits, queuedBits } = radio.tallies.cell(0);
  expect(deliveredBits + droppedBits + queuedBits).toBe(offeredBits);
  expect(() => radio.apply({ kind: 'ue-arrival', cells: [0], slice: 'eMBB', count: 99 })).toThrow(
    /spareUesPerCell/,
  );
});

it('interference lowers the efficiency for its time only', () => {
  const plain = network();
  const noisy = network();
  noisy.apply({ kind: 'interference', cells: [0], noiseRiseDb: 60, durationMs: 200 });
  const efficiency = (radio: RadioNetwork, ms: number): number => {
    const window = radio.openWindow(ms);
    radio.advance(ms);
    window.roll();
    return window.cell('RCT.SpectralEfficiencyDl', 0);
  };
  expect(efficiency(noisy, 150)).toBeLessThan(0.8 * efficiency(plain, 150));
  // long after, with the queues drained, the two evolve alike again up to the interference of what was left to send
  const [late, reference] = [efficiency(noisy, 3000), efficiency(plain, 3000)];
  expect(late).toBeGreaterThan(0.9 * reference);
});

it('speeds change by event', () => {
  const radio = network();
  radio.apply({ kind: 'mobility', cells: [0], speedMinMps: 0, speedMaxMps: 0 });
  const [still, moving] = [radio.uesOf(0), radio.uesOf(1)];
  radio.advance(1000);
  expect(radio.uesOf(0)).toEqual(still);
  expect(radio.uesOf(1)).not.toEqual(moving);
});

it('refuses what can not be', () => {
  const radio = network();
  const bad: RadioEvent[] = [
    { kind: 'cell-off', cells: [2] },
    { kind: 'cell-off', cells: [0.5] },
    { kind: 'surge', slice: 'V2X' as 'eMBB', factor: 2, durationMs: 10 },
    { kind: 'surge', slice: 'eMBB', factor: -1, durationMs: 10 },
    { kind: 'mobility', speedMinMps: 3, speedMaxMps: 2 },
    { kind: 'ue-departure', cells: [0], slice: 'eMBB', count: 1.5 },
    { kind: 'nothing' } as unknown as RadioEvent,
  ];
  for (const event of bad) expect(() => radio.apply(event)).toThrow(RadioConfigError);
  expect(() => radio.setSliceQuota(0, 3, { minRatio: 0, maxRatio: 1, dedicatedRatio: 0 })).toThrow(
    RadioConfigError,
  );
  expect(() => radio.setSliceQuota(0, 1, { minRatio: 5, maxRatio: 1, dedicatedRatio: 0 })).toThrow(
    RadioConfigError,
  );
  expect(() => radio.setUeWeight(-1, 1)).toThrow(RadioConfigError);
  expect(() => radio.setUeWeight(0, NaN)).toThrow(RadioConfigError);
  expect(() => radio.openWindow(0)).toThrow(RadioConfigError);
});

it('UEs hand over by A3 and carry their data along', () => {
  const radio = network({
    preset: 'tr38901',
    cells: 7,
    uesPerCell: 20,
    handover: {},
    mobility: { speedMinMps: 20, speedMaxMps: 30 },
    load: { min: 1, max: 1 },
  });
  radio.advance(6000);
  let strangers = 0;
  for (let cell = 0; cell < 7; cell++) {
    strangers += radio.uesOf(cell).filter(({ ueIndex }) => Math.floor(ueIndex / 24) !== cell).length;
  }
  expect(strangers).toBeGreaterThan(5);
  const { offeredBits, deliveredBits, droppedBits, queuedBits } = radio.tallies.network();
  expect(deliveredBits + droppedBits + queuedBits).toBe(offeredBits);
  radio.apply({ kind: 'cell-off', cells: [0] });
  radio.advance(100);
  expect(radio.uesOf(0).filter(({ active }) => active)).toHaveLength(0);
});
