import { xAppIndication, type XAppIndication } from '@ricochet/contracts';
import { HostedRic } from './support/hosted-ric.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const PATIENCE_MS = 120_000;

/** An xApp that hears cells every 100 ms, and does something with each report. */
const xapp = (name: string, onReport: string): string => `
  import { defineXApp, runXApp } from '@ricochet/xapp-sdk';
  import { z } from 'zod';
  let reports = 0;
  const kept = [];
  await runXApp(defineXApp({
    name: '${name}', version: '1.0.0', config: z.strictObject({}),
    subscriptions: () => [{ name: 'cell', level: 'cell', periodMs: 100, measurements: ['RRU.PrbTotDl'] }],
    create: () => ({ onReport(report, ric) { reports += 1; ${onReport} } }),
  }));`;

const block = (ms: number): string => `const end = Date.now() + ${ms}; while (Date.now() < end);`;

describe('an xApp that', () => {
  let ric: HostedRic;
  let witnessed: XAppIndication[];

  beforeAll(async () => {
    ric = await HostedRic.start();
    witnessed = [];
    ric.bus.subscribe(xAppIndication('witness', '*'), (indication) => witnessed.push(indication));
    ric.startSim();
    await deploy('witness', '');
    await waitFor('the witness hears', () => witnessed.length > 10, PATIENCE_MS);
  }, TIMEOUT_MS);
  afterAll(() => ric.dispose(), TIMEOUT_MS);

  const deploy = async (name: string, onReport: string, limits: object = {}): Promise<void> => {
    await ric.onboard(name, '1.0.0', xapp(name, onReport), { ricochet: { limits } });
    await ric.lifecycle.deploy(name);
  };

  it.each<[string, { name: string; onReport: string; limits?: object; line: RegExp }]>([
    [
      'keeps all that it ever heard is ended at its limit of memory',
      {
        name: 'leaker',
        onReport: 'kept.push(Buffer.alloc(5_000_000, 1));',
        limits: { memoryMiB: 160 },
        line: /^xApp leaker ended \(it used \d+ MiB of memory, 160 are its limit\); starting it again/,
      },
    ],
    [
      'overruns its heap is ended by V8, or at its limit',
      {
        name: 'hoarder',
        onReport: 'for (let i = 0; i < 3e5; i++) kept.push({ i });',
        limits: { memoryMiB: 64 },
        line: /^xApp hoarder ended \((?:SIGABRT: FATAL ERROR: .*heap|it used \d+ MiB)/,
      },
    ],
    [
      'takes more CPU than it may is warned, and ended',
      {
        name: 'spinner',
        onReport: block(90),
        limits: { cpuCores: 0.02 },
        line: /^xApp spinner ended \(it used \d\.\d\d cores over \d s, 0\.02 are its limit\)/,
      },
    ],
    [
      'blocks its thread for 10 s is spared reports, and heard again',
      {
        name: 'blocker',
        onReport: `if (reports === 5) { ${block(10_000)} }`,
        line: /^xApp blocker is heard again$/,
      },
    ],
    [
      'ends by itself is started again, with the reason',
      {
        name: 'thrower',
        onReport: 'setTimeout(() => { throw new TypeError("no such slice"); });',
        line: /^xApp thrower ended \(exit code 1: TypeError: no such slice\); starting it again/,
      },
    ],
    [
      'floods its log waits until it is read, or runs out of its memory',
      {
        name: 'flooder',
        onReport: 'for (let i = 0; i < 20_000; i++) console.log("words ".repeat(20));',
        line: /^xApp flooder (?:is lost|ended \(it used \d+ MiB)/,
      },
    ],
  ])(
    '%s',
    async (_, { name, onReport, limits, line }) => {
      const from = witnessed.length;
      await deploy(name, onReport, limits);
      await ric.told(line, PATIENCE_MS);
      await ric.lifecycle.undeploy(name);
      await waitFor('gone', () => ric.lifecycle.status(name)[0]?.state === 'undeployed', PATIENCE_MS);
      // Whom all this has nothing to do with goes on: it heard each report, or that it was spared it.
      await waitFor('the witness hears', () => witnessed.length > from + 10, PATIENCE_MS);
      const last = new Map<string, number>();
      for (const { sequenceNumber, missed, report } of witnessed.slice(from)) {
        const expected = (last.get(report.nodeId) ?? sequenceNumber - missed - 1) + missed + 1;
        expect(sequenceNumber).toBe(expected);
        last.set(report.nodeId, sequenceNumber);
      }
    },
    TIMEOUT_MS,
  );
});
