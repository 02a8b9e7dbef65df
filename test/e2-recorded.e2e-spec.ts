import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { aperCodec, type E2apPdu } from '@ricochet/e2ap';
import { kpm, rc, ricochet } from '@ricochet/e2sm';
import { CaptureReader, type CapturedMessage } from '../apps/cli/src/e2/pcap/capture-reader.js';
import { PduDecoder } from '../apps/cli/src/e2/decode/pdu-decoder.js';
import { payloadsIn } from '../apps/cli/src/e2/decode/payload.js';
import { fixture, Ricochet } from './support/ricochet.js';
import { Tshark, type Dissection } from './support/tshark.js';

const TIMEOUT_MS = 600_000;
const CAPTURE = fixture('e2/capture.pcap');
const DISSECTION = fixture('e2/tshark.json');
/** What the capture was made with; see test/fixtures/e2/README.md. */
const MADE_WITH = [resolve('test/fixtures/e2/capture.yaml'), '--duration', '100ms', '--seed', '1'];
const MODELS: readonly object[] = [kpm, rc, ricochet];
/** What tshark says of models and versions that it does not know, and of nothing else. */
const HARMLESS =
  /^Warning: (?:ShortName does not match any known|Service Model not mapped for FunctionID 200$)/;

interface Recorded {
  readonly tshark: string;
  readonly node: string;
  readonly frames: readonly Dissection[];
}

const recorded = JSON.parse(readFileSync(DISSECTION, 'utf8')) as Recorded;
const messagesOf = (path: string): CapturedMessage[] => [...new CaptureReader(readFileSync(path)).messages()];
const hexOf = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

/** All values under a key, wherever it is, in order. */
function valuesOf(part: unknown, key: string): unknown[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]: [string, unknown]): unknown[] => [
    ...(name === key ? [value] : []),
    ...valuesOf(value, key),
  ]);
}

/** The values of measurement records of a kind. */
function measured(part: unknown, kind: string): number[] {
  const records = valuesOf(part, 'measData').flat() as { kinds: string; values: number[] }[];
  return records.flatMap(({ kinds, values }) => values.filter((_, i) => kinds[i] === kind));
}

describe('E2 traffic that was recorded', () => {
  const messages = messagesOf(CAPTURE);

  it('was dissected by tshark without a malformed mark or an error', () => {
    expect(recorded.tshark).toMatch(/^4\.[4-9]/);
    expect(recorded.frames.map(({ frame }) => frame)).toEqual(
      messages.map(({ packetNumber }) => packetNumber),
    );
    expect(recorded.frames.filter(({ malformed }) => malformed)).toEqual([]);
    const experts = recorded.frames.flatMap((each) => each.experts);
    expect(experts.filter((expert) => !HARMLESS.test(expert))).toEqual([]);
  });

  it('holds every part of the loop', () => {
    const kinds = new Set(recorded.frames.map(({ message }) => message));
    expect(kinds).toEqual(
      new Set([
        ...['E2setupRequest', 'E2setupResponse', 'RICsubscriptionRequest', 'RICsubscriptionResponse'],
        ...['RICindication', 'RICcontrolRequest', 'RICcontrolAcknowledge'],
      ]),
    );
    const [setUp] = recorded.frames;
    expect(setUp).toMatchObject({
      f1: ['F1SetupRequest', 'F1SetupResponse'],
      values: { carrierBandwidth: '100', ranFunctionOID: [kpm.oid, rc.oid, ricochet.oid].join(' ') },
    });
    // A report of a node and one of its UEs; the quota of three slices.
    const indications = recorded.frames.filter(({ message }) => message === 'RICindication');
    expect(indications.some(({ values }) => values['gNB-CU-UE-F1AP-ID'] === undefined)).toBe(true);
    expect(indications.some(({ values }) => values['gNB-CU-UE-F1AP-ID'] === '0 1 2 3')).toBe(true);
    const quota = recorded.frames.find(
      ({ message, values }) => message === 'RICcontrolRequest' && values['ric-ControlAction-ID'] === '6',
    );
    expect(quota?.values['valueInt']?.split(' ')).toHaveLength(9);
  });

  it('means to us what it meant to tshark', () => {
    const decoder = new PduDecoder(new Map());
    messages.forEach(({ octets }, i) => {
      const { message, values } = recorded.frames[i] as Dissection;
      const decoded = decoder.decode(octets, '');
      if ('reason' in decoded) throw new Error(decoded.reason);
      expect(decoded.message).toBe(message);
      const ours = payloadsIn(decoded.value)
        // tshark has no dissector for the model of our own.
        .filter(({ model }) => model !== ricochet)
        .map(({ outcome }) => ('value' in outcome ? outcome.value : undefined));
      const theirs = (name: string): string[] => values[name]?.split(' ') ?? [];
      const isControl = message === 'RICcontrolRequest';
      expect(valuesOf(ours, 'measName')).toEqual(theirs('measName'));
      expect(measured(ours, 'i').map(String)).toEqual(theirs('integer'));
      // It shows them with six digits or so.
      const reals = theirs('real').map(Number);
      expect(measured(ours, 'r')).toEqual(
        reals.map((real) => expect.closeTo(real, real > 1_000 ? 1 : 3) as number),
      );
      if (isControl) expect(valuesOf(ours, 'ranParameterId').map(String)).toEqual(theirs('ranParameter-ID'));
      expect(valuesOf(ours, 'valueInt').map(String)).toEqual(theirs('valueInt'));
    });
  });

  it('is encoded today into the very octets, service models included', () => {
    const decoder = new PduDecoder(new Map());
    for (const { octets } of messages) {
      expect(hexOf(aperCodec.encode(aperCodec.decode(octets)))).toBe(hexOf(octets));
      const decoded = decoder.decode(octets, '');
      if ('reason' in decoded) throw new Error(decoded.reason);
      for (const payload of payloadsIn(decoded.value)) {
        if (!('value' in payload.outcome)) throw new Error(payload.outcome.reason);
        const codecs = MODELS.find((model) => model === payload.model) as Record<string, Codec>;
        const again = codecs[payload.message]?.encode(payload.outcome.value);
        expect(again && hexOf(again)).toBe(hexOf(payload.octets));
      }
    }
  });
});

