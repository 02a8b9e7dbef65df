import {
  type RicStatus,
  type RoundClosed,
  type SimulationSample,
  type SliceSample,
} from '@ricochet/contracts';
import { SLICE_TYPES, sNssaiOf } from '@ricochet/ran-types';
import { plainLine } from './plain-line.js';
import { renderScreen } from './screen.js';
import { type ViewState } from './view-state.js';

const slice: Omit<SliceSample, 'snssai'> = {
  ues: 10,
  offeredKbit: 1_000,
  deliveredKbit: 950,
  servedShare: 0.95,
  prbUsed: 30,
  ueThpKbps: 5_000,
  delayMeanMs: 2,
  delayP99Ms: 7,
  delayMaxMs: 9,
  dropRate: 0,
  bufferBytes: 100,
  qos: 0.9,
  minRatio: 40,
  maxRatio: 40,
  slaMet: true,
};

const node = (du: number, active = true): SimulationSample['nodes'][number] => ({
  nodeId: `gnb-001-01-1-du-${du}`,
  active,
  prbUsed: 90,
  prbAvailable: 100,
  slices: SLICE_TYPES.map((type) => ({ ...slice, snssai: sNssaiOf(type), slaMet: type !== 'URLLC' })),
});

const sample: SimulationSample = {
  run: {
    runId: 'r',
    scenario: 'surge',
    seed: 3,
    mode: 'real-time',
    speed: 1,
    configHash: 'c',
    controller: 'need+pf',
    startedAtMs: 0,
  },
  index: 9,
  timeMs: 1_000,
  realTimeFactor: 1,
  connectedNodes: 2,
  nodes: [node(1), node(2, false)],
  events: [],
  counts: { indications: 1, controlsApplied: 1, controlsFailed: 0 },
  loopLatency: { count: 1, p50Ms: 1.5, p90Ms: 2.5, p99Ms: 3.5, maxMs: 4.5 },
};

const status: RicStatus = {
  instance: 'i',
  nodes: [],
  xapps: [
    {
      name: 'slice-quota',
      version: '0.1.0',
      state: 'running',
      restarts: 2,
      subscriptionsActive: 2,
      subscriptionsFailed: 0,
      controls: 5,
      skipped: 0,
    },
  ],
  decisions: [
    {
      xapp: 'slice-quota',
      nodeId: 'gnb-001-01-1-du-1',
      kind: 'slice-quota',
      outcome: 'acknowledged',
      effective: false,
      reason: 'slice 1: 20..20 % in force, asked 40..40 %',
      shares: [{ of: '1', asked: 0.4, achieved: 0.2 }],
    },
  ],
  counts: {
    indications: 10,
    missed: 1,
    duplicates: 2,
    late: 3,
    controlsAcknowledged: 8,
    controlsRefused: 1,
    controlsFailed: 0,
    controlsTimedOut: 0,
    effectsEffective: 7,
    effectsIneffective: 1,
    effectsNotMeasured: 0,
    invalidMessages: 0,
    storeRowsDropped: 0,
  },
  policies: [
    {
      policyTypeId: 20_501,
      policyId: 'slice-quota-model',
      policy: { modelVersion: 7, sla: {} },
      enforceStatus: 'NOT_ENFORCED',
      enforceReason: 'xApp slice-quota has not answered yet',
    },
  ],
  log: ['something happened'],
};

const round: RoundClosed = {
  level: 'high',
  round: 3,
  timeMs: 600,
  closedBy: 'deadline',
  baseVersion: 6,
  modelVersion: 7,
  settled: true,
  weighting: 'softmin',
  engine: 'wasm-simd128',
  contributions: [
    [1, 0.02, 0.6],
    [2, 0.031, 0.4],
  ].map(([du, variance = 0, weight = 0]) => ({
    nodeId: `gnb-001-01-1-du-${du}`,
    tdVariance: variance,
    smoothedTdVariance: variance,
    weight,
    supportSamples: 128,
    querySamples: 128,
    adaptation: du === 1 ? 'accepted' : 'kept',
  })),
  missing: ['gnb-001-01-1-du-3'],
  rolledBack: false,
  updateMs: 2.5,
  refused: { late: 0, duplicate: 0, stale: 0, 'unknown-du': 0, shape: 0, 'not-finite': 0 },
};

const state: ViewState = { sample, status, rounds: new Map(), lines: [], emulatesNodes: true, notice: [] };

