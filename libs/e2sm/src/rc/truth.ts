import { enumerated, mapped, type Type } from '@ricochet/asn1';

/** ENUMERATED {true, false, ...}, such as Logical OR (E2SM-RC clause 9.3.25), as a boolean. */
export const truth: Type<boolean> = mapped(enumerated(['true', 'false'], { extensions: [] }), {
  fromWire: (wire) => wire === 'true',
  toWire(value) {
    if (typeof value !== 'boolean') throw new Error('expected true or false');
    return value ? 'true' : 'false';
  },
});
