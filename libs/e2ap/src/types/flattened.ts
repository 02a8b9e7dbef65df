import { mapped, refuse, type Type } from '@ricochet/asn1';

type Flattened<O, K extends keyof O> = Flat<Omit<O, K> & O[K]>;
type Flat<T> = { [P in keyof T]: T[P] };

/** `type` without the nesting of its field `key`: the `fields` of that SEQUENCE stand beside the others. */
export function flattened<O extends object, K extends keyof O & string>(
  type: Type<O>,
  key: K,
  fields: readonly (keyof O[K] & string)[],
): Type<Flattened<O, K>> {
  const inner = new Set<string>(fields);
  return mapped<O, Flattened<O, K>>(type, {
    fromWire(wire) {
      const { [key]: nested, ...others } = wire;
      return { ...nested, ...others };
    },
    toWire(value) {
      assertObject(value);
      if (Object.hasOwn(value, key)) refuse(key, `the fields ${fields.join(', ')}`);
      const entries = Object.entries(value);
      const nested = Object.fromEntries(entries.filter(([name]) => inner.has(name)));
      return { ...Object.fromEntries(entries.filter(([name]) => !inner.has(name))), [key]: nested } as O;
    },
  });
}

export function assertObject(value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null) refuse(value, 'an object');
}
