import type { z } from 'zod';

/** A subject that carries one kind of message, fire and forget. */
export interface EventContract<T> {
  readonly subject: string;
  readonly schema: z.ZodType<T>;
}

/** A subject that is asked and answers. */
export interface RequestContract<Q, R> {
  readonly subject: string;
  readonly request: z.ZodType<Q>;
  readonly reply: z.ZodType<R>;
}

export type MessageOf<C> = C extends EventContract<infer T> ? T : never;
export type RequestOf<C> = C extends { readonly request: z.ZodType<infer Q> } ? Q : never;
export type ReplyOf<C> = C extends { readonly reply: z.ZodType<infer R> } ? R : never;

/** Declares an event. */
export function event<T>(subject: string, schema: z.ZodType<T>): EventContract<T> {
  return { subject, schema };
}

/** Declares a request and its reply. */
export function request<Q, R>(
  subject: string,
  schemas: { request: z.ZodType<Q>; reply: z.ZodType<R> },
): RequestContract<Q, R> {
  return { subject, ...schemas };
}
