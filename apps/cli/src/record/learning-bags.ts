import { MODEL_POLICY_TYPES } from '@ricochet/contracts';
import { canonicalLearning } from './canonical-json.js';
import { type RunMessage } from './record.js';
import { parsed, type Tapped } from './tapped.js';

/** All of a round has come by so long after the time that it was opened for: decisions wait for it. */
const COMPLETE_AFTER_MS = 200;

/** What comes of what: messages of a round are told in this order. */
const ORDER = [
  'rapp.meta-hrl.round.open',
  'rapp.meta-hrl.contribution',
  'nonrt.model.save',
  'nonrt.model.activate',
  'a1.policy.put',
  'a1.policy.delete',
  'ric.xapp.policy',
  'ric.xapp.policy-status',
  'a1.policy.status',
  'rapp.meta-hrl.round.closed',
];

interface Bag {
  readonly level: string;
  readonly timeMs: number;
  readonly messages: Tapped[];
  /** What of its level has been told of the round before: said again, it is nothing new. */
  readonly told: ReadonlySet<string>;
}

/**
 * Learning goes on beside the control loop, so that only simulation time tells what comes before what: the messages of a
 * round, and the policies that come of it, are of the time that the round was opened for, and are put in when it can not
 * have any more. What comes later all the same, as policies that nobody learned do, is of the time that it comes at.
 */
export class LearningBags {
  private bags: Bag[] = [];
  private readonly open = new Map<string, Bag>();
  /** By level, of the last bag of it that is complete. */
  private readonly told = new Map<string, ReadonlySet<string>>();
  private nowMs = 0;

  add(message: Tapped): void {
    const content = (parsed(message.payload) ?? {}) as Record<string, unknown>;
    const level = levelOf(content);
    if (message.subject === 'rapp.meta-hrl.round.open') {
      this.begin({ level, timeMs: Number(content['timeMs']), messages: [], told: new Set() });
    }
    const bag = this.open.get(level) ?? this.begin(this.lateBag(level));
    bag.messages.push(message);
  }

  /** The bags that are complete at the end of an instant. */
  complete(timeMs: number): RunMessage[] {
    const isComplete = (bag: Bag): boolean => bag.timeMs + COMPLETE_AFTER_MS <= timeMs;
    const due = this.bags.filter(isComplete);
    this.bags = this.bags.filter((bag) => !isComplete(bag));
    due.sort((a, b) => a.timeMs - b.timeMs || (a.level < b.level ? -1 : 1));
    this.nowMs = timeMs;
    return due.flatMap((bag) => {
      const messages = messagesOf(bag).filter((message) => !bag.told.has(wordsOf(message)));
      if (this.open.get(bag.level) === bag) {
        this.open.delete(bag.level);
        this.told.set(bag.level, new Set([...bag.told, ...messages.map(wordsOf)]));
      }
      return messages;
    });
  }

  private lateBag(level: string): Bag {
    return { level, timeMs: this.nowMs, messages: [], told: this.told.get(level) ?? new Set() };
  }

  private begin(bag: Bag): Bag {
    this.bags.push(bag);
    this.open.set(bag.level, bag);
    return bag;
  }
}

const wordsOf = ({ xapp, payload }: RunMessage): string => `${xapp} ${Buffer.from(payload).toString()}`;

function levelOf(content: Record<string, unknown>): string {
  const { level, policyTypeId } = content;
  if (typeof level === 'string') return level;
  return policyTypeId === MODEL_POLICY_TYPES.low.policyTypeId ? 'low' : 'high';
}

/**
 * Each message once, with its last answer, as they are said again until they are heard; of what became of a policy, what
 * came last.
 */
function messagesOf({ timeMs, messages }: Bag): RunMessage[] {
  const byContent = new Map<string, RunMessage>();
  for (const tapped of messages) {
    const { content, ...of } = canonicalLearning(tapped);
    const { subject, message } = content as { subject: string; message: Record<string, unknown> };
    const { enforceStatus: _, enforceReason: __, ...said } = message;
    const rank = String(ORDER.indexOf(subject)).padStart(2);
    const key = `${rank} ${of.xapp} ${JSON.stringify(subject.endsWith('status') ? said : message)}`;
    byContent.set(key, { ...of, timeMs, payload: Buffer.from(JSON.stringify(content)) });
  }
  return [...byContent].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, message]) => message);
}
