import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { aperCodec } from '@ricochet/e2ap';
import { CaptureReader } from '../apps/cli/src/e2/pcap/capture-reader.js';
import { LiveRic } from './support/live-ric.js';
import { fixture, Ricochet } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const CAPTURE = fixture('e2/capture.pcap');
/** A RIC subscription delete request. */
const REQUEST = '00090012000002001d00050003fd0000000500020002';
const TREE = [
  'RICsubscriptionDeleteRequest: initiatingMessage, procedure 9 RICsubscriptionDelete, 22 octets',
  '  RICrequestID (IE 29): ricRequestorID: 1021, ricInstanceID: 0',
  '  RANfunctionID (IE 5): 2 (ORAN-E2SM-KPM, by convention)',
].join('\n');

describe('ricochet e2 decode', () => {
  const ricochet = new Ricochet();
  afterAll(() => ricochet.dispose());
  const decode = (...args: string[]) => ricochet.run('e2', 'decode', ...args);
  const binary = (name: string, octets: Uint8Array): string => {
    writeFileSync(ricochet.path(name), octets);
    return ricochet.path(name);
  };

  it('prints the tree of a PDU, from whatever it is given', async () => {
    const octets = Buffer.from(REQUEST, 'hex');
    for (const argument of [
      REQUEST,
      `0x${REQUEST.match(/../g)?.join(':0x')}`,
      ricochet.write('one.hex', `${REQUEST.slice(0, 20)}\n${REQUEST.slice(20)}\n`),
      binary('one.bin', octets),
    ]) {
      expect(await decode(argument)).toMatchObject({ code: 0, stdout: TREE, errors: [] });
    }
  });

  it('prints all PDUs of a file with an empty line between', async () => {
    const path = ricochet.write('two.hex', `# two\n${REQUEST}\n${REQUEST}\n`);
    expect(await decode(path)).toMatchObject({ code: 0, stdout: `${TREE}\n\n${TREE}`, errors: [] });
  });

  it('prints a capture: where each PDU was, models by the set-up, an object a PDU with --json', async () => {
    const { code, stdout, errors } = await decode(CAPTURE);
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    expect(stdout).toMatch(
      /^packet 6, 1970-01-01T00:00:00\.000005Z, 10\.0\.1\.1:49152 to 10\.0\.0\.1:36421, stream 0, PPID 70\nE2setupRequest: /,
    );
    expect(stdout).toContain('RANfunctionID (IE 5): 200 (RICOCHET-E2SM-UE-WEIGHTS, by its OID)');
    expect(stdout).toContain(
      'ranParameter-ID 12 (Max PRB Policy Ratio): ranP-Choice-ElementFalse: valueInt: ',
    );
    expect(stdout).toMatch(/RCT\.HolDelayDl: real \d/);
    expect(stdout).not.toContain('not decoded');
    const { stdout: lines } = await decode(CAPTURE, '--json');
    const objects = lines.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(objects).toHaveLength(stdout.match(/^packet /gm)?.length ?? 0);
    expect(objects[0]).toMatchObject({
      number: 1,
      packetNumber: 6,
      timeUs: 5,
      source: '10.0.1.1:49152',
      ppid: 70,
      message: 'E2setupRequest',
      value: { ranFunctionsAdded: [{ ranFunctionDefinition: { serviceModel: 'ORAN-E2SM-KPM' } }, {}, {}] },
    });
  });

  it('reads from standard input', async () => {
    const child = spawn(process.execPath, [
      resolve('apps/cli/bin/ricochet.js'),
      'e2',
      'decode',
      '-',
      '--json',
    ]);
    child.stdin.end(`${REQUEST}\n`);
    expect(await json(child.stdout)).toMatchObject({ message: 'RICsubscriptionDeleteRequest' });
  });

  it('takes models from --sm, which may be given more than once', async () => {
    const named = REQUEST.replace(/0002$/, '0063');
    const { stdout } = await decode(named, '--sm', '98=rc,99=ccc', '--sm', '99=ricochet');
    expect(stdout).toContain('RANfunctionID (IE 5): 99 (RICOCHET-E2SM-UE-WEIGHTS, by --sm)');
  });

  it('ends with 1 when a PDU does not decode, and prints the others', async () => {
    const path = ricochet.write('mixed.hex', [REQUEST, REQUEST.slice(0, -2), '', REQUEST].join('\n'));
    const { code, stdout, errors } = await decode(path);
    expect(code).toBe(1);
    expect(errors).toEqual(['ricochet: 1 of 3 PDUs could not be decoded']);
    expect(stdout.match(/RANfunctionID \(IE 5\): 2/g)).toHaveLength(2);
    expect(stdout).toMatch(
      /not decoded: truncated: RICsubscriptionDeleteRequest: expected .*, found .*\(at bit \d+\)/,
    );
  });

  it('ends with 1 where a capture ends early, and prints what came before', async () => {
    const cut = binary('cut.pcap', readFileSync(CAPTURE).subarray(0, 3_000));
    const { code, stdout, errors } = await decode(cut);
    expect(code).toBe(1);
    expect(errors).toEqual([
      expect.stringMatching(/^ricochet: .*cut\.pcap: packet \d+ is cut off: the file ends at octet 3000/),
    ]);
    expect(stdout).toContain('E2setupRequest');
  });

  it('says what of a capture it passed over', async () => {
    const file = readFileSync(CAPTURE);
    // The payload protocol identifier of the first fragment becomes NGAP's, and so no message begins.
    const headers = file.subarray(0, 24);
    const { code, stdout, errors } = await decode(binary('none.pcap', headers));
    expect({ code, stdout, errors }).toEqual({
      code: 1,
      stdout: '',
      errors: ['passed over: no E2AP in 0 packets', expect.stringMatching(/none\.pcap: no E2AP PDU$/)],
    });
  });

  const CASES: Record<string, { args: () => string[]; line: RegExp }> = {
    'no argument': { args: () => [], line: /^error: missing required argument 'pdu'$/ },
    'a path that is not there': {
      args: () => ['nowhere.pcap'],
      line: /^ricochet: nowhere\.pcap: there is no such file, and it is not octets in hexadecimal: "n" is no hexadecimal digit$/,
    },
    'half an octet': { args: () => ['00095'], line: /an odd number of hexadecimal digits, 5$/ },
    'an empty argument': { args: () => [''], line: /there are no hexadecimal digits$/ },
    'an empty file': { args: () => [ricochet.write('empty', '')], line: /empty: is empty$/ },
    'a folder': {
      args: () => {
        mkdirSync(ricochet.path('folder'), { recursive: true });
        return [ricochet.path('folder')];
      },
      line: /folder: is a folder, where a file is needed$/,
    },
    'a text that is no hexadecimal': {
      args: () => [ricochet.write('text', `${REQUEST}\nhello\n`)],
      line: /text: is text, but no hexadecimal digits: line 2: "h" is no hexadecimal digit$/,
    },
    'a model of nobody': {
      args: () => [REQUEST, '--sm', '2=ngap'],
      line: /^error: option '--sm <id=model>' argument '2=ngap' is invalid\. expected <RAN function id>=<model>, the model one of kpm, rc, ccc, ricochet$/,
    },
    'a RAN function that can not be': {
      args: () => [REQUEST, '--sm', '4096=kpm'],
      line: /^error: .*'4096=kpm' is invalid/,
    },
  };

  it.each(Object.keys(CASES))('refuses %s with one line', async (name) => {
    const { args, line } = CASES[name] as (typeof CASES)[string];
    const { code, stdout, errors } = await decode(...args());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(errors.filter((each) => !each.startsWith('(--help'))).toEqual([expect.stringMatching(line)]);
  });

  it('tells that a file of garbage is no E2AP', async () => {
    const { code, stdout } = await decode(
      binary(
        'garbage',
        Uint8Array.from({ length: 300 }, (_, i) => (i * 37 + 129) % 256),
      ),
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^no E2AP PDU: 300 octets\n {2}not decoded: /);
  });
});

