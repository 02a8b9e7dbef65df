import { E2apDecodeError } from '../decode-error.js';
import { decodeF1Request, encodeF1CellStatus, encodeF1Setup, type F1Setup } from './f1-component.js';

const PLMN = { mcc: '001', mnc: '01' };
const CELL: F1Setup['servedCells'][number] = {
  nrCgi: { plmn: PLMN, nci: 2 ** 36 - 1 },
  prbs: 100,
  sliceSupport: [{ sst: 1 }, { sst: 2, sd: '0003e8' }],
};
const DU: F1Setup = { gnbDuId: 7, gnbDuName: 'DU 7', servedCells: [CELL] };
const STATUS = {
  gnbDuId: 7,
  cells: [
    { nrCgi: CELL.nrCgi, active: false },
    { nrCgi: { plmn: PLMN, nci: 1 }, active: true },
  ],
};

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

describe('the F1 component of a DU', () => {
  it.each([
    DU,
    { ...DU, gnbDuName: undefined, servedCells: [] },
    { ...DU, servedCells: [1, 11, 106, 275].map((prbs) => ({ ...CELL, prbs })) },
    { ...DU, servedCells: [{ ...CELL, sliceSupport: [] }] },
  ])('comes back as it was, case %#', (setup) => {
    expect(decodeF1Request(encodeF1Setup(setup).requestPart)).toEqual(setup);
  });

  it('tells later which cells are in service', () => {
    expect(decodeF1Request(encodeF1CellStatus(STATUS).requestPart)).toEqual(STATUS);
    expect(decodeF1Request(encodeF1CellStatus({ cells: [] }).requestPart)).toEqual({ cells: [] });
  });

  it('is read as real DUs send it: without cells, with a name', () => {
    const srsran = '00010022000004004e00020000002a00020000002d400a038064756d6d792d647500ab000100';
    expect(decodeF1Request(hex(srsran))).toEqual({ gnbDuId: 0, gnbDuName: 'dummy-du', servedCells: [] });
  });

  it('has the answer of the CU beside it', () => {
    const response = '4001000e000002004e0002000000aa000100';
    expect(Buffer.from(encodeF1Setup(DU).responsePart).toString('hex')).toBe(response);
  });

  it.each([
    ['prbs', { prbs: 276.5 }],
    ['sd', { sliceSupport: [{ sst: 1, sd: 'xyz' }] }],
    ['mcc', { nrCgi: { plmn: { mcc: '1', mnc: '01' }, nci: 1 } }],
  ])('refuses to tell what there can not be: %s', (_, change) => {
    expect(() => encodeF1Setup({ ...DU, servedCells: [{ ...CELL, ...change }] })).toThrow();
  });

  it.each([
    [encodeF1Setup(DU).responsePart, 'found successfulOutcome 1'],
    [hex('000d400100'), 'found initiatingMessage 13'],
    [new TextEncoder().encode('NGAP Request Message sent'), 'F1AP'],
    [new Uint8Array(0), 'F1AP'],
  ])('refuses what is no such component, case %#', (octets, words) => {
    expect(() => decodeF1Request(octets)).toThrow(E2apDecodeError);
    expect(() => decodeF1Request(octets)).toThrow(words);
  });

  it('gives a component or refuses, wherever the octets are cut or changed', () => {
    for (const whole of [encodeF1Setup(DU).requestPart, encodeF1CellStatus(STATUS).requestPart]) {
      for (let at = 0; at < whole.length; at++) {
        for (const octets of [whole.subarray(0, at), whole.with(at, (whole[at] ?? 0) ^ 0x12)]) {
          try {
            decodeF1Request(octets);
          } catch (error) {
            expect(error).toBeInstanceOf(E2apDecodeError);
          }
        }
      }
    }
  });
});
