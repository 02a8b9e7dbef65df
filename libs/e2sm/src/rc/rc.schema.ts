import { z } from 'zod';
import { ranFunctionNameSchema, ueIdSchema } from '../service-model.js';

/** Value of one RAN parameter (E2SM-RC clause 9.3.11). */
const parameterValueSchema = z.union([
  z.strictObject({ valueInt: z.int() }),
  z.strictObject({ valueReal: z.number() }),
  z.strictObject({ valueBoolean: z.boolean() }),
  z.strictObject({ valuePrintableString: z.string() }),
  z.strictObject({ valueOctets: z.string().regex(/^(?:[0-9a-f]{2})*$/) }),
]);
export type RanParameterValue = z.infer<typeof parameterValueSchema>;

/** A RAN parameter: a leaf, a structure of parameters, or a list of structures. */
export type RanParameterValueType =
  | { readonly elementTrue: RanParameterValue }
  | { readonly elementFalse: RanParameterValue }
  | { readonly structure: readonly RanParameter[] }
  | { readonly list: readonly (readonly RanParameter[])[] };

export interface RanParameter {
  readonly ranParameterId: number;
  readonly valueType: RanParameterValueType;
}

export const ranParameterSchema: z.ZodType<RanParameter> = z.lazy(() =>
  z.strictObject({ ranParameterId: z.int().min(1), valueType: valueTypeSchema }),
);

const valueTypeSchema: z.ZodType<RanParameterValueType> = z.union([
  z.strictObject({ elementTrue: parameterValueSchema }),
  z.strictObject({ elementFalse: parameterValueSchema }),
  z.strictObject({ structure: z.array(ranParameterSchema) }),
  z.strictObject({ list: z.array(z.array(ranParameterSchema)) }),
]);

/** Control header format 1 (clause 9.2.1.6.1). */
export const controlHeaderSchema = z.strictObject({
  ueId: ueIdSchema,
  ricStyleType: z.int(),
  ricControlActionId: z.int().min(1),
});
export type RcControlHeader = z.infer<typeof controlHeaderSchema>;

/** Control message format 1 (clause 9.2.1.7.1). */
export const controlMessageSchema = z.strictObject({ ranParameters: z.array(ranParameterSchema) });
export type RcControlMessage = z.infer<typeof controlMessageSchema>;

/** Control outcome format 1 (clause 9.2.1.8.1); `text` explains a failure to people. */
export const controlOutcomeSchema = z.strictObject({
  ranParameters: z.array(ranParameterSchema),
  text: z.string().optional(),
});

/** The control part of the RAN function definition (clause 9.2.2.5). */
export const rcRanFunctionDefinitionSchema = z.strictObject({
  ranFunctionName: ranFunctionNameSchema,
  controlStyles: z.array(
    z.strictObject({
      type: z.int(),
      name: z.string(),
      headerFormatType: z.int(),
      messageFormatType: z.int(),
      actions: z.array(
        z.strictObject({
          id: z.int(),
          name: z.string(),
          ranParameters: z.array(z.strictObject({ id: z.int(), name: z.string() })),
        }),
      ),
    }),
  ),
});
export type RcRanFunctionDefinition = z.infer<typeof rcRanFunctionDefinitionSchema>;
