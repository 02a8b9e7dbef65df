import { readXAppDescriptor, type XAppDescriptor } from '@ricochet/contracts';
import { z } from 'zod';
import { type XAppDefinition } from './define-xapp.js';
import { type Subscription } from './subscription.js';

/** What an xApp's package says of it, as files. */
export interface XAppDescription {
  /** `config-file.json`. */
  readonly descriptor: XAppDescriptor;
  /** `schema.json`: JSON Schema of its configuration. */
  readonly controlsSchema: Readonly<Record<string, unknown>>;
}

/**
 * The O-RAN Software Community's descriptor of an xApp, and the schema of its controls, from its definition. The controls
 * are the configuration's defaults; none where it has some that must be given.
 * @throws DescriptorError for a name or a version that can not be one
 */
export function describeXApp<S extends z.ZodType, W extends Subscription>(
  definition: XAppDefinition<S, W>,
): XAppDescription {
  const { name, version, description, config, permissions = [], priority, influences, guard } = definition;
  const defaults = config.safeParse({});
  const descriptor = readXAppDescriptor({
    xapp_name: name,
    version,
    ...(description !== undefined && { description }),
    containers: [{ name, image: { registry: 'local', name, tag: version } }],
    controls: defaults.success ? defaults.data : {},
    ricochet: { permissions, priority, influences, guard },
  });
  const schema = z.toJSONSchema(config, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  return { descriptor, controlsSchema: { ...schema } };
}
