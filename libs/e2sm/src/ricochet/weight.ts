import { defineType, integer, outOfConstraint, type Type } from '@ricochet/asn1';

const STEPS_TO_ONE = 1e6;
const MAX_STEPS = 0xffff_ffff;
const steps = integer({ min: 0, max: MAX_STEPS });

/** Weight ::= INTEGER (0..4294967295), in millionths: what is no whole number of them is refused, never rounded. */
export const weight: Type<number> = defineType<number>({
  minBits: steps.minBits,
  encode(writer, value) {
    const count = Math.round(value * STEPS_TO_ONE);
    if (count / STEPS_TO_ONE !== value || count > MAX_STEPS || count < 0) {
      outOfConstraint(value, `whole millionths from 0 to ${MAX_STEPS / STEPS_TO_ONE}`);
    }
    steps.encode(writer, count);
  },
  decode: (reader) => steps.decode(reader) / STEPS_TO_ONE,
});
