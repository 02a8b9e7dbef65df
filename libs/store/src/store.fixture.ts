import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConflictRecord } from './conflict-records.js';
import type { ContributionRecord, ModelRecord } from './learning-records.js';
import type {
  ControlRecord,
  EffectRecord,
  KpiRecord,
  NodeRecord,
  PolicyRecord,
  RunStart,
  SubscriptionRecord,
} from './records.js';

/** A folder of its own for every test of a file, gone when the file is done. */
export function temporaryFolders(): () => string {
  const folders: string[] = [];
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'ricochet-store-'));
    folders.push(folder);
    return folder;
  };
}

/** Waits until `condition` holds; the test's time-out ends it. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 2));
}

export const node: NodeRecord = {
  nodeId: 'gnb-001-01-1-du-1',
  globalId: { plmn: { mcc: '001', mnc: '01' }, gnbId: 1, gnbDuId: 1 },
  ranFunctions: [{ id: 2, oid: '1.3.6.1.4.1.53148.1.2.2.2' }],
  state: 'connected',
  changedAtMs: 1_795_219_200_123,
};

export const subscription: SubscriptionRecord = {
  subscriptionId: 7,
  nodeId: node.nodeId,
  ranFunctionId: 2,
  eventTrigger: { reportPeriodMs: 10 },
  action: { style: 4 },
  mergeKey: 'gnb-001-01-1-du-1/2/10/4',
  subscribers: ['slice-quota', 'slice-scheduler'],
  state: 'active',
};

export const run: RunStart = {
  seed: 2 ** 40 + 1,
  scenario: 'slice-surge',
  configHash: 'c0ffee',
  controller: 'need+pf',
  mode: 'lockstep',
  startedAtMs: 1_795_219_200_000,
};

export const controlOf = (n: number, more: Partial<ControlRecord> = {}): ControlRecord => ({
  controlId: `slice-quota-${n}`,
  xapp: 'slice-quota',
  nodeId: node.nodeId,
  kind: 'slice-quota',
  asked: [{ slice: '1', minRatio: 20, maxRatio: 60 }],
  simTimeMs: n * 100,
  requestedAtMs: 1_795_219_200_000 + n,
  outcome: 'acknowledged',
  ackLatencyMs: 1.25,
  ...more,
});

export const effectOf = (n: number, more: Partial<EffectRecord> = {}): EffectRecord => ({
  controlId: `slice-quota-${n}`,
  effective: true,
  achieved: { '1': 58.5 },
  measuredAtSimMs: n * 100 + 10,
  ...more,
});

export const conflictOf = (n: number, more: Partial<ConflictRecord> = {}): ConflictRecord => ({
  kind: 'direct',
  decision: 'refused',
  nodeId: node.nodeId,
  control: 'slice-quota',
  slices: ['1', '2-0003e8'],
  simTimeMs: n * 100,
  xapp: 'slice-quota',
  priority: 50,
  other: 'slice-guard',
  otherPriority: 60,
  untilMs: n * 100 + 1_000,
  controlId: `slice-quota-${n}`,
  text: 'held by slice-guard (priority 60)',
  ...more,
});

export const kpiOf = (n: number, more: Partial<KpiRecord> = {}): KpiRecord => ({
  nodeId: node.nodeId,
  slice: '1',
  simTimeMs: n * 100,
  deliveredKbit: 12.5,
  offeredKbit: 13,
  prbUsed: 33.3,
  delayMeanMs: null,
  delayP99Ms: null,
  delayMaxMs: null,
  bufferBytes: 0,
  qos: 0.98,
  minRatio: 20,
  maxRatio: 60,
  ...more,
});

export const policy: PolicyRecord = {
  policyTypeId: 20_501,
  policyId: 'slice-quota-model',
  policy: { modelVersion: 3, sla: { embb: { rateMbps: 20 } } },
  enforceStatus: 'ENFORCED',
  updatedAtMs: 1_795_219_200_123,
};

export const modelOf = (n: number, more: Partial<ModelRecord> = {}): ModelRecord => ({
  level: 'high',
  key: `key-${n}`,
  architecture: 'actor 12-64-3 critic 15-64-1',
  parent: n === 1 ? null : n - 1,
  origin: {
    kind: 'meta-update',
    round: n,
    weighting: 'softmin',
    contributions: [
      {
        nodeId: node.nodeId,
        tdVariance: 0.5,
        smoothedTdVariance: 0.4,
        weight: 1,
        supportSamples: 64,
        querySamples: 64,
        meanReward: 0.9,
      },
    ],
  },
  parameters: new Uint8Array(Float32Array.of(n, 0.5, -n).buffer),
  createdAtMs: 1_795_219_200_000 + n,
  ...more,
});

export const contributionOf = (n: number, more: Partial<ContributionRecord> = {}): ContributionRecord => ({
  level: 'high',
  round: n,
  nodeId: node.nodeId,
  modelVersion: 1,
  tdVariance: 0.5,
  weight: 0.25,
  supportSamples: 64,
  querySamples: 32,
  meanReward: 0.9,
  outcome: 'accepted',
  receivedAtMs: 1_795_219_200_000 + n,
  ...more,
});
