import { readFileSync } from 'node:fs';

/** Versions that a result holds for. */
export function versions(): Record<string, string> {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return { ricochet: manifest.version, node: process.version };
}
