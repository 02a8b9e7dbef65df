import fc from 'fast-check';
import { readO1Stats } from './o1-stats.js';

const ANSWER = `{
  "o1-config": {
    "BWP": { "dl": [{ "bwp3gpp:isInitialBwp": true, "bwp3gpp:numberOfRBs": 106 }], "ul": [] },
    "NRCELLDU": { "nrcelldu3gpp:nRPCI": 0, "nrcelldu3gpp:mcc": "208", "nrcelldu3gpp:mnc": "95", "nrcelldu3gpp:sst": 1 },
    "device": { "gnbId": 1, "gnbName": "gNB", "vendor": "OpenAirInterface" }
  },
  "O1-Operational": {
    "frame-type": "tdd", "band-number": 78, "num-ues": 2, "ues": [6876, 7000], "load": 9,
    "ues-thp": [{ "rnti": 6876, "dl": 3279, "ul": 2725 }]
  }
}
`;

describe('the answer of o1 stats', () => {
  it('tells of load, throughput and the cell, with an echo before it', () => {
    expect(readO1Stats(`o1 stats\n${ANSWER}`)).toEqual({
      loadPercent: 9,
      ues: new Map([
        [6876, 3279],
        [7000, undefined],
      ]),
      leftOut: 0,
      cell: { prbs: 106, pci: 0, plmn: '208-95' },
    });
  });

  it('does without what a release does not tell', () => {
    expect(readO1Stats('{"O1-Operational": {"load": -3, "ues": []}}')).toEqual({
      loadPercent: undefined,
      ues: new Map(),
      leftOut: 0,
      cell: { prbs: undefined, pci: undefined, plmn: undefined },
    });
  });

  it('has UEs of RNTIs alone, and no more than a gNB can have', () => {
    const ues = Array.from({ length: 5_000 }, (_, rnti) => rnti);
    const answer = { 'O1-Operational': { ues, 'ues-thp': [{ rnti: '9000', dl: null }] } };
    const { ues: told, leftOut } = readO1Stats(JSON.stringify(answer));
    expect([told.size, leftOut]).toEqual([1_024, 3_976]);
    expect([...told.values()].every((rate) => rate === undefined)).toBe(true);
  });

  it.each([
    ['{"O1-Operational": {"ues": [1.5]}}', 'O1-Operational.ues.0: Invalid input'],
    ['{"O1-Operational": {"ues": [70000]}}', 'O1-Operational.ues.0: Too big'],
    ['', 'no JSON in the answer'],
    ['}{', 'no JSON in the answer'],
    ['{"O1-Operational": ', 'no JSON in the answer'],
    ['{"O1-Operational": {"ues": [}}', /Unexpected token/],
    ['{"o1-config": {}}', 'O1-Operational: Invalid input'],
    ['{"O1-Operational": {"ues-thp": [{"dl": 3}]}}', 'O1-Operational.ues-thp.0.rnti: Invalid input'],
  ])('is refused in words: %s', (answer, words) => {
    expect(() => readO1Stats(answer)).toThrow(words);
  });

  it('never brings more than a refusal, however it is broken', () => {
    const broken = fc
      .tuple(fc.nat(ANSWER.length), fc.string({ maxLength: 4 }), fc.nat(20))
      .map(([at, more, cut]) => ANSWER.slice(0, at) + more + ANSWER.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(broken, fc.json(), fc.string()), (answer) => {
        try {
          const { loadPercent = 0, ues } = readO1Stats(answer);
          expect(loadPercent).toBeGreaterThanOrEqual(0);
          for (const rate of ues.values()) expect(rate ?? 0).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect((error as Error).message).not.toBe('');
        }
      }),
    );
  });
});
