import { canonicalJson } from './canonical-json.js';
import {
  CanonicalPdus,
  isControl,
  isIndication,
  managementRank,
  requestIdOf,
  sentPdu,
  type SentPdu,
} from './canonical-pdu.js';
import { LearningBags } from './learning-bags.js';
import { RECORD_KINDS, type RunMessage } from './record.js';
import { parsed, type TapHandlers, type Tapped } from './tapped.js';

/** A message with what orders it within its instant. */
interface Ordered {
  readonly message: RunMessage;
  /** Compared one after the other; then the octets decide. */
  readonly order: readonly (string | number)[];
}

/**
 * Puts the messages of a lockstep run into one order, whatever order they came in: by simulation time; within an instant
 * reports, decisions, PDUs of controls, effects, conflicts, the sample, then what managed nodes before the next step;
 * within these by node, xApp and sequence, and by the octets where nothing else tells.
 */
export class LockstepTape implements TapHandlers {
  private readonly pdus = new CanonicalPdus();
  private readonly learning = new LearningBags();
  /** Simulation time of the instant that is under way or over. */
  private timeMs = 0;
  /** Reports, and all that answered them. */
  private step: Tapped[] = [];
  /** After the end of the instant, before the reports of the next. */
  private between: Tapped[] = [];
  /** Reports of the next instant, and answers to them. */
  private next: Tapped[] = [];
  private phase: 'step' | 'between' | 'next' = 'between';

  constructor(private readonly onRecorded: (message: RunMessage) => void) {}

  readonly onMessage = (message: Tapped): void => {
    const { subject } = message;
    if (isLearning(subject)) return this.learning.add(message);
    if (subject === 'sim.sample') {
      // It says its time itself: it is of the instant whose end has been asked for last.
      this.step.push(message);
      return;
    }
    if (subject === 'sim.finished') return this.finish(message);
    if (this.phase === 'between' && subject.startsWith('e2.up.') && isIndication(message))
      this.phase = 'next';
    this[this.phase].push(message);
  };

  readonly onPeriod = (payload: Uint8Array): void => {
    const { timeMs } = parsed(payload) as { timeMs: number };
    this.flush();
    this.timeMs = timeMs;
    this.step = this.next;
    this.next = [];
    this.phase = 'step';
  };

  readonly onPeriodEnd = (): void => {
    this.phase = 'between';
  };

  /** The last instant is over; what nodes said as they ended is no part of the run. */
  private finish(message: Tapped): void {
    this.between = [];
    this.flush();
    const { timeMs } = this;
    const of = canonicalJson(message);
    if (of !== undefined) this.tell({ ...of, timeMs, payload: octetsOf(of.content) });
  }

  private flush(): void {
    const { step, between } = this;
    this.step = [];
    this.between = [];
    for (const { message } of inOrder([...this.json(step), ...this.sent(step)])) this.tell(message);
    for (const message of this.learning.complete(this.timeMs)) this.tell(message);
    let last: string | undefined;
    for (const { message } of inOrder([...this.json(between), ...this.management(between)])) {
      // What was not answered in time was said again.
      const key = `${message.kind} ${message.node} ${Buffer.from(message.payload).toString('latin1')}`;
      if (key !== last) this.tell(message);
      last = key;
    }
  }

  private tell({ kind, timeMs, node, xapp, payload }: RunMessage): void {
    this.onRecorded({ kind, timeMs, node, xapp, payload });
  }

  private json(messages: readonly Tapped[]): Ordered[] {
    const { timeMs } = this;
    return messages
      .filter(({ subject }) => !subject.startsWith('e2.'))
      .flatMap((tapped) => {
        const of = canonicalJson(tapped);
        if (of === undefined) return [];
        const message = { ...of, timeMs, payload: octetsOf(of.content) };
        return [{ message, order: [rankOf(of.kind), of.node, of.xapp, sequenceOf(tapped)] }];
      });
  }

  /** PDUs of an instant: reports by node and subscription, as they went out; controls by node, xApp and its own sequence. */
  private sent(messages: readonly Tapped[]): Ordered[] {
    const pdus = pdusOf(messages);
    this.pdus.learn(pdus);
    const ranks = ranksOf(pdus.filter(isControl));
    return pdus.map((sent, i) => {
      if (!isControl(sent)) {
        return this.ordered(sent, [0, sent.node, this.pdus.subscriptionOf(sent), i]);
      }
      const { requestorId = 0 } = requestIdOf(sent) ?? {};
      const rank = ranks.get(sent) ?? 0;
      const order = [
        rankOf('control') + 0.5,
        sent.node,
        requestorId,
        rank,
        sent.direction === 'down' ? 0 : 1,
      ];
      return this.ordered(sent, order, rank);
    });
  }

  private management(messages: readonly Tapped[]): Ordered[] {
    const pdus = pdusOf(messages);
    this.pdus.learn(pdus);
    return pdus.map((sent) =>
      this.ordered(sent, [
        RECORD_KINDS.length,
        sent.node,
        managementRank(sent),
        this.pdus.subscriptionOf(sent),
      ]),
    );
  }

  private ordered(sent: SentPdu, order: Ordered['order'], rank = 0): Ordered {
    const { node, direction } = sent;
    const payload = this.pdus.octetsOf(sent, rank);
    const kind = direction === 'up' ? 'e2-up' : 'e2-down';
    return { message: { kind, timeMs: this.timeMs, node, xapp: '', payload }, order };
  }
}

const isLearning = (subject: string): boolean =>
  /^(?:a1|rapp|nonrt)\.|^ric\.xapp\.[^.]+\.policy/.test(subject);

const octetsOf = (content: unknown): Uint8Array => Buffer.from(JSON.stringify(content));

const pdusOf = (messages: readonly Tapped[]): SentPdu[] =>
  messages.filter(({ subject }) => subject.startsWith('e2.')).map(sentPdu);

/** Reports come before all; the rest in the order of the kinds. */
const rankOf = (kind: RunMessage['kind']): number => RECORD_KINDS.indexOf(kind);

function sequenceOf({ subject, payload }: Tapped): number {
  if (!subject.endsWith('.control')) return 0;
  return Number((parsed(payload) as { sequence?: number } | undefined)?.sequence ?? 0);
}

/** Controls of an instant by node and xApp, numbered from 1 in the order of their ids; an answer has its request's. */
function ranksOf(controls: readonly SentPdu[]): ReadonlyMap<SentPdu, number> {
  const groups = new Map<string, SentPdu[]>();
  for (const sent of controls) {
    const key = `${sent.node} ${requestIdOf(sent)?.requestorId}`;
    groups.set(key, [...(groups.get(key) ?? []), sent]);
  }
  const ranks = new Map<SentPdu, number>();
  for (const group of groups.values()) {
    const idOf = (sent: SentPdu): number => requestIdOf(sent)?.instanceId ?? 0;
    const ids = [...new Set(group.map(idOf))].sort((a, b) => a - b);
    for (const sent of group) ranks.set(sent, ids.indexOf(idOf(sent)) + 1);
  }
  return ranks;
}

function inOrder(messages: readonly Ordered[]): Ordered[] {
  return messages.toSorted((a, b) => {
    for (const [i, of] of a.order.entries()) {
      const difference = compare(of, b.order[i] ?? '');
      if (difference !== 0) return difference;
    }
    return Buffer.compare(a.message.payload, b.message.payload);
  });
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
