import {
  decide,
  READY_TIMEOUT_MS,
  SILENT_TOO_LONG_MS,
  TRIAL_MS,
  type Desired,
  type Instance,
} from './reconcile.js';

const deployed = (generation: number, more: Partial<Desired> = {}): Desired => ({
  state: 'deployed',
  generation,
  onTrial: false,
  ...more,
});
const one = (generation: number, role: Instance['role'], more: Partial<Instance> = {}): Instance => ({
  key: `x@${generation}`,
  generation,
  role,
  startedAtMs: 0,
  restarts: 0,
  isDrained: false,
  ...more,
});
const trial = deployed(2, { onTrial: true });

describe('decide', () => {
  it.each<[string, Desired | undefined, Instance[], number, object[]]>([
    ['starts what is desired and does not run', deployed(1), [], 0, [{ kind: 'start' }]],
    ['leaves alone what runs as desired', deployed(1), [one(1, 'serving')], 9e9, []],
    ['leaves alone a parked one', deployed(1), [one(1, 'serving', { parked: 'bad' })], 9e9, []],
    [
      'lets what is not desired any more leave',
      { state: 'undeployed', generation: 1, onTrial: false },
      [one(1, 'serving')],
      0,
      [{ kind: 'leave', key: 'x@1' }],
    ],
    [
      'stops at once what is not desired and serves nobody',
      undefined,
      [one(1, 'serving', { parked: 'bad' }), one(2, 'candidate')],
      0,
      [
        { kind: 'stop', key: 'x@1' },
        { kind: 'stop', key: 'x@2' },
      ],
    ],
    ['waits for one that leaves', deployed(2), [one(1, 'leaving'), one(2, 'serving')], 0, []],
    [
      'stops one that has left',
      deployed(2),
      [one(1, 'leaving', { isDrained: true }), one(2, 'serving')],
      0,
      [{ kind: 'stop', key: 'x@1' }],
    ],
    ['starts a new version beside the former', trial, [one(1, 'serving')], 0, [{ kind: 'start' }]],
    [
      'waits for the new one to be ready',
      trial,
      [one(1, 'serving'), one(2, 'candidate', { notReady: 'not registered' })],
      READY_TIMEOUT_MS - 1,
      [],
    ],
    [
      'hands over when it is',
      trial,
      [one(1, 'serving'), one(2, 'candidate')],
      0,
      [{ kind: 'hand-over', key: 'x@2' }],
    ],
    [
      'hands over where nobody serves any more',
      trial,
      [one(2, 'candidate')],
      0,
      [{ kind: 'hand-over', key: 'x@2' }],
    ],
    [
      'goes back when the new one is not ready in time',
      trial,
      [one(1, 'serving'), one(2, 'candidate', { notReady: 'its model is missing' })],
      READY_TIMEOUT_MS,
      [{ kind: 'roll-back', reason: 'not ready within 30 s: its model is missing' }],
    ],
    [
      'goes back when the new one is parked before it serves',
      trial,
      [one(1, 'serving'), one(2, 'candidate', { notReady: 'x', parked: 'its configuration is wrong' })],
      0,
      [{ kind: 'roll-back', reason: 'its configuration is wrong' }],
    ],
    [
      'goes back when the new one ends before it serves',
      trial,
      [one(1, 'serving'), one(2, 'candidate', { notReady: 'x', restarts: 1, lastEnd: 'exit code 1' })],
      0,
      [{ kind: 'roll-back', reason: 'it ended (exit code 1)' }],
    ],
    [
      'goes back when the new one ends on its trial',
      trial,
      [one(2, 'serving', { restarts: 1, lastEnd: 'SIGSEGV', servingSinceMs: 0 })],
      5,
      [{ kind: 'roll-back', reason: 'it ended (SIGSEGV)' }],
    ],
    [
      'ends the trial after a while',
      trial,
      [one(2, 'serving', { servingSinceMs: 100 })],
      100 + TRIAL_MS,
      [{ kind: 'prove' }],
    ],
    ['lets the trial go on until then', trial, [one(2, 'serving', { servingSinceMs: 100 })], TRIAL_MS, []],
    [
      'stops a candidate that is not wanted any more',
      deployed(1),
      [one(1, 'serving'), one(2, 'candidate')],
      0,
      [{ kind: 'stop', key: 'x@2' }],
    ],
    [
      'replaces a candidate by another',
      deployed(3, { onTrial: true }),
      [one(1, 'serving'), one(2, 'candidate')],
      0,
      [{ kind: 'stop', key: 'x@2' }, { kind: 'start' }],
    ],
    [
      'replaces at once one that is parked',
      deployed(2),
      [one(1, 'serving', { parked: 'bad' })],
      0,
      [{ kind: 'stop', key: 'x@1' }, { kind: 'start' }],
    ],
    [
      'begins one anew that says nothing',
      deployed(1),
      [one(1, 'serving', { silentMs: SILENT_TOO_LONG_MS })],
      0,
      [{ kind: 'restart', key: 'x@1', reason: 'not heard for 30 s' }],
    ],
    [
      'goes back from one that says nothing on its trial',
      trial,
      [one(2, 'serving', { silentMs: SILENT_TOO_LONG_MS })],
      0,
      [{ kind: 'roll-back', reason: 'not heard for 30 s' }],
    ],
    ['has patience with one that is busy', deployed(1), [one(1, 'serving', { silentMs: 12_000 })], 0, []],
    [
      'does not go back twice: what was asked for again is waited for',
      deployed(2),
      [one(1, 'serving'), one(2, 'candidate', { notReady: 'x', restarts: 3 })],
      9e9,
      [],
    ],
  ])('%s', (_, desired, instances, nowMs, actions) => {
    expect(decide(desired, instances, nowMs)).toEqual(actions);
  });
});
