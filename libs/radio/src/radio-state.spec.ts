import { KPI_NAMES, SLICE_TYPES } from '@ricochet/ran-types';
import fc from 'fast-check';

import { type KpiWindow } from './kpi-window.js';
import { POLICIES } from './mac.js';
import { type RadioInput } from './radio-config.js';
import { RadioConfigError } from './radio-config.error.js';
import { type RadioEvent } from './radio-event.js';
import { RadioNetwork } from './radio-network.js';
import { resolveRadioConfig } from './resolve-radio-config.js';

const SIZE = {
  cells: 2,
  uesPerCell: 8,
  load: { min: 0.9, max: 1.2 },
  traffic: { surges: { meanIntervalS: 0.2, durationMinS: 0.1, durationMaxS: 0.2 } },
};
const SHORT_SESSIONS = { presentMeanS: 0.4, awayMeanS: 0.2 };
const INPUTS: readonly (readonly [string, RadioInput])[] = [
  ['paper', SIZE],
  ['tr38901 with HARQ', { ...SIZE, preset: 'tr38901' }],
  [
    'handover and sessions',
    {
      ...SIZE,
      preset: 'tr38901',
      duTypes: ['airport'],
      duProfiles: { airport: { sessions: SHORT_SESSIONS } },
      layout: { interSiteDistanceM: 80, minDistanceM: 10 },
      handover: { offsetDb: 0, timeToTriggerMs: 150 },
      mobility: { speedMinMps: 30, speedMaxMps: 90 },
      channel: { outdoorToIndoor: {} },
    },
  ],
  [
    'other traffic and fading',
    {
      ...SIZE,
      channel: { fading: { model: 'sum-of-sinusoids' }, interference: 'literal' },
      slices: {
        eMBB: { model: 'xr' },
        mMTC: { model: 'sparse', reportPackets: 3 },
        URLLC: { model: 'periodic', latePackets: 'discard', delayBudgetMs: 5 },
      },
    },
  ],
];

/** A network with windows of two periods, rolled when due. */
class Radio {
  readonly network: RadioNetwork;
  readonly windows: readonly KpiWindow[];

  constructor(input: RadioInput, seed = 1) {
    this.network = new RadioNetwork(resolveRadioConfig(input), seed);
    this.windows = [10, 100].map((periodMs) => this.network.openWindow(periodMs));
  }

  /** Does what is asked; what the network refuses does not happen. */
  do(steps: readonly Step[]): void {
    for (const step of steps) {
      try {
        step(this);
      } catch (error) {
        if (!(error instanceof RadioConfigError)) throw error;
      }
    }
  }

  advance(slots: number): void {
    for (let i = 0; i < slots; i++) {
      this.network.advance(1);
      for (const window of this.windows) if (this.network.timeMs % window.periodMs === 0) window.roll();
    }
  }

  /** Every KPI of the windows, tally and place, and the state itself, as text. */
  look(): string {
    const { network, windows } = this;
    const cells = Array.from({ length: network.cellCount }, (_, cell) => cell);
    const ues = Array.from({ length: network.ueCapacity }, (_, ue) => ue);
    const { arrays, numbers, lists } = network.save();
    return JSON.stringify({
      kpis: windows.map((window) =>
        KPI_NAMES.map((name) => [
          ...cells.flatMap((cell) => SLICE_TYPES.map((_, s) => window.slice(name, cell, s))),
          ...cells.map((cell) => window.cell(name, cell)),
          ...ues.map((ue) => window.ue(name, ue)),
        ]),
      ),
      tallies: ues.map((ue) => network.tallies.ue(ue)),
      places: cells.map((cell) => network.uesOf(cell)),
      state: [arrays.map((values) => values.join()), numbers, lists],
    });
  }
}

type Step = (radio: Radio) => void;

