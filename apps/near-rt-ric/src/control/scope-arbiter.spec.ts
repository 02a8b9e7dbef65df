import { rrmPolicyRatioFault, type RrmPolicyRatio } from '@ricochet/ran-types';
import fc from 'fast-check';
import { QuotaArbiter } from './quota-arbiter.js';
import { ScopeArbiter, type ScopeAsk, type Verdict } from './scope-arbiter.js';

const HOLD_MS = 1_000;

/** Asks for slice 1 unless told otherwise, and is acknowledged. */
function asker(arbiter: ScopeArbiter) {
  return (xapp: string, nowMs: number, change: Partial<ScopeAsk> = {}): Verdict => {
    const verdict = arbiter.ask({
      xapp,
      nowMs,
      priority: 50,
      holdMs: HOLD_MS,
      scopes: ['1'],
      ...change,
    });
    if (verdict.granted) verdict.settle(true);
    return verdict;
  };
}

describe('ScopeArbiter', () => {
  let arbiter: ScopeArbiter;
  let ask: ReturnType<typeof asker>;

  beforeEach(() => {
    arbiter = new ScopeArbiter();
    ask = asker(arbiter);
  });

  const refusedBy = (verdict: Verdict): unknown =>
    verdict.granted ? 'granted' : verdict.rivals.map(({ xapp, untilMs, by }) => [xapp, untilMs, by]);

  it('lets xApps that ask for different scopes be', () => {
    expect(ask('a', 0)).toMatchObject({ granted: true, displaced: [] });
    expect(ask('b', 0, { scopes: ['2', '3'] })).toMatchObject({ granted: true, displaced: [] });
  });

  it('refuses a lower priority for as long as the holder goes on, and says until when', () => {
    ask('high', 0, { priority: 60 });
    expect(refusedBy(ask('low', 500))).toEqual([['high', 1_000, 'hold']]);
    ask('high', 900, { priority: 60 });
    expect(refusedBy(ask('low', 1_000))).toEqual([['high', 1_900, 'hold']]);
    expect(ask('low', 1_900)).toMatchObject({ granted: true, displaced: [] });
  });

  it('lets a higher priority take over at once, and names whom it displaced', () => {
    ask('low', 0);
    expect(ask('high', 1, { priority: 51 })).toMatchObject({
      granted: true,
      displaced: [{ xapp: 'low', priority: 50, scopes: ['1'], untilMs: 1_000 }],
    });
    expect(refusedBy(ask('low', 2))).toEqual([['high', 1_001, 'hold']]);
  });

  it('has the last writer of equals win, once the hold time of the other is over', () => {
    ask('a', 0);
    ask('a', 900);
    expect(refusedBy(ask('b', 999))).toEqual([['a', 1_000, 'hold']]);
    expect(ask('b', 1_000)).toMatchObject({ granted: true, displaced: [{ xapp: 'a', untilMs: 1_900 }] });
    expect(refusedBy(ask('a', 1_001))).toEqual([['b', 2_000, 'hold']]);
  });

  it('has equals take turns in the order in which they began to wait', () => {
    ask('a', 0);
    ask('b', 100);
    ask('c', 200);
    ask('b', 900);
    ask('c', 900);
    expect(refusedBy(ask('c', 1_000))).toEqual([['b', 1_900, 'turn']]);
    expect(ask('b', 1_000).granted).toBe(true);
    expect(refusedBy(ask('a', 1_999))).toEqual([
      ['b', 2_000, 'hold'],
      ['c', 2_000, 'turn'],
    ]);
    ask('c', 1_999);
    expect(refusedBy(ask('a', 2_000))).toEqual([['c', 2_999, 'turn']]);
    expect(ask('c', 2_000).granted).toBe(true);
  });

  it('keeps no turn for one that has ceased to ask, nor for one that a higher priority keeps out anyway', () => {
    ask('a', 0);
    ask('b', 100);
    expect(ask('c', 1_100).granted).toBe(true);

    ask('high', 2_000, { priority: 60, scopes: ['2'] });
    ask('d', 2_050, { scopes: ['2', '3'] });
    expect(ask('e', 2_100, { scopes: ['3'] }).granted).toBe(true);
  });

  it('grants all scopes or none', () => {
    ask('a', 0, { scopes: ['2'] });
    expect(refusedBy(ask('b', 10, { scopes: ['1', '2'] }))).toEqual([['a', 1_000, 'hold']]);
    expect(ask('c', 20, { scopes: ['3'] }).granted).toBe(true);
  });

  it('has the holds as before when the node does not do it', () => {
    ask('low', 0);
    const high = arbiter.ask({ xapp: 'high', priority: 60, holdMs: 1_000, scopes: ['1'], nowMs: 10 });
    expect(refusedBy(ask('low', 10))).toEqual([['high', 1_010, 'hold']]);
    if (high.granted) high.settle(false);
    expect(ask('low', 11).granted).toBe(true);
    expect(refusedBy(ask('other', 11, { priority: 40 }))).toEqual([['low', 1_011, 'hold']]);
  });
});

