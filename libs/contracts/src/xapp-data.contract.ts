import { z } from 'zod';
import { event, request, type EventContract } from './contract.js';
import { xAppInstanceSchema, xAppNameSchema, xAppSubject } from './xapp.contract.js';

/**
 * Shared data of xApps: a namespace of keys and JSON values each, named like it. The RIC keeps them, and asks who may
 * see them: an xApp has no access to JetStream, as that answers on any subject that it is told to.
 */
export const MAX_DATA_VALUE_BYTES = 64 * 1024;
export const MAX_DATA_NAMESPACE_BYTES = 8 * 1024 * 1024;

export const dataKeySchema = z
  .string()
  .regex(
    /^[A-Za-z0-9_=/-]+(?:\.[A-Za-z0-9_=/-]+)*$/,
    'expected letters, digits, _ = / - and single dots between',
  )
  .max(200);

const keyed = { namespace: xAppNameSchema, key: dataKeySchema };
const entrySchema = z.strictObject({
  key: dataKeySchema,
  value: z.json(),
  /** Grows with every change of the namespace. */
  revision: z.int().nonnegative(),
});
export type DataEntry = z.infer<typeof entrySchema>;

const getSchemas = {
  request: z.strictObject(keyed),
  /** `null`: there is none. */
  reply: z.strictObject({ entry: entrySchema.nullable() }),
};
export const xAppDataGet = (xapp: string) => request(xAppSubject(xapp, 'data.get'), getSchemas);

const setSchemas = { request: z.strictObject({ ...keyed, value: z.json() }), reply: z.strictObject({}) };
export const xAppDataSet = (xapp: string) => request(xAppSubject(xapp, 'data.set'), setSchemas);

const deleteSchemas = { request: z.strictObject(keyed), reply: z.strictObject({}) };
export const xAppDataDelete = (xapp: string) => request(xAppSubject(xapp, 'data.delete'), deleteSchemas);

const keysSchemas = {
  request: z.strictObject({ namespace: xAppNameSchema }),
  reply: z.strictObject({ keys: z.array(dataKeySchema) }),
};
export const xAppDataKeys = (xapp: string) => request(xAppSubject(xapp, 'data.keys'), keysSchemas);

const watchSchemas = {
  request: z.strictObject({ namespace: xAppNameSchema, instance: xAppInstanceSchema }),
  reply: z.strictObject({}),
};
/** Has changes told for some seconds, beginning with all that is there; asked again every second to go on. */
export const xAppDataWatch = (xapp: string) => request(xAppSubject(xapp, 'data.watch'), watchSchemas);

const changeSchema = z.strictObject({
  ...keyed,
  /** Absent: the key was deleted. */
  value: z.json().optional(),
  revision: z.int().nonnegative(),
});
export type DataChange = z.infer<typeof changeSchema>;

/** To who watches a namespace. */
export const xAppDataChange = (xapp: string, instance: string): EventContract<DataChange> =>
  event(xAppSubject(xapp, `data-change.${instance}`), changeSchema);
