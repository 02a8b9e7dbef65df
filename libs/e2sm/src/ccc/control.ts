import { z } from 'zod';
import { cellGlobalId, ranConfigurationStructureName, valuesOfAttributes } from './rrm-policy-ratio.js';

/** Control header format 1 (E2SM-CCC clause 9.2.1.6): style 1 is about the node, 2 about cells. */
export const controlHeader = z.looseObject({
  controlHeaderFormat: z.looseObject({ ricStyleType: z.int().min(1).max(2) }),
});
export type CccControlHeader = z.infer<typeof controlHeader>;

const structures = z
  .array(
    z.looseObject({
      ranConfigurationStructureName,
      oldValuesOfAttributes: valuesOfAttributes.optional(),
      newValuesOfAttributes: valuesOfAttributes,
    }),
  )
  .min(1)
  .max(64);

/** Control message format 1 (node) or 2 (cells) (clause 9.2.1.7). */
export const controlMessage = z.looseObject({
  controlMessageFormat: z
    .looseObject({
      listOfConfigurationStructures: structures.optional(),
      listOfCellsControlled: z
        .array(z.looseObject({ cellGlobalId, listOfConfigurationStructures: structures }))
        .min(1)
        .max(64)
        .optional(),
    })
    .refine(
      (format) =>
        (format.listOfConfigurationStructures === undefined) !== (format.listOfCellsControlled === undefined),
      'expected either listOfConfigurationStructures (format 1) or listOfCellsControlled (format 2)',
    ),
});
export type CccControlMessage = z.infer<typeof controlMessage>;

/** 8 octets of an NTP time stamp in hexadecimal. */
const timestamp = z.string().regex(/^[0-9a-f]{16}$/i, 'expected 16 hexadecimal digits');

/** Why a configuration structure was not accepted (clause 9.3). */
export const CCC_CAUSES = [
  'NotSupported',
  'NotAvailable',
  'IncompatibleState',
  'JsonError',
  'SemanticError',
  'Unspecified',
] as const;

const accepted = z.array(
  z.looseObject({
    ranConfigurationStructureName,
    oldValuesOfAttributes: valuesOfAttributes.optional(),
    currentValuesOfAttributes: valuesOfAttributes.optional(),
    appliedTimestamp: timestamp.optional(),
  }),
);

const failed = z.array(
  z.looseObject({
    ranConfigurationStructureName,
    oldValuesOfAttributes: valuesOfAttributes.optional(),
    requestedValuesOfAttributes: valuesOfAttributes.optional(),
    cause: z.enum(CCC_CAUSES),
  }),
);

/** Control outcome format 1 (node) or 2 (cells) (clause 9.2.1.8). */
export const controlOutcome = z.looseObject({
  controlOutcomeFormat: z
    .looseObject({
      receivedTimestamp: timestamp.optional(),
      ranConfigurationStructuresAcceptedList: accepted.optional(),
      ranConfigurationStructuresFailedList: failed.optional(),
      listOfCellsForControlOutcome: z
        .array(
          z.looseObject({
            cellGlobalId,
            ranConfigurationStructuresAcceptedList: accepted.optional(),
            ranConfigurationStructuresFailedList: failed.optional(),
          }),
        )
        .optional(),
    })
    .refine(
      ({ listOfCellsForControlOutcome: ofCells, ...ofNode }) =>
        ofCells === undefined ||
        (ofNode.ranConfigurationStructuresAcceptedList === undefined &&
          ofNode.ranConfigurationStructuresFailedList === undefined),
      'expected lists of the node (format 1) or listOfCellsForControlOutcome (format 2), not both',
    ),
});
export type CccControlOutcome = z.infer<typeof controlOutcome>;
