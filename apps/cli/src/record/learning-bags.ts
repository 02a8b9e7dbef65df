import { MODEL_POLICY_TYPES } from '@ricochet/contracts';
import { canonicalLearning } from './canonical-json.js';
import { type RunMessage } from './record.js';
import { type Tapped } from './tapped.js';

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
}

/**
 * Learning goes on beside the control loop, so that only simulation time tells what comes before what: the messages of a
 * round, and the policies that come of it, are of the time that the round was opened for, and are put in when it can not
 * have any more.
 */
export class LearningBags {
  private bags: Bag[] = [];
  private readonly open = new Map<string, Bag>();

  add(message: Tapped): void {
    const content = JSON.parse(Buffer.from(message.payload).toString()) as Record<string, unknown>;
    const level = levelOf(content);
    if (message.subject === 'rapp.meta-hrl.round.open') this.begin(level, Number(content['timeMs']));
    const bag = this.open.get(level) ?? this.begin(level, 0);
    bag.messages.push(message);
  }

  /** The bags that are complete at the end of an instant. */
  complete(timeMs: number): RunMessage[] {
    const isComplete = (bag: Bag): boolean => bag.timeMs + COMPLETE_AFTER_MS <= timeMs;
    const due = this.bags.filter(isComplete);
    this.bags = this.bags.filter((bag) => !isComplete(bag));
    due.sort((a, b) => a.timeMs - b.timeMs || (a.level < b.level ? -1 : 1));
    return due.flatMap(messagesOf);
  }

  private begin(level: string, timeMs: number): Bag {
    const bag = { level, timeMs, messages: [] };
    this.bags.push(bag);
    this.open.set(level, bag);
    return bag;
  }
}

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
