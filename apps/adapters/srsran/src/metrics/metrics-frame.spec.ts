import fc from 'fast-check';
import { metricsFrameOf } from './metrics-frame.js';

const UE = {
  rnti: 17_921,
  pci: 1,
  dl_mcs: 27,
  dl_brate: 11_312_392,
  dl_nof_ok: 627,
  dl_nof_nok: 3,
  dl_bs: 3_008,
};
const READ = { ...UE, cqi: 14, layers: 2 };

function cellOf(value: unknown) {
  const frame = metricsFrameOf(value);
  if (frame.kind !== 'cells') throw new Error(`is of kind ${frame.kind}`);
  return frame.cells[0]!;
}

describe('frames of metrics', () => {
  it('of before 25.10 have UEs in containers and a time in seconds', () => {
    const frame = metricsFrameOf({
      timestamp: 1_700_000_000.25,
      ue_list: [{ ue_container: { ...UE, cqi: 14, ri: 2, ta_ns: 'n/a' } }],
      event_list: [{ cell_events: { sfn: 1, slot_index: 2, rnti: 17_921, event_type: 'ue_create' } }],
      cell_metrics: { error_indication_count: 0 },
    });
    expect(frame).toMatchObject({ kind: 'cells', profile: undefined, timeMs: 1_700_000_000_250 });
    const { ues, events, refused } = cellOf({
      ue_list: [{ ue_container: { ...UE, cqi: 14, ri: 2 } }],
      event_list: [{ cell_events: { rnti: 17_921, event_type: 'ue_create' } }],
    });
    expect(ues).toMatchObject([READ]);
    expect(events).toEqual([{ rnti: 17_921, event_type: 'ue_create' }]);
    expect(refused).toBe(0);
  });

  it('of 25.10 have cells, numbers of UEs and a time of UTC', () => {
    const value = {
      timestamp: '2026-01-01T00:00:00.500',
      cells: [
        {
          cell_metrics: { pci: 7, nof_failed_pdcch_allocs: 0 },
          ue_list: [{ ...UE, ue: 4, cqi: 14, dl_ri: 2, ta_ns: null, last_phr: null }],
          event_list: [{ slot: '12.3', rnti: 17_921, event_type: 'ue_rem' }],
        },
      ],
    };
    const timeMs = Date.UTC(2026, 0, 1, 0, 0, 0, 500);
    expect(metricsFrameOf(value)).toMatchObject({ kind: 'cells', profile: 'srsran-25.10', timeMs });
    const cell = cellOf(value);
    expect(cell).toMatchObject({ pci: 7, ues: [{ ...READ, number: 4 }], refused: 0 });
    expect(cell.events).toEqual([{ rnti: 17_921, event_type: 'ue_rem' }]);
  });

  it('of OCUDU are told by their counters, and have −1 for no CQI', () => {
    const value = {
      cells: [
        {
          cell_metrics: { pci: 1, failed_dl_pdcch: 0, pdsch_prbs_used_per_tdd_slot_idx: [12, 4, 0] },
          ue_list: [{ ...UE, cqi: -1 }],
        },
      ],
    };
    expect(metricsFrameOf(value)).toMatchObject({ profile: 'ocudu-26.04', timeMs: undefined });
    expect(cellOf(value)).toMatchObject({ prbsBySlot: [12, 4, 0], ues: [{ ...UE, cqi: undefined }] });
  });

  it('of RLC have delays and losses of a bearer', () => {
    const tx = { num_sdus: 891, sum_sdu_latency_us: 2_538_037, num_dropped_sdus: 1, num_discarded_sdus: 2 };
    expect(metricsFrameOf({ rlc_metrics: { du_id: 0, ue_id: 3, drb_id: 1, tx, rx: {} } })).toEqual({
      kind: 'rlc',
      rlc: { number: 3, sdus: 891, lostSdus: 3, latencyUs: 2_538_037 },
    });
  });

  it.each([[{ 'cu-up': {} }], [{ app_resource_usage: {} }], [{}]])(
    'of other layers are passed over: %j',
    (value) => {
      expect(metricsFrameOf(value)).toEqual({ kind: 'other' });
    },
  );

  it('leave out what is not a UE, and count it', () => {
    const ue_list = [UE, { pci: 1 }, 'UE', null, { ...UE, rnti: 99_999 }, { ue_container: 3 }];
    const cell = cellOf({ cells: [{ ue_list, event_list: [{ rnti: 1, event_type: 'ue_moved' }] }] });
    expect(cell).toMatchObject({ ues: [UE], events: [], refused: 6 });
  });

  it('have no value that no measurement can have, and none where it is null', () => {
    const odd = { rnti: '17921', ue: null, pci: null, cqi: 99, dl_bs: 5e9, dl_brate: 1e300, dl_nof_ok: -1 };
    const value = {
      timestamp: 4_300_000_000,
      cells: [{ cell_metrics: { pci: null }, ue_list: [odd, { rnti: null }] }],
    };
    const { pci, ues, refused } = cellOf(value);
    expect(pci).toBeUndefined();
    expect(ues).toHaveLength(1);
    expect(Object.entries(ues[0]!).filter(([, told]) => told !== undefined)).toEqual([['rnti', 17_921]]);
    expect(refused).toBe(1);
  });

  it('are cut to what a gNB can have before they are read', () => {
    const many = Array.from({ length: 5_000 }, (_, rnti) => ({ rnti, event_type: 'ue_create' }));
    const frame = metricsFrameOf({
      cells: [{ ue_list: many, event_list: many }, ...many.map(() => ({ ue_list: many }))],
    });
    if (frame.kind !== 'cells') throw new Error(`is of kind ${frame.kind}`);
    expect(frame).toMatchObject({ refused: 5_001 - 32 });
    expect(frame.cells.map(({ ues, events }) => ues.length + events.length).slice(0, 2)).toEqual([8_192, 0]);
    expect(frame.cells[0]).toMatchObject({ refused: 2 * 904 });
    const slots = { pdsch_prbs_used_per_tdd_slot_idx: Array.from({ length: 2_000 }, () => 1) };
    expect(cellOf({ cells: [{ cell_metrics: slots }] }).prbsBySlot).toBeUndefined();
  });

  it.each([
    [null, 'no JSON object'],
    [[1], 'no JSON object'],
    ['text', 'no JSON object'],
    [{ cells: 3 }, '"cells" is no list'],
    [{ cells: [3] }, 'cell 0: Invalid input: expected object, received number'],
    [{ ue_list: 'none' }, 'cell 0: ue_list expected a list'],
    [{ rlc_metrics: { ue_id: 1 } }, 'rlc_metrics: tx Invalid input'],
  ])('are refused in words: %j', (value, why) => {
    expect(metricsFrameOf(value)).toEqual({ kind: 'refused', why: expect.stringContaining(why) });
  });

  it('never bring more than a refusal, whatever comes', () => {
    const key = fc.constantFrom(
      'timestamp',
      'cells',
      'ue_list',
      'event_list',
      'cell_metrics',
      'rlc_metrics',
      'tx',
    );
    const ueKey = fc.constantFrom(
      'ue_container',
      'rnti',
      'cqi',
      'dl_brate',
      'dl_mcs',
      'ue',
      'pci',
      'event_type',
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue({ maxDepth: 1 }),
        fc.constantFrom(NaN, Infinity, -1, 1e308, '9e999', 'n/a', '__proto__'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(key, ueKey), tie('tree'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const frame = metricsFrameOf(value);
        if (frame.kind === 'refused') expect(frame.why).not.toBe('');
        if (frame.kind !== 'cells') return;
        for (const number of frame.cells.flatMap(({ ues }) => ues.flatMap((ue) => Object.values(ue)))) {
          if (number !== undefined) expect(number).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
