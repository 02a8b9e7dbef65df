import { integer, printableString } from '@ricochet/asn1';

/**
 * Ids of call process types and breakpoints, control actions, event trigger conditions, UEs and cells of event
 * triggers, insert indications, UE groups and filters (E2SM-RC clause 9.3): all have this range.
 */
export const rcId = integer({ min: 1, max: 65_535, extensible: true });

/** Names of RAN parameters, call process types and breakpoints, control actions and insert indications. */
export const rcName = printableString({ min: 1, max: 150, extensible: true });

/** Which change of a node's or a UE's information an event trigger is about. */
export const changeId = integer({ min: 1, max: 512, extensible: true });

/** Most lists of E2SM-RC: at least one, `maxnoof…` is 65535. */
export const some = { min: 1, max: 65_535 } as const;
/** Lists of RAN parameters that may be empty. */
export const any = { min: 0, max: 65_535 } as const;
/** Lists of styles, and of the actions of one style in a message: up to 63. */
export const styles = { min: 1, max: 63 } as const;
