import { code, expectBoth, hex } from '../hex.fixture.js';
import {
  type Asn1Error,
  boolean,
  decodePer,
  encodePer,
  ie,
  type IgnoredIe,
  ieContainer,
  ieList,
  ieMessage,
  type Infer,
  integer,
  pduTable,
  sequence,
  type SentForms,
} from '../index.js';

const octet = integer({ min: 0, max: 255 });
const item = sequence({ id: octet, flag: boolean() }, {});
const table = {
  transactionId: ie(49, 'reject', octet),
  cause: ie(1, 'ignore', octet, 'optional'),
  items: ie(10, 'reject', ieList(ie(8, 'ignore', item), { min: 1, max: 256 }), 'optional'),
};
const container = ieContainer(table);

function errorOf(run: () => unknown): Asn1Error {
  try {
    run();
  } catch (error) {
    return error as Asn1Error;
  }
  throw new Error('nothing was thrown');
}

describe('a container of IEs', () => {
  test('is an object by field name', () => {
    expectBoth(container, { transactionId: 7 }, '0001 0031 00 01 07');
    expectBoth(
      container,
      { transactionId: 7, cause: 2, items: [{ id: 3, flag: true }] },
      '0003 0031000107 0001400102 000a0008 00 0008 40 03 000380',
    );
  });

  test('is read in any order', () => {
    expect(decodePer(container, hex('0002 0001400102 0031000107'))).toEqual({ transactionId: 7, cause: 2 });
  });

  test('refuses an unknown IE with criticality reject, and says which', () => {
    const error = errorOf(() => decodePer(container, hex('0002 0031000107 0063000105')));
    expect(error).toMatchObject({ code: 'ASN1_UNKNOWN_IE', ie: { id: 99, criticality: 'reject' } });
    expect(error.message).toBe('expected a known IE, found 99, which is not to be ignored (at bit 74)');
  });

  test('skips other unknown IEs and tells of them', () => {
    const ignored: IgnoredIe[] = [];
    const octets = hex('0003 0063400105 0031000107 00648002ffff');
    expect(decodePer(container, octets, { onIgnored: (ie) => ignored.push(ie) })).toEqual({
      transactionId: 7,
    });
    expect(ignored).toEqual([
      { id: 99, criticality: 'ignore', bitOffset: 48 },
      { id: 100, criticality: 'notify', bitOffset: 128 },
    ]);
  });

  test('refuses what is missing or comes twice', () => {
    expect(errorOf(() => decodePer(container, hex('0001 0001400102')))).toMatchObject({
      code: 'ASN1_MISSING_IE',
      ie: { id: 49, criticality: 'reject' },
    });
    expect(errorOf(() => decodePer(container, hex('0002 0031000107 0031000107')))).toMatchObject({
      code: 'ASN1_DUPLICATE_IE',
      ie: { id: 49 },
    });
    const unordered =
      '0004 0031000107 000a0008 00 0008 40 03 000380 0001400102 000a0008 00 0008 40 03 000380';
    expect(() => decodePer(container, hex(unordered))).toThrow(code('ASN1_DUPLICATE_IE'));
    expect(() => encodePer(container, {} as never)).toThrow('expected the mandatory transactionId (IE 49)');
    expect(() => encodePer(container, { transactionId: 1, z: 1 } as never)).toThrow(code('ASN1_SHAPE'));
  });

  test('counts more IEs than there can be', () => {
    expect(() => decodePer(container, hex('ffff 0031000107'))).toThrow(code('ASN1_TRUNCATED'));
  });

  test('has types', () => {
    const value: Infer<typeof container> = { transactionId: 1 };
    const exact: { transactionId: number; cause?: number; items?: { id: number; flag: boolean }[] } = value;
    expect(exact).toBe(value);
  });
});

describe('a table of PDUs', () => {
  const pdu = pduTable(['initiatingMessage', 'successfulOutcome', 'unsuccessfulOutcome'], {
    Setup: { choice: 'initiatingMessage', procedureCode: 1, criticality: 'reject', type: ieMessage(table) },
    SetupFailure: {
      choice: 'unsuccessfulOutcome',
      procedureCode: 1,
      criticality: 'reject',
      type: ieMessage({ transactionId: table.transactionId }),
    },
    Indication: { choice: 'initiatingMessage', procedureCode: 5, criticality: 'ignore', type: item },
  });

  test('finds the message by choice and procedure code', () => {
    expectBoth(pdu, { Setup: { transactionId: 7 } }, '00 01 00 08 00 0001 0031000107');
    expectBoth(pdu, { SetupFailure: { transactionId: 7 } }, '40 01 00 08 00 0001 0031000107');
    expectBoth(pdu, { Indication: { id: 1, flag: true } }, '00 05 40 03 000180');
  });

  test('says which procedure it does not know', () => {
    expect(errorOf(() => decodePer(pdu, hex('20 01 40 01 00')))).toMatchObject({
      code: 'ASN1_UNKNOWN_PROCEDURE',
      procedure: { choice: 'successfulOutcome', code: 1, criticality: 'ignore' },
    });
    expect(() => encodePer(pdu, { Other: {} } as never)).toThrow(
      'expected one of Setup, SetupFailure, Indication',
    );
    expect(() => decodePer(pdu, hex('80'))).toThrow(code('ASN1_UNKNOWN_EXTENSION'));
  });

  test("tells of criticalities that are not the schema's, and writes them", () => {
    const sent = hex('00 01 40 14 00 0002 0031800107 000a00 08 00 0008 00 03 000380');
    let forms: SentForms = {};
    const value = decodePer(pdu, sent, { onForms: (told) => (forms = told) });
    expect(forms).toEqual({ criticalities: { procedure: 'ignore', 49: 'notify', 8: 'reject' } });
    expect(encodePer(pdu, value, { forms })).toEqual(sent);
    expect(() => encodePer(pdu, value, { forms: { criticalities: { 49: 'maybe' as 'ignore' } } })).toThrow(
      'expected reject, ignore or notify, found "maybe"',
    );
    expect(encodePer(pdu, value)).toEqual(
      hex('00 01 00 14 00 0002 0031000107 000a00 08 00 0008 40 03 000380'),
    );
  });

  test('skips extensions of a message', () => {
    expect(decodePer(pdu, hex('00 01 00 0b 80 0001 0031000107 0101ff'))).toEqual({
      Setup: { transactionId: 7 },
    });
  });

  test('paths begin with the message', () => {
    const octets = encodePer(pdu, {
      Setup: {
        transactionId: 7,
        items: [
          { id: 1, flag: true },
          { id: 2, flag: true },
        ],
      },
    });
    const cut = octets.slice();
    // The second item's octets end before its flag.
    cut[cut.length - 4] = 2;
    const error = errorOf(() => decodePer(pdu, cut));
    expect(error.path).toBe('Setup.items[1].flag');
    expect(error.bitOffset).toBe((octets.length - 1) * 8);
    expect(error.stack).toContain(error.message);
  });
});