describe('ricochet e2 capture', () => {
  const ricochet = new Ricochet();
  afterAll(() => ricochet.dispose());

  it.each([
    [
      'a file that can not be written',
      ['--out', 'no/where.pcap'],
      /^ricochet: --out .*where\.pcap: there is no such file or folder$/,
    ],
    [
      'a scenario that is not there',
      ['nowhere.yaml'],
      /^ricochet: scenario nowhere\.yaml: there is no such file or folder$/,
    ],
    [
      'a scenario and a RIC to listen to',
      ['a.yaml', '--nats', 'nats://127.0.0.1:1'],
      /^ricochet: give a scenario to run or --nats to listen with, not both$/,
    ],
    [
      'no duration',
      ['--duration', 'soon'],
      /^error: option '--duration <duration>' argument 'soon' is invalid/,
    ],
  ])('refuses %s with one line', async (_, args, line) => {
    const { code, stdout, errors } = await ricochet.run('e2', 'capture', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(errors.filter((each) => !each.startsWith('(--help'))).toEqual([expect.stringMatching(line)]);
  });

  it('tells that no NATS server answers, and leaves no file', async () => {
    const { code, errors } = await ricochet.run(
      'e2',
      'capture',
      '--nats',
      'nats://127.0.0.1:1',
      '--out',
      'none.pcap',
    );
    expect({ code, errors }).toEqual({
      code: 1,
      errors: ['ricochet: NATS at 127.0.0.1:1: no server answers'],
    });
    expect(() => readFileSync(ricochet.path('none.pcap'))).toThrow('ENOENT');
  });

  it(
    'listens to a RIC that runs until Ctrl-C, with the time of the clock',
    async () => {
      const live = await LiveRic.running();
      try {
        const path = ricochet.path('live.pcap');
        const startedMs = Date.now();
        const listener = ricochet.start('e2', 'capture', '--nats', live.url, '--out', path);
        await listener.logged(/^listening at /);
        const messages = () => [...new CaptureReader(readFileSync(path)).messages()];
        await waitFor('PDUs in both directions', () => {
          try {
            return new Set(messages().map(({ source }) => source)).size >= 3;
          } catch {
            return false;
          }
        });
        expect(await listener.kill('SIGINT')).toMatchObject({ code: 0 });
        expect(listener.stdout).toEqual([
          expect.stringMatching(
            /^.*live\.pcap: \d+ PDUs \(\d+ octets\) of 2 nodes in \d+ packets, wall-clock time$/,
          ),
        ]);
        const captured = messages();
        for (const { octets } of captured) aperCodec.decode(octets);
        expect(captured[0]?.timeUs).toBeGreaterThanOrEqual(startedMs * 1_000);
        expect(captured.at(-1)?.timeUs).toBeLessThanOrEqual((Date.now() + 1_000) * 1_000);
      } finally {
        await live.dispose();
      }
    },
    TIMEOUT_MS,
  );
});
