import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { EmbeddedNats } from '@ricochet/bus';
import {
  controlRequest,
  e2Uplink,
  subscriptionNotice,
  xAppRegister,
  type ControlReply,
  type RanControl,
  type SliceQuotaControl,
  type SubscriptionNotice,
} from '@ricochet/contracts';
import { aperCodec } from '@ricochet/e2ap';
import { freePort, LiveRic, NODES } from './support/live-ric.js';
import { fixture, Ricochet, type Result } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const SMALL = fixture('small.yaml');

describe('the command refuses, with one line', () => {
  const ricochet = new Ricochet();
  afterEach(() => ricochet.processes.endAll());
  afterAll(() => ricochet.dispose());

  const file = (name: string): string => ricochet.write(name, '');
  const scenario = (name: string, ...lines: string[]): string => ricochet.write(name, lines.join('\n'));
  const HEAD = ['name: bad', 'duration: 2s'];

  /** One line that matches, the exit code, and nothing left behind. */
  function expectRefusal(result: Result | undefined, code: number, line: RegExp): void {
    expect(result?.errors).toEqual([expect.stringMatching(line)]);
    expect(result).toMatchObject({ code, signal: null });
    expect(ricochet.processes.living()).toEqual([]);
  }

  /** What is asked for, the line that must come, and how to ask. */
  const CASES: Record<string, { line: RegExp; args: () => string[]; code?: number }> = {
    'a scenario file that is not there': {
      line: /^ricochet: scenario nowhere\.yaml: there is no such file or folder$/,
      args: () => ['run', 'nowhere.yaml'],
    },
    'a scenario with a wrong key': {
      line: /^ricochet: .*key\.yaml:3:12: network\.cell: unknown key; did you mean "cells"\?$/,
      args: () => ['run', scenario('key.yaml', ...HEAD, 'network: { cell: 2 }')],
    },
    'a network value out of range': {
      line: /^ricochet: .*value\.yaml:3:24: network\.uesPerCell: .*from 1 to 5000, not -6$/,
      args: () => ['run', scenario('value.yaml', ...HEAD, 'network: { uesPerCell: -6 }')],
    },
    'a scenario value of a wrong type': {
      line: /^ricochet: .*type\.yaml:2:11: duration: .*soon/,
      args: () => ['run', scenario('type.yaml', 'name: bad', 'duration: soon')],
    },
    'an event at a DU that is not there': {
      line: /^ricochet: .*du\.yaml:5:\d+: events\[0\]\.cells\[0\]: expected a DU from 1 to 2, got 3$/,
      args: () => [
        'run',
        scenario(
          'du.yaml',
          ...HEAD,
          'network: { cells: 2 }',
          'events:',
          '  - { at: 1s, kind: cell-off, cells: [3] }',
        ),
      ],
    },
    'a file that is not YAML': {
      line: /^ricochet: .*not\.yaml:\d+:\d+: YAML: /,
      args: () => ['run', scenario('not.yaml', 'name: [a')],
    },
    'an unknown controller': {
      line: /^error: option '--controller .*"nonsense" is no controller: expected <split>\+<scheduler> with a split of equal, .* and a scheduler of rr, /,
      args: () => ['run', SMALL, '--controller', 'nonsense'],
    },
    'a seed that is no number': {
      line: /^error: option '--seed <n>' argument 'x' is invalid\. expected an integer from 0$/,
      args: () => ['run', SMALL, '--seed', 'x'],
    },
    'an end at once': {
      line: /^error: option '--until .*argument '0' is invalid\. expected a duration .*above 0$/,
      args: () => ['run', SMALL, '--until', '0'],
    },
    'an end within the warm-up': {
      line: /^ricochet: --until 200 ms lies within the scenario's warm-up of 300 ms$/,
      args: () => ['run', SMALL, '--until', '200ms'],
    },
    'an xApp package that is not installed': {
      line: /^ricochet: .*xapp\.yaml:4:14: xapps\[0\]\.package: no such xApp is installed: expected one of @ricochet\/kpi-monitor, .*, got "@ricochet\/no-such"$/,
      args: () => ['run', scenario('xapp.yaml', ...HEAD, 'xapps:', '  - package: "@ricochet/no-such"')],
    },
    'an output folder that is a file': {
      line: /^ricochet: --out .*\/out-file: is a file, where a folder is needed$/,
      args: () => ['run', SMALL, '--out', file('out-file')],
    },
    'a data folder below a file': {
      line: /^ricochet: --data .*\/data-file\/below\/logs: lies below a file, where a folder is needed$/,
      args: () => ['up', SMALL, '--data', `${file('data-file')}/below`],
    },
    'a data folder in which a file is in the place of the logs': {
      line: /^ricochet: --data .*\/no-logs\/logs: is a file, where a folder is needed$/,
      args: () => {
        mkdirSync(ricochet.path('no-logs'));
        file('no-logs/logs');
        return ['up', SMALL, '--data', 'no-logs'];
      },
    },
    'an output folder in which a folder is in the place of a file': {
      line: /^ricochet: --out .*\/no-csv\/kpis\.csv: is a folder, where a file is needed$/,
      args: () => {
        mkdirSync(ricochet.path('no-csv', 'kpis.csv'), { recursive: true });
        return ['run', SMALL, '--out', 'no-csv'];
      },
    },
    'a NATS server that does not answer': {
      line: /^ricochet: NATS at 127\.0\.0\.1:1: no server answers$/,
      args: () => ['run', SMALL, '--nats', 'nats://127.0.0.1:1'],
      code: 1,
    },
    'a NATS address that is none': {
      line: /^error: option '--nats <url>' argument 'somewhere' is invalid\. expected nats:\/\//,
      args: () => ['run', SMALL, '--nats', 'somewhere'],
    },
  };

  // Three at a time, as most of the time goes into starting Node.
  const results = new Map<string, Result>();
  beforeAll(async () => {
    const open = Object.entries(CASES);
    const work = async (): Promise<void> => {
      for (let next = open.shift(); next !== undefined; next = open.shift()) {
        results.set(next[0], await ricochet.run(...next[1].args()));
      }
    };
    await Promise.all([work(), work(), work()]);
  }, TIMEOUT_MS);

  it.each(Object.keys(CASES))('%s', (name) => {
    const { line, code = 2 } = CASES[name] as (typeof CASES)[string];
    expectRefusal(results.get(name), code, line);
  });

  it(
    'a NATS password that is wrong',
    async () => {
      const nats = await EmbeddedNats.start();
      try {
        const url = `nats://ricochet:wrong@127.0.0.1:${nats.port}`;
        expectRefusal(
          await ricochet.run('run', SMALL, '--nats', url),
          1,
          new RegExp(`^ricochet: NATS at 127\\.0\\.0\\.1:${nats.port}: user or password refused$`),
        );
      } finally {
        await nats.stop();
      }
    },
    TIMEOUT_MS,
  );

  it(
    'a port for NATS that is in use',
    async () => {
      const port = await freePort();
      const squatter = createServer().listen(port, '127.0.0.1');
      await once(squatter, 'listening');
      try {
        expectRefusal(
          await ricochet.run('up', SMALL, '--data', 'port', '--nats-port', String(port)),
          1,
          new RegExp(`^ricochet: nats-server: port ${port} on 127\\.0\\.0\\.1 is in use$`),
        );
      } finally {
        squatter.close();
        await once(squatter, 'close');
      }
    },
    TIMEOUT_MS,
  );

  it(
    'a data folder that another one uses, which goes on',
    async () => {
      const first = ricochet.start('up', SMALL, '--plain', '--data', 'shared');
      await waitFor('the first one started', () => first.stdout.length > 0);
      const second = await ricochet.run('up', SMALL, '--plain', '--data', 'shared');
      expect(second).toMatchObject({ code: 2 });
      expect(second.errors).toEqual([
        expect.stringMatching(`^ricochet: .*/shared is in use by process ${first.pid}: stop it, or`),
      ]);
      expect(first.isRunning).toBe(true);
      expect(await first.kill('SIGINT')).toMatchObject({ code: 0 });
      // Who was killed holds nothing.
      ricochet.write('shared/ricochet.pid', '2147483646\n');
      const third = ricochet.start('up', SMALL, '--plain', '--data', 'shared');
      await waitFor('the next one started', () => third.stdout.length > 0);
      expect(await third.kill('SIGINT')).toMatchObject({ code: 0 });
    },
    TIMEOUT_MS,
  );

  it(
    'a store that is no database, and leaves it as it is',
    async () => {
      mkdirSync(ricochet.path('corrupt'));
      const store = ricochet.write('corrupt/ric.sqlite', 'no database at all, '.repeat(100));
      const result = await ricochet.run('up', SMALL, '--data', 'corrupt');
      expectRefusal(
        result,
        1,
        /^ricochet: near-rt-ric .*store .*\/corrupt\/ric\.sqlite: not an SQLite database/,
      );
      expect(readFileSync(store, 'utf8')).toMatch(/^no database at all, /);
    },
    TIMEOUT_MS,
  );

  it(
    'an xApp whose configuration has a wrong key',
    async () => {
      const path = scenario(
        'config.yaml',
        ...HEAD,
        'network: { cells: 2, uesPerCell: 6 }',
        'xapps:',
        '  - { package: "@ricochet/slice-quota", config: { splitt: need } }',
      );
      expectRefusal(
        await ricochet.run('run', path, '--out', 'config'),
        1,
        /^ricochet: xApp slice-quota is parked: .*Unrecognized key: "splitt"$/,
      );
    },
    TIMEOUT_MS,
  );
});

