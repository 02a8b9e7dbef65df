import { CheckpointError } from './checkpoint.error.js';
import { type TrainingIdentity } from './checkpoint-format.js';

/** @throws CheckpointError naming all that is not as it was when the checkpoint was written */
export function assertIdentity(was: TrainingIdentity, is: TrainingIdentity, path: string): void {
  const before = flat('', was);
  const now = flat('', is);
  const differences = [...new Set([...before.keys(), ...now.keys()])].flatMap((key) =>
    before.get(key) === now.get(key) ? [] : [difference(key, before.get(key), now.get(key))],
  );
  if (differences.length > 0) {
    throw new CheckpointError(`checkpoint ${path} is of another training: ${differences.join(', ')}`);
  }
}

function difference(key: string, was = 'not set', is = 'not set'): string {
  const name = key.replace(/^config\./, '');
  return name === 'familySha256' ? 'the file of the family has changed' : `${name} was ${was}, is ${is}`;
}

/** Values as text, by their path. */
function flat(prefix: string, value: object): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, part]: [string, object | string | number]) =>
      typeof part === 'object'
        ? [...flat(`${prefix}${key}.`, part)]
        : [[`${prefix}${key}`, String(part)] as const],
    ),
  );
}
