import { xAppMetrics } from '@ricochet/contracts';
import { MetricsBook } from './metrics-book.js';

describe('MetricsBook', () => {
  it('keeps counters, gauges and histograms as the contract has them', () => {
    const book = new MetricsBook();
    book.counter('decisions_total', 'Decisions').inc();
    book.counter('decisions_total', 'Decisions').inc(2);
    book.gauge('load', 'Load').set(0.5);
    const histogram = book.histogram('took_seconds', 'Time', [1, 0.1]);
    for (const value of [0.05, 0.1, 0.5, 7, NaN]) histogram.observe(value);
    expect(book.all()).toEqual([
      { kind: 'counter', name: 'decisions_total', help: 'Decisions', value: 3 },
      { kind: 'gauge', name: 'load', help: 'Load', value: 0.5 },
      {
        ...{ kind: 'histogram', name: 'took_seconds', help: 'Time' },
        ...{ bounds: [0.1, 1], counts: [2, 1, 1], sum: 7.65 },
      },
    ]);
    expect(xAppMetrics('a').schema.safeParse({ instance: 'i', metrics: book.all() }).success).toBe(true);
  });

  it('does not tell a gauge that has no number', () => {
    const book = new MetricsBook();
    book.gauge('load', 'Load').set(0 / 0);
    expect(book.all()).toEqual([]);
  });

  it('refuses bad names, two kinds by one name, and too many', () => {
    const book = new MetricsBook();
    expect(() => book.counter('Bad name', '')).toThrow('metric Bad name: expected lower-case letters');
    const counter = book.counter('a', '');
    expect(() => book.gauge('a', '')).toThrow('metric a: is a counter already');
    expect(() => counter.inc(-1)).toThrow('counter a: can not grow by -1');
    for (let n = 1; n < 64; n++) book.counter(`c${n}`, '');
    expect(() => book.counter('one_more', '')).toThrow('metric one_more: an xApp may have 64');
  });
});
