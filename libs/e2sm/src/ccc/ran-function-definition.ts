import { z } from 'zod';
import { cellGlobalId, ranConfigurationStructureName } from './rrm-policy-ratio.js';

/** Which services an attribute takes part in; of them we read the control service alone. */
const supportedServices = z.looseObject({
  controlService: z
    .looseObject({
      listOfSupportedControlStyles: z.array(
        z.looseObject({
          controlServiceStyleType: z.int(),
          controlServiceStyleName: z.string(),
          controlServiceHeaderFormatType: z.int(),
          controlServiceMessageFormatType: z.int(),
          controlServiceControlOutcomeFormatType: z.int(),
        }),
      ),
    })
    .optional(),
});

const structures = z.array(
  z.looseObject({
    ranConfigurationStructureName,
    listOfSupportedAttributes: z.array(z.looseObject({ attributeName: z.string(), supportedServices })),
  }),
);

/** RAN function definition (E2SM-CCC clause 9.2.2). */
export const ranFunctionDefinition = z.looseObject({
  ranFunctionName: z.looseObject({
    ranFunctionShortName: z.string().min(1).max(150),
    ranFunctionServiceModelOID: z.string().min(1).max(1000),
    ranFunctionDescription: z.string().min(1).max(150),
    ranFunctionInstance: z.int().optional(),
  }),
  listOfSupportedNodeLevelConfigurationStructures: structures.optional(),
  listOfCellsForRANFunctionDefinition: z
    .array(
      z.looseObject({
        cellGlobalID: cellGlobalId,
        listOfSupportedCellLevelRANConfigurationStructures: structures,
      }),
    )
    .optional(),
});
export type CccRanFunctionDefinition = z.infer<typeof ranFunctionDefinition>;
