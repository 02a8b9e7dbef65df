import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { aperCodec } from '@ricochet/e2ap';
import { kpm } from '@ricochet/e2sm';
import { subscriptionNotice, xAppRegister, type SubscriptionNotice } from '@ricochet/contracts';
import { freePort, LiveRic, NODES } from './support/live-ric.js';
import { kill, type LivingProcess, type Program } from './support/processes.js';
import { fixture, Ricochet } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
/** For what takes a second on a machine that has nothing else to do. */
const PATIENCE_MS = 120_000;
const LOOP_CLOSED = /2\/2 nodes; slice-quota running, slice-scheduler running/;

let live: LiveRic | undefined;
afterEach(async () => {
  await live?.dispose();
  live = undefined;
});

/** Resolves when somebody has tried to reach the server that is not there yet; who tried is turned away. */
async function knocked(port: number, times: number): Promise<void> {
  let knocks = 0;
  const server = createServer((socket) => {
    knocks += 1;
    socket.on('error', () => undefined).destroy();
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  try {
    await waitFor(`${times} attempts to reach NATS`, () => knocks >= times);
  } finally {
    server.close();
    await once(server, 'close');
  }
}

describe('the loop closes in any order of starts', () => {
  it(
    'E2 simulator first, RIC later, NATS last',
    async () => {
      live = await LiveRic.create();
      const sim = live.startSim();
      await knocked(live.port, 2);
      const ric = live.startRic();
      await knocked(live.port, 4);
      expect([sim.isRunning, ric.isRunning]).toEqual([true, true]);
      await live.startNats();
      await live.loopGoesOn();
    },
    TIMEOUT_MS,
  );

  it(
    'NATS first, RIC later, E2 simulator last',
    async () => {
      live = await LiveRic.create();
      await live.startNats();
      live.startRic();
      await live.status('xApps without nodes', ({ nodes, xapps }) => {
        return nodes.length === 0 && xapps.length === 2 && xapps.every(({ state }) => state === 'running');
      });
      live.startSim();
      await live.loopGoesOn();
    },
    TIMEOUT_MS,
  );

  it(
    'NATS first, E2 simulator later, RIC last',
    async () => {
      live = await LiveRic.create();
      await live.startNats();
      const sim = live.startSim();
      await sim.logged(/no E2 connection yet/);
      await live.sample('the radio network goes on by itself', ({ connectedNodes, timeMs }) => {
        return connectedNodes === 0 && timeMs >= 200;
      });
      live.startRic();
      await live.loopGoesOn();
    },
    TIMEOUT_MS,
  );
});

describe('a process is killed', () => {
  it(
    'their parent, while NATS has not come yet: nobody stays behind',
    async () => {
      live = await LiveRic.create();
      const programs = [live.startSim(), live.startRic(), live.startXApp('slice-quota')];
      await knocked(live.port, 6);
      expect(programs.map(({ isRunning }) => isRunning)).toEqual([true, true, true]);
      for (const program of programs) program.orphan();
      await live.processes.gone(30_000);
    },
    TIMEOUT_MS,
  );

  it(
    'the RIC: its xApps end, the next RIC takes nodes and subscriptions up, and the store keeps what it had',
    async () => {
      live = await LiveRic.create();
      await live.startNats();
      const ric = live.startRic();
      live.startSim();
      const { bus } = live;
      // An xApp that will not come back: only the store can know what it wanted.
      const notices: SubscriptionNotice[] = [];
      bus.subscribe(subscriptionNotice('visitor'), (notice) => notices.push(notice));
      const before = await live.loopGoesOn(PATIENCE_MS);
      const visits = {
        name: 'visits',
        level: 'cell' as const,
        periodMs: 300,
        measurements: ['RRU.PrbUsedDl'],
      };
      await bus.request(
        xAppRegister('visitor'),
        { version: '1.0.0', instance: 'only', subscriptions: [visits], policyTypes: [] },
        PATIENCE_MS,
      );
      const { processes } = live;
      const stored = live;
      const activeSince = (from: number): boolean => {
        const active = notices.slice(from).filter(({ state }) => state === 'active');
        return NODES.every((node) => active.some(({ nodeId }) => nodeId === node));
      };
      await waitFor('subscriptions of the visitor', () => activeSince(0), PATIENCE_MS);
      await waitFor(
        'controls, and what the visitor wants, in the store',
        () => controlIds(stored).length >= 20 && visitsKept(stored).length === NODES.length,
        PATIENCE_MS,
      );

      await ric.kill('SIGKILL');
      const kept = controlIds(live);
      await waitFor('xApps ended', () => processes.living('/xapps/').length === 0, PATIENCE_MS);

      // By association: a node that is slow to answer is asked again over the same.
      const asked = new Set<string>();
      bus.subscribeBytes('e2.down.*.pdu', (octets, subject) => {
        const pdu = aperCodec.decode(octets);
        if (pdu.message !== 'RICsubscriptionRequest') return;
        const { reportingPeriodMs } = kpm.eventTrigger.decode(pdu.value.ricEventTriggerDefinition);
        if (reportingPeriodMs === visits.periodMs) asked.add(subject);
      });
      await bus.flush();
      const from = notices.length;
      live.startRic();
      const after = await live.loopGoesOn(PATIENCE_MS);
      expect(after.instance).not.toBe(before.instance);
      await waitFor('subscriptions of the visitor taken up', () => activeSince(from), PATIENCE_MS);
      expect(asked.size).toBeGreaterThanOrEqual(NODES.length);
      const ids = new Set(controlIds(live));
      expect(kept.filter((id) => !ids.has(id))).toEqual([]);
      const grown = kept.length;
      await waitFor('new controls in the store', () => controlIds(stored).length > grown + 40, PATIENCE_MS);
    },
    2 * TIMEOUT_MS,
  );

  it(
    'an xApp: its host starts it again, and its controls flow again',
    async () => {
      live = await LiveRic.running();
      const [scheduler, ...others] = live.processes.living('xapps/slice-scheduler');
      expect(others).toEqual([]);
      kill(scheduler?.pid ?? 0);
      const { instance } = await live.status('restarted', ({ xapps }) => {
        return xapps.some(({ name, restarts, state }) => {
          return name === 'slice-scheduler' && restarts === 1 && state === 'running';
        });
      });
      expect(await live.loopGoesOn()).toMatchObject({ instance });
      const [next] = live.processes.living('xapps/slice-scheduler');
      expect(next?.pid).not.toBe(scheduler?.pid);
      const decided = await live.status('weights of the new one', ({ decisions }) => {
        return decisions.some(({ kind, effective }) => kind === 'ue-weights' && effective === true);
      });
      expect(decided.counts.controlsFailed).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'the E2 simulator: the RIC tells that its nodes are gone, and has them again when it is back',
    async () => {
      live = await LiveRic.create();
      await live.startNats();
      live.startRic();
      const sim = live.startSim();
      const { instance } = await live.loopGoesOn();
      const { run } = await live.sample('the first run', () => true);
      await sim.kill('SIGKILL');
      await live.status('all nodes disconnected', ({ nodes }) => {
        return nodes.length === NODES.length && nodes.every(({ state }) => state === 'disconnected');
      });
      live.startSim();
      expect(await live.loopGoesOn()).toMatchObject({ instance });
      const next = await live.sample('the second run', () => true);
      expect(next.run.runId).not.toBe(run.runId);
      const stored = live;
      await waitFor('both runs in the store', () => {
        const states = stored.query<{ state: string }>('SELECT state FROM run ORDER BY runId');
        return states.map(({ state }) => state).join() === 'interrupted,running';
      });
    },
    TIMEOUT_MS,
  );

  it(
    'nats-server, for ten seconds: the loop resumes by itself, the gap shows, nothing is lost afterwards',
    async () => {
      live = await LiveRic.create();
      await live.startNats();
      const ric = live.startRic();
      const sim = live.startSim();
      const before = await live.loopGoesOn();
      expect(before.counts.missed).toBe(0);
      const { timeMs } = await live.sample('a sample before', () => true);
      const started = live;
      const kept = await waitFor('controls in the store', () => {
        const ids = controlIds(started);
        return ids.length > 20 ? ids : undefined;
      });

      await live.stopNats();
      await Promise.all([ric.logged(/NATS is gone/), sim.logged(/NATS is gone/)]);
      await Promise.all(NODES.map((nodeId) => ric.logged(new RegExp(`${nodeId} lost: NATS is gone`))));
      const goneAt = Date.now();
      const GONE_MS = 10_000;
      await waitFor('NATS gone for a while', () => Date.now() - goneAt >= GONE_MS);
      expect([sim.isRunning, ric.isRunning]).toEqual([true, true]);
      await live.startNats();

      const after = await live.loopGoesOn();
      expect(after.instance).toBe(before.instance);
      const resumed = await live.sample('a sample after', () => true);
      expect(resumed.timeMs).toBeGreaterThan(timeMs + GONE_MS);
      // Both DUs, every 10 ms.
      expect(after.counts.missed).toBeGreaterThan((2 * GONE_MS) / 10);
      for (const nodeId of NODES) {
        for (const [subscription, periodMs] of [
          ['slice-scheduler.* reports of ues', 10],
          ['slice-quota.* reports of slices', 100],
        ] as const) {
          const least = GONE_MS / periodMs;
          const gap = await waitFor(`${subscription} told of ${least} missing`, () => {
            // A slow machine may tell of it in two lines.
            const told = gapsTold(ric, `${subscription} from ${nodeId}`).reduce((sum, n) => sum + n, 0);
            return told >= least ? told : undefined;
          });
          expect(gap).toBeLessThan((resumed.timeMs - timeMs) / periodMs + 1);
        }
      }
      const ids = new Set(controlIds(live));
      expect(kept.filter((id) => !ids.has(id))).toEqual([]);
      expect(live.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(after.counts.storeRowsDropped).toBe(0);

      // From now on every report comes and every control is answered, by the same processes.
      const settled = await live.loopGoesOn();
      const later = await live.sample('a sample two seconds later', (sample) => {
        return sample.timeMs >= resumed.timeMs + 2_000;
      });
      expect(later.run.runId).toBe(resumed.run.runId);
      const { counts, xapps } = await live.loopGoesOn();
      expect(counts).toMatchObject({
        missed: settled.counts.missed,
        controlsFailed: settled.counts.controlsFailed,
        invalidMessages: 0,
      });
      expect(xapps.map(({ restarts }) => restarts)).toEqual([0, 0]);
      expect([sim.isRunning, ric.isRunning]).toEqual([true, true]);
    },
    TIMEOUT_MS,
  );
});

describe('ricochet up', () => {
  const ricochet = new Ricochet();
  afterEach(() => ricochet.processes.endAll());
  afterAll(() => ricochet.dispose());

  /** Starts it and waits until the loop is closed, by what it tells. */
  async function up(...options: string[]): Promise<{ program: Program; all: LivingProcess[] }> {
    const program = ricochet.start('up', fixture('small.yaml'), '--plain', '--data', 'data', ...options);
    await waitFor(
      'the loop closed',
      () => program.stdout.some((line) => LOOP_CLOSED.test(line)),
      2 * PATIENCE_MS,
    );
    const all = ricochet.processes.living();
    for (const part of ['nats-server', 'near-rt-ric', 'e2-sim', 'slice-quota', 'slice-scheduler']) {
      expect(all.map(({ command }) => command)).toContainEqual(expect.stringContaining(part));
    }
    return { program, all };
  }

  async function closesAgain(program: Program): Promise<void> {
    const lines = program.stdout.length;
    await waitFor('the loop closed again', () => {
      // While nothing runs, lines show the same time again and again.
      const closed = program.stdout.slice(lines).filter((line) => LOOP_CLOSED.test(line));
      return new Set(closed.map((line) => timeOf(line))).size >= 3;
    }).catch((error: unknown) => {
      const said = [...program.stdout.slice(-20), program.state].join('\n');
      throw new Error(`${(error as Error).message}\n${said}`);
    });
  }

  it(
    'stops all and ends well at Ctrl-C',
    async () => {
      const { program } = await up();
      expect(await program.kill('SIGINT')).toEqual({ code: 0, signal: null });
      expect(ricochet.processes.living()).toEqual([]);
      expect(program.stderr).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'goes on trying to start what has run before',
    async () => {
      const port = await freePort();
      const { program, all } = await up('--api', `127.0.0.1:${port}`);
      kill(all.find(({ command }) => command.includes('near-rt-ric/dist'))?.pid ?? 0);
      const taken = createServer((socket) => void socket.on('error', () => undefined).destroy());
      await waitFor('the port of its API is free', async () => {
        taken.listen(port, '127.0.0.1');
        return once(taken, 'listening').then(
          () => true,
          () => false,
        );
      });
      const told = await waitFor('told that it can not start', () =>
        program.stdout.find((line) => /near-rt-ric ended \(exit code 78\).*starting it again/.test(line)),
      );
      expect(told).toContain(`127.0.0.1:${port}`);
      taken.close();
      await closesAgain(program);
      expect(await program.kill('SIGINT')).toEqual({ code: 0, signal: null });
    },
    TIMEOUT_MS,
  );

  it(
    'starts again what was killed, and leaves nothing behind when it is killed itself',
    async () => {
      const { program, all } = await up();
      const firstFolder = folderOfNats(all);
      const pidOf = (part: string): number => all.find(({ command }) => command.includes(part))?.pid ?? 0;
      for (const part of ['near-rt-ric/dist', 'e2-sim/dist', 'nats-server -c']) kill(pidOf(part));
      for (const part of ['near-rt-ric', 'e2-sim', 'nats-server']) {
        await waitFor(`told that ${part} ended`, () => {
          return program.stdout.some((line) => line.includes(part) && line.includes('starting it again'));
        });
      }
      await closesAgain(program);

      const lastFolder = folderOfNats(ricochet.processes.living());
      expect(lastFolder).not.toBe(firstFolder);
      expect([firstFolder, lastFolder].map((folder) => existsSync(folder))).toEqual([false, true]);
      expect(await program.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
      await ricochet.processes.gone(30_000);
      expect(existsSync(lastFolder)).toBe(false);
    },
    TIMEOUT_MS,
  );
});

/** Where the nats-server among the processes keeps its files. */
function folderOfNats(processes: readonly LivingProcess[]): string {
  const folders = processes.flatMap(({ command }) => /\S+\/ricochet-nats-\w+/.exec(command)?.[0] ?? []);
  if (new Set(folders).size !== 1) throw new Error(`one nats-server was expected: ${folders.join()}`);
  return folders[0] as string;
}

/** Simulation time of a line of `ricochet up --plain`, in seconds; -1 of a line that has none. */
function timeOf(line = ''): number {
  return Number(/^(\d+\.\d) s: \d+\/\d+ nodes/.exec(line)?.[1] ?? -1);
}

/** How many reports an xApp says are missing, each time. */
function gapsTold(ric: Program, pattern: string): number[] {
  const lines = ric.stderr.filter((line) => new RegExp(`${pattern} are missing`).test(line));
  return lines.map((line) => Number(/(\d+) reports/.exec(line)?.[1]));
}

function controlIds(from: LiveRic): string[] {
  return from.query<{ controlId: string }>('SELECT controlId FROM control').map(({ controlId }) => controlId);
}

/** The subscriptions in the store that the xApp `visitor` hears. */
function visitsKept(from: LiveRic): unknown[] {
  return from.query(
    `SELECT 1 FROM subscription WHERE subscribers LIKE '%"visitor/visits"%' AND state = 'active'`,
  );
}
