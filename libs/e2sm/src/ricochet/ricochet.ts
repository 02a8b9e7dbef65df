import { isUeWeight, type UeWeight } from '@ricochet/ran-types';
import { z } from 'zod';
import { jsonMessage, ranFunctionNameSchema, sNssaiSchema } from '../service-model.js';

const controlMessageSchema = z.strictObject({
  slices: z
    .array(
      z.strictObject({
        snssai: sNssaiSchema,
        // By hand, as it comes for every UE every 10 ms.
        ues: z.custom<readonly UeWeight[]>((ues) => Array.isArray(ues) && ues.every(isUeWeight), {
          error: 'expected UEs of {ueId, weight}, the weight not negative',
        }),
      }),
    )
    .min(1),
});
export type UeWeightsMessage = z.infer<typeof controlMessageSchema>;

/**
 * A service model of our own, since no standard one carries it: the scheduling weights of UEs inside their
 * slice. PRBs of the slice go to its UEs with data in proportion to their weights, none gets more than it
 * needs, and the rest is handed on. UEs that are not named keep their weight.
 *
 * The OID stands under the arc for UUIDs (ITU-T X.667), which needs no registration.
 */
export const ricochet = {
  shortName: 'RICOCHET-E2SM-UE-WEIGHTS',
  oid: '2.25.285452772303873894525804914433209682462',
  ranFunctionId: 200,
  ranFunctionDefinition: jsonMessage(
    'Ricochet RANfunctionDefinition',
    z.strictObject({ ranFunctionName: ranFunctionNameSchema, slices: z.array(sNssaiSchema) }),
  ),
  controlHeader: jsonMessage('Ricochet ControlHeader', z.strictObject({ controlStyle: z.literal(1) })),
  controlMessage: jsonMessage('Ricochet ControlMessage', controlMessageSchema),
  /** UEs that were named but are not connected; on failure, why. */
  controlOutcome: jsonMessage(
    'Ricochet ControlOutcome',
    z.strictObject({ unknownUes: z.array(z.int().nonnegative()), text: z.string().optional() }),
  ),
} as const;
