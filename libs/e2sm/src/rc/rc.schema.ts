import { z } from 'zod';
import { ranFunctionNameSchema, ueIdSchema } from '../service-model.js';

/** Value of one RAN parameter (E2SM-RC clause 9.3.11); octets in hexadecimal. */
export type RanParameterValue =
  | { readonly valueInt: number }
  | { readonly valueReal: number }
  | { readonly valueBoolean: boolean }
  | { readonly valuePrintableString: string }
  | { readonly valueOctets: string };

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

/** Deeper than any parameter tree of the standard. */
const MAX_DEPTH = 16;

// By hand: the tree is a recursive CHOICE, which a union schema would try in all its branches.
const ranParametersSchema = z.custom<readonly RanParameter[]>((value) => isParameterList(value, 0), {
  error: 'expected RAN parameters of {ranParameterId, valueType}',
});

function isParameterList(value: unknown, depth: number): boolean {
  return depth < MAX_DEPTH && Array.isArray(value) && value.every((item) => isParameter(item, depth));
}

function isParameter(value: unknown, depth: number): boolean {
  if (!isObject(value) || !Number.isInteger(value['ranParameterId']) || !isObject(value['valueType']))
    return false;
  const choices = Object.entries(value['valueType']);
  const [choice, content] = choices[0] ?? [];
  if (choices.length !== 1) return false;
  if (choice === 'structure') return isParameterList(content, depth + 1);
  if (choice === 'list')
    return Array.isArray(content) && content.every((item) => isParameterList(item, depth + 1));
  return (choice === 'elementTrue' || choice === 'elementFalse') && isParameterValue(content);
}

function isParameterValue(value: unknown): boolean {
  if (!isObject(value)) return false;
  const choices = Object.entries(value);
  const [choice, content] = choices[0] ?? [];
  if (choices.length !== 1) return false;
  switch (choice) {
    case 'valueInt':
      return Number.isInteger(content);
    case 'valueReal':
      return Number.isFinite(content);
    case 'valueBoolean':
      return typeof content === 'boolean';
    case 'valuePrintableString':
      return typeof content === 'string';
    case 'valueOctets':
      return typeof content === 'string' && /^(?:[0-9a-f]{2})*$/.test(content);
    case undefined:
    default:
      return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Control header format 1 (clause 9.2.1.6.1). */
export const controlHeaderSchema = z.strictObject({
  ueId: ueIdSchema,
  ricStyleType: z.int(),
  ricControlActionId: z.int().min(1),
});
export type RcControlHeader = z.infer<typeof controlHeaderSchema>;

/** Control message format 1 (clause 9.2.1.7.1). */
export const controlMessageSchema = z.strictObject({ ranParameters: ranParametersSchema });
export type RcControlMessage = z.infer<typeof controlMessageSchema>;

/** Control outcome format 1 (clause 9.2.1.8.1); `text` explains a failure to people. */
export const controlOutcomeSchema = z.strictObject({
  ranParameters: ranParametersSchema,
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
