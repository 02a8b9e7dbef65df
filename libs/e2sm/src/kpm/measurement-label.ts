import { enumerated, type Infer, integer, optional, sequence } from '@ricochet/asn1';
import { beamId, cgi } from '../common/cell-ids.js';
import { fiveQi, qci, qosFlowId } from '../common/core-ids.js';
import { flag } from '../common/flag.js';
import { plmnIdentity } from '../common/plmn-identity.js';
import { sNssai } from '../common/s-nssai.js';

const priority = integer({ min: 1, max: 15, extensible: true });
const index = integer({ min: 1, max: 65_535, extensible: true });

/** MeasurementLabel (E2SM-KPM clause 8.3.11): which part of what is measured a value is of; fields combine. */
export const measurementLabel = sequence(
  {
    noLabel: optional(flag()),
    plmn: optional(plmnIdentity),
    sliceId: optional(sNssai),
    fiveQi: optional(fiveQi),
    qfi: optional(qosFlowId),
    qci: optional(qci),
    qciMax: optional(qci),
    qciMin: optional(qci),
    arpMax: optional(priority),
    arpMin: optional(priority),
    bitrateRange: optional(index),
    layerMuMimo: optional(index),
    sum: optional(flag()),
    distBinX: optional(index),
    distBinY: optional(index),
    distBinZ: optional(index),
    preLabelOverride: optional(flag()),
    startEndInd: optional(enumerated(['start', 'end'], { extensions: [] })),
    min: optional(flag()),
    max: optional(flag()),
    avg: optional(flag()),
  },
  {
    ssbIndex: optional(index),
    nonGobBeamformingModeIndex: optional(index),
    mimoModeIndex: optional(integer({ min: 1, max: 2, extensible: true })),
    cellGlobalId: optional(cgi),
    beamId: optional(beamId),
  },
);
export type MeasurementLabel = Infer<typeof measurementLabel>;
