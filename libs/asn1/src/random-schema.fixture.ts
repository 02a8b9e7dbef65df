import fc from 'fast-check';
import {
  bigInteger,
  bitNumber,
  bitString,
  boolean,
  choice,
  containing,
  enumerated,
  group,
  ia5String,
  ie,
  ieContainer,
  ieList,
  ieMessage,
  integer,
  nullType,
  numericString,
  objectIdentifier,
  octetString,
  openType,
  optional,
  printableString,
  real,
  type Range,
  sequence,
  sequenceOf,
  type Type,
  utf8String,
  visibleString,
  withDefault,
} from './index.js';

/** A type and what its values look like. */
export interface Schema {
  readonly type: Type<unknown>;
  readonly values: fc.Arbitrary<unknown>;
}

const schema = <T>(type: Type<T>, values: fc.Arbitrary<T>): Schema => ({
  type: type,
  values,
});

/** A SIZE and the lengths to try with it. */
const sizes: fc.Arbitrary<{ size: Range; lengths: { minLength: number; maxLength: number } }> = fc
  .tuple(
    fc.nat(20),
    fc.oneof(fc.nat(20), fc.constantFrom(255, 256, 65_534, 65_535, 65_536, 2 ** 31 - 1)),
    fc.boolean(),
    fc.constantFrom('bounded', 'from', 'none'),
  )
  .map(([min, span, extensible, kind]) => {
    if (kind === 'none') return { size: {}, lengths: { minLength: 0, maxLength: 200 } };
    const size = kind === 'from' ? { min } : { min, max: min + span, extensible };
    const maxLength = Math.min(min + span, 40) + (kind === 'bounded' && extensible ? 5 : 0);
    return { size, lengths: { minLength: min, maxLength: Math.max(maxLength, min) } };
  });

const characters = (from: string) => (lengths: { minLength: number; maxLength: number }) =>
  fc.string({ ...lengths, unit: fc.constantFrom(...from) });

const leaves: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>(
    schema(boolean(), fc.boolean()),
    schema(nullType(), fc.constant(null)),
    schema(integer(), fc.maxSafeInteger()),
    schema(integer({ min: -5 }), fc.integer({ min: -5 })),
    schema(bigInteger(), fc.bigInt()),
    schema(
      bigInteger({ min: -(2n ** 70n), max: 2n ** 90n }),
      fc.bigInt({ min: -(2n ** 70n), max: 2n ** 90n }),
    ),
    schema(real(), fc.double()),
    schema(utf8String(), fc.string({ unit: 'binary' })),
    schema(
      objectIdentifier(),
      fc.array(fc.bigInt({ min: 0n, max: 2n ** 127n })).map((arcs) => ['2', '7', ...arcs].join('.')),
    ),
  ),
  fc
    .tuple(fc.maxSafeInteger(), fc.oneof(fc.nat(300), fc.nat(70_000), fc.maxSafeNat()), fc.boolean())
    .filter(([min, span]) => Number.isSafeInteger(min + span))
    .map(([min, span, extensible]) =>
      schema(
        integer({ min, max: min + span, extensible }),
        extensible ? fc.maxSafeInteger() : fc.maxSafeNat().map((by) => min + (by % (span + 1))),
      ),
    ),
  fc.integer({ min: 1, max: 53 }).map((bits) =>
    schema(
      bitNumber(bits),
      fc.maxSafeNat().map((n) => n % 2 ** bits),
    ),
  ),
  fc.tuple(fc.integer({ min: 1, max: 300 }), fc.nat(100), fc.boolean()).map(([root, added, isExtensible]) => {
    const values = Array.from({ length: root }, (_, at) => `r${at}`);
    const extensions = Array.from({ length: added }, (_, at) => `e${at}`);
    return isExtensible
      ? schema(enumerated(values, { extensions }), fc.constantFrom(...values, ...extensions))
      : schema(enumerated(values), fc.constantFrom(...values));
  }),
  sizes.chain(({ size, lengths }) =>
    fc.constantFrom<Schema>(
      schema(octetString(size), fc.uint8Array(lengths)),
      schema(
        bitString(size),
        fc.array(fc.boolean(), lengths).map((bits) => {
          const octets = new Uint8Array(Math.ceil(bits.length / 8));
          bits.forEach((bit, at) => (octets[at >> 3]! |= bit ? 0x80 >> (at & 7) : 0));
          return { octets, bits: bits.length };
        }),
      ),
      schema(printableString(size), characters('abcXYZ 09')(lengths)),
      schema(ia5String(size), characters('abc\0~')(lengths)),
      schema(numericString(size), characters(' 0123456789')(lengths)),
      schema(visibleString(size, 'xyz'), characters('xyz')(lengths)),
    ),
  ),
);

