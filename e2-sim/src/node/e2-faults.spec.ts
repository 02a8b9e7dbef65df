import { type RicIndication } from '@ricochet/e2ap';
import { type E2Fault } from '@ricochet/scenario';
import { E2Faults } from './e2-faults.js';

type Lasting = Exclude<E2Fault, { kind: 'ue-id-churn' }>;

const PERIOD_MS = 10;
const [A, B] = [1, 2];

const indicationOf = (instanceId: number, timeMs: number): RicIndication => ({
  ricRequestId: { requestorId: 1, instanceId },
  ranFunctionId: 2,
  ricActionId: 1,
  ricIndicationSn: timeMs / PERIOD_MS,
  ricIndicationType: 'report',
  ricIndicationHeader: Uint8Array.of(),
  ricIndicationMessage: Uint8Array.of(),
});

/** The door of one node, past which each subscription's indication comes every 10 ms. */
class Door {
  timeMs = 0;
  /** `<subscription>:<sequence number>@<time when it went out>`. */
  readonly sent: string[] = [];
  readonly subscriptions: Set<number>;
  readonly faults: E2Faults;

  constructor({ seed = 1, cell = 0, subscriptions = [A] } = {}) {
    this.subscriptions = new Set(subscriptions);
    this.faults = new E2Faults({
      seed,
      cell,
      nowMs: () => this.timeMs,
      asked: ({ ricRequestId: { instanceId } }) =>
        this.subscriptions.has(instanceId) ? Uint8Array.of(instanceId) : undefined,
      send: ({ ricRequestId, ricIndicationSn }) =>
        this.sent.push(`${ricRequestId.instanceId}:${ricIndicationSn}@${this.timeMs}`),
    });
  }

  begin(fault: Partial<Lasting> & { kind: Lasting['kind'] }): this {
    this.faults.begin({ cells: [0], atMs: this.timeMs, durationMs: 30, ...fault } as Lasting);
    return this;
  }

  /** So many periods; gives what went out in them. */
  play(periods: number, order = [...this.subscriptions]): string[] {
    const before = this.sent.length;
    for (let i = 0; i < periods; i++) {
      this.timeMs += PERIOD_MS;
      this.faults.proceed();
      for (const instanceId of order) this.faults.indicate(indicationOf(instanceId, this.timeMs));
    }
    return this.sent.slice(before);
  }
}

