import { type RadioInput, type TrafficModel } from './radio-config.js';
import { RadioNetwork } from './radio-network.js';
import { resolveRadioConfig } from './resolve-radio-config.js';

const CALM: RadioInput = {
  cells: 2,
  uesPerCell: 30,
  duTypes: ['residential'],
  traffic: { surges: false, modulation: false },
};

function offeredMbps(input: RadioInput, seconds: number): { offered: number; asked: number } {
  const radio = new RadioNetwork(resolveRadioConfig({ ...CALM, ...input }), 4);
  radio.advance(seconds * 1000);
  let asked = 0;
  for (let cell = 0; cell < 2; cell++) for (let s = 0; s < 3; s++) asked += radio.meanLoadMbps(cell, s);
  return { offered: radio.tallies.network().offeredBits / seconds / 1e6, asked };
}

it.each(['poisson', 'ftp3', 'xr', 'periodic', 'sparse'] as TrafficModel[])(
  '%s traffic offers its mean rate',
  (model) => {
    const packetBytes = model === 'ftp3' ? 20_000 : 500;
    const slice = { model, packetBytes, onOff: false as const, reportPackets: 3 };
    const { offered, asked } = offeredMbps({ slices: { eMBB: slice, mMTC: slice, URLLC: slice } }, 12);
    expect(Math.abs(offered / asked - 1)).toBeLessThan(0.03);
  },
);

it('on-off sources keep the mean', () => {
  const { offered, asked } = offeredMbps({}, 60);
  expect(Math.abs(offered / asked - 1)).toBeLessThan(0.06);
});

it('a rate per UE replaces the share of the load', () => {
  const radio = new RadioNetwork(
    resolveRadioConfig({
      ...CALM,
      slices: { URLLC: { rateMbpsPerUe: 0.2 } },
      traffic: { ...CALM.traffic, ueWeightSigma: 0 },
    }),
    1,
  );
  radio.advance(20_000);
  for (const ue of radio.membersOf(0, 2)) {
    expect(radio.tallies.ue(ue).offeredBits / 20_000 / 200).toBeCloseTo(1, 0.9);
  }
});

it('loads lie in the configured range and are shared by the mix of the DU', () => {
  const radio = new RadioNetwork(
    resolveRadioConfig({ ...CALM, cells: 40, traffic: { ...CALM.traffic, mixJitterSigma: 0 } }),
    2,
  );
  for (let cell = 0; cell < 40; cell++) {
    const loads = [0, 1, 2].map((s) => radio.meanLoadMbps(cell, s));
    const total = loads.reduce((a, b) => a + b, 0);
    expect(total / 38).toBeGreaterThanOrEqual(0.55);
    expect(total / 38).toBeLessThanOrEqual(0.9);
    expect((loads[0] as number) / total).toBeCloseTo(0.48, 6);
    expect([0, 1, 2].map((s) => radio.membersOf(cell, s).length)).toEqual([10, 11, 9]);
  }
});

it('a network with more UEs than its example scales the mix', () => {
  const radio = new RadioNetwork(resolveRadioConfig({ cells: 1, uesPerCell: 200, duTypes: ['stadium'] }), 2);
  expect([0, 1, 2].map((s) => radio.membersOf(0, s).length)).toEqual([93, 60, 47]);
});
