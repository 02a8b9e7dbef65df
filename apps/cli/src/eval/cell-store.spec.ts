import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../cli.error.js';
import { CellStore } from './cell-store.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ricochet-cells-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('CellStore', () => {
  it('computes a cell once, vectors to the bit', async () => {
    const compute = jest.fn(() => Promise.resolve({ vector: Float32Array.of(0.1, -2, 3e-9), curve: [1, 2] }));
    const first = await new CellStore(folder, { budget: 1 }).cell('train joint 1', { seed: 1 }, compute);
    const again = await new CellStore(folder, { budget: 1 }).cell('train joint 1', { seed: 1 }, compute);
    expect(compute).toHaveBeenCalledTimes(1);
    expect(again).toEqual(first);
  });

  it('computes again what was made of something else', async () => {
    const values = [1, 2, 3];
    const compute = () => Promise.resolve(values.shift());
    expect(await new CellStore(folder, { budget: 1 }).cell('a', { seed: 1 }, compute)).toBe(1);
    expect(await new CellStore(folder, { budget: 1 }).cell('a', { seed: 2 }, compute)).toBe(2);
    expect(await new CellStore(folder, { budget: 2 }).cell('a', { seed: 2 }, compute)).toBe(3);
  });

  it('computes again what can not be read', async () => {
    const store = new CellStore(folder, {});
    await store.cell('a b', 1, () => Promise.resolve('x'));
    const [file] = readdirSync(join(folder, 'cells'));
    writeFileSync(join(folder, 'cells', file!), '{"key": "half');
    expect(await store.cell('a b', 1, () => Promise.resolve('y'))).toBe('y');
  });

  it('keeps nothing of a cell that failed', async () => {
    const store = new CellStore(folder, {});
    await expect(store.cell('a', 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(readdirSync(join(folder, 'cells'))).toEqual([]);
  });

  it('says where it can not write', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => new CellStore(join(folder, 'file'), {})).toThrow(CliError);
    expect(() => new CellStore(join(folder, 'file'), {})).toThrow(/--out .*file/);
  });
});
