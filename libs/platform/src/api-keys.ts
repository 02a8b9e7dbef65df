import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigError, messageOf } from './errors.js';
import { z } from 'zod';

/** What a key lets its bearer do: viewers look, operators change things, too. */
export type ApiRole = 'viewer' | 'operator';

/** Keys of the API: never themselves, but their SHA-256, hexadecimal. */
export const apiKeysSchema = z.array(
  z.strictObject({
    name: z.string().min(1).max(64),
    role: z.enum(['viewer', 'operator']),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'),
  }),
);
export type ApiKey = z.infer<typeof apiKeysSchema>[number];

/** The keys that are known; where there are none, nobody gets in. */
export class ApiKeys {
  private readonly keys: readonly { readonly role: ApiRole; readonly digest: Buffer }[];

  constructor(keys: readonly ApiKey[]) {
    this.keys = keys.map(({ role, sha256 }) => ({ role, digest: Buffer.from(sha256, 'hex') }));
  }

  get count(): number {
    return this.keys.length;
  }

  /** What the bearer of a key may do; `undefined`: nobody has it. How long this takes tells nothing of the keys. */
  roleOf(key: string): ApiRole | undefined {
    const digest = createHash('sha256').update(key).digest();
    let role: ApiRole | undefined;
    for (const known of this.keys) {
      if (timingSafeEqual(known.digest, digest)) role = known.role;
    }
    return role;
  }
}

/** Reads a file of keys; none when there is no such file. @throws ConfigError */
export async function readApiKeys(path: string): Promise<ApiKey[]> {
  try {
    return apiKeysSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    const fault =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
        : messageOf(error);
    throw new ConfigError(`API keys ${path}: ${fault}`);
  }
}
