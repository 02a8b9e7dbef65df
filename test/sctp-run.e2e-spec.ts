import { NODES } from './support/live-ric.js';
import { fixture, Ricochet } from './support/ricochet.js';
import { sctpLacks } from './support/sctp.js';
import { waitFor } from './support/wait-for.js';

const RIC = 'sctp://127.0.0.1:36431';
const [NODE = ''] = NODES;
/** The user-mode kernel has one CPU, and a slow one. */
const TIMEOUT_MS = 900_000;
const STEP_MS = 200_000;

/** Nodes come, go, reset and switch off. */
const DISTURBED = `
name: disturbed
duration: 500ms
warmUp: 100ms
network: { preset: paper, cells: 3, uesPerCell: 6 }
events:
  - { at: 150ms, kind: e2-reset, cells: [1] }
  - { at: 200ms, kind: e2-disconnect, cells: [2], duration: 150ms }
  - { at: 200ms, kind: cell-off, cells: [3] }
`;

const lacks = sctpLacks();

describe('the commands over SCTP', () => {
  let ricochet: Ricochet;

  beforeEach(() => {
    ricochet = new Ricochet();
  });
  afterEach(() => ricochet.dispose());

  // Where the kernel has no SCTP the name of what is skipped says so.
  (lacks === undefined ? describe : describe.skip)(lacks ?? 'where the kernel has it', () => {
    it(
      'run: in lockstep the network does what it does over NATS',
      async () => {
        const scenario = ricochet.write('disturbed.yaml', DISTURBED);
        const overNats = await ricochet.runScenario(scenario, 'nats');
        const overSctp = await ricochet.runScenario(scenario, 'sctp', '--e2', RIC);
        expect(overSctp.summary.kpiHash).toBe(overNats.summary.kpiHash);
        expect(overSctp.summary.counts).toEqual(overNats.summary.counts);
        expect(overSctp.file('logs/near-rt-ric.log')).toMatch(/connected over SCTP from 127\.0\.0\.1:\d+/);
      },
      TIMEOUT_MS,
    );

    it(
      'up without nodes takes those of e2-sim, and begins procedures with them',
      async () => {
        // Slowly, as not all kernels of tests have a CPU to spare.
        const nodes = ricochet.start('e2-sim', fixture('small.yaml'), '--e2', RIC, '--speed', '0.1');
        await nodes.logged(/^gnb-001-01-1-du-\d: no E2 connection yet: .*nobody listens there/, STEP_MS);
        const up = ricochet.start('up', fixture('small.yaml'), '--plain', '--no-nodes', '--e2-listen', RIC);
        await waitFor('the RIC', () => up.stdout.some((line) => line.includes('127.0.0.1:36431')), STEP_MS);
        // In the order in which they connected.
        const connected = NODES.map(
          (node) => new RegExp(`^E2 nodes: .*${node} \\(oran, 127\\.0\\.0\\.1:\\d+\\)`),
        );
        const areBoth = (line: string) => connected.every((node) => node.test(line));
        await waitFor('both nodes', () => up.stdout.some(areBoth), STEP_MS);
        const controlled = /: 2\/2 oran nodes at .*; [1-9]\d* indications, [1-9]\d* controls/;
        await waitFor('controls', () => nodes.stdout.some((line) => controlled.test(line)), STEP_MS);
        const reset = await ricochet.run('e2', 'reset', NODE);
        expect(reset).toMatchObject({ code: 0, errors: [], stdout: expect.stringContaining(NODE) });
        const unknown = await ricochet.run('e2', 'reset', 'gnb-1');
        expect(unknown).toMatchObject({
          code: 1,
          errors: [expect.stringMatching(/^ricochet: refused: .*gnb-1/)],
        });
        const ends = await Promise.all([nodes.kill('SIGINT'), up.kill('SIGINT')]);
        expect(ends.map(({ code }) => code)).toEqual([0, 0]);
      },
      TIMEOUT_MS,
    );
  });

  (lacks === undefined ? it.skip : it).each([
    ['run', fixture('small.yaml'), '--e2', RIC],
    ['e2-sim', fixture('small.yaml'), '--e2', RIC],
    ['up', fixture('small.yaml'), '--plain', '--e2-listen', RIC],
  ])('%s: ends with a reason in words where the kernel has no SCTP', async (...args) => {
    const { code, errors } = await ricochet.run(...args);
    expect(code).toBe(1);
    expect(errors.at(-1)).toMatch(/^ricochet: .* this kernel has no SCTP \(\w+\): "modprobe sctp" as root/);
  });
});