interface Step {
  readonly xapp: number;
  readonly afterMs: number;
  readonly scopes: readonly string[];
  readonly minRatio: number;
  readonly fails: boolean;
}

interface Grant {
  readonly ask: ScopeAsk;
  readonly takenAtMs: number;
}

const SCOPES = ['1', '2', '3'];

const xapps = fc.array(
  fc.record({
    priority: fc.constantFrom(40, 50, 50, 60),
    holdMs: fc.constantFrom(0, 100, 1_000, 1_500),
  }),
  { minLength: 2, maxLength: 4 },
);
const steps = fc.array(
  fc.record({
    xapp: fc.nat(3),
    afterMs: fc.constantFrom(0, 0, 10, 100, 100, 500, 1_000),
    scopes: fc.subarray(SCOPES, { minLength: 1 }),
    minRatio: fc.nat(60),
    fails: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  }),
  { maxLength: 80 },
);

/** Plays the steps as the RIC does: quotas judged first, then who may set them; what the node refuses is taken back. */
function play(
  of: readonly { priority: number; holdMs: number }[],
  asked: readonly Step[],
  seen: (ask: ScopeAsk, verdict: Verdict, holders: ReadonlyMap<string, Grant>) => void,
): { nowMs: number; arbiter: ScopeArbiter; inForce: Map<string, RrmPolicyRatio> } {
  const arbiter = new ScopeArbiter();
  const quotas = new QuotaArbiter();
  const holders = new Map<string, Grant>();
  const inForce = new Map<string, RrmPolicyRatio>();
  let nowMs = 0;
  for (const { xapp, afterMs, scopes, minRatio, fails } of asked) {
    nowMs += afterMs;
    const standing = of[xapp % of.length];
    if (standing === undefined) continue;
    const ratios = scopes.map((sst) => ({
      snssai: { sst: Number(sst) },
      minRatio,
      maxRatio: 100,
      dedicatedRatio: 0,
    }));
    if (quotas.faultOf(ratios, undefined) !== undefined) continue;
    const ask = { ...standing, xapp: `xapp-${xapp % of.length}`, scopes, nowMs };
    const verdict = arbiter.ask(ask);
    seen(ask, verdict, holders);
    if (!verdict.granted) continue;
    const settleQuotas = quotas.accept(ratios);
    settleQuotas(!fails);
    verdict.settle(!fails);
    if (fails) continue;
    scopes.forEach((scope, i) => {
      const former = holders.get(scope);
      const goesOn = former?.ask.xapp === ask.xapp && nowMs < former.ask.nowMs + former.ask.holdMs;
      holders.set(scope, { ask, takenAtMs: goesOn ? former.takenAtMs : nowMs });
      const ratio = ratios[i];
      if (ratio !== undefined) inForce.set(scope, ratio);
    });
    expect(rrmPolicyRatioFault([...inForce.values()])).toBeUndefined();
  }
  return { nowMs, arbiter, inForce };
}

