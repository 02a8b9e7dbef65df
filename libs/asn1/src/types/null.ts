import { defineType, refuse, type Type } from '../type.js';

const type = defineType<null>({
  minBits: 0,
  encode(_writer, value) {
    if (value !== null) refuse(value, 'null');
  },
  decode: () => null,
});

/** NULL: no bits. */
export const nullType = (): Type<null> => type;
