import { bigInteger, defineType, integer, type Type } from '@ricochet/asn1';

const small = integer();
const large = bigInteger();

/** INTEGER of any length: a number, or a bigint beyond 2^53. */
export const anyInteger: Type<number | bigint> = defineType<number | bigint>({
  minBits: large.minBits,
  encode(writer, value) {
    if (typeof value === 'bigint') large.encode(writer, value);
    else small.encode(writer, value);
  },
  decode(reader) {
    const value = large.decode(reader);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  },
});
