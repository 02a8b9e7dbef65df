import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChildSpec } from './child-spec.js';
import { SERVICE_NODE_ARGUMENTS } from './process.js';

/** What is the host's alone: its database with the password, its port, its lists, the key that makes NATS users. */
const KEPT_FROM_CHILDREN: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'RICOCHET_STORE',
  'RICOCHET_HTTP',
  'RICOCHET_XAPPS',
  'RICOCHET_RAPPS',
  'RICOCHET_NODE_METRICS',
  'RICOCHET_NATS_ISSUER_SEED',
]);

/** What any program needs; a foreign one gets no more of the host's environment. */
const GIVEN_TO_FOREIGN: readonly string[] = [
  ...['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR'],
  ...['RICOCHET_LOG_LEVEL', 'RICOCHET_MODE'],
];

/** Half of the young generation of a limited child: a small part of its memory, and no more than V8 would take. */
const SEMI_SPACE_PART = 1 / 8;
const MAX_SEMI_SPACE_MIB = 16;
/** A child with less memory collects its whole heap as soon as V8 would: what grows to three times might be above it. */
const ROOMY_MIB = 128;
const SOON = '--heap-growing-percent=0';

export interface ChildCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  /** `undefined`: the host's. */
  readonly cwd?: string | undefined;
}

/** How a child is started. @throws Error the package has no program */
export function commandOf(child: Pick<ChildSpec, 'path' | 'command' | 'limits' | 'isForeign'>): ChildCommand {
  const { path, command, limits, isForeign } = child;
  const cwd = isForeign === true ? path : undefined;
  const [program, ...rest] = command ?? [];
  if (program !== undefined) return { program, arguments: rest, cwd: path };
  return {
    program: process.execPath,
    arguments: [...nodeArguments(limits?.memoryMiB), entryOf(path)],
    cwd,
  };
}

/** What of the host's environment a child gets. */
export function environmentOf({ isForeign }: Pick<ChildSpec, 'isForeign'>): NodeJS.ProcessEnv {
  const isGiven =
    isForeign === true
      ? (key: string) => GIVEN_TO_FOREIGN.includes(key)
      : (key: string) => !KEPT_FROM_CHILDREN.has(key);
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => isGiven(key)));
}

function nodeArguments(memoryMiB: number | undefined): readonly string[] {
  if (memoryMiB === undefined) return SERVICE_NODE_ARGUMENTS;
  const semiSpaceMiB = Math.min(MAX_SEMI_SPACE_MIB, Math.max(1, Math.round(memoryMiB * SEMI_SPACE_PART)));
  return [
    `--max-old-space-size=${memoryMiB}`,
    `--max-semi-space-size=${semiSpaceMiB}`,
    ...SERVICE_NODE_ARGUMENTS,
    ...(memoryMiB < ROOMY_MIB ? [SOON] : []),
  ];
}

function entryOf(path: string): string {
  const manifest = join(path, 'package.json');
  const { main } = JSON.parse(readFileSync(manifest, 'utf8')) as { main?: unknown };
  if (typeof main !== 'string') throw new Error(`${manifest}: no "main"`);
  return join(path, main);
}
