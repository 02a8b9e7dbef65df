import { aperCodec } from '@ricochet/e2ap';
import { Comparison } from './divergence.js';
import { message } from './recordings.fixture.js';
import { type RunMessage } from './record.js';

const numbered = (messages: readonly RunMessage[]) =>
  messages.map((each, i) => ({ ...each, number: i + 1 }))[Symbol.iterator]();

const SAME = [message(10, { a: 1 }), message(20, { a: 2 })];

describe('Comparison', () => {
  it('finds nothing where the same comes', () => {
    const comparison = new Comparison(numbered(SAME));
    expect(SAME.map((each) => comparison.add(each))).toEqual([true, true]);
    comparison.end();
    expect(comparison.divergence).toBeUndefined();
    expect(comparison.count).toBe(2);
  });

  it('names record, time, kind, node and xApp, and the values that differ alone', () => {
    const comparison = new Comparison(numbered([...SAME, message(30, { a: 3, same: { b: [1, 2] } })]));
    const came = [...SAME, message(30, { a: 4, same: { b: [1, 2] } }), message(40)];
    expect(came.map((each) => comparison.add(each))).toEqual([true, true, false, false]);
    expect(comparison.divergence?.text).toBe(
      [
        'record 3, at 0.03 s: control of gnb-001-01-1-du-1, slice-quota',
        '  recorded:',
        '    a: 3',
        '  came:',
        '    a: 4',
      ].join('\n'),
    );
  });

  it('says that one ends before the other', () => {
    const short = new Comparison(numbered(SAME.slice(0, 1)));
    SAME.forEach((each) => short.add(each));
    expect(short.divergence?.text).toMatch(
      /^record 2, at 0\.02 s: .*\n {2}recorded:\n {4}nothing more\n {2}came:/,
    );
    const long = new Comparison(numbered(SAME));
    long.add(SAME[0] as RunMessage);
    long.end();
    expect(long.divergence?.text).toMatch(/^record 2, at 0\.02 s: .*[^]* {2}came:\n {4}nothing more$/);
  });

  it('shows what is no JSON as it is, and nothing that steers a terminal', () => {
    const odd = message(10, {}, { payload: Buffer.from('{"a": \u001b[2J') });
    const comparison = new Comparison(numbered([odd]));
    comparison.add(message(10, { '\u001b[31mred': 1 }));
    const { text = '' } = comparison.divergence ?? {};
    expect(text).toContain('    not JSON: {"a": ?[2J\n  came:\n    ?[31mred: 1');
    expect(text).not.toContain('\u001b');
  });

  it('bears values that are many, or deep in each other', () => {
    const deep = message(10, {}, { payload: Buffer.from('['.repeat(200_000) + ']'.repeat(200_000)) });
    const many = message(
      10,
      Array.from({ length: 100_000 }, (_, i) => i),
    );
    const comparison = new Comparison(numbered([deep]));
    comparison.add(many);
    const lines = comparison.divergence?.text.split('\n') ?? [];
    expect(lines.length).toBeLessThan(20);
    expect(lines.at(-1)).toMatch(/and \d+ lines more/);
  });

  it('reads PDUs', () => {
    const pdu = (instanceId: number): RunMessage => {
      const value = { ricRequestId: { requestorId: 2, instanceId }, ranFunctionId: 3 };
      const payload = aperCodec.encode({ message: 'RICcontrolAcknowledge', value });
      return message(10, {}, { kind: 'e2-up', xapp: '', payload });
    };
    const comparison = new Comparison(numbered([pdu(1)]));
    comparison.add(pdu(2));
    expect(comparison.divergence?.text.split('\n')).toEqual([
      'record 1, at 0.01 s: e2-up of gnb-001-01-1-du-1',
      '  recorded:',
      '    RICrequestID (IE 29): ricRequestorID: 2, ricInstanceID: 1',
      '  came:',
      '    RICrequestID (IE 29): ricRequestorID: 2, ricInstanceID: 2',
    ]);
  });
});
