import { type BusViolation } from '@ricochet/contracts';

const TOLD_EVERY_MS = 10_000;
const MAX_USERS = 1_000;
/** Of what the server writes at once: in a flood its lines are alike. */
const MAX_READ_LENGTH = 4_096;
const VIOLATION = /(Publish|Subscription) Violation - User "([^"]*)", Subject "([^"]*)"/g;

/** Reads a nats-server's log for violations: of each user one in ten seconds, however many there are. */
export class ViolationWatch {
  private readonly toldAtMs = new Map<string, number>();

  /** @param now in milliseconds, rising */
  constructor(
    private readonly tell: (violation: BusViolation) => void,
    private readonly now: () => number,
  ) {}

  take(log: string): void {
    for (const [, kind, user = '', subject = ''] of log.slice(0, MAX_READ_LENGTH).matchAll(VIOLATION)) {
      const nowMs = this.now();
      if (nowMs - (this.toldAtMs.get(user) ?? -Infinity) < TOLD_EVERY_MS) continue;
      if (this.toldAtMs.size >= MAX_USERS) this.toldAtMs.clear();
      this.toldAtMs.set(user, nowMs);
      this.tell({ user, action: kind === 'Publish' ? 'publish' : 'subscribe', subject });
    }
  }
}
