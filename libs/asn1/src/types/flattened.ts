import { refuse, type Type } from '../type.js';
import { type Flat } from './fields.js';
import { mapped } from './mapped.js';
import { assertObject } from './sequence.js';

/** One object type an alternative, where the nested one is a CHOICE. */
export type Flattened<T, K extends keyof T> = T[K] extends infer A
  ? A extends unknown
    ? Flat<A & Omit<T, K>>
    : never
  : never;

/**
 * A SEQUENCE without the nesting of its field `key`, a SEQUENCE or a CHOICE, whose fields or alternatives stand beside
 * the other fields instead: `{ measType: { measName }, labels }` as `{ measName, labels }`.
 * @param nested the keys of what is under `key`
 */
export function flattened<T extends object, K extends keyof T & string>(
  type: Type<T>,
  key: K,
  nested: readonly string[],
): Type<Flattened<T, K>> {
  const isNested = new Set(nested);
  return mapped(type as Type<Record<string, unknown>>, {
    fromWire({ [key]: inner, ...others }) {
      return { ...(inner as object), ...others } as unknown as Flattened<T, K>;
    },
    toWire(value) {
      assertObject(value);
      if (Object.hasOwn(value, key)) refuse(key, `the fields ${nested.join(', ')}`);
      const entries = Object.entries(value);
      const inner = Object.fromEntries(entries.filter(([name]) => isNested.has(name)));
      return { ...Object.fromEntries(entries.filter(([name]) => !isNested.has(name))), [key]: inner };
    },
  });
}