describe('the RIC goes on', () => {
  let live: LiveRic;
  let raw: NatsConnection;
  beforeAll(async () => {
    live = await LiveRic.running();
    const { username, password, host } = new URL(live.url);
    raw = await connect({ servers: host, user: username, pass: password });
  }, TIMEOUT_MS);
  afterAll(async () => {
    await raw?.close();
    await live?.dispose();
  });
  // Whatever came in, the loop is closed afterwards, in the same life of every process.
  let before: { instance: string; restarts: number };
  beforeEach(async () => {
    before = await life();
  });
  afterEach(async () => {
    await live.loopGoesOn();
    expect(await life()).toEqual(before);
  });

  async function life(): Promise<{ instance: string; restarts: number }> {
    const { instance, xapps } = await live.status('a status', () => true);
    return { instance, restarts: xapps.reduce((sum, { restarts }) => sum + restarts, 0) };
  }

  /** Asks as a peer without our library would; gives the answer as text. */
  async function ask(subject: string, payload: string): Promise<string> {
    return (await raw.request(subject, payload, { timeout: 2_000 })).string();
  }

  /** Runs it and waits until so many messages more have been counted as invalid. */
  async function countsInvalid(more: number, send: () => Promise<void>): Promise<void> {
    const { counts } = await live.status('a status', () => true);
    await send();
    await live.status(`${more} invalid messages more`, ({ counts: now }) => {
      return now.invalidMessages >= counts.invalidMessages + more;
    });
  }

  let sequence = 0;
  function control(nodeId: string, what: RanControl): Promise<ControlReply> {
    sequence += 1;
    const request = { instance: 'a', sequence, nodeId, control: what };
    return live.bus.request(controlRequest('stranger'), request, 20_000);
  }

  const ratio = (sst: number, maxRatio: number, minRatio = 0) => {
    return { snssai: { sst }, minRatio, maxRatio, dedicatedRatio: 0 };
  };

  const DU_1 = NODES[0] as string;

  it(
    'when controls come that can not be read, and says why',
    async () => {
      const request = {
        instance: 'a',
        sequence: 1,
        nodeId: DU_1,
        control: { kind: 'slice-quota', ratios: [ratio(1, 50)] },
      };
      const weights = [{ ueId: 1, weight: -1 }];
      const cases: [payload: string, answer: RegExp][] = [
        [
          '{"instance":',
          /^\{"error":\{"code":"BUS_INVALID_MESSAGE","message":"ric\.xapp\.x\.control: not JSON: /,
        ],
        ['', /not JSON/],
        ['7', /ric\.xapp\.x\.control: .*expected object/],
        [
          JSON.stringify({ ...request, sequence: 'first' }),
          /control: sequence: .*expected .*received string/,
        ],
        [JSON.stringify({ ...request, urgent: true }), /ric\.xapp\.x\.control: .*urgent/],
        [JSON.stringify({ ...request, control: { kind: 'dance' } }), /control: control\.kind: /],
        [
          JSON.stringify({
            ...request,
            control: { kind: 'ue-weights', slices: [{ snssai: { sst: 1 }, weights }] },
          }),
          /control\.slices\.0\.weights: expected weights of \{ueId, weight\}/,
        ],
      ];
      await countsInvalid(cases.length, async () => {
        for (const [payload, answer] of cases)
          expect(await ask('ric.xapp.x.control', payload)).toMatch(answer);
      });
    },
    TIMEOUT_MS,
  );

  it(
    'and refuses controls that can not be carried out, with the reason',
    async () => {
      const quota = (...ratios: SliceQuotaControl['ratios']) => ({ kind: 'slice-quota', ratios }) as const;
      expect(await control('gnb-001-01-1-du-9', quota(ratio(1, 50)))).toMatchObject({
        outcome: 'refused',
        cause: 'gnb-001-01-1-du-9 is not connected',
      });
      expect(await control(DU_1, quota(ratio(9, 50)))).toMatchObject({
        outcome: 'refused',
        cause: expect.stringMatching(`${DU_1}: .*slice 9 `),
      });
      expect(
        await control(DU_1, {
          kind: 'ue-weights',
          slices: [{ snssai: { sst: 9 }, weights: [{ ueId: 0, weight: 1 }] }],
        }),
      ).toMatchObject({ outcome: 'refused', cause: `${DU_1}: slice 9 is not served there` });
      expect(await control(DU_1, quota(ratio(1, 101)))).toMatchObject({
        outcome: 'refused',
        cause: expect.stringMatching(/101/),
      });
      expect(await control(DU_1, quota(ratio(1, 30, 60)))).toMatchObject({
        outcome: 'refused',
        cause: expect.stringMatching(/60.*30|30.*60/),
      });
      // Together with what the other slices have.
      expect(
        await control(DU_1, quota(ratio(1, 100, 60), ratio(2, 100, 40), ratio(3, 100, 20))),
      ).toMatchObject({ outcome: 'refused', cause: expect.stringMatching(/minimum ratios add up to 120 %/) });
      const { counts } = await live.status('refusals counted', (now) => now.counts.controlsRefused >= 6);
      expect(counts.controlsFailed).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'and tells an xApp which measurement no node has',
    async () => {
      const notices: SubscriptionNotice[] = [];
      const stop = live.bus.subscribe(subscriptionNotice('guesser'), (notice) => notices.push(notice));
      const wanted = (measurement: string) => {
        return { name: measurement, level: 'slice' as const, periodMs: 100, measurements: [measurement] };
      };
      const registration = {
        version: '1.0.0',
        instance: 'a',
        subscriptions: [wanted('DRB.Guess'), wanted('RRU.PrbUsedDl')],
        policyTypes: [],
      };
      await live.bus.request(xAppRegister('guesser'), registration, 20_000);
      await waitFor('an answer for each subscription of each node', () => notices.length >= 2 * NODES.length);
      stop();
      for (const nodeId of NODES) {
        expect(notices).toContainEqual({
          nodeId,
          subscription: 'DRB.Guess',
          state: 'failed',
          cause: expect.stringMatching(`${nodeId} does not measure "DRB\\.Guess"`),
        });
        expect(notices).toContainEqual({ nodeId, subscription: 'RRU.PrbUsedDl', state: 'active' });
      }
      await live.status('the failure in the status', ({ xapps }) => {
        return xapps.some(({ name, subscriptionsFailed }) => name === 'guesser' && subscriptionsFailed === 2);
      });
    },
    TIMEOUT_MS,
  );

  it(
    'when an xApp registers under a name that can not be one',
    async () => {
      const registration = { version: '1', instance: 'a', subscriptions: [], policyTypes: [] };
      expect(await ask('ric.xapp.An_xApp.register', JSON.stringify(registration))).toMatch(
        /XAPP_NAME_INVALID.*ric\.xapp\.An_xApp\.register: .*expected lower-case letters, digits and dashes/,
      );
    },
    TIMEOUT_MS,
  );

  it(
    'when garbage comes over the association of a node',
    async () => {
      const association = await associationOf(DU_1);
      const subject = e2Uplink(association, 'pdu');
      const beheaded = aperCodec.encode({
        message: 'RICindication',
        value: {
          ricRequestId: { requestorId: 1, instanceId: 1 },
          ranFunctionId: 2,
          ricActionId: 1,
          ricIndicationType: 'report',
          ricIndicationHeader: new Uint8Array([1, 2, 3]),
          ricIndicationMessage: new Uint8Array([4, 5, 6]),
        },
      });
      const garbage = [
        new Uint8Array([0, 255, 254, 10, 13, 200]),
        new Uint8Array(0),
        Buffer.from('null'),
        Buffer.from('{"message":"E2setupRequest","value":{"transactionId":"one"}}'),
        Buffer.from('{"message":"constructor","value":{}}'),
        Buffer.from(`{"message":"RICindication","value":${'['.repeat(100_000)}`),
        beheaded.subarray(0, 20),
      ];
      await countsInvalid(garbage.length, async () => {
        for (const octets of garbage) raw.publish(subject, octets);
        raw.publish(subject, beheaded);
        raw.publish(e2Uplink(association, 'nonsense' as 'beat'), 'x');
        raw.publish(e2Uplink('nobody', 'pdu'), 'x');
        await raw.flush();
      });
      // Still the same association.
      expect(await associationOf(DU_1)).toBe(association);
      const { nodes } = await live.status('a status', () => true);
      expect(nodes.map(({ state }) => state)).toEqual(['connected', 'connected']);
    },
    TIMEOUT_MS,
  );

  it(
    'when an association is asked for in a way that can not be read',
    async () => {
      const cases: [payload: string, answer: RegExp][] = [
        ['\0\0\0', /not JSON/],
        ['', /not JSON/],
        ['{"association":"a.b.>"}', /e2\.associate: association: /],
      ];
      await countsInvalid(cases.length, async () => {
        for (const [payload, answer] of cases) expect(await ask('e2.associate', payload)).toMatch(answer);
      });
    },
    TIMEOUT_MS,
  );

  /** Over which association the node reports at this moment; its name begins with the node's. */
  async function associationOf(nodeId: string): Promise<string> {
    const du = nodeId.slice(nodeId.lastIndexOf('-du-'));
    const seen = new Set<string>();
    const stop = live.bus.subscribeBytes('e2.up.*.pdu', (_, subject) =>
      seen.add(subject.split('.')[2] ?? ''),
    );
    try {
      return await waitFor(`a PDU of ${nodeId}`, () => [...seen].find((name) => name.includes(`${du}-`)));
    } finally {
      stop();
    }
  }
});
