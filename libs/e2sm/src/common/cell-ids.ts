import { bitNumber, choice, integer, sequence, type Type } from '@ricochet/asn1';
import { type NrCgi } from '@ricochet/ran-types';
import { plmnIdentity } from './plmn-identity.js';

/** NR CGI (TS 38.413 clause 9.3.1.7). */
export const nrCgi: Type<NrCgi> = sequence({ plmn: plmnIdentity, nci: bitNumber(36) }, {});

/** E-UTRA CGI (TS 38.413 clause 9.3.1.9); the E-UTRA cell identity has 28 bits. */
export const eutraCgi = sequence({ plmn: plmnIdentity, eci: bitNumber(28) }, {});

/** Cell Global ID (E2SM). */
export const cgi = choice({ nrCgi, eutraCgi }, {});

/** C-RNTI and the cell that gave it (E2SM v4 on). */
export const cellRnti = sequence({ cRnti: integer({ min: 0, max: 65_535 }), cellGlobalId: cgi }, {});

/** Beam ID: an SSB index (E2SM v4 on). */
export const beamId = choice({ nrBeamId: integer({ min: 0, max: 63 }) }, {});
