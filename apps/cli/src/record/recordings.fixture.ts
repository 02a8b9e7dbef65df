import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunMessage } from './record.js';
import { type RecordingHeader } from './recording-header.js';
import { RecordingReader } from './recording-reader.js';
import { RecordingWriter } from './recording-writer.js';

export const HEADER: RecordingHeader = {
  mode: 'lockstep',
  scenario: { name: 'one', file: 'one.yaml', text: 'name: one\nduration: 1s\n' },
  packagesFrom: '/',
  seed: 1,
  untilMs: 1_000,
  speed: 1,
  controller: 'need+pf',
  configHash: 'c',
  versions: { ricochet: '0.1.0', node: process.version },
  xapps: [
    { name: 'slice-quota', path: '/x', version: '0.1.0', digest: 'd', config: { split: 'need' } },
    { name: 'slice-scheduler', path: '/y', version: '0.1.0', digest: 'e', config: { scheduler: 'pf' } },
  ],
  changes: [],
};

export const NODE = 'gnb-001-01-1-du-1';

export function message(timeMs: number, content: object = {}, over: Partial<RunMessage> = {}): RunMessage {
  const payload = Buffer.from(JSON.stringify(content));
  return { kind: 'control', timeMs, node: NODE, xapp: 'slice-quota', payload, ...over };
}

/** The JSON of a message that is no PDU. */
export function jsonOf({ payload }: RunMessage): unknown {
  return JSON.parse(Buffer.from(payload).toString());
}

/** Octets of a whole recording, by way of a file in the folder. */
export function recordingOf(folder: string, messages: readonly RunMessage[], header = HEADER): Buffer {
  const path = join(folder, 'made.rec');
  const writer = new RecordingWriter(path, header);
  for (const each of messages) writer.add(each);
  writer.end(messages.at(-1)?.timeMs ?? 0, null);
  return readFileSync(path);
}

/** Reads octets as a file of that name, a few at a time. */
export function readerOf(octets: Uint8Array, chunkOctets = 1_000): RecordingReader {
  let at = 0;
  return new RecordingReader('x.rec', () => octets.subarray(at, (at += chunkOctets)));
}
