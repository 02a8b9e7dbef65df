import { z } from 'zod';
import { targetFaultOf } from './event-target.js';

const MAX_URL_CHARACTERS = 2_048;
const MAX_RETRIES = 100;
const MAX_RETRY_TIMER_S = 3_600;

/** As appmgr has it. */
export const eventSubscriptionBody = z.strictObject({
  data: z.strictObject({
    eventType: z.enum(['created', 'deployed', 'undeployed', 'modified', 'restarted', 'deleted', 'all']),
    maxRetries: z.int().min(0).max(MAX_RETRIES),
    /** Seconds before the first retry. */
    retryTimer: z.int().min(1).max(MAX_RETRY_TIMER_S),
    targetUrl: z
      .string()
      .max(MAX_URL_CHARACTERS)
      .superRefine((text, context) => {
        const message = targetFaultOf(text);
        if (message !== undefined) context.addIssue({ code: 'custom', message });
      }),
  }),
});
export type EventSubscriptionBody = z.infer<typeof eventSubscriptionBody>;
export type EventSubscriptionData = EventSubscriptionBody['data'];
