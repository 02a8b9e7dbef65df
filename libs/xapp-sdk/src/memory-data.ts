import { dataKeySchema, type DataChange } from '@ricochet/contracts';
import { type Json, type SharedData } from './shared-data.js';

interface Namespace {
  readonly entries: Map<string, DataChange>;
  readonly listeners: Set<(change: DataChange) => void>;
}

/** Shared data of one process, as the RIC would keep it: for tests. */
export class MemoryData {
  private readonly namespaces = new Map<string, Namespace>();
  private revision = 0;

  /** @param readable namespaces that may be had; others are refused */
  constructor(private readonly readable: readonly string[]) {}

  namespace(namespace: string): SharedData {
    const open = (): Namespace => this.open(namespace);
    return {
      get: (key) => answer(() => open().entries.get(keyOf(key))?.value),
      set: (key, value) => answer(() => this.change(namespace, keyOf(key), copyOf(value))),
      delete: (key) => answer(() => this.change(namespace, keyOf(key))),
      keys: () => answer(() => [...open().entries.keys()]),
      watch: (listener) =>
        answer(() => {
          const { entries, listeners } = open();
          for (const change of entries.values()) listener(change);
          listeners.add(listener);
          return () => listeners.delete(listener);
        }),
      namespace: (other) => this.namespace(other),
    };
  }

  private open(namespace: string): Namespace {
    if (!this.readable.includes(namespace)) {
      throw new Error(`shared data of ${namespace}: the xApp has no permission sdl:${namespace}`);
    }
    let opened = this.namespaces.get(namespace);
    if (opened === undefined) {
      this.namespaces.set(namespace, (opened = { entries: new Map(), listeners: new Set() }));
    }
    return opened;
  }

  private change(namespace: string, key: string, value?: Json): void {
    const { entries, listeners } = this.open(namespace);
    const change: DataChange = { namespace, key, value, revision: ++this.revision };
    if (value === undefined) entries.delete(key);
    else entries.set(key, change);
    for (const listener of [...listeners]) listener(change);
  }
}

/** Later, as the RIC would answer, with what was thrown as the refusal. */
function answer<T>(work: () => T): Promise<T> {
  return Promise.resolve().then(work);
}

function keyOf(key: string): string {
  const { success, data, error } = dataKeySchema.safeParse(key);
  if (!success) throw new Error(`key ${key}: ${error.issues[0]?.message}`);
  return data;
}

function copyOf(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
