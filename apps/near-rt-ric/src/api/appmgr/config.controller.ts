import { Controller, Inject } from '@nestjs/common';
import { xAppNameSchema } from '@ricochet/contracts';
import { z } from 'zod';
import { type XAppConfig } from '../../xapps/xapp-deployments.service.js';
import { configSchema } from '../api-bodies.js';
import { API_RIC, type ApiRic } from '../api-ric.js';
import { API_ROOT, Door, Question, type Asked } from '../door.js';

/** There are none here; it is the one that appmgr names for all. */
const NAMESPACE = 'ricxapp';

export const appmgrConfigBody = z.strictObject({
  metadata: z.strictObject({
    xappName: xAppNameSchema,
    namespace: z.literal(NAMESPACE, `expected ${NAMESPACE}: there are no namespaces here`).optional(),
  }),
  config: configSchema,
});
export type AppmgrConfigBody = z.infer<typeof appmgrConfigBody>;

/** As appmgr's `XAppConfig` has it. */
export interface AppmgrConfig {
  readonly metadata: { readonly xappName: string; readonly namespace: string };
  readonly config: XAppConfig;
}

/** Configurations of xApps by the paths of appmgr; `/xapps/{name}/config` is the same for one, with its priority. */
@Controller(`${API_ROOT}/config`)
export class AppmgrConfigController {
  constructor(@Inject(API_RIC) private readonly ric: ApiRic) {}

  @Door({ method: 'GET', path: '/', role: 'viewer', summary: 'the configurations of all deployed xApps' })
  all(@Question() _: Asked): AppmgrConfig[] {
    return this.ric.lifecycle
      .status()
      .filter(({ state }) => state !== 'undeployed')
      .map(({ name, config }) => ({ metadata: { xappName: name, namespace: NAMESPACE }, config }));
  }

  /** What is wrong with a configuration is a problem (400), as everywhere: the list of appmgr is always empty. */
  @Door({
    method: 'PUT',
    path: '/',
    role: 'operator',
    summary: 'changes the configuration of one xApp, all of it',
    body: appmgrConfigBody,
  })
  async change(@Question() { body: { metadata, config } }: Asked<AppmgrConfigBody>): Promise<[]> {
    await this.ric.lifecycle.configure(metadata.xappName, { config });
    return [];
  }
}
