import { E2apDecodeError } from './decode-error.js';
import { decodeF1Component, encodeF1Component, type F1Component } from './f1-component.js';

const CELL: F1Component['servedCells'][number] = {
  nrCgi: { plmn: { mcc: '001', mnc: '01' }, nci: 2 ** 36 - 1 },
  prbs: 106,
  active: true,
  sliceSupport: [{ sst: 1 }, { sst: 2, sd: '0003e8' }],
};
const DU: F1Component = { gnbDuName: 'DU 1', servedCells: [CELL] };

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const cellWith = (change: object): Uint8Array =>
  octets(JSON.stringify({ ...DU, servedCells: [{ ...CELL, ...change }] }));

describe('F1 component', () => {
  it.each([DU, { ...DU, servedCells: [] }, { ...DU, servedCells: [CELL, { ...CELL, active: false }] }])(
    'comes back as it was, case %#',
    (component) => {
      expect(decodeF1Component(encodeF1Component(component))).toEqual(component);
    },
  );

  it.each([
    [octets('no'), 'not JSON'],
    [octets(''), 'not JSON'],
    [octets('['.repeat(1 << 20)), 'not JSON'],
    [octets('[]'), 'expected an object'],
    [cellWith({ prbs: 0 }), 'servedCells[0].prbs'],
    [cellWith({ prbs: 50.5 }), 'servedCells[0].prbs'],
    [cellWith({ active: 'yes' }), 'servedCells[0].active'],
    [cellWith({ sliceSupport: [{ sst: 256 }] }), 'servedCells[0].sliceSupport[0].sst'],
    [cellWith({ sliceSupport: [{ sst: 1, sd: 'xyz' }] }), 'servedCells[0].sliceSupport[0].sd'],
    [
      cellWith({ nrCgi: { plmn: { mcc: '1', mnc: '01' }, nci: 1 } }),
      'servedCells[0].nrCgi.plmn: expected an mcc',
    ],
  ])('names what is wrong, case %#', (bytes, words) => {
    expect(() => decodeF1Component(bytes)).toThrow(E2apDecodeError);
    expect(() => decodeF1Component(bytes)).toThrow(words);
  });

  it('gives a component or refuses, wherever the octets are cut or changed', () => {
    const whole = encodeF1Component(DU);
    for (let at = 0; at < whole.length; at++) {
      for (const bytes of [
        whole.subarray(0, at),
        whole.map((octet, i) => (i === at ? octet ^ 0x12 : octet)),
      ]) {
        try {
          expect(decodeF1Component(bytes).servedCells).toHaveLength(1);
        } catch (error) {
          expect(error).toBeInstanceOf(E2apDecodeError);
        }
      }
    }
  });
});