const cell = fc.nat(SIZE.cells - 1);
const slice = fc.nat(2);
const type = fc.constantFrom(...SLICE_TYPES);
const durationMs = fc.integer({ min: 1, max: 200 });
const event: fc.Arbitrary<RadioEvent> = fc.oneof(
  fc.record({ kind: fc.constant('surge' as const), slice: type, factor: fc.constantFrom(0, 3), durationMs }),
  fc.record({ kind: fc.constantFrom('cell-off' as const, 'cell-on' as const), cells: fc.tuple(cell) }),
  fc.record({
    kind: fc.constantFrom('ue-arrival' as const, 'ue-departure' as const),
    cells: fc.tuple(cell),
    slice: type,
    count: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('mobility' as const),
    speedMinMps: fc.constant(1),
    speedMaxMps: fc.constant(50),
  }),
  fc.record({
    kind: fc.constant('interference' as const),
    cells: fc.tuple(cell),
    noiseRiseDb: fc.constant(20),
    durationMs,
  }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 60 }).map(
      (n): Step =>
        (radio) =>
          radio.advance(n),
    ),
  },
  event.map(
    (what): Step =>
      ({ network }) =>
        network.apply(what),
  ),
  fc.tuple(cell, slice, fc.nat(50), fc.nat(50)).map(
    ([c, s, minRatio, more]): Step =>
      ({ network }) =>
        network.setSliceQuota(c, s, {
          minRatio,
          maxRatio: minRatio + more,
          dedicatedRatio: Math.floor(minRatio / 2),
        }),
  ),
  fc.tuple(fc.nat(15), fc.nat(5)).map(
    ([ue, weight]): Step =>
      ({ network }) =>
        network.setUeWeight(ue, weight),
  ),
  fc.tuple(cell, slice, fc.constantFrom(...POLICIES)).map(
    ([c, s, policy]): Step =>
      ({ network }) =>
        network.setSlicePolicy(c, s, policy),
  ),
);
const steps = fc.array(step, { minLength: 3, maxLength: 12 });
/** Long enough for everything that was forgotten to show. */
const sequel = steps.map((some): Step[] => [...some, (radio) => radio.advance(250)]);