describe('E2Faults', () => {
  it('is quiet, and lets everything pass, when there is no fault', () => {
    const door = new Door();
    expect(door.play(3)).toEqual(['1:1@10', '1:2@20', '1:3@30']);
    expect(door.faults.isQuiet).toBe(true);
  });

  it('loses what is sent after the beginning of a loss and until its end', () => {
    const door = new Door();
    door.play(1);
    door.begin({ kind: 'indication-loss', share: 1 });
    expect(door.faults.isQuiet).toBe(false);
    expect(door.play(5)).toEqual(['1:5@50', '1:6@60']);
    expect(door.faults.isQuiet).toBe(true);
  });

  it('loses about the share, and the same whatever else is drawn and in whatever order', () => {
    const losses = { kind: 'indication-loss', share: 0.2, durationMs: 10_000 } as const;
    const sentOf = (door: Door, subscription: number) =>
      door.sent.filter((text) => text.startsWith(`${subscription}:`)).map((text) => text.split('@')[0]);
    const first = new Door({ subscriptions: [A, B] }).begin(losses);
    first.play(1_000);
    const kept = sentOf(first, A);
    expect(kept.length).toBeGreaterThan(750);
    expect(kept.length).toBeLessThan(850);
    expect(sentOf(first, B).map((text) => text?.slice(2))).not.toEqual(kept.map((text) => text?.slice(2)));

    const other = new Door({ subscriptions: [A, B] }).begin(losses);
    other.begin({ kind: 'indication-delay', delayMs: 20, durationMs: 500 });
    other.play(1_000, [B, A]);
    expect(new Set(sentOf(other, A))).toEqual(new Set(kept));

    for (const another of [new Door({ seed: 2 }), new Door({ cell: 1 })]) {
      another.begin(losses).play(1_000);
      expect(sentOf(another, A)).not.toEqual(kept);
    }
  });

  it('sends twice what is to be doubled', () => {
    const door = new Door().begin({ kind: 'indication-duplicate', share: 1, durationMs: 20 });
    expect(door.play(3)).toEqual(['1:1@10', '1:1@10', '1:2@20', '1:2@20', '1:3@30']);
  });

  it('swaps with the next of the same subscription', () => {
    const door = new Door({ subscriptions: [A, B] }).begin({
      kind: 'indication-reorder',
      share: 1,
      durationMs: 10,
    });
    expect(door.play(1)).toEqual([]);
    expect(door.faults.isQuiet).toBe(false);
    expect(door.play(2)).toEqual(['1:2@20', '1:1@20', '2:2@20', '2:1@20', '1:3@30', '2:3@30']);
    expect(door.faults.isQuiet).toBe(true);
  });

  it('swaps pairs as long as it lasts', () => {
    const door = new Door().begin({ kind: 'indication-reorder', share: 1, durationMs: 40 });
    expect(door.play(4)).toEqual(['1:2@20', '1:1@20', '1:4@40', '1:3@40']);
  });

  it('sends late, and later ones before those that are still held up at the end', () => {
    const door = new Door().begin({ kind: 'indication-delay', delayMs: 20 });
    expect(door.play(6)).toEqual(['1:1@30', '1:2@40', '1:4@40', '1:3@50', '1:5@50', '1:6@60']);
    expect(door.faults.isQuiet).toBe(true);
  });

  it('has several at once: what is doubled and overtaken comes late twice', () => {
    const door = new Door().begin({ kind: 'indication-duplicate', share: 1, durationMs: 10 });
    door.begin({ kind: 'indication-reorder', share: 1, durationMs: 10 });
    door.begin({ kind: 'indication-delay', delayMs: 10, durationMs: 20 });
    expect(door.play(3)).toEqual(['1:2@30', '1:1@30', '1:1@30', '1:3@30']);
  });

  it('has the later of a kind take the place of the earlier', () => {
    const door = new Door().begin({ kind: 'indication-loss', share: 1, durationMs: 100 });
    door.play(1);
    door.begin({ kind: 'indication-loss', share: 1, durationMs: 10 });
    expect(door.play(3)).toEqual(['1:3@30', '1:4@40']);
  });

  it('drops what it holds of subscriptions that go', () => {
    const door = new Door({ subscriptions: [A, B] }).begin({ kind: 'indication-delay', delayMs: 20 });
    door.play(1);
    door.subscriptions.delete(A);
    door.faults.sweep();
    expect(door.play(2)).toEqual(['2:1@30']);

    const swapped = new Door().begin({ kind: 'indication-reorder', share: 1, durationMs: 10 });
    swapped.play(1);
    swapped.subscriptions.clear();
    swapped.faults.sweep();
    expect(swapped.play(1)).toEqual([]);
    expect(swapped.faults.isQuiet).toBe(true);
  });

  it('tells what befalls controls: a failure before a want of effect, nothing in the end', () => {
    const door = new Door().begin({ kind: 'control-without-effect' });
    expect(door.faults.ofControls?.kind).toBe('control-without-effect');
    door.begin({ kind: 'control-failure', cause: 'system-not-ready', text: 'not now', durationMs: 10 });
    expect(door.faults.ofControls).toMatchObject({ kind: 'control-failure', text: 'not now' });
    door.play(2);
    expect(door.faults.ofControls?.kind).toBe('control-without-effect');
    door.play(2);
    expect(door.faults.ofControls).toBeUndefined();
  });
});
