import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffTable } from './diff-table.js';
import { diffRecordings } from './diff.js';
import { message, readerOf, recordingOf } from './recordings.fixture.js';
import { type RunMessage } from './record.js';

const slice = (sst: number, deliveredKbit: number, delayMeanMs: number | null) => ({
  ...{ snssai: { sst }, deliveredKbit, delayMeanMs, qos: 0.5, slaMet: deliveredKbit > 100 },
});
const sample = (timeMs: number, deliveredKbit: number, delayMs: number | null = 1): RunMessage =>
  message(
    timeMs,
    { timeMs, nodes: [{ nodeId: 'n', slices: [slice(1, deliveredKbit, delayMs), slice(2, 200, null)] }] },
    { kind: 'sample', node: '', xapp: '' },
  );

describe('diffRecordings', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'ricochet-diff-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const diff = (a: readonly RunMessage[], b: readonly RunMessage[]) =>
    diffRecordings(readerOf(recordingOf(folder, a)), readerOf(recordingOf(folder, b)));

  const common = [message(100, { quota: 1 }), sample(100, 50)];

  it('finds no difference between the same', () => {
    const same = diff(common, common);
    expect(same.parting).toBeUndefined();
    expect(diffTable(same, { a: 'a', b: 'b' })).toBe('a and b are the same');
  });

  it('says where they part, and what came after that', () => {
    const a = [
      ...common,
      message(200, { quota: 2 }),
      sample(200, 100, 2),
      message(300, { quota: 3 }),
      sample(300, 200, 4),
    ];
    const b = [...common, message(200, { quota: 9 }), sample(200, 300), message(300, { quota: 3 })];
    const result = diff(a, b);
    expect(result.parting).toMatchObject({ number: 3, timeMs: 200 });
    expect(result.messages).toEqual({ control: { a: 2, b: 2 }, sample: { a: 2, b: 1 } });
    expect(result.decisions).toEqual({ 'slice-quota': { a: 2, b: 2, differ: 1 } });
    expect(result.slices.eMBB).toEqual({
      a: {
        deliveredMbps: { mean: 1.5, p99: 1.99 },
        delayMs: { mean: 3, p99: 3.98 },
        qos: { mean: 0.5, p99: 0.5 },
        slaMet: 0.5,
      },
      b: {
        deliveredMbps: { mean: 3, p99: 3 },
        delayMs: { mean: 1, p99: 1 },
        qos: { mean: 0.5, p99: 0.5 },
        slaMet: 1,
      },
    });
    expect(result.slices.URLLC.a.delayMs).toEqual({ mean: null, p99: null });
    expect(diffTable(result, { a: 'a.rec', b: 'b.rec' })).toMatch(
      /^they part at record 3, at 0\.2 s: control of .*\n {2}a\.rec:\n {4}quota: 2\n {2}b\.rec:\n {4}quota: 9\n/,
    );
  });

  const odd = (text: string, over: Partial<RunMessage> = {}): RunMessage => ({
    ...message(200, {}, { kind: 'sample', node: '', xapp: '' }),
    ...{ payload: Buffer.from(text), ...over },
  });
  test.each([
    ['is no JSON', '{"nodes":', /^x\.rec: record 4, sample at 0\.2 s: not JSON: /],
    [
      'has a KPI of a wrong type',
      '{"nodes":[{"slices":[{"snssai":{"sst":1},"deliveredKbit":"much","delayMeanMs":1,"qos":1,"slaMet":true}]}]}',
      /^x\.rec: record 4, sample at 0\.2 s: nodes\.0\.slices\.0\.deliveredKbit: .*expected number/,
    ],
    ['is no group of keys', '[1]', /^x\.rec: record 4, sample at 0\.2 s: all of it: .*expected object/],
  ])('names the message that %s', (_, text, fault) => {
    const other = [...common, message(200, { quota: 2 }), odd(text)];
    expect(() => diff([...common, message(200, { quota: 9 })], other)).toThrow(fault);
  });

  it('refuses what is too much to hold', () => {
    const long = Array.from({ length: 9 }, (_, i) => message(200, { quota: i }));
    const [a, b] = [recordingOf(folder, common), recordingOf(folder, [...common, ...long])];
    const held = (maxHeld: number) => diffRecordings(readerOf(a), readerOf(b), { maxHeld });
    expect(held(9).decisions).toEqual({ 'slice-quota': { a: 0, b: 9, differ: 9 } });
    expect(() => held(8)).toThrow(
      'x.rec: record 11, control at 0.2 s: more than 8 decisions and KPIs of slices after the parting',
    );
  });

  it('parts where one ends', () => {
    const longer = diff(common, [...common, message(200)]);
    expect(longer.parting).toMatchObject({ number: 3, timeMs: 200 });
    expect(longer.messages).toEqual({ control: { a: 0, b: 1 } });
  });
});
