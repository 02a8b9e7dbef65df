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
  /** The old one acts all the time; from 10 s on the new one does too, and the quality falls. */
  const play = (): void => {
    for (let timeMs = 0; timeMs < 20_000; timeMs += 100) {
      indications.report(sliceReport(timeMs, 10, timeMs > 10_000 ? 0.5 : 0.9));
      acted('old', timeMs);
      if (timeMs >= 10_000) acted('new', timeMs);
    }
  };

  it('names who had begun to act when a KPI began to drift', () => {
    play();
    expect(decided).toMatchObject([
      {
        kind: 'implicit',
        decision: 'drift',
        nodeId: NODE,
        slices: ['1'],
        xapp: 'new',
        text: expect.stringMatching(
          /^RCT.QosDl of slice 1 drifts from 0.\d+ to 0.500 since 10100 ms; new began at 10000 ms$/,
        ),
      },
    ]);
  });

  it('names nobody who says that he moves it', () => {
    const kind: ControlKind = 'slice-quota';
    standings.declare('new', { influences: { [kind]: ['RCT.QosDl'] } });
    play();
    expect(decided).toEqual([]);
  });
});