interface Codec {
  encode(value: unknown): Uint8Array;
}

describe('E2 traffic of today', () => {
  const ricochetCommand = new Ricochet();
  const path = ricochetCommand.path('today.pcap');
  afterAll(() => ricochetCommand.dispose());

  beforeAll(async () => {
    const { code, errors } = await ricochetCommand.run('e2', 'capture', ...MADE_WITH, '--out', path);
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
  }, TIMEOUT_MS);

  it('is the recorded one, but for ids that go by who came first', () => {
    expect(comparable(messagesOf(path))).toEqual(comparable(messagesOf(CAPTURE)));
  });

  const tshark = Tshark.find();
  const live = typeof tshark === 'string' ? it.skip : it;
  const why = typeof tshark === 'string' ? ` (${tshark})` : '';

  live(
    `is dissected by tshark without a malformed mark or an error${why}`,
    () => {
      if (typeof tshark === 'string') return;
      const frames = tshark.dissect(path);
      expect(frames).toHaveLength(messagesOf(path).length);
      expect(frames.filter(({ malformed }) => malformed)).toEqual([]);
      const experts = frames.flatMap((each) => each.experts);
      expect(experts.filter((expert) => !HARMLESS.test(expert))).toEqual([]);
      // RICOCHET_RECORD=1 makes the fixtures anew.
      if (process.env['RICOCHET_RECORD'] !== '1') return;
      writeFileSync(CAPTURE, readFileSync(path));
      const record: Recorded = { tshark: tshark.version, node: process.version, frames };
      writeFileSync(DISSECTION, `${JSON.stringify(record, null, 2)}\n`);
    },
    TIMEOUT_MS,
  );
});

/**
 * What is the same in every run: xApps register in any order, so requests get ids, and indications their call process
 * ids, by chance. On another version of Node the simulated values may differ in the last bits, so there only what kinds
 * of PDUs there are counts.
 */
function comparable(messages: readonly CapturedMessage[]): string[] {
  const isSameNode = recorded.node.split('.')[0] === process.version.split('.')[0];
  return messages
    .map(({ octets, source }) => {
      const pdu = aperCodec.decode(octets);
      const { message } = pdu;
      const isMeasured = message === 'RICindication' || message === 'RICcontrolRequest';
      if (isMeasured && !isSameNode) return `${source} ${message}`;
      const value = { ...pdu.value, ricRequestId: { requestorId: 0, instanceId: 0 } };
      if ('ricCallProcessId' in value) delete value.ricCallProcessId;
      const hasRequest = 'ricRequestId' in pdu.value;
      const plain = { message, value: hasRequest ? value : pdu.value } as E2apPdu;
      return `${source} ${message} ${hexOf(aperCodec.encode(plain))}`;
    })
    .toSorted();
}
