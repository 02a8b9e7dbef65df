import { mapped, type Type } from '@ricochet/asn1';

/**
 * A SEQUENCE whose field `inner` is a CHOICE, with the alternative beside the other fields instead of under
 * `inner`: `{ measType: { measName }, labels }` as `{ measName, labels }`.
 * @param alternatives the keys of the CHOICE
 */
export function flattened<T extends object, K extends keyof T & string>(
  type: Type<T>,
  inner: K,
  alternatives: readonly string[],
): Type<Flattened<T, K>> {
  return mapped(type as Type<Record<string, unknown>>, {
    fromWire({ [inner]: choice, ...rest }) {
      return { ...(choice as object), ...rest } as unknown as Flattened<T, K>;
    },
    toWire(value) {
      const entries = Object.entries(value);
      const choice = Object.fromEntries(entries.filter(([key]) => alternatives.includes(key)));
      return {
        ...Object.fromEntries(entries.filter(([key]) => !alternatives.includes(key))),
        [inner]: choice,
      };
    },
  });
}

/** One object type an alternative of the CHOICE. */
export type Flattened<T, K extends keyof T> = T[K] extends infer A
  ? A extends unknown
    ? Flat<A & Omit<T, K>>
    : never
  : never;

type Flat<T> = { [K in keyof T]: T[K] };
