import { bitNumber, bitString, type Infer, optional, sequence } from '@ricochet/asn1';

/** Where an association ends (clause 9.2.29): IPv4, IPv6 or both one behind the other, and the port. */
export const tnlInformation = sequence(
  {
    tnlAddress: bitString({ min: 1, max: 160, extensible: true }),
    tnlPort: optional(bitNumber(16)),
  },
  {},
);
export type TnlInformation = Infer<typeof tnlInformation>;
