import { type BusViolation } from '@ricochet/contracts';
import { ViolationWatch } from './violation-watch.js';

const line = (kind: string, user: string, subject: string): string =>
  `[1] 2026/01/02 03:04:05.678 [ERR] 127.0.0.1:5 - cid:6 - ${kind} Violation - User "${user}", Subject "${subject}"`;

describe('ViolationWatch', () => {
  let nowMs = 0;
  const told: BusViolation[] = [];
  const watch = new ViolationWatch(
    (violation) => told.push(violation),
    () => nowMs,
  );
  beforeEach(() => (told.length = 0));

  it('tells of each user once in ten seconds', () => {
    watch.take(`${line('Publish', 'a', 'e2.x')}\n${line('Publish', 'a', 'e2.y')}\n[INF] Server is ready\n`);
    watch.take(`${line('Subscription', 'b', '>')}, SID 3\n`);
    nowMs = 9_999;
    watch.take(line('Publish', 'a', 'e2.z'));
    expect(told).toEqual([
      { user: 'a', action: 'publish', subject: 'e2.x' },
      { user: 'b', action: 'subscribe', subject: '>' },
    ]);
    nowMs = 10_000;
    watch.take(line('Publish', 'a', 'e2.z'));
    expect(told.slice(2)).toEqual([{ user: 'a', action: 'publish', subject: 'e2.z' }]);
  });
});
