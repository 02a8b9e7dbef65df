import { profiles, type ProfileName } from '@ricochet/e2ap';
import { kpm, timeStampIn } from '@ricochet/e2sm';
import { type E2Node } from '../e2/e2-node.js';
import { startMsOf } from './report-time.js';

const UNIX_MS = Date.UTC(2026, 0, 1);
const nodeAs = (name: ProfileName) => ({ profile: profiles[name] }) as E2Node;
/** A header with the TimeStamp, as it comes over the wire. */
const header = (timeStamp: string) =>
  kpm.indicationHeader.decode(
    kpm.indicationHeader.encode({ ...(timeStamp.length === 8 && { dialect: 'v2.03' as const }), timeStamp }),
  );

describe('the time at which a report begins', () => {
  it.each<[string, ProfileName, string, number]>([
    ['simulation time of our nodes', 'oran', timeStampIn('ntp', 6_900), 6_900],
    ['simulation time in seconds', 'flexric-2.03', timeStampIn('seconds', 7_000), 7_000],
    ['simulation time in microseconds', 'flexric-3.01', timeStampIn('microseconds', 6_900), 6_900],
    [
      'simulation time of more than an hour',
      'flexric-3.01',
      timeStampIn('microseconds', 5_000_100),
      5_000_100,
    ],
    ['seconds of a real agent', 'flexric-2.03', timeStampIn('seconds', UNIX_MS), UNIX_MS],
    ['microseconds of a real agent', 'flexric-3.01', timeStampIn('microseconds', UNIX_MS), UNIX_MS],
  ])('is read from %s', (_, profile, timeStamp, timeMs) => {
    expect(startMsOf(header(timeStamp), nodeAs(profile))).toBe(timeMs);
  });

  it('is refused where it is none', () => {
    expect(() => startMsOf(header('00000007ffffffff'), nodeAs('oran'))).toThrow(
      '00000007ffffffff is no time',
    );
  });
});
