import { type IgnoredIe } from '@ricochet/asn1';
import fc from 'fast-check';
import { aperCodec } from './aper-codec.js';
import { E2apDecodeError } from './decode-error.js';
import { decodeOrRefuse } from './decode-or-refuse.fixture.js';
import { jsonCodec } from './json-codec.js';
import { type E2apPdu } from './pdu.js';
import { messageNames, pdus } from './pdus.fixture.js';
import { vectors } from './vectors.fixture.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const octet = (value: number): string => value.toString(16).padStart(2, '0');

/** A PDU of choice, procedure code and criticality, then IEs of id, criticality and value; all in hex. */
function framed(
  head: string,
  ...ies: readonly (readonly [id: string, criticality: string, value: string])[]
) {
  const fields = ies.map(([id, criticality, value]) => id + criticality + octet(value.length / 2) + value);
  const body = `0000${octet(ies.length)}${fields.join('')}`;
  return hex(head + octet(body.length / 2) + body);
}
const transaction = ['0031', '00', '0007'] as const;

function refusalOf(octets: Uint8Array): E2apDecodeError {
  try {
    aperCodec.decode(octets);
  } catch (error) {
    if (error instanceof E2apDecodeError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('aperCodec', () => {
  it.each(vectors)('gives $name back as it was', ({ octets }) => {
    expect(Buffer.from(aperCodec.encode(aperCodec.decode(octets)))).toEqual(Buffer.from(octets));
  });

  it.each(vectors)('gives $name back as it was by way of JSON', ({ octets }) => {
    const text = jsonCodec.encode(aperCodec.decode(octets));
    expect(Buffer.from(aperCodec.encode(jsonCodec.decode(text)))).toEqual(Buffer.from(octets));
  });

  it.each(messageNames)('carries every %s there and back', (message) => {
    fc.assert(
      fc.property(pdus(message), (pdu) => {
        expect(aperCodec.decode(aperCodec.encode(pdu))).toEqual(pdu);
      }),
      { numRuns: 50 },
    );
  });

  it('gives the names of the standard to what a gNB-DU sends', () => {
    const pdu = aperCodec.decode(octetsOf('srs_run_setup_request_du'));
    expect(pdu).toMatchObject({
      message: 'E2setupRequest',
      value: {
        globalE2NodeId: { plmn: { mcc: '001', mnc: '01' }, gnbId: 411, gnbIdBits: 22, gnbDuId: 0 },
        ranFunctionsAdded: [2, 3, 4].map((ranFunctionId) => ({ ranFunctionId })),
        componentConfigurationAddition: [{ interfaceType: 'f1', componentId: { f1: { gnbDuId: 0 } } }],
      },
    });
  });

  it('tells and keeps criticalities that are not the standard’s', () => {
    const octets = octetsOf('flexric-kpm-003-r2a-RICsubscriptionReq.hex');
    const pdu = aperCodec.decode(octets);
    expect(pdu.criticalities).toEqual({ 19: 'reject' });
    const { message, value } = pdu;
    expect(aperCodec.encode({ message, value } as E2apPdu)).not.toEqual(octets);
    expect(() => aperCodec.encode({ ...pdu, criticalities: { 19: 'maybe' } } as never)).toThrow(
      'expected reject, ignore or notify, found "maybe"',
    );
  });

  it('keeps another order of IEs, by way of JSON too', () => {
    const octets = framed('200900', ['0005', '00', '0002'], ['001d', '00', '0000010001']);
    const pdu = aperCodec.decode(octets);
    expect(pdu).toMatchObject({ message: 'RICsubscriptionDeleteResponse', ieOrder: [5, 29] });
    expect(aperCodec.encode(pdu)).toEqual(octets);
    expect(aperCodec.encode(jsonCodec.decode(jsonCodec.encode(pdu)))).toEqual(octets);
  });

  it('leaves out of what it encodes what it does not know', () => {
    const octets = framed('200300', transaction, ['0063', '40', '01ff']);
    expect(aperCodec.encode(aperCodec.decode(octets))).toEqual(framed('200300', transaction));
  });

  it('passes over unknown IEs that may be ignored, and tells of them', () => {
    const ignored: IgnoredIe[] = [];
    const octets = framed('200300', transaction, ['0063', '40', '01ff']);
    const pdu = aperCodec.decode(octets, { onIgnored: (ie) => ignored.push(ie) });
    expect(pdu).toEqual({ message: 'ResetResponse', value: { transactionId: 7 } });
    expect(ignored).toEqual([{ id: 99, criticality: 'ignore', bitOffset: 136 }]);
  });

  it('refuses an unknown IE with criticality reject, with all that an answer needs', () => {
    const request = framed(
      '000900',
      ['001d', '00', '0003fd0000'],
      ['0005', '00', '000a'],
      ['0063', '00', '01'],
    );
    expect(refusalOf(request)).toMatchObject({
      message: expect.stringMatching(/^RICsubscriptionDeleteRequest: .*99.*\(at bit \d+\)$/),
      claimed: 'RICsubscriptionDeleteRequest',
      report: {
        ricRequestId: { requestorId: 1021, instanceId: 0 },
        ranFunctionId: 10,
        cause: { protocol: 'abstract-syntax-error-reject' },
        criticalityDiagnostics: {
          procedureCode: 9,
          triggeringMessage: 'initiating-message',
          procedureCriticality: 'reject',
          iesCriticalityDiagnostics: [{ ieCriticality: 'reject', ieId: 99, typeOfError: 'not-understood' }],
        },
      },
    });
  });

  it('says which IE is missing', () => {
    const { report } = refusalOf(framed('000300', transaction));
    expect(report).toMatchObject({
      transactionId: 7,
      criticalityDiagnostics: {
        iesCriticalityDiagnostics: [{ ieCriticality: 'ignore', ieId: 1, typeOfError: 'missing' }],
      },
    });
  });

  it.each([
    [
      'a setup without TransactionID',
      framed('000100', ['0003', '00', '0200f1100000066c0000'], ['000a', '00', '00']),
    ],
    [
      'a setup with the component configuration of v1',
      framed('000100', ['000a', '00', '00'], ['0021', '00', '00']),
    ],
    ['a control acknowledge with a status', framed('200400', ['0018', '00', '00'])],
    ['a subscription failure with a list of actions', framed('400800', ['0012', '00', '00'])],
    ['a reset without TransactionID', framed('000300', ['0001', '40', '56'])],
  ])('refuses E2AP v1.01 in words: %s', (_, octets) => {
    expect(refusalOf(octets).message).toMatch(
      /^\w+ of E2AP v1\.01: the.+; this program speaks v2\.03 and v3\.01$/,
    );
  });

  it.each([
    ['', 'not E2AP in APER: expected'],
    ['ff', 'not E2AP in APER: expected one of initiatingMessage'],
    ['00ff4000', 'not E2AP in APER: expected a known procedure, found initiatingMessage 255'],
    ['7b226d657373616765223a', 'not E2AP in APER: it looks like JSON: --e2-codec json'],
  ])('refuses %j in words', (text, words) => {
    expect(refusalOf(hex(text)).message).toContain(words);
  });

  it.each(vectors)('survives every truncation of $name', ({ octets }) => {
    for (let end = 0; end < octets.length; end++) decodeOrRefuse(aperCodec, octets.subarray(0, end));
  });

  it('survives 100,000 mutations', () => {
    const mutation = fc.record({
      at: fc.nat(),
      cut: fc.oneof(fc.constant(0), fc.nat(2), fc.nat(40)),
      put: fc.uint8Array({ maxLength: 3 }),
    });
    const mutants = fc.array(fc.array(mutation, { minLength: 1, maxLength: 3 }), {
      minLength: 50,
      maxLength: 50,
    });
    const bases = fc.oneof(
      fc.constantFrom(...vectors.map(({ octets }) => octets)),
      fc.oneof(...messageNames.map(pdus)).map((pdu) => aperCodec.encode(pdu)),
    );
    fc.assert(
      fc.property(bases, mutants, (base, all) => {
        for (const mutations of all) {
          let octets = base;
          for (const { at, cut, put } of mutations) {
            // Heads are short and hold the structure.
            const start = at % Math.min(octets.length + 1, at % 2 === 0 ? 64 : Infinity);
            octets = Buffer.concat([octets.subarray(0, start), put, octets.subarray(start + cut)]);
          }
          decodeOrRefuse(aperCodec, octets);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

function octetsOf(name: string): Uint8Array {
  const found = vectors.find((vector) => vector.name === name);
  if (found === undefined) throw new Error(`there is no vector ${name}`);
  return found.octets;
}
