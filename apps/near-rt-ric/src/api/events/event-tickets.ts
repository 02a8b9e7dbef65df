import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';

const TICKET_BYTES = 24;
export const TICKET_LIFE_MS = 30_000;
/** That nobody has used yet; the oldest lapses. */
const MAX_TICKETS = 256;

/**
 * Stand for a key where none can be sent: a browser's EventSource sends no headers, and a key in an address would stay in
 * logs. A ticket is good once, for the stream alone, and not for long.
 */
export class EventTickets {
  /** Until when each is good. */
  private readonly tickets = new Map<string, number>();

  constructor(private readonly nowMs = () => performance.now()) {}

  issue(): string {
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    this.tickets.set(ticket, this.nowMs() + TICKET_LIFE_MS);
    const [oldest] = this.tickets.keys();
    if (this.tickets.size > MAX_TICKETS && oldest !== undefined) this.tickets.delete(oldest);
    return ticket;
  }

  /** Uses it up. Whether it was good. */
  redeem(ticket: string): boolean {
    const untilMs = this.tickets.get(ticket) ?? -Infinity;
    this.tickets.delete(ticket);
    return this.nowMs() < untilMs;
  }
}
