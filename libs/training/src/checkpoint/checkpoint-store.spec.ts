import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainingConfigSchema } from '../trainer/training-config.js';
import { assertIdentity } from './assert-identity.js';
import { type Checkpoint, type TrainingIdentity } from './checkpoint-format.js';
import { CheckpointStore } from './checkpoint-store.js';

const identity: TrainingIdentity = {
  ...{ family: 'tiny', familySha256: 'ab', seed: 1, engine: 'wasm-simd128' },
  config: trainingConfigSchema.parse({}),
};

function checkpointOf(round: number): Checkpoint {
  const level = {
    parameters: Float32Array.of(round, -0, 1e-40, 0.1),
    updates: round,
    optimiser: {
      updates: round,
      actor: { steps: 0, m: new Float32Array(2), v: new Float32Array(2) },
      critic: { steps: round, m: Float32Array.of(3, 4), v: new Float32Array(2) },
    },
    variances: { 'training 0 cell-0': 0.1 },
  };
  const replay = { added: 0, batches: [] };
  const groups = [{ high: [{ nodeId: 'cell-0', round: -Infinity, replay }], low: [] }];
  return {
    identity,
    state: { round, levels: { high: level, low: level }, groups },
    history: [],
    nodeVersion: process.version,
  };
}

describe('CheckpointStore', () => {
  let folder: string;
  let path: string;
  let store: CheckpointStore;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-checkpoint-'));
    path = join(folder, 'checkpoint');
    store = new CheckpointStore(path);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const damage = (file: string, change: (bytes: Buffer) => Buffer) =>
    writeFileSync(file, change(readFileSync(file)));
  const flip = (bytes: Buffer): Buffer => {
    bytes[bytes.length - 10]! ^= 1;
    return bytes;
  };

  it('finds none where there is none', () => {
    expect(store.load()).toBeUndefined();
  });

  it('gives back what was saved, to the bit', () => {
    store.save(checkpointOf(10));
    const { checkpoint, fault } = new CheckpointStore(path).load()!;
    expect(fault).toBeUndefined();
    expect(checkpoint).toEqual(checkpointOf(10));
    expect(checkpoint.state.groups[0]!.high[0]!.round).toBe(-Infinity);
  });

  it('keeps the one before, and nothing else', () => {
    for (const round of [10, 20, 30]) store.save(checkpointOf(round));
    expect(store.load()!.checkpoint.state.round).toBe(30);
    expect(new CheckpointStore(store.previousPath).load()!.checkpoint.state.round).toBe(20);
    expect(readdirSync(folder).sort()).toEqual(['checkpoint', 'checkpoint.previous']);
  });

  test.each<[string, (bytes: Buffer) => Buffer, string]>([
    ['a flipped bit', flip, 'is damaged: its SHA-256 does not fit'],
    ['a missing end', (bytes) => bytes.subarray(0, 200), 'is damaged: its SHA-256 does not fit'],
    ['nothing in it', () => Buffer.alloc(0), 'is empty'],
    ['something else in it', () => Buffer.from('{}'), 'is no checkpoint of a training'],
    [
      'a format of the future',
      (bytes) => Buffer.from(bytes.toString('latin1').replace('checkpoint 2', 'checkpoint 3'), 'latin1'),
      'has format version 3; this program reads 2',
    ],
  ])('takes the one before where the newest has %s', (_, change, words) => {
    store.save(checkpointOf(10));
    store.save(checkpointOf(20));
    damage(path, change);
    const loaded = new CheckpointStore(path).load()!;
    expect(loaded.checkpoint.state.round).toBe(10);
    expect(loaded).toMatchObject({ path: `${path}.previous`, fault: `checkpoint ${path} ${words}` });
  });

  it('takes the one before where the newest was on its way', () => {
    store.save(checkpointOf(10));
    store.save(checkpointOf(20));
    rmSync(path);
    expect(new CheckpointStore(path).load()).toMatchObject({ path: `${path}.previous` });
  });

  it('does not let a damaged one take the place of the one before', () => {
    store.save(checkpointOf(10));
    store.save(checkpointOf(20));
    damage(path, flip);
    const again = new CheckpointStore(path);
    again.load();
    again.save(checkpointOf(30));
    expect(new CheckpointStore(store.previousPath).load()!.checkpoint.state.round).toBe(10);
    expect(again.load()!.checkpoint.state.round).toBe(30);
  });

  it('refuses to begin anew where both are damaged', () => {
    store.save(checkpointOf(10));
    store.save(checkpointOf(20));
    for (const file of [path, store.previousPath]) damage(file, flip);
    const damaged = readFileSync(path);
    expect(() => new CheckpointStore(path).load()).toThrow(
      `checkpoint ${path} is damaged: its SHA-256 does not fit; ` +
        `checkpoint ${path}.previous is damaged: its SHA-256 does not fit`,
    );
    expect(readFileSync(path)).toEqual(damaged);
  });

  const full = '/dev/full';
  (existsSync(full) ? it : it.skip)('keeps what is there when the disk is full', () => {
    store.save(checkpointOf(10));
    symlinkSync(full, `${path}.tmp`);
    expect(() => store.save(checkpointOf(20))).toThrow(
      `checkpoint ${path} can not be written: no space is left on the device`,
    );
    expect(store.load()!.checkpoint.state.round).toBe(10);
    expect(readdirSync(folder)).toEqual(['checkpoint']);
  });
});

describe('assertIdentity', () => {
  it('lets the same training go on', () => {
    expect(() => assertIdentity(identity, structuredClone(identity), 'x')).not.toThrow();
  });

  it('names all that differs', () => {
    const config = { ...identity.config, rounds: 7, learningDus: 1, exploration: { first: 0.5, last: 0.3 } };
    const other = { ...identity, family: 'paper', familySha256: 'cd', seed: 2, engine: 'blas-x', config };
    expect(() => assertIdentity(identity, other, 'x')).toThrow(
      'checkpoint x is of another training: family was tiny, is paper, the file of the family has changed, ' +
        'seed was 1, is 2, engine was wasm-simd128, is blas-x, rounds was 300, is 7, ' +
        'exploration.first was 1, is 0.5, learningDus was not set, is 1',
    );
  });
});
