import { enumerated, mapped, type Type } from '@ricochet/asn1';

const type = mapped(enumerated(['true'], { extensions: [] }), {
  fromWire: () => true as const,
  toWire(value: true) {
    if (value !== true) throw new Error('expected true, or nothing');
    return 'true';
  },
});

/** ENUMERATED {true, ...}, which is always OPTIONAL: there or not. */
export const flag = (): Type<true> => type;
