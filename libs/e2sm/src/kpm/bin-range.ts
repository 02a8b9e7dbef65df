import { choice, flattened, integer, optional, real, sequence, sequenceOf } from '@ricochet/asn1';
import { measType, measTypeKeys, perMeasurement } from './measurement-type.js';

const value = choice({ valueInt: integer(), valueReal: real() }, {});

const ranges = sequenceOf(
  sequence(
    {
      binIndex: integer({ min: 1, max: 65_535, extensible: true }),
      startValue: value,
      endValue: value,
    },
    {},
  ),
  { min: 1, max: 65_535 },
);

/** BinRangeDefinition (KPM v3 on): the bins of a distribution, by axis. */
export const binRanges = sequence({ x: ranges, y: optional(ranges), z: optional(ranges) }, {});

/** DistMeasurementBinRangeList (KPM v3 on): which bins are asked for. */
export const binRangesByMeasurement = sequenceOf(
  flattened(sequence({ measType, binRanges }, {}), 'measType', measTypeKeys),
  perMeasurement,
);
