import { defineType, refuse, type Type } from '../type.js';

const type = defineType<boolean>({
  minBits: 1,
  encode(writer, value) {
    if (typeof value !== 'boolean') refuse(value, 'a boolean');
    writer.writeBit(value ? 1 : 0);
  },
  decode: (reader) => reader.readBit() === 1,
});

/** BOOLEAN: one bit. */
export const boolean = (): Type<boolean> => type;
