import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifestSchema = z.object({ name: z.string(), version: z.string() });

/**
 * Name and version in the `package.json` that a module belongs to, so that they are written in one place.
 * @param module its `import.meta.url`
 * @throws Error there is none above it, or it lacks one of them
 */
export function packageOf(module: string): { name: string; version: string } {
  for (let folder = new URL('.', module); ; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder);
    const text = textOf(file);
    if (text !== undefined) {
      const { success, data } = manifestSchema.safeParse(JSON.parse(text));
      if (success) return data;
      throw new Error(`${file.pathname}: it needs a name and a version`);
    }
    if (folder.href === new URL('..', folder).href) throw new Error(`no package.json above ${module}`);
  }
}

function textOf(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