/** An emulated node, one of others, and one that has gone. */
const nodes: RicStatus['nodes'] = [
  {
    nodeId: 'gnb-001-01-1-du-1',
    state: 'connected',
    ranFunctions: [],
    transport: 'nats',
    profile: 'oran',
    peer: 'gnb-001-01-1-du-1-1234',
    refusedPdus: 0,
  },
  {
    nodeId: 'gnb-001-01-411-du-0',
    state: 'connected',
    ranFunctions: [],
    transport: 'sctp',
    profile: 'srsran',
    peer: '10.0.0.2:4567',
    refusedPdus: 0,
  },
  {
    nodeId: 'gnb-999-70-3',
    state: 'disconnected',
    ranFunctions: [],
    transport: 'sctp',
    profile: 'flexric-2.03',
    peer: '10.0.0.3:4567',
    refusedPdus: 0,
  },
];

const plain = (text: string): string =>
  text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');

describe('the live view', () => {
  it('shows nodes, slices against their SLA, decisions with their effect, latency and the log', () => {
    const screen = plain(
      renderScreen({ ...state, rounds: new Map([['high', round]]), lines: ['a line'] }, 60),
    );
    for (const part of [
      '2 of 2 connected',
      'slice-quota 0.1.0 running (2 restarts)',
      '9.5 Mb/s',
      '7 ms met',
      '7 ms missed',
      'SLA met in 0 % of DUs',
      'eMBB 40 → 20 %',
      'not effective: slice 1: 20..20 % in force, asked 40..40 %',
      'p99 3.50 ms',
      '10 indications (1 missed, 2 duplicates, 3 late)',
      'high level: round 3 (softmin), closed by the deadline, without 1, published in 2.5 ms, model v7',
      'v7 not enforced: xApp slice-quota has not answered yet',
      'σ² and weight  DU 1 .020 .600  DU 2 .031 .400',
      'adaptation  1 accepted (DU 1), 1 kept, 0 reverted',
      'something happened',
      'a line',
    ]) {
      expect(screen).toContain(part);
    }
    expect(screen).toMatch(/DU 2 .*off/);
  });

  it('says why an xApp is parked', () => {
    const [xapp] = status.xapps;
    if (xapp === undefined) throw new Error('there is an xApp');
    const parked = { ...status, xapps: [{ ...xapp, state: 'parked' as const, cause: 'split: unknown' }] };
    const screen = plain(renderScreen({ ...state, status: parked }, 60));
    expect(screen).toContain('slice-quota 0.1.0 parked (split: unknown, 2 restarts)');
  });

  it('leaves DUs out on a low terminal and says so', () => {
    const many = { ...sample, nodes: Array.from({ length: 30 }, (_, i) => node(i + 1)) };
    expect(plain(renderScreen({ ...state, sample: many }, 40))).toContain('more DUs');
  });

  it('says what it waits for before anything is heard', () => {
    const nothing = { ...state, sample: undefined, status: undefined };
    expect(plain(renderScreen(nothing, 40))).toContain('Near-RT RIC starting');
    expect(plainLine(nothing)).toBe('waiting for the E2 simulator; Near-RT RIC starting');
  });

  it('tells the state on one line', () => {
    expect(plainLine(state)).toBe(
      '1.0 s: 2/2 nodes; slice-quota running; SLA met in eMBB 100 %, mMTC 100 %, URLLC 0 % of DUs; loop p50 1.50 ms, p99 3.50 ms',
    );
  });

  it('tells of nodes that are not emulated', () => {
    const other = 'gnb-001-01-411-du-0 (srsran, 10.0.0.2:4567)';
    const both = { ...state, status: { ...status, nodes } };
    expect(plain(renderScreen(both, 60))).toContain(`E2 nodes: 2 of 2 connected, ${other}   xApps:`);
    expect(plainLine(both)).toContain(`2/2 nodes, ${other}; `);
    const starting = { ...both, sample: undefined };
    expect(plain(renderScreen(starting, 60))).toContain('E2 nodes: starting   xApps:');
  });

  it('waits for no emulated node where there is none', () => {
    const alone = { ...state, sample: undefined, emulatesNodes: false };
    expect(plainLine(alone)).toBe('E2 nodes: none yet; slice-quota running');
    const screen = plain(renderScreen({ ...alone, status: { ...status, nodes: nodes.slice(1) } }, 60));
    expect(screen).toContain('E2 nodes: gnb-001-01-411-du-0 (srsran, 10.0.0.2:4567)   xApps:');
    expect(screen).not.toContain('waiting for');
  });
});
