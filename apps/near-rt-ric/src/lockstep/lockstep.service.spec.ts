import { EventEmitter } from 'node:events';
import { type lockstepPeriod, type ReplyOf, type RequestOf } from '@ricochet/contracts';
import { LockstepMode } from './lockstep-mode.js';
import { LockstepService } from './lockstep.service.js';

type Period = RequestOf<typeof lockstepPeriod>;
type Arguments = ConstructorParameters<typeof LockstepService>;

const NODE = 'gnb-1';
const PATIENCE_MS = 60_000;

interface StubNode {
  readonly nodeId: string;
  association: object | undefined;
  indications: number;
}

describe('LockstepService', () => {
  let nodes: Map<string, StubNode>;
  let events: EventEmitter;
  let xapp: { name: string; state: string; delivered: number; settled: number };
  let subscriptions: { id: number; nodeId: string; state: string }[];
  let controls: { inFlight: number; hasWaiting: boolean; released: number };
  let tellSettled: () => void;
  let mode: LockstepMode;
  let lockstep: LockstepService;
  let ask: (period: Period) => Promise<ReplyOf<typeof lockstepPeriod>>;

  beforeEach(() => {
    nodes = new Map([[NODE, { nodeId: NODE, association: {}, indications: 0 }]]);
    events = new EventEmitter();
    xapp = { name: 'quota', state: 'running', delivered: 0, settled: 0 };
    subscriptions = [];
    controls = { inFlight: 0, hasWaiting: false, released: 0 };
    mode = new LockstepMode();
    const stubs = [
      {
        serve: (_: unknown, handler: typeof ask) => (ask = handler),
        subscribe: () => undefined,
      },
      mode,
      { find: (nodeId: string) => nodes.get(nodeId), events },
      { all: () => subscriptions },
      {
        all: () => [xapp],
        leavers: () => [],
        find: (name: string) => (name === xapp.name ? xapp : undefined),
        onSettled: (listener: () => void) => (tellSettled = listener),
      },
      { awaitedBy: () => [] },
      Object.assign(controls, {
        onSettled: () => undefined,
        waitingOf: () => (controls.hasWaiting ? 1 : 0),
        releaseWaiting: () => {
          controls.released += 1;
          controls.hasWaiting = false;
        },
      }),
      { deployed: () => ['quota'] },
    ];
    lockstep = new LockstepService(...(stubs as unknown as Arguments));
    lockstep.onApplicationBootstrap();
  });

  const period = (sent: number, timeoutMs = PATIENCE_MS): Period => ({
    timeMs: 10,
    timeoutMs,
    indications: { [NODE]: sent },
  });
  const node = (): StubNode => nodes.get(NODE) as StubNode;
  const indicated = (): void => {
    node().indications += 1;
    events.emit('indicated', node());
  };
  /** What the answer is so far: over the microtasks that are due. */
  const answerOf = async (answer: ReturnType<typeof ask>): Promise<unknown> =>
    Promise.race([answer, new Promise((resolve) => setImmediate(resolve, 'none yet'))]);

  it('ends a period for which all has come', async () => {
    node().indications = 2;
    await expect(ask(period(2))).resolves.toEqual({ missing: [] });
  });

  it('waits for indications that are still on their way, and for what xApps do about them', async () => {
    const answer = ask(period(2));
    indicated();
    expect(await answerOf(answer)).toBe('none yet');
    xapp.delivered = 1;
    indicated();
    expect(await answerOf(answer)).toBe('none yet');
    xapp.settled = 1;
    tellSettled();
    await expect(answer).resolves.toEqual({ missing: [] });
  });

  it.each(['lost', 'connected'])('does not wait for what a node had sent that is %s', async (event) => {
    const answer = ask(period(2));
    expect(await answerOf(answer)).toBe('none yet');
    events.emit(event, node());
    await expect(answer).resolves.toEqual({ missing: [] });
  });

  it('lets controls that wait for others go when no other handler is at work any more', async () => {
    const answer = ask(period(2));
    Object.assign(xapp, { delivered: 2, settled: 0 });
    Object.assign(controls, { inFlight: 1, hasWaiting: true });
    indicated();
    indicated();
    expect(controls.released).toBe(0);
    xapp.settled = 1;
    tellSettled();
    expect(controls.released).toBe(1);
    Object.assign(controls, { inFlight: 0 });
    xapp.settled = 2;
    tellSettled();
    await expect(answer).resolves.toEqual({ missing: [] });
  });

  it('lets none go while a report is on its way', async () => {
    const answer = ask(period(1));
    Object.assign(controls, { inFlight: 1, hasWaiting: true });
    tellSettled();
    expect(controls.released).toBe(0);
    indicated();
    expect(controls.released).toBe(1);
    controls.inFlight = 0;
    tellSettled();
    await answer;
  });

  it('names what is missing when its time is up', async () => {
    controls.inFlight = 3;
    xapp.delivered = 1;
    indicated();
    const { missing } = await ask(period(4, 1));
    expect(missing).toEqual(['xApp quota', 'answers to 3 controls', `3 reports of ${NODE}`]);
  });

  it('is ready when everybody has come, and everybody has gone who was to go', () => {
    xapp.state = 'lost';
    subscriptions.push({ id: 5, nodeId: NODE, state: 'pending' });
    expect(lockstep.begin({ nodes: [NODE, 'gnb-2'], gone: [] })).toEqual([
      'node gnb-2',
      'xApp quota',
      `subscription 5 at ${NODE}`,
    ]);
    xapp.state = 'running';
    subscriptions.pop();
    expect(lockstep.begin({ nodes: [], gone: [NODE] })).toEqual([`the end of node ${NODE}'s connection`]);
    node().association = undefined;
    expect(lockstep.begin({ nodes: [], gone: [NODE] })).toEqual([]);
  });

  it('holds until the simulator asks who is ready', () => {
    lockstep.begin({ nodes: [], gone: [] });
    expect(mode).toMatchObject({ isOn: true, isHeld: false });
    lockstep.hold();
    expect(mode.isHeld).toBe(true);
    lockstep.begin({ nodes: [], gone: [] });
    expect(mode.isHeld).toBe(false);
  });
});
