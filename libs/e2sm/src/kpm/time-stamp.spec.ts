import fc from 'fast-check';
import { kpm } from './kpm.js';
import { msOfTimeStamp, timeMsIn, timeStampIn, timeStampOfMs, unixMsOfTimeStamp } from './time-stamp.js';

describe('TimeStamp', () => {
  it('gives whole milliseconds of simulation back exactly', () => {
    const times = fc.oneof(fc.nat(2000), fc.integer({ min: 0, max: 2 ** 32 * 1000 - 1 }));
    fc.assert(fc.property(times, (ms) => expect(msOfTimeStamp(timeStampOfMs(ms))).toBe(ms)));
    for (let ms = 0; ms < 1000; ms++) expect(msOfTimeStamp(timeStampOfMs(ms))).toBe(ms);
  });

  it('is NTP: seconds, and 2^-32 seconds', () => {
    expect(Buffer.from(timeStampOfMs(1500)).toString('hex')).toBe('0000000180000000');
  });

  it.each([-1, 0.5, NaN, 2 ** 32 * 1000])('can not be of %p ms', (ms) => {
    expect(() => timeStampOfMs(ms)).toThrow('whole milliseconds');
  });

  it('is not of simulation when it is between milliseconds, or of four octets', () => {
    expect(msOfTimeStamp(Buffer.from('eeab1d265ca34828', 'hex'))).toBeUndefined();
    expect(msOfTimeStamp(Buffer.from('00000001', 'hex'))).toBeUndefined();
  });

  it.each([
    ['NTP, as srsRAN sends it', 'eeab1d265ca34828', '2026-11-20T19:25:26.361Z'],
    ['microseconds since 1970', '000660ba1218a35d', '2026-11-20T19:15:44.052Z'],
    ['these with swapped words, as FlexRIC sends them', '1218a35d000660ba', '2026-11-20T19:15:44.052Z'],
    ['seconds since 1900', 'eeab1d26', '2026-11-20T19:25:26.000Z'],
    ['seconds since 1970', '6a000000', '2026-05-10T03:48:16.000Z'],
  ])('of a real network tells the time: %s', (_, timeStamp, expected) => {
    expect(new Date(unixMsOfTimeStamp(timeStamp) ?? NaN).toISOString()).toBe(expected);
  });

  it.each(['0000000180000000', '00000001', '0000000000000000'])(
    'tells no time of a real network: %s',
    (stamp) => {
      expect(unixMsOfTimeStamp(stamp)).toBeUndefined();
    },
  );
});

describe('the forms of a TimeStamp', () => {
  it.each([
    ['ntp', 1500, '0000000180000000'],
    ['seconds', 1500, '00000001'],
    ['microseconds', 1500, '0016e36000000000'],
    ['microseconds', Date.parse('2026-11-20T19:15:44.052Z'), '1218a320000660ba'],
  ] as const)('%s of %i ms: %s', (form, timeMs, stamp) => {
    expect(timeStampIn(form, timeMs)).toBe(stamp);
  });

  it.each(['ntp', 'microseconds'] as const)('come back over the wire as they were: %s', (form) => {
    const times = fc.oneof(fc.nat(10_000), fc.integer({ min: 0, max: 2 ** 32 * 1000 - 1 }));
    fc.assert(
      fc.property(times, (timeMs) => {
        const octets = kpm.indicationHeader.encode({ timeStamp: timeStampIn(form, timeMs) });
        expect(timeMsIn(form, kpm.indicationHeader.decode(octets))).toBe(timeMs);
      }),
    );
  });

  it('come back in whole seconds from four octets', () => {
    const header = { timeStamp: timeStampIn('seconds', 12_340), dialect: 'v2.03' } as const;
    const octets = kpm.indicationHeader.encode(header);
    expect(octets).toHaveLength(5);
    expect(timeMsIn('seconds', kpm.indicationHeader.decode(octets))).toBe(12_000);
  });
});
