import { ricConflict, simulationFinished, type Conflict, type SimulationFinished } from '@ricochet/contracts';
import { LiveRic, NODES } from './support/live-ric.js';
import { fixture } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;
const UNTIL_MS = 185_000;

describe('a drift, in lockstep', () => {
  let live: LiveRic;
  afterEach(() => live.dispose(), TIMEOUT_MS);

  it(
    'is told of the undeclared xApp that squeezes a slice, and not of one that changes nothing',
    async () => {
      const configs = [
        { name: 'bystander', priority: 50, maxRatio: 100, fromMs: 125_000 },
        { name: 'squeezer', priority: 90, maxRatio: 5, fromMs: 160_000 },
      ];
      const xapps = configs.map((config) => ({ name: config.name, path: fixture('capper'), config }));
      live = await LiveRic.create({
        ric: { RICOCHET_XAPPS: JSON.stringify(xapps) },
        sim: { RICOCHET_MODE: 'lockstep', RICOCHET_UNTIL_MS: String(UNTIL_MS) },
      });
      await live.startNats();
      const drifts: Conflict[] = [];
      live.bus.subscribe(ricConflict, (conflict) => {
        if (conflict.decision === 'drift') drifts.push(conflict);
      });
      let end: SimulationFinished | undefined;
      live.bus.subscribe(simulationFinished, (message) => (end = message));
      live.startRic();
      live.startSim();
      const { fault } = await waitFor('the end of the run', () => end, TIMEOUT_MS - 10_000);
      expect(fault).toBeUndefined();
      expect(new Set(drifts.map(({ xapp }) => xapp))).toEqual(new Set(['squeezer']));
      const squeezed = drifts.filter(({ slices, text }) => slices[0] === '1' && text.startsWith('RCT.QosDl'));
      expect(squeezed.map(({ nodeId, text }) => `${nodeId}: ${text}`).sort()).toEqual(
        NODES.map((nodeId) => expect.stringMatching(told(nodeId)) as string),
      );
    },
    TIMEOUT_MS,
  );
});

const told = (nodeId: string): RegExp =>
  new RegExp(
    `^${nodeId}: RCT.QosDl of slice 1 drifts from [01].\\d+ to 0.\\d+ in the 20 s since squeezer began at 160000 ms$`,
  );
