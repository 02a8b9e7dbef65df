import { type RicControls } from '@ricochet/contracts';
import { controlsTable } from './controls-table.js';

type Control = RicControls['controls'][number];

const control = (more: Partial<Control>): Control => ({
  controlId: 'c-1',
  xapp: 'slice-quota',
  nodeId: 'gnb-001-01-1-du-3',
  kind: 'slice-quota',
  asked: {
    kind: 'slice-quota',
    ratios: [{ snssai: { sst: 1 }, minRatio: 60, maxRatio: 100, dedicatedRatio: 0 }],
  },
  answeredAtMs: 1_200,
  outcome: 'acknowledged',
  ackLatencyMs: 1.25,
  conflicts: [],
  ...more,
});

/** Without borders, and with what was wrapped on one line again. */
const words = (answer: Partial<RicControls>): string =>
  controlsTable({ controls: [], conflicts: [], ...answer }).replaceAll(/\s+/g, ' ');

describe('controlsTable', () => {
  it('says when there is nothing', () => {
    expect(words({})).toBe('no controls yet');
  });

  it('shows what was asked, granted, acknowledged and achieved, within what time', () => {
    const shares = [{ of: '1', asked: 0.6, achieved: 0.58, limit: 'the carrier' }];
    const text = words({
      controls: [control({ effect: { effective: true, delayMs: 100, measuredAtMs: 1_300, shares } })],
    });
    for (const part of ['1200 ms', 'DU 3', '1: 60..100 %', 'granted', 'yes after 1.3 ms'])
      expect(text).toContain(part);
    expect(text).toContain('yes, within 100 ms');
    expect(text).toContain('1: 58 % (the');
  });

  it('shows who went before, and that nothing was sent', () => {
    const lost = control({
      outcome: 'refused',
      cause: 'slice 1 held',
      conflicts: [
        {
          kind: 'direct',
          decision: 'refused',
          nodeId: 'n',
          control: 'slice-quota',
          slices: ['1'],
          atMs: 1_200,
          xapp: 'slice-quota',
          priority: 50,
          text: 'slice 1 held by guard',
        },
      ],
    });
    const text = words({ controls: [lost] });
    expect(text).toContain('refused: slice 1 held by guard');
    expect(text).toContain('not sent');
  });

  it('shows why a control had no effect, or is not measured', () => {
    const reason = 'ignored by the node';
    const ignored = control({ effect: { effective: false, reason, measuredAtMs: 1_700, shares: [] } });
    expect(words({ controls: [ignored] })).toContain('no; ignored by the node');
    expect(words({ controls: [control({})] })).toContain('not measured yet');
  });

  it('shows UE weights by how many there are, and conflicts of no one control below', () => {
    const weights = control({
      kind: 'ue-weights',
      asked: { kind: 'ue-weights', slices: [{ snssai: { sst: 2 }, ues: 12 }] },
    });
    const drift = {
      kind: 'implicit' as const,
      decision: 'drift' as const,
      nodeId: 'gnb-001-01-1-du-3',
      control: 'ue-weights' as const,
      slices: ['1'],
      atMs: 900,
      xapp: 'x',
      priority: 50,
      text: 'RCT.QosDl drifts',
    };
    const text = words({ controls: [weights], conflicts: [drift] });
    expect(text).toContain('weights of 12 UEs in 2');
    expect(text).toContain('900 ms, DU 3: ue-weights of x (priority 50) drift: RCT.QosDl drifts');
  });
});