const named = (schemas: readonly Schema[], prefix: string) =>
  schemas.map((item, at) => ({ name: `${prefix}${at}`, ...item }));

const fieldsOf = (items: readonly { name: string; type: Type<unknown>; presence: number }[]) =>
  Object.fromEntries(items.map(({ name, type, presence }) => [name, presence === 0 ? type : optional(type)]));

function composites(inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  const some = fc.array(inner, { minLength: 1, maxLength: 4 });
  const fields = fc.array(fc.tuple(inner, fc.nat(1)), { maxLength: 5 });
  return fc.oneof(
    fc
      .tuple(fields, fields, fields, fc.constantFrom('closed', 'extensible', 'extended'))
      .map(([first, alone, together, kind]) => {
        const place = (list: typeof first, prefix: string, presence?: number) =>
          list.map(([item, own], at) => ({ name: `${prefix}${at}`, ...item, presence: presence ?? own }));
        const root = place(first, 'r');
        if (kind !== 'extended') {
          const type = kind === 'closed' ? sequence(fieldsOf(root)) : sequence(fieldsOf(root), {});
          return schema(type, valuesOf(root));
        }
        const additions = place(alone, 'a', 1);
        const grouped = place(together, 'g', 1);
        const type = sequence(fieldsOf(root), {
          ...fieldsOf(additions),
          ...(grouped.length > 0 && { group: group(fieldsOf(grouped)) }),
        });
        return schema(type, valuesOf([...root, ...additions, ...grouped]));
      }),
    fc.tuple(some, fc.option(some)).map(([root, added]) => {
      const roots = named(root, 'r');
      const extensions = named(added ?? [], 'e');
      const asTypes = (list: typeof roots) => Object.fromEntries(list.map(({ name, type }) => [name, type]));
      const type = added === null ? choice(asTypes(roots)) : choice(asTypes(roots), asTypes(extensions));
      const one = fc.oneof(
        ...[...roots, ...extensions].map(({ name, values }) => values.map((v) => ({ [name]: v }))),
      );
      return schema(type as Type<unknown>, one);
    }),
    fc.tuple(inner, sizes).map(([{ type, values }, { size, lengths }]) =>
      schema(
        sequenceOf(type, size),
        fc.array(values, {
          ...lengths,
          maxLength: Math.min(lengths.maxLength, Math.max(lengths.minLength, 6)),
        }),
      ),
    ),
    inner.map(({ type, values }) => schema(openType(type), values)),
    inner.map(({ type, values }) => schema(containing(type), values)),
    inner.map(({ type, values }) =>
      schema(sequence({ d: withDefault(integer(), 5), x: type }), fc.record({ d: fc.nat(6), x: values })),
    ),
    fc.tuple(fields, fc.boolean()).map(([list, isMessage]) => {
      const items = list.map(([item, presence], at) => ({ name: `f${at}`, ...item, presence }));
      const table = Object.fromEntries(
        items.map(({ name, type, presence }, at) => [
          name,
          ie(at * 7, 'ignore', type, presence === 0 ? 'mandatory' : 'optional'),
        ]),
      );
      return schema(isMessage ? ieMessage(table) : ieContainer(table), valuesOf(items));
    }),
    inner.map(({ type, values }) =>
      schema(ieList(ie(3, 'reject', type), { min: 0, max: 300 }), fc.array(values, { maxLength: 4 })),
    ),
  );
}

const valuesOf = (items: readonly { name: string; values: fc.Arbitrary<unknown>; presence: number }[]) =>
  fc.record(Object.fromEntries(items.map(({ name, values }) => [name, values])), {
    requiredKeys: items.filter(({ presence }) => presence === 0).map(({ name }) => name),
  }) as fc.Arbitrary<unknown>;

/** Any type up to three levels deep, with a value of it. */
export const typesWithValues: fc.Arbitrary<{ type: Type<unknown>; value: unknown }> = fc
  .oneof(
    leaves,
    composites(leaves),
    composites(composites(leaves)),
    composites(composites(composites(leaves))),
  )
  .chain(({ type, values }) => values.map((value) => ({ type, value })));
