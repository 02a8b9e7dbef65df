/** What a receiver does about an information element or procedure that it does not understand. */
export type Criticality = 'reject' | 'ignore' | 'notify';

/** In the order of their encoding, two bits. */
export const criticalities: readonly Criticality[] = ['reject', 'ignore', 'notify'];
