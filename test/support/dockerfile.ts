import { readFileSync } from 'node:fs';

/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  readonly keyword: string;
  readonly rest: string;
}

/** The instructions of each stage, `FROM` first. */
export function stagesOf(path: string): Instruction[][] {
  const text = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '');
  const stages: Instruction[][] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [, keyword = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (keyword === 'FROM') stages.push([]);
    stages.at(-1)?.push({ keyword, rest });
  }
  return stages;
}

/** What follows a keyword, of each instruction that has it. */
export function all(stage: readonly Instruction[] | undefined, keyword: string): string[] {
  return (stage ?? []).filter((one) => one.keyword === keyword).map(({ rest }) => rest);
}

/** The JSON form of a command: `["node", "main.js"]`, at the end of the instruction. */
export function commandOf(rest: string | undefined): string[] {
  return JSON.parse(/\[.*\]$/.exec(rest ?? '')?.[0] ?? '[]') as string[];
}

/** Sources and destination of a `COPY`. */
export function copyOf(rest: string): { sources: string[]; destination: string } {
  const words = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
  return { sources: words.slice(0, -1), destination: words.at(-1) ?? '' };
}

/** Whether a build context leaves a path out, by a .dockerignore file without exceptions. */
export function ignoredBy(path: string): (file: string) => boolean {
  const patterns = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const glob = line
        .replaceAll('.', '\\.')
        .replaceAll('**/', '\0')
        .replaceAll('*', '[^/]*')
        .replaceAll('\0', '(.*/)?');
      return new RegExp(`^${glob}(/|$)`);
    });
  return (file) => patterns.some((pattern) => pattern.test(file));
}
