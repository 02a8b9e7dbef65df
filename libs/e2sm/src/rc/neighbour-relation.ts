import { choice, enumerated, integer, octetNumber, sequence, sequenceOf } from '@ricochet/asn1';
import { eutraCgi, nrCgi } from '../common/cell-ids.js';
import { nrFrequencyInfo, servingCellArfcn, servingCellPci } from '../common/frequency.js';
import { some } from './ids.js';
import { truth } from './truth.js';

const version = integer({ min: 1, max: 65_535, extensible: true });

const nrNeighbour = sequence(
  {
    nrCgi,
    nrPci: integer({ min: 0, max: 1007 }),
    fiveGsTac: octetNumber(3),
    nrMode: enumerated(['fdd', 'tdd'], { extensions: [] }),
    nrFrequencyInfo,
    x2XnEstablished: truth,
    hoValidated: truth,
    version,
  },
  {},
);

const eutraNeighbour = sequence(
  {
    eutraCgi,
    eutraPci: integer({ min: 0, max: 503, extensible: true }),
    eutraArfcn: integer({ min: 0, max: 65_535 }),
    eutraTac: octetNumber(2),
    x2XnEstablished: truth,
    hoValidated: truth,
    version,
  },
  {},
);

/** Neighbour Relation Information (E2SM-RC clause 9.3.38). */
export const neighbourRelation = sequence(
  {
    servingCellPci,
    servingCellArfcn,
    neighbourCells: sequenceOf(choice({ nr: nrNeighbour, eutra: eutraNeighbour }, {}), some),
  },
  {},
);
