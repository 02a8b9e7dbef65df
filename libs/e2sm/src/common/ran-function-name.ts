import { integer, optional, printableString, sequence } from '@ricochet/asn1';

const name = printableString({ min: 1, max: 150, extensible: true });

/** RAN function name (E2SM clause 6.2.2.1), first IE of every RAN function definition. */
export const ranFunctionName = sequence(
  {
    shortName: name,
    e2smOid: printableString({ min: 1, max: 1000, extensible: true }),
    description: name,
    instance: optional(integer()),
  },
  {},
);

/** RIC Style Type (E2SM). */
export const ricStyleType = integer();
/** RIC Style Name (E2SM). */
export const ricStyleName = name;
/** RIC Format Type (E2SM). */
export const ricFormatType = integer();
