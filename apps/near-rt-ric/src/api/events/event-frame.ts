import { type EventChunk } from './event-reader.js';

export const EVENT_TYPES = [
  'status',
  'node',
  'xapp',
  'control',
  'effect',
  'conflict',
  'indication-gap',
  'kpi',
  'policy',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What an event is about; one that is about no xApp, or no node, is for readers of all of them. */
export interface EventSubject {
  readonly xapps?: readonly string[];
  readonly nodeId?: string;
}

/** What a reader wants to hear. */
export interface EventFilter {
  /** Absent: all. */
  readonly types?: readonly EventType[] | undefined;
  /** Nothing about other xApps. */
  readonly xapp?: string | undefined;
  /** Nothing about other nodes. */
  readonly node?: string | undefined;
}

/** An event in the form in which it is sent. */
export interface Frame extends EventSubject {
  readonly type: EventType;
  /** Counts up; the end of its id. */
  readonly number: number;
  readonly text: string;
}

/** So that a reader who is behind loses little at a time. */
const CHUNK_CHARACTERS = 65_536;

/** What of the frames the filter lets through, in their order. */
export function chunksOf(frames: readonly Frame[], filter: EventFilter): EventChunk[] {
  const chunks: EventChunk[] = [];
  let text = '';
  let events = 0;
  const cut = (): void => {
    if (events > 0) chunks.push({ octets: Buffer.from(text), events });
    text = '';
    events = 0;
  };
  for (const frame of frames) {
    if (!passes(frame, filter)) continue;
    text += frame.text;
    events += 1;
    if (text.length >= CHUNK_CHARACTERS) cut();
  }
  cut();
  return chunks;
}

/** The same for filters that let the same through. */
export function keyOf({ types, xapp, node }: EventFilter): string {
  return JSON.stringify([types?.toSorted(), xapp, node]);
}

function passes({ type, xapps, nodeId }: Frame, { types, xapp, node }: EventFilter): boolean {
  if (types !== undefined && !types.includes(type)) return false;
  if (xapp !== undefined && xapps !== undefined && !xapps.includes(xapp)) return false;
  return node === undefined || nodeId === undefined || nodeId === node;
}
