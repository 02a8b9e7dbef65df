import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testXApp } from '@ricochet/xapp-sdk';
import xapp from './xapp.js';

/** Makes the xApp. Gives what minimum quotas in percent it asks for, by SST, when packets wait so long, in ms. */
function deploy(config = {}) {
  const tested = testXApp(xapp, { config });
  return async (delaysMs: Record<number, number>) => {
    const rows = Object.entries(delaysMs).map(([sst, delayMs]) => {
      return { snssai: { sst: Number(sst) }, values: { 'DRB.RlcSduDelayDl': delayMs * 10 } };
    });
    const [asked] = await tested.report('slices', { rows });
    assert(asked?.control.kind === 'slice-quota');
    return Object.fromEntries(asked.control.ratios.map(({ snssai, minRatio }) => [snssai.sst, minRatio]));
  };
}

test('gives all slices the same while none waits too long', async () => {
  const quotas = deploy();
  assert.deepEqual(await quotas({ 1: 10, 2: 0.4, 3: 5 }), { 1: 33, 2: 33, 3: 33 });
});

test('moves quota to who waits too long, down to the floor of more patient slices, and back', async () => {
  const quotas = deploy({ stepPercent: 10, floorPercent: 20 });
  const delaysMs = { 1: 50, 2: 20, 3: 5 };
  assert.deepEqual(await quotas(delaysMs), { 1: 23, 2: 43, 3: 33 });
  for (let i = 0; i < 10; i++) await quotas(delaysMs);
  assert.deepEqual(await quotas(delaysMs), { 1: 23, 2: 53, 3: 23 });
  for (let i = 0; i < 50; i++) await quotas({ 1: 0, 2: 0, 3: 0 });
  assert.deepEqual(await quotas({ 1: 0, 2: 0, 3: 0 }), { 1: 33, 2: 33, 3: 33 });
});

test('refuses a configuration that makes no sense', () => {
  assert.throws(() => deploy({ stepPercent: 0 }), /stepPercent/);
});
