import { choice, integer, printableString } from '@ricochet/asn1';

export const measName = printableString({ min: 1, max: 150, extensible: true });
export const measId = integer({ min: 1, max: 65_536, extensible: true });

/** MeasurementType: by name, or by the id that the RAN function definition gives to the name. */
export const measType = choice({ measName, measId }, {});
export const measTypeKeys = ['measName', 'measId'] as const;

/** The size of every list by measurement. */
export const perMeasurement = { min: 1, max: 65_535 } as const;

/** Reporting and granularity periods, 1 to 2^32 - 1 ms. */
export const periodMs = integer({ min: 1, max: 0xffff_ffff });
