import { type RicSubscriptionRequest } from '@ricochet/e2ap';
import { kpm, type KpmActionDefinition } from '@ricochet/e2sm';
import { RadioNetwork, resolveRadioConfig } from '@ricochet/radio';
import { BASE_PERIOD_MS, ReportWindows } from '../report-windows.js';
import { duOf } from './du.fixture.js';
import { NodeSubscriptions } from './node-subscriptions.js';
import { oran } from './personas/oran.js';

const action = (measName: string): KpmActionDefinition => ({
  reportStyle: 1,
  format1: { measInfoList: [{ measName, labels: [{ noLabel: true }] }], granularityPeriodMs: 10 },
});
const GOOD = kpm.actionDefinition.encode(action('RRU.PrbUsedDl'));
const BAD = kpm.actionDefinition.encode(action('DRB.Nonsense'));

function request(
  instanceId: number,
  { periodMs = 20, actions = [GOOD] }: { periodMs?: number; actions?: (Uint8Array | undefined)[] } = {},
): RicSubscriptionRequest {
  return {
    ricRequestId: { requestorId: 1, instanceId },
    ranFunctionId: kpm.ranFunctionId,
    ricEventTriggerDefinition: kpm.eventTrigger.encode({ reportingPeriodMs: periodMs }),
    ricActionsToBeSetup: actions.map((definition, i) => ({
      ricActionId: i + 1,
      ricActionType: 'report',
      ...(definition && { ricActionDefinition: definition }),
    })),
  };
}

function setUp() {
  const radio = new RadioNetwork(resolveRadioConfig({ cells: 1, uesPerCell: 6 }), 1);
  const windows = new ReportWindows(radio);
  const subscriptions = new NodeSubscriptions(duOf(radio, 0), windows, oran.kpm);
  /** The indications of one base period. */
  const period = () => {
    radio.advance(BASE_PERIOD_MS);
    return windows.roll().flatMap((due) => [...subscriptions.reports(due)]);
  };
  return { radio, subscriptions, period };
}

