import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import {
  Store,
  StoreError,
  type ControlRecord,
  type KpiRecord,
  type NodeRecord,
  type RunStart,
} from '@ricochet/store';

const folder = mkdtempSync(join(tmpdir(), 'ricochet-store-e2e-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node: NodeRecord = {
  nodeId: 'gnb-001-01-1-du-1',
  globalId: { gnbId: 1 },
  ranFunctions: [],
  state: 'connected',
  changedAtMs: 1,
};

const run: RunStart = {
  seed: 1,
  scenario: 'slice-surge',
  configHash: 'c0ffee',
  controller: 'need+pf',
  mode: 'lockstep',
  startedAtMs: 1,
};

const control: ControlRecord = {
  controlId: 'slice-quota-1',
  xapp: 'slice-quota',
  nodeId: node.nodeId,
  kind: 'slice-quota',
  asked: { '1': 60 },
  simTimeMs: 100,
  requestedAtMs: 1,
  outcome: 'acknowledged',
};

const kpi = (simTimeMs: number): KpiRecord => ({
  nodeId: node.nodeId,
  slice: '1',
  simTimeMs,
  deliveredKbit: 1,
  offeredKbit: 1,
  prbUsed: null,
  delayMeanMs: null,
  delayP99Ms: null,
  delayMaxMs: null,
  bufferBytes: 0,
  qos: 1,
  minRatio: 10,
  maxRatio: 60,
});

async function openWatched(path: string): Promise<{ store: Store; troubles: string[] }> {
  const troubles: string[] = [];
  return { store: await Store.open({ path, onTrouble: (line) => troubles.push(line) }), troubles };
}

/** Writes without end and says after each flush how many samples are on disk; its run stays open. */
function writerScript(path: string): string {
  return `
    import { Store } from ${JSON.stringify(pathToFileURL(resolve('libs/store/dist/index.js')).href)};
    const store = await Store.open({ path: ${JSON.stringify(path)}, onTrouble: console.error });
    await store.saveNode(${JSON.stringify(node)});
    const runId = await store.startRun(${JSON.stringify(run)});
    const sample = ${JSON.stringify(kpi(0))};
    for (let n = 0; ; ) {
      const until = n + 700;
      for (; n < until; n += 1) store.appendKpis([{ ...sample, runId, simTimeMs: n }]);
      await store.flush();
      console.log(n);
    }
  `;
}

describe('Store over its worker thread', () => {
  it('keeps everything that was handed over, through close and open', async () => {
    const path = join(folder, 'deep', 'kept.sqlite');
    const { store, troubles } = await openWatched(path);
    const runId = await store.startRun(run);
    void store.saveNode(node);
    store.appendControl({ ...control, runId });
    store.appendEffect({
      controlId: control.controlId,
      effective: true,
      achieved: { '1': 59 },
      measuredAtSimMs: 110,
    });
    store.appendKpis(Array.from({ length: 1200 }, (_, n) => kpi(n)));
    void store.finishRun(runId, { summary: { hash: 'abc' }, endedAtMs: 2, state: 'finished' });
    await Promise.all([store.close(), store.close()]);
    expect(store.stats()).toEqual({ rowsWritten: 1202, rowsDropped: 0, queueDepth: 0 });
    expect(existsSync(`${path}-wal`)).toBe(false);
    await store.flush();
    await expect(store.nodes()).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    await expect(store.saveNode(node)).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    expect(troubles).toEqual([]);

    const { store: again } = await openWatched(path);
    expect(await again.nodes()).toEqual([node]);
    expect(await again.runs()).toMatchObject([{ runId, state: 'finished', summary: { hash: 'abc' } }]);
    expect(await again.controls({ limit: 5 })).toMatchObject([
      { ...control, runId, effect: { effective: true, achieved: { '1': 59 }, measuredAtSimMs: 110 } },
    ]);
    expect(await again.kpis({ limit: 5000 })).toHaveLength(1200);
    await again.close();
  });

  it('rejects with its own error, code and cause kept, when it cannot open', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'no database at all, '.repeat(100));
    for (const [path, code] of [
      [join(file, 'store.sqlite'), 'STORE_NOT_WRITABLE'],
      [file, 'STORE_CORRUPT'],
    ] as const) {
      const error: unknown = await openWatched(path).catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code, cause: expect.any(Error) });
      expect((error as StoreError).message).toMatch(/^store \/.*[^\n]$/);
      expect((error as StoreError).message).toContain(path);
    }
  });

  it('drops what is no plain data, tells of it, and goes on', async () => {
    const { store, troubles } = await openWatched(join(folder, 'odd.sqlite'));
    const asked: Record<string, unknown> = {};
    asked['itself'] = asked;
    store.appendControl({ ...control, asked });
    store.appendControl(control);
    await store.flush();
    expect(troubles).toEqual([expect.stringMatching(/odd\.sqlite: a row is not plain data \(.*circular/)]);
    expect(store.stats()).toMatchObject({ rowsWritten: 1, rowsDropped: 1 });
    await store.close();
  });

  it('has everything that was flushed after a SIGKILL, and marks the run as interrupted', async () => {
    const path = join(folder, 'killed.sqlite');
    for (const flushes of [1, 4]) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', writerScript(path)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit');
      let flushed = 0;
      let seen = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        flushed = Number(line);
        seen += 1;
        if (seen === flushes) child.kill('SIGKILL');
      }
      expect(await exited).toEqual([null, 'SIGKILL']);

      const { store, troubles } = await openWatched(path);
      const [last] = await store.runs();
      expect(last?.state).toBe('interrupted');
      expect(await store.nodes()).toEqual([node]);
      const samples = await store.kpis({ runId: last?.runId, toMs: flushed - 1, limit: 10_000 });
      const expected = Array.from({ length: flushed }, (_, n) => n).slice(-10_000);
      expect(samples.map(({ simTimeMs }) => simTimeMs)).toEqual(expected);
      await store.close();
      expect(troubles).toEqual([]);
    }
  });
});
