import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openRecording, RecordingError } from './recording-reader.js';
import { RecordingWriter } from './recording-writer.js';
import { HEADER, message, NODE, readerOf, recordingOf } from './recordings.fixture.js';

const MESSAGES = Array.from({ length: 40 }, (_, i) =>
  message(10 * (i + 1), { number: i, words: 'so that it can be made shorter '.repeat(i) }),
);

describe('a recording', () => {
  let folder: string;
  let octets: Buffer;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-recording-'));
    octets = recordingOf(folder, MESSAGES);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const fault = (changed: Uint8Array): string => {
    try {
      for (const each of readerOf(changed).messages()) void each;
    } catch (error) {
      expect(error).toBeInstanceOf(RecordingError);
      return (error as Error).message;
    }
    return 'none';
  };
  const changed = (at: number, by = 1): Buffer => {
    const copy = Buffer.from(octets);
    copy[at] = (copy[at] ?? 0) ^ by;
    return copy;
  };

  it('gives back what was put in, whatever pieces it is read in, and has the hash of that alone', () => {
    for (const chunk of [1, 7, 1_000_000]) {
      const reader = readerOf(octets, chunk);
      expect(reader.header).toEqual(HEADER);
      const read = [...reader.messages()].map(({ number: _, payload, ...rest }) => ({
        ...rest,
        payload: Buffer.from(payload),
      }));
      expect(read).toEqual(MESSAGES);
      expect(reader.end).toEqual({
        messages: 40,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        kpiHash: null,
      });
    }
    const other = readerOf(recordingOf(folder, MESSAGES, { ...HEADER, seed: 2 }));
    const mine = readerOf(octets);
    for (const reader of [other, mine]) for (const each of reader.messages()) void each;
    expect(other.end?.hash).toBe(mine.end?.hash);
  });

  it('names the record that a byte was changed of', () => {
    expect(fault(changed(octets.indexOf('"number":5')))).toBe(
      `x.rec: record 6 was changed: control of ${NODE}, slice-quota at 0.06 s`,
    );
  });

  it('finds every changed byte, and throws nothing but its own error', () => {
    fc.assert(
      fc.property(fc.nat(octets.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        expect(fault(changed(at, by))).toMatch(/^x\.rec: /);
      }),
      { numRuns: 500 },
    );
  });

  it('reads any octets, or says what is wrong with them', () => {
    fc.assert(
      fc.property(
        fc.nat(octets.length),
        fc.nat(octets.length),
        fc.uint8Array({ maxLength: 40 }),
        (from, to, put) => {
          fault(Buffer.concat([octets.subarray(0, from), put, octets.subarray(to)]));
        },
      ),
    );
  });

  it('says that it was cut off, and where', () => {
    const record = 9;
    const cut = octets.subarray(0, octets.length - 200);
    expect(fault(cut)).toMatch(/^x\.rec: record \d+, after 0\.\d+ s: the file ends within it/);
    let at = octets.indexOf('\n') + 1;
    for (let i = 0; i < record; i++) at += 4 + octets.readUInt32BE(at);
    expect(fault(octets.subarray(0, at))).toBe('x.rec: it is cut off after record 8, at 0.08 s');
  });

  it.each([
    ['', 'this is no recording'],
    ['name: a scenario\nduration: 1s\n', 'this is no recording'],
    ['ricochet-recording 2\nwhatever', 'it has format 2; this program reads up to 1'],
    ['ricochet-recording 1\n', 'it does not begin with its header'],
  ])('says of %j: %s', (text, words) => {
    const path = join(folder, 'other.rec');
    writeFileSync(path, text);
    expect(() => openRecording(path)).toThrow(`${path}: ${words}`);
  });

  it.each([
    [
      'a scenario file elsewhere',
      { scenario: { name: 'one', file: '../../etc/one.yaml', text: '' } },
      'record 0, header at 0 s: scenario.file: expected the name of a file',
    ],
    ['an end before its beginning', { untilMs: -1 }, 'record 0, header at 0 s: untilMs: Too small: '],
    ['another key', { more: 1 }, 'record 0, header at 0 s: all of it: Unrecognized key'],
  ])('refuses a header with %s, in a line', (_, over, words) => {
    const read = () => readerOf(recordingOf(folder, [], { ...HEADER, ...over }));
    expect(read).toThrow(`x.rec: ${words}`);
    expect(read).not.toThrow(/\n/);
  });

  it('refuses names that steer a terminal', () => {
    const octets = recordingOf(folder, [message(10, {}, { xapp: '\u001b[2Jslice-quota' })]);
    expect(fault(octets)).toBe('x.rec: record 1: the name of its node or xApp is none');
  });

  it('says that there is no such file, and that none can be written', () => {
    expect(() => openRecording(join(folder, 'none'))).toThrow(/none: there is no such file/);
    expect(() => new RecordingWriter(join(folder, 'a/b'), HEADER)).toThrow(/^recording .*a\/b: /);
  });

  const full = process.platform === 'linux' ? it : it.skip;
  full('says in a line that the disk is full', () => {
    expect(() => new RecordingWriter('/dev/full', HEADER)).toThrow(
      'recording /dev/full: no space is left on the device',
    );
  });
});