describe('NodeSubscriptions', () => {
  it('admits a subscription and reports at its period, with the numbers of its periods', () => {
    const { radio, subscriptions, period } = setUp();
    expect(subscriptions.add(request(7))).toEqual({ admitted: [1], notAdmitted: [] });
    const sent: [number, number | undefined, number][] = [];
    for (let i = 0; i < 6; i++) {
      for (const indication of period()) {
        expect(indication).toMatchObject({
          ricRequestId: { requestorId: 1, instanceId: 7 },
          ranFunctionId: kpm.ranFunctionId,
          ricActionId: 1,
          ricIndicationType: 'report',
        });
        const header = kpm.indicationHeader.decode(indication.ricIndicationHeader);
        if (!('collectionStartTimeMs' in header)) throw new Error('not simulation time');
        expect(kpm.indicationMessage.decode(indication.ricIndicationMessage)).toHaveProperty('format1');
        sent.push([radio.timeMs, indication.ricIndicationSn, header.collectionStartTimeMs]);
      }
    }
    expect(sent).toEqual([
      [20, 1, 0],
      [40, 2, 20],
      [60, 3, 40],
    ]);
  });

  it('counts periods in which nothing was sent', () => {
    const { subscriptions, period } = setUp();
    subscriptions.add(request(1, { periodMs: 10 }));
    expect(period().map(({ ricIndicationSn }) => ricIndicationSn)).toEqual([1]);
    subscriptions.clear();
    period();
    period();
    subscriptions.add(request(1, { periodMs: 10 }));
    expect(period().map(({ ricIndicationSn }) => ricIndicationSn)).toEqual([4]);
  });

  it('keeps sequence numbers in 16 bits', () => {
    const { radio, subscriptions } = setUp();
    subscriptions.add(request(1, { periodMs: 10 }));
    const window = radio.openWindow(10);
    const numberAt = (timeMs: number) => {
      jest.spyOn(window, 'endMs', 'get').mockReturnValue(timeMs);
      return [...subscriptions.reports({ window, periodMs: 10, phaseMs: 0 })].map(
        ({ ricIndicationSn }) => ricIndicationSn,
      );
    };
    expect([65_535 * 10, 65_536 * 10, 65_537 * 10].map(numberAt)).toEqual([[65_535], [0], [1]]);
  });

  it('admits what it can and says why not the rest', () => {
    const { subscriptions, period } = setUp();
    expect(subscriptions.add(request(1, { actions: [BAD, GOOD, undefined] }))).toEqual({
      admitted: [2],
      notAdmitted: [
        { ricActionId: 1, cause: { ricRequest: 'action-not-supported' } },
        { ricActionId: 3, cause: { ricRequest: 'action-not-supported' } },
      ],
    });
    period();
    expect(period().map(({ ricActionId }) => ricActionId)).toEqual([2]);
  });

  it.each([
    [
      'no action can be admitted',
      request(1, { actions: [BAD] }),
      { ricRequest: 'action-not-supported' },
      'DRB.Nonsense',
    ],
    [
      'an action without definition',
      request(1, { actions: [undefined] }),
      { ricRequest: 'action-not-supported' },
      'no definition',
    ],
    [
      'a definition that can not be read',
      request(1, { actions: [Uint8Array.of(1, 2)] }),
      { ricRequest: 'action-not-supported' },
      'KPM ActionDefinition',
    ],
    [
      'another RAN function',
      { ...request(1), ranFunctionId: 3 },
      { ricRequest: 'ran-function-id-invalid' },
      'RAN function 3',
    ],
    [
      'a period that is no multiple of 10 ms',
      request(1, { periodMs: 25 }),
      { ricRequest: 'unspecified' },
      '25 ms is no multiple of 10 ms',
    ],
    [
      'a trigger that can not be read',
      { ...request(1), ricEventTriggerDefinition: Uint8Array.of(9) },
      { ricRequest: 'unspecified' },
      'KPM EventTriggerDefinition',
    ],
    [
      'an insert',
      {
        ...request(1),
        ricActionsToBeSetup: [
          { ricActionId: 1, ricActionType: 'insert' as const, ricActionDefinition: GOOD },
        ],
      },
      { ricRequest: 'action-not-supported' },
      'insert',
    ],
  ])('refuses %s with a cause and a reason, and keeps nothing of it', (_, asked, cause, words) => {
    const { subscriptions, period } = setUp();
    const answer = subscriptions.add(asked);
    expect(answer).toEqual({ cause, reason: expect.stringContaining(words) });
    expect(subscriptions.count).toBe(0);
    expect([...period(), ...period()]).toEqual([]);
  });

  it('deletes the subscription of a request id and no other', () => {
    const { subscriptions, period } = setUp();
    subscriptions.add(request(1));
    subscriptions.add(request(2));
    expect(subscriptions.delete({ requestorId: 1, instanceId: 1 })).toBe(true);
    expect(subscriptions.delete({ requestorId: 1, instanceId: 1 })).toBe(false);
    expect(subscriptions.delete({ requestorId: 2, instanceId: 2 })).toBe(false);
    period();
    expect(period().map(({ ricRequestId }) => ricRequestId.instanceId)).toEqual([2]);
  });

  it('replaces a subscription whose request id comes again', () => {
    const { subscriptions, period } = setUp();
    subscriptions.add(request(1));
    subscriptions.add(request(1));
    expect(subscriptions.count).toBe(1);
    period();
    expect(period()).toHaveLength(1);
  });

  it('reports nothing after it was cleared', () => {
    const { subscriptions, period } = setUp();
    subscriptions.add(request(1));
    subscriptions.add(request(2, { periodMs: 10 }));
    subscriptions.clear();
    expect([...period(), ...period()]).toEqual([]);
    expect(subscriptions.count).toBe(0);
  });
});