describe('ScopeArbiter in every interleaving of two to four xApps', () => {
  it('never takes a scope from a holder that is protected, and tells every loser by whom and until when', () => {
    const seen = { granted: 0, displaced: 0, refused: 0, waiting: 0 };
    fc.assert(
      fc.property(xapps, steps, (of, asked) => {
        play(of, asked, (ask, verdict, holders) => {
          const { nowMs, priority } = ask;
          const others = ask.scopes
            .map((scope) => holders.get(scope))
            .filter((grant) => grant !== undefined)
            .filter(({ ask: former }) => former.xapp !== ask.xapp && nowMs < former.nowMs + former.holdMs);
          const inTheWay = others.filter(
            ({ ask: former, takenAtMs }) =>
              former.priority > priority ||
              (former.priority === priority && nowMs < takenAtMs + former.holdMs),
          );
          if (verdict.granted) {
            seen.granted += 1;
            seen.displaced += verdict.displaced.length;
            expect(inTheWay).toEqual([]);
            const displaced = new Set(others.map(({ ask: { xapp } }) => xapp));
            expect(new Set(verdict.displaced.map(({ xapp }) => xapp))).toEqual(displaced);
            return;
          }
          seen.refused += 1;
          const named = verdict.rivals.map(({ xapp }) => xapp);
          expect(named).toEqual(expect.arrayContaining(inTheWay.map(({ ask: { xapp } }) => xapp)));
          for (const rival of verdict.rivals) {
            expect(rival.untilMs).toBeGreaterThan(nowMs);
            expect(rival.xapp).not.toBe(ask.xapp);
            expect(rival.priority).toBeGreaterThanOrEqual(priority);
            expect(rival.scopes.length).toBeGreaterThan(0);
            expect(ask.scopes).toEqual(expect.arrayContaining([...rival.scopes]));
          }
          // Nobody is in the way but holders, and equals that wait.
          if (inTheWay.length > 0) return;
          seen.waiting += 1;
          expect(verdict.rivals.every((rival) => rival.by === 'turn' && rival.priority === priority)).toBe(
            true,
          );
        });
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(seen.granted, seen.displaced, seen.refused)).toBeGreaterThan(100);
    expect(seen.waiting).toBeGreaterThan(0);
  });

  it('keeps its word: a loser that asks again at the time that it was told gets it, if nobody else asks', () => {
    let losers = 0;
    fc.assert(
      fc.property(xapps, steps, fc.nat(3), (of, asked, index) => {
        const { nowMs, arbiter } = play(of, asked, () => undefined);
        const standing = of[index % of.length];
        if (standing === undefined) return;
        const ask = { ...standing, xapp: `xapp-${index % of.length}`, scopes: SCOPES, nowMs };
        const verdict = arbiter.ask(ask);
        if (verdict.granted) return;
        losers += 1;
        expect(arbiter.ask({ ...ask, nowMs: verdict.rivals[0]?.untilMs ?? 0 }).granted).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(losers).toBeGreaterThan(50);
  });

  it('gives three that each want two of three scopes their turns', () => {
    const arbiter = new ScopeArbiter();
    const wanted = [
      ['1', '3'],
      ['1', '2'],
      ['2', '3'],
    ];
    const grants = wanted.map(() => 0);
    for (let nowMs = 0; nowMs <= 12_000; nowMs += 10) {
      wanted.forEach((scopes, i) => {
        const verdict = arbiter.ask({ xapp: `xapp-${i}`, priority: 50, holdMs: HOLD_MS, scopes, nowMs });
        if (!verdict.granted) return;
        verdict.settle(true);
        grants[i] = (grants[i] ?? 0) + 1;
      });
    }
    expect(Math.min(...grants)).toBeGreaterThan(200);
  });

  it('starves none of those of the highest priority: each gets all its scopes within a turn of each of the others', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            scopes: fc.subarray(SCOPES, { minLength: 1 }),
            everyMs: fc.constantFrom(10, 100, 400),
            isHigh: fc.boolean(),
          }),
          { minLength: 2, maxLength: 4 },
        ),
        fc.nat(3),
        (of, firstIndex) => {
          const arbiter = new ScopeArbiter();
          const lastMs = of.map(() => 0);
          const highest = Math.max(...of.map(({ isHigh }) => (isHigh ? 60 : 50)));
          for (let nowMs = 0; nowMs <= 8_000; nowMs += 10) {
            for (let i = 0; i < of.length; i++) {
              // Whoever is first at an instant is always first: the worst for the others.
              const index = (i + firstIndex) % of.length;
              const standing = of[index];
              if (standing === undefined || nowMs % standing.everyMs !== 0) continue;
              const priority = standing.isHigh ? 60 : 50;
              const verdict = arbiter.ask({
                xapp: `xapp-${index}`,
                priority,
                holdMs: HOLD_MS,
                scopes: standing.scopes,
                nowMs,
              });
              if (verdict.granted) {
                verdict.settle(true);
                lastMs[index] = nowMs;
              }
              const turnMs = HOLD_MS + 400;
              if (priority === highest)
                expect(nowMs - (lastMs[index] ?? 0)).toBeLessThanOrEqual(turnMs * of.length);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
