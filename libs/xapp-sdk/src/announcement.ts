import { type XAppRegistration } from '@ricochet/contracts';
import { type z } from 'zod';
import { type XAppDefinition } from './define-xapp.js';
import { type Subscription } from './subscription.js';

const MAX_REASON_LENGTH = 500;

export interface Announced<C> {
  readonly config: C;
  readonly instance: string;
  /** Whether it hears what its controls did. */
  readonly effects: boolean;
  /** Why it can not do its work now. */
  readonly notReady?: string | undefined;
}

/** What an xApp says of itself to the RIC. */
export function announcementOf<S extends z.ZodType, W extends Subscription>(
  definition: XAppDefinition<S, W>,
  { config, instance, effects, notReady }: Announced<z.infer<S>>,
): XAppRegistration {
  const { version, priority, influences, guard } = definition;
  return {
    version,
    instance,
    subscriptions: definition.subscriptions(config).map(({ measurements, nodes, ...subscription }) => ({
      ...subscription,
      measurements: [...measurements],
      ...(nodes !== undefined && { nodes: [...nodes] }),
    })),
    policyTypes: [...(definition.policyTypes?.(config) ?? [])],
    priority,
    effects: effects || undefined,
    ...(influences !== undefined && { influences: copyOf(influences) }),
    guard,
    notReady: notReady?.slice(0, MAX_REASON_LENGTH),
  };
}

function copyOf(
  influences: NonNullable<XAppDefinition<z.ZodType>['influences']>,
): XAppRegistration['influences'] {
  return Object.fromEntries(Object.entries(influences).map(([kind, kpis]) => [kind, [...kpis]]));
}
