import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An xApp that watches the cells of all nodes every second, and keeps the busiest. */
const MAIN = `import { defineXApp, runXApp } from '@ricochet/xapp-sdk';
import { z } from 'zod';
await runXApp(defineXApp({
  name: 'NAME', version: '1.0.0', config: z.strictObject({}),
  subscriptions: () => [
    { name: 'cells', level: 'cell', periodMs: 1000, measurements: ['RRU.PrbTotDl', 'DRB.UEThpDl'] },
  ],
  create: ({ log }) => {
    const load = new Map();
    return {
      onReport({ nodeId, timeMs, rows }) {
        load.set(nodeId, rows[0]?.values[0] ?? 0);
        const [busiest] = [...load].sort((a, b) => b[1] - a[1]);
        if (timeMs % 10_000 === 0) log.debug(busiest);
      },
    };
  },
}));
`;
const MEMORY_MIB = 128;

/** Writes a package of that name; gives its folder. */
export function writeWatcher(name: string, parent: string): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  const descriptor = {
    xapp_name: name,
    version: '1.0.0',
    containers: [{ name, image: { registry: 'local', name, tag: '1.0.0' } }],
    ricochet: { limits: { memoryMiB: MEMORY_MIB } },
  };
  const manifest = { name, version: '1.0.0', type: 'module', main: 'main.js' };
  writeFileSync(join(folder, 'config-file.json'), JSON.stringify(descriptor));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.js'), MAIN.replace('NAME', name));
  return folder;
}