describe.each(INPUTS)('a saved network (%s)', (_name, input) => {
  it('goes on from a restored state as it did, whatever was done since', () => {
    fc.assert(
      fc.property(steps, sequel, steps, (before, after, between) => {
        const radio = new Radio(input);
        radio.do(before);
        const saved = radio.network.save();
        const stored = structuredClone(saved);
        radio.do(after);
        const expected = radio.look();

        const unsaved = new Radio(input);
        unsaved.do([...before, ...after]);
        expect(unsaved.look()).toBe(expected);

        radio.network.restore(saved);
        radio.do(between);
        radio.network.restore(saved);
        radio.do(after);
        expect(radio.look()).toBe(expected);

        const other = new Radio(input);
        other.do(between);
        other.network.restore(stored);
        other.do(after);
        expect(other.look()).toBe(expected);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });

  it('has every field back that a run changes', () => {
    const radio = new Radio(input);
    const busy: Step[] = [
      ...SLICE_TYPES.map(
        (_, s): Step =>
          ({ network }) =>
            network.setSlicePolicy(0, s, 'proportional-fair'),
      ),
      ({ network }) => network.setUeWeight(0, 2),
      ({ network }) => network.apply({ kind: 'surge', slice: 'eMBB', factor: 4, durationMs: 450 }),
      ({ network }) => network.apply({ kind: 'interference', cells: [0], noiseRiseDb: 9, durationMs: 450 }),
      (each) => each.advance(333),
    ];
    radio.do(busy);
    const state = radio.network.save();
    const before = fieldsOf(radio.network);
    radio.do([
      ({ network }) => network.apply({ kind: 'ue-arrival', cells: [0], slice: 'URLLC', count: 1 }),
      ({ network }) => network.setSliceQuota(0, 0, { minRatio: 10, maxRatio: 20, dedicatedRatio: 5 }),
      ...busy,
      ({ network }) => network.apply({ kind: 'mobility', speedMinMps: 3, speedMaxMps: 4 }),
      ({ network }) => network.apply({ kind: 'cell-off', cells: [1] }),
      ({ network }) => network.apply({ kind: 'interference', cells: [1], noiseRiseDb: 9, durationMs: 50 }),
      ({ network }) => network.setSlicePolicy(0, 1, 'max-cqi'),
      (each) => each.advance(20),
    ]);
    radio.network.restore(state);
    expect(Object.fromEntries(differences(before, fieldsOf(radio.network)))).toEqual({});
  });
});

/** Fields that are written before they are read, within a slot, a tick or a look at a window. */
const SCRATCH = [
  'RadioNetwork.usage',
  'RadioNetwork.noiseRiseDb',
  'UeTable.cursor',
  'DistanceTable.float32',
  'DistanceTable.bits32',
  'Link.meanOwnMw',
  'Link.ownCount',
  'RateModulation.factor',
  'PacketQueue.ring',
  'Candidates.ue',
  'Candidates.need',
  'Candidates.granted',
  'Candidates.first',
  'Mac.demand',
  'SliceShares.granted',
  'SliceShares.wanted',
  'SliceShares.remainder',
  'UeShares.key',
  'UeShares.bucketCount',
  'UeShares.weight',
  'UeShares.unit',
  'UeShares.isWeighted',
  'UePriority.metric',
  'UePriority.heap',
  'Transmitter.retransmitted',
  'KpiPeriod.first',
  'KpiPeriod.last',
  'KpiPeriod.histogram',
];

/** Copies of all fields of all objects that a network is made of, by path. */
function fieldsOf(network: RadioNetwork): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  const seen = new Set<object>();
  const visit = (object: object, path: string): void => {
    if (seen.has(object)) return;
    seen.add(object);
    for (const [key, value] of Object.entries(object)) {
      const at = `${path}.${key}`;
      if (SCRATCH.includes(`${object.constructor.name}.${key}`)) seen.add(value as object);
      else if (typeof value !== 'object' || value === null) fields.set(at, value);
      else if (!ArrayBuffer.isView(value)) visit(value as object, at);
      else if (!seen.has(value)) fields.set(at, structuredClone(value));
    }
  };
  visit(network, 'network');
  return fields;
}

function differences(a: Map<string, unknown>, b: Map<string, unknown>): [string, unknown][] {
  const isSame = (path: string): boolean => JSON.stringify(a.get(path)) === JSON.stringify(b.get(path));
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((path) => !isSame(path))
    .map((path) => [path, b.get(path)]);
}

describe('restore', () => {
  it('lets windows that were opened since begin anew', () => {
    const { network } = new Radio(SIZE);
    network.advance(150);
    const state = network.save();
    const late = network.openWindow(100);
    const expected = { delivered: 0, largest: 0 };
    for (let run = 0; run < 2; run++) {
      network.advance(100);
      late.roll();
      const seen = {
        delivered: late.cell('DRB.PdcpSduVolumeDL', 0),
        largest: late.cell('RCT.PacketDelayDl.Max', 0),
      };
      if (run === 0) Object.assign(expected, seen);
      else expect(seen).toEqual(expected);
      network.restore(state);
    }
    expect(expected.delivered).toBeGreaterThan(0);
  });

  it('takes states into used memory', () => {
    const radio = new Radio(SIZE);
    const memory = radio.network.save();
    radio.advance(200);
    const expected = radio.look();
    expect(radio.network.save(memory)).toBe(memory);
    radio.advance(50);
    radio.network.restore(memory);
    expect(radio.look()).toBe(expected);
  });

  it.each([
    ['configuration', { ...SIZE, uesPerCell: 9 }, 1, 'state.config'],
    ['load', { ...SIZE, load: { min: 0.5, max: 0.6 } }, 1, 'state.config'],
    ['seed', SIZE, 2, 'state.seed'],
  ] as const)('refuses a state of another %s', (_name, input, seed, key) => {
    const state = new Radio(input, seed).network.save();
    const { network } = new Radio(SIZE);
    expect(() => network.restore(state)).toThrow(RadioConfigError);
    expect(() => network.restore(state)).toThrow(key);
    expect(() => network.save(state)).toThrow(key);
  });

  it('refuses a state of another task seed, or of windows that are not open', () => {
    const config = resolveRadioConfig(SIZE);
    const state = new Radio(SIZE).network.save();
    expect(() => new RadioNetwork(config, 1, 2).restore(state)).toThrow('state.taskSeed');
    expect(() => new RadioNetwork(config, 1).restore(state)).toThrow('state.windowsMs[0]');
  });
});
