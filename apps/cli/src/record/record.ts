/** What messages are recorded, in the order of their codes in the file. */
export const RECORD_KINDS = [
  'header',
  'e2-up',
  'e2-down',
  'control',
  'effect',
  'conflict',
  'sample',
  'a1',
  'model',
  'end',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** One message of a run, as it is recorded. */
export interface RunMessage {
  readonly kind: RecordKind;
  /** Simulation time; of a run in real time, ms since its first message. */
  readonly timeMs: number;
  /** E2 node id, or empty. */
  readonly node: string;
  /** Or empty. */
  readonly xapp: string;
  /** An E2AP PDU in aligned PER for `e2-…`, else JSON. */
  readonly payload: Uint8Array;
}

/** A message in its place. */
export interface NumberedMessage extends RunMessage {
  /** Of the record in its file; the header is 0. */
  readonly number: number;
}

export const isE2 = ({ kind }: RunMessage): boolean => kind === 'e2-up' || kind === 'e2-down';

export function isSameMessage(a: RunMessage, b: RunMessage): boolean {
  return (
    a.kind === b.kind &&
    a.timeMs === b.timeMs &&
    a.node === b.node &&
    a.xapp === b.xapp &&
    Buffer.compare(a.payload, b.payload) === 0
  );
}
