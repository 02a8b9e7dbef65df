import { createHash } from 'node:crypto';
import { parsed, type Tapped } from './tapped.js';
import { type RecordKind } from './record.js';

type Json = Readonly<Record<string, unknown>>;

/** A message that is no PDU, without what differs between runs of the same seed. */
export interface CanonicalJson {
  readonly kind: RecordKind;
  readonly node: string;
  readonly xapp: string;
  readonly content: Json;
  /** Simulation time that it speaks of, where it does. */
  readonly timeMs?: number;
}

/** Ids that are drawn, and wall-clock times: left out wherever they are. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'instance',
  'controlId',
  'callProcessId',
  'sequence',
  'key',
  'updateMs',
]);
/** What the run does not decide of a sample: who runs it, the clock on the wall. */
const KEPT_OF_SAMPLE = ['index', 'timeMs', 'connectedNodes', 'nodes', 'events', 'counts'];
const KEPT_OF_END = ['timeMs', 'samples', 'kpiHash', 'ues', 'counts', 'fault'];

/** A control with its answer, unless that is not waited for; an effect, a conflict, a sample. */
export function canonicalJson(tapped: Tapped, { isAnswered = true } = {}): CanonicalJson | undefined {
  const { subject } = tapped;
  const content = (parsed(tapped.payload) ?? {}) as Json;
  const [first, second, third = '', fourth] = subject.split('.');
  if (subject === 'sim.sample') return { ...sample(content, KEPT_OF_SAMPLE) };
  if (subject === 'sim.finished') return { ...sample(content, KEPT_OF_END) };
  if (subject === 'ric.conflict') {
    return {
      kind: 'conflict',
      node: text(content['nodeId']),
      xapp: text(content['xapp']),
      content: stripped(content),
    };
  }
  if (first === 'ric' && second === 'xapp' && (fourth === 'control' || fourth === 'effect')) {
    const answer = fourth === 'control' && isAnswered && { answer: answerOf(tapped) };
    const node = text(content['nodeId']);
    return { kind: fourth, node, xapp: third, content: { ...stripped(content), ...answer } };
  }
  return undefined;
}

/** An A1 policy on its way, or learning: contributions, rounds, models. */
export function canonicalLearning(tapped: Tapped): CanonicalJson {
  const { subject } = tapped;
  const [first, second, name = '', what] = subject.split('.');
  const content = stripped((parsed(tapped.payload) ?? {}) as Json);
  const ofXApp = first === 'ric' && second === 'xapp';
  const message = {
    // A life of the xApp is in the subject.
    subject: ofXApp ? `ric.xapp.${what}` : subject,
    message: subject.endsWith('round.closed') ? inOrder(content) : content,
    ...(tapped.answer !== undefined && { answer: answerOf(tapped) }),
  };
  return {
    kind: ofXApp || first === 'a1' ? 'a1' : 'model',
    node: text(content['nodeId']),
    xapp: ofXApp ? name : '',
    content: message,
  };
}

/** The value of an answer, or what the other side refused with. */
function answerOf({ answer }: Tapped): unknown {
  const { value, error } = (answer ?? {}) as { value?: Json; error?: { message?: string } };
  return value === undefined ? { error: error?.message ?? 'none came' } : stripped(value);
}

function sample(content: Json, kept: readonly string[]): CanonicalJson {
  const entries = kept.filter((key) => key in content).map((key) => [key, content[key]] as const);
  return {
    kind: 'sample',
    node: '',
    xapp: '',
    content: Object.fromEntries(entries),
    timeMs: Number(content['timeMs']),
  };
}

/** Without what is left out; vectors by their digests. */
function stripped(content: Json): Json {
  return Object.fromEntries(
    Object.entries(content)
      .filter(([key]) => !LEFT_OUT.has(key))
      .map(([key, value]) => [key, isVector(value) ? digestOf(value) : value]),
  );
}

type Vector = { readonly inline: string } | { readonly object: string };

function isVector(value: unknown): value is Vector {
  return typeof value === 'object' && value !== null && ('inline' in value || 'object' in value);
}

function digestOf(vector: Vector): Json {
  if (!('inline' in vector)) return { vector: 'in the object store' };
  return { sha256: createHash('sha256').update(vector.inline, 'base64').digest('hex') };
}

/** Contributions of a round by node: they come as quickly as each learner is. */
function inOrder(content: Json): Json {
  const contributions = content['contributions'];
  if (!Array.isArray(contributions)) return content;
  const sorted = (contributions as { nodeId: string }[]).toSorted((a, b) => (a.nodeId < b.nodeId ? -1 : 1));
  return { ...content, contributions: sorted };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
