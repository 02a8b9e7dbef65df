import { resolve } from 'node:path';
import {
  a1Policies,
  a1PutPolicy,
  controlEffect,
  GUARD_POLICY_TYPE,
  ricConflict,
  SLICE_SLA_POLICY_TYPE,
  type A1PolicyStatus,
  type Conflict,
} from '@ricochet/contracts';
import { HostedRic } from './support/hosted-ric.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 120_000;
const REQUEST_MS = 30_000;

describe('an xApp that optimises beside those that keep promises', () => {
  let ric: HostedRic;
  const conflicts: Conflict[] = [];
  const effective = new Set<string>();

  beforeAll(async () => {
    ric = await HostedRic.start();
    ric.bus.subscribe(ricConflict, (conflict) => conflicts.push(conflict));
    ric.bus.subscribe(controlEffect('*'), (effect, subject) => {
      if (effect.effective) effective.add(subject.split('.')[2] ?? '');
    });
    ric.startSim();
    await deploy('slice-quota', { split: 'need' });
    await deploy('slice-guard', { policies: true });
  }, TIMEOUT_MS);
  afterAll(() => ric.dispose(), TIMEOUT_MS);

  async function deploy(name: string, config: Record<string, unknown>): Promise<void> {
    await ric.lifecycle.onboard(resolve('apps/xapps', name));
    await ric.lifecycle.deploy(name, { config });
    await waitFor(`${name} runs`, () => ric.lifecycle.status(name)[0]?.state === 'running', PATIENCE_MS);
  }
  const policy = async (policyId: string, policyTypeId: number): Promise<A1PolicyStatus | undefined> =>
    (await ric.bus.request(a1Policies, {}, REQUEST_MS)).policies.find(
      (each) => each.policyId === policyId && each.policyTypeId === policyTypeId,
    );
  const enforced = async (policyId: string, policyTypeId: number): Promise<void> => {
    await waitFor(
      `${policyId} enforced`,
      async () => (await policy(policyId, policyTypeId))?.enforceStatus === 'ENFORCED',
      PATIENCE_MS,
    );
  };

  it(
    'slice-guard, of the higher priority, takes slices over from slice-quota, which learns why',
    async () => {
      const overrode = (): boolean =>
        conflicts.some(
          ({ decision, xapp, other }) =>
            decision === 'overrode' && xapp === 'slice-guard' && other === 'slice-quota',
        );
      await waitFor('a take-over', overrode, PATIENCE_MS);
      const refused = (): boolean =>
        conflicts.some(({ decision, xapp }) => decision === 'refused' && xapp === 'slice-quota');
      await waitFor('slice-quota is refused', refused, PATIENCE_MS);
      await waitFor('its effect', () => effective.has('slice-guard'));
      expect(conflicts.some(({ decision, xapp }) => decision === 'refused' && xapp === 'slice-guard')).toBe(
        false,
      );
    },
    TIMEOUT_MS,
  );

  it(
    'slice-guard holds what an A1 policy promises, and says of one that it can not hold why',
    async () => {
      const { policyTypeId } = SLICE_SLA_POLICY_TYPE;
      const scope = { sliceId: { sst: 2, plmnId: { mcc: '001', mnc: '01' } } };
      const promise = { scope, sliceSlaObjectives: { maxDlPacketDelayPerUe: 4 } };
      await ric.bus.request(a1PutPolicy, { policyTypeId, policyId: 'urllc', policy: promise }, REQUEST_MS);
      await enforced('urllc', policyTypeId);
      const impossible = { scope, sliceSlaObjectives: { maxNumberOfUes: 10 } };
      await ric.bus.request(a1PutPolicy, { policyTypeId, policyId: 'ues', policy: impossible }, REQUEST_MS);
      const reasoned = async (): Promise<A1PolicyStatus | false> => {
        const status = await policy('ues', policyTypeId);
        return status?.enforceReason?.includes('maxNumberOfUes') === true && status;
      };
      expect(await waitFor('its reason', reasoned)).toMatchObject({ enforceStatus: 'NOT_ENFORCED' });
    },
    TIMEOUT_MS,
  );

  it(
    'a KPI guard by A1 is enforced by the RIC, which puts back what was in force',
    async () => {
      const { policyTypeId } = GUARD_POLICY_TYPE;
      const guard = { kpi: 'RRU.PrbUsedDl', level: 'slice', max: 30, windowMs: 500, rollBack: true };
      await ric.bus.request(a1PutPolicy, { policyTypeId, policyId: 'prbs', policy: guard }, REQUEST_MS);
      await enforced('prbs', policyTypeId);
      const broken = (): Conflict | undefined =>
        conflicts.find(({ decision, text }) => decision === 'rolled-back' && text.includes('RRU.PrbUsedDl'));
      expect(await waitFor('a rollback', broken, PATIENCE_MS)).toMatchObject({ kind: 'indirect' });
      const unbounded = { kpi: 'RRU.PrbUsedDl', level: 'slice', windowMs: 500, rollBack: false };
      await expect(
        ric.bus.request(a1PutPolicy, { policyTypeId, policyId: 'no-bound', policy: unbounded }, REQUEST_MS),
      ).rejects.toThrow(/min|max/);
    },
    TIMEOUT_MS,
  );
});

describe('a lockstep run', () => {
  it(
    'takes no change of xApps, and says why',
    async () => {
      const ric = await HostedRic.start();
      try {
        await ric.lifecycle.onboard(resolve('apps/xapps/slice-guard'));
        ric.startSim(undefined, { RICOCHET_MODE: 'lockstep', RICOCHET_UNTIL_MS: '600000' });
        const refusal = async (): Promise<string | undefined> => {
          try {
            await ric.lifecycle.deploy('slice-guard', {});
            await ric.lifecycle.undeploy('slice-guard');
            return undefined;
          } catch (error) {
            return (error as Error).message;
          }
        };
        expect(await waitFor('lockstep', refusal, PATIENCE_MS)).toMatch(
          /^xApp slice-guard can not be changed while a lockstep run is under way/,
        );
      } finally {
        await ric.dispose();
      }
    },
    TIMEOUT_MS,
  );
});
