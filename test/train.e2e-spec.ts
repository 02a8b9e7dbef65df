import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CheckpointStore, modelDigest, parseModel } from '@ricochet/training';
import { Ricochet } from './support/ricochet.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;

const FAMILY = 'name: tiny\nnetwork: { cells: 1, uesPerCell: 2 }\n';
const CONFIG = 'rounds: 8\nepisodeRounds: 2\nperiods: 20\nupdates: { high: 2, low: 1 }\n';

describe('ricochet train', () => {
  const ricochet = new Ricochet();
  afterEach(() => ricochet.processes.endAll());
  afterAll(() => ricochet.dispose());

  const argsOf = (out: string, ...more: string[]): string[] => [
    ...['train', 'meta-hrl', '--family', ricochet.write('tiny.yaml', FAMILY)],
    ...['--config', ricochet.write('training.yaml', CONFIG), '--engine', 'simd128'],
    ...['--checkpoint-every', '2', '--out', out, ...more],
  ];
  const read = (out: string, name: string): string => readFileSync(ricochet.path(out, name), 'utf8');
  const modelOf = (out: string) => parseModel(read(out, 'model.json'), { fileName: out });
  /** `curves.csv` without its times. */
  const curveOf = (out: string): string[] =>
    read(out, 'curves.csv')
      .trim()
      .split('\n')
      .map((line) => line.split(',').slice(0, 9).join(','));
  const checkpointRound = (out: string): number | undefined => {
    const path = ricochet.path(out, 'checkpoint');
    return existsSync(path) ? new CheckpointStore(path).load()?.checkpoint.state.round : undefined;
  };

  it(
    'leaves a model, curves and a summary',
    async () => {
      const { code, stdout, errors } = await ricochet.run(...argsOf('whole'));
      expect({ code, errors: errors.slice(-1) }).toEqual({
        code: 0,
        errors: [expect.stringMatching(/^round 8\/8; reward 0\.\d+; high TD var .* decisions\/s; ETA 0 s$/)],
      });
      expect(stdout).toMatch(/engine wasm-simd128/);
      expect(stdout).toMatch(/time: environment \d+ %, inference \d+ %, update \d+ %; \d+ decisions\/s/);
      expect(readdirSync(ricochet.path('whole')).sort()).toEqual([
        ...['checkpoint', 'checkpoint.previous', 'curves.csv', 'curves.html', 'model.json', 'summary.json'],
      ]);
      const model = modelOf('whole');
      expect(model).toMatchObject({
        name: 'meta-hrl tiny',
        training: { rounds: 8, seed: 1, engine: 'wasm-simd128' },
      });
      expect(JSON.parse(read('whole', 'summary.json'))).toMatchObject({
        family: 'tiny',
        rounds: 8,
        modelSha256: modelDigest(model),
      });
      expect(curveOf('whole')).toHaveLength(1 + 8);
      expect(read('whole', 'curves.html').match(/<svg/g)).toHaveLength(3);
    },
    TIMEOUT_MS,
  );

  it(
    'comes to the same model when it is killed and goes on, in threads or not',
    async () => {
      for (const [round, threads] of [
        [2, '2'],
        [4, '0'],
      ] as const) {
        const program = ricochet.start(...argsOf('killed', '--resume', '--threads', threads));
        await waitFor(`a checkpoint of round ${round}`, () => (checkpointRound('killed') ?? 0) >= round);
        await program.kill('SIGKILL');
      }
      const { code, errors } = await ricochet.run(...argsOf('killed', '--resume'));
      expect(code).toBe(0);
      expect(errors[0]).toMatch(/^going on from round [468]$/);
      expect(modelDigest(modelOf('killed'))).toBe(modelDigest(modelOf('whole')));
      expect(curveOf('killed')).toEqual(curveOf('whole'));
    },
    TIMEOUT_MS,
  );

  it(
    'keeps a checkpoint when it is interrupted, goes on from the one before a damaged one, and begins over no other',
    async () => {
      const args = argsOf('interrupted', '--rounds', '1000');
      const program = ricochet.start(...args);
      await waitFor('a checkpoint of round 4', () => (checkpointRound('interrupted') ?? 0) >= 4);
      expect(await program.kill('SIGINT')).toMatchObject({ code: 1 });
      expect(program.stderr.at(-1)).toMatch(
        /^ricochet: interrupted after round \d+; the checkpoint is of round \d+: go on by ricochet train .* --resume$/,
      );

      const again = await ricochet.run(...args);
      expect(again).toMatchObject({
        code: 2,
        errors: [expect.stringMatching(/has a training at round \d+: go on/)],
      });
      const other = await ricochet.run(...args, '--resume', '--seed', '2', '--weighting', 'uniform');
      expect(other).toMatchObject({
        code: 2,
        errors: [
          expect.stringMatching(
            /is of another training: weighting was softmin, is uniform, seed was 1, is 2$/,
          ),
        ],
      });

      const [newest, previous] = ['checkpoint', 'checkpoint.previous'].map((name) =>
        join(ricochet.path('interrupted'), name),
      ) as [string, string];
      writeFileSync(newest, readFileSync(newest).subarray(0, 5_000));
      const fallen = ricochet.start(...args, '--resume');
      await fallen.logged(/^checkpoint .* is damaged: its SHA-256 does not fit; the one before it is used$/);
      await fallen.logged(/^going on from round \d+$/);
      await fallen.kill('SIGKILL');

      writeFileSync(newest, '');
      writeFileSync(previous, 'nothing');
      const refused = await ricochet.run(...args, '--resume');
      expect(refused).toMatchObject({
        code: 2,
        errors: [expect.stringMatching(/checkpoint is empty; .*checkpoint\.previous is no checkpoint/)],
      });
      expect([readFileSync(newest, 'utf8'), readFileSync(previous, 'utf8')]).toEqual(['', 'nothing']);
    },
    TIMEOUT_MS,
  );

  const CASES: Record<string, { line: RegExp; args: () => string[] }> = {
    'an unknown thing to train': {
      line: /meta-hrl/,
      args: () => ['train', 'meta-hlr'],
    },
    'an unknown family': {
      line: /^ricochet: papier is no task family: .*paper/,
      args: () => ['train', 'meta-hrl', '--family', 'papier'],
    },
    'a family without DUs': {
      line: /^ricochet: .*none\.yaml:2:19: network\.cells: expected at least 1, got 0$/,
      args: () =>
        argsOf('none', '--family', ricochet.write('none.yaml', 'name: none\nnetwork: { cells: 0 }\n')),
    },
    'a nonsense configuration': {
      line: /^ricochet: .*nonsense\.yaml:1:9: rounds: expected a number, got "many"$/,
      args: () => argsOf('none', '--config', ricochet.write('nonsense.yaml', 'rounds: many\n')),
    },
  };
  test.each(Object.keys(CASES))('refuses %s', async (name) => {
    const { line, args } = CASES[name]!;
    const { code, errors } = await ricochet.run(...args());
    expect(code).toBe(2);
    expect(errors[0]).toMatch(line);
    expect(existsSync(ricochet.path('none'))).toBe(false);
  });
});
