import { EventTickets } from './event-tickets.js';

describe('tickets for the stream', () => {
  it('are good once, and for half a minute', () => {
    let nowMs = 0;
    const tickets = new EventTickets(() => nowMs);
    const [one, other] = [tickets.issue(), tickets.issue()];
    expect([tickets.redeem(one), tickets.redeem(one), tickets.redeem('another')]).toEqual([
      true,
      false,
      false,
    ]);
    nowMs = 30_000;
    expect(tickets.redeem(other)).toBe(false);
  });

  it('lapse when there are too many', () => {
    const tickets = new EventTickets(() => 0);
    const issued = Array.from({ length: 300 }, () => tickets.issue());
    expect(issued.map((ticket) => tickets.redeem(ticket)).lastIndexOf(false)).toBe(43);
  });
});
