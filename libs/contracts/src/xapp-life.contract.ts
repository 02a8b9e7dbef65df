import { z } from 'zod';
import { event, request } from './contract.js';
import { xAppInstanceSchema, xAppSubject } from './xapp.contract.js';

const drainSchemas = {
  request: z.strictObject({}),
  reply: z.strictObject({
    /** Indications whose handlers have settled since the instance began. */
    settled: z.int().nonnegative(),
  }),
};

/**
 * The RIC will send no more indications to this life of the xApp; the answer comes when the handlers of those sent have
 * settled, their controls have been answered and the xApp has put its affairs in order.
 */
export const xAppDrain = (xapp: string, instance: string) =>
  request(xAppSubject(xapp, `drain.${instance}`), drainSchemas);

const configureSchemas = {
  request: z.strictObject({ config: z.record(z.string(), z.unknown()) }),
  reply: z.strictObject({
    /** Whether it works by it already; else it has to be started anew. */
    applied: z.boolean(),
  }),
};

/** Gives a life of an xApp another configuration; refused with the reason when the xApp's schema does. */
export const xAppConfigure = (xapp: string, instance: string) =>
  request(xAppSubject(xapp, `config.${instance}`), configureSchemas);

export const MAX_XAPP_METRICS = 64;
const MAX_BUCKETS = 32;

const named = {
  name: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'expected lower-case letters, digits and _'),
  help: z.string().max(200),
};
const xAppMetricSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('counter'), ...named, value: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal('gauge'), ...named, value: z.number() }),
  z
    .strictObject({
      kind: z.literal('histogram'),
      ...named,
      /** Upper bounds of the buckets, ascending; a last one without a bound follows. */
      bounds: z.array(z.number()).min(1).max(MAX_BUCKETS),
      /** Observations by bucket, one more than bounds. */
      counts: z.array(z.int().nonnegative()),
      sum: z.number(),
    })
    .refine(({ bounds, counts }) => counts.length === bounds.length + 1, 'expected a count more than bounds'),
]);
export type XAppMetric = z.infer<typeof xAppMetricSchema>;

const metricsSchema = z.strictObject({
  instance: xAppInstanceSchema,
  metrics: z.array(xAppMetricSchema).max(MAX_XAPP_METRICS),
});

/** All metrics of an xApp as they stand, about once a second. */
export const xAppMetrics = (xapp: string) => event(xAppSubject(xapp, 'metrics'), metricsSchema);
