import { type Conflict, type ControlKind } from '@ricochet/contracts';
import { ricConfigSchema } from '../ric.config.js';
import { type ConflictService } from './conflict.service.js';
import { FakeIndications, NODE, quotaOf, sliceReport } from './control-reports.fixture.js';
import { type AcknowledgedControl, type ControlService } from './control.service.js';
import { DriftService } from './drift.service.js';
import { XAppStandings } from './xapp-standings.service.js';

describe('DriftService', () => {
  let indications: FakeIndications;
  let standings: XAppStandings;
  let decided: Conflict[];
  let acknowledged: (control: AcknowledgedControl) => void;

  beforeEach(() => {
    indications = new FakeIndications();
    decided = [];
    const config = ricConfigSchema.parse({ RICOCHET_NATS_URL: 'nats://nowhere' });
    standings = new XAppStandings(config);
    const controls = {
      onAcknowledged: (listener: typeof acknowledged) => (acknowledged = listener),
    } as unknown as ControlService;
    const conflicts = {
      decide: (conflict: Conflict) => decided.push(conflict),
    } as unknown as ConflictService;
    new DriftService(indications.service, controls, conflicts, standings, config).onModuleInit();
  });

  const acted = (xapp: string, atMs: number): void =>
    acknowledged({
      controlId: `${xapp}-${atMs}`,
      xapp,
      nodeId: NODE,
      control: { kind: 'slice-quota', ratios: [quotaOf(10)] },
      atMs,
    });
  /** The old one acts all the time; from 130 s on the new one does too, and the quality falls. */
  const play = (to = 0.5): void => {
    for (let timeMs = 100; timeMs < 180_000; timeMs += 100) {
      indications.report(sliceReport(timeMs, 10, timeMs > 130_000 ? to : 0.9));
      acted('old', timeMs);
      if (timeMs >= 130_000) acted('new', timeMs);
    }
  };

  it('names who had begun to act when a KPI began to drift, once', () => {
    play();
    expect(decided).toMatchObject([
      {
        kind: 'implicit',
        decision: 'drift',
        nodeId: NODE,
        slices: ['1'],
        xapp: 'new',
        text: 'RCT.QosDl of slice 1 drifts from 0.900 to 0.500 in the 20 s since new began at 130000 ms',
      },
    ]);
  });

  it('names nobody when nothing changes', () => {
    play(0.88);
    expect(decided).toEqual([]);
  });

  it('does not judge who acts from the first minutes on, nor who pauses for less than what it is held against', () => {
    for (let timeMs = 100; timeMs < 300_000; timeMs += 100) {
      indications.report(sliceReport(timeMs, 10, timeMs > 60_000 && timeMs < 200_000 ? 0.5 : 0.9));
      if (timeMs >= 60_000 && (timeMs < 150_000 || timeMs > 200_000)) acted('one', timeMs);
    }
    expect(decided).toEqual([]);
  });

  it('names nobody who says that he moves it', () => {
    const kind: ControlKind = 'slice-quota';
    standings.declare('new', { influences: { [kind]: ['RCT.QosDl'] } });
    play();
    expect(decided).toEqual([]);
  });
});
