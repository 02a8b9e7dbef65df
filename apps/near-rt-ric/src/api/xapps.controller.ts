import { Controller, Inject, Res } from '@nestjs/common';
import { RequestError } from '@ricochet/platform';
import { type XAppConfig } from '../xapps/xapp-deployments.service.js';
import { type XAppInstanceStatus, type XAppStatus } from '../xapps/xapp-status.js';
import {
  configureBody,
  deployBody,
  logsQuery,
  upgradeBody,
  type ConfigureBody,
  type DeployBody,
  type LogsQuery,
  type UpgradeBody,
} from './api-bodies.js';
import { type ApiResponse } from './api-request.js';
import { API_RIC, type ApiRic } from './api-ric.js';
import { API_ROOT, Door, Question, type Asked } from './door.js';

/** What of an xApp may be set while it is deployed. */
export interface XAppSettings {
  readonly config: XAppConfig;
  readonly priority?: number | undefined;
}

/** xApps that are, or were, deployed. */
@Controller(`${API_ROOT}/xapps`)
export class XAppsController {
  constructor(@Inject(API_RIC) private readonly ric: ApiRic) {}

  @Door({ method: 'GET', path: '/', role: 'viewer', summary: 'all xApps with their states' })
  all(@Question() _: Asked): XAppStatus[] {
    return this.ric.lifecycle.status();
  }

  /** Before `:name`: an xApp of that name is seen among all alone. */
  @Door({
    method: 'GET',
    path: 'list',
    role: 'viewer',
    summary: 'the names of the xApps that can be deployed',
  })
  deployable(@Question() _: Asked): string[] {
    return [...new Set(this.ric.lifecycle.packages().map(({ name }) => name))];
  }

  @Door({
    method: 'POST',
    path: '/',
    role: 'operator',
    summary: 'deploys an onboarded xApp',
    body: deployBody,
    status: 201,
  })
  async deploy(
    @Question() { body: { name, ...options } }: Asked<DeployBody>,
    @Res({ passthrough: true }) response: ApiResponse,
  ): Promise<XAppStatus> {
    const status = await this.ric.lifecycle.deploy(name, options);
    response.setHeader('Location', `${API_ROOT}/xapps/${name}`);
    return status;
  }

  @Door({ method: 'GET', path: ':name', role: 'viewer', summary: 'one xApp with its state' })
  one(@Question() { name }: Asked): XAppStatus | undefined {
    return this.ric.lifecycle.status(name)[0];
  }

  @Door({ method: 'GET', path: ':name/instances/:id', role: 'viewer', summary: 'one of its processes' })
  instance(@Question() { name, id }: Asked): XAppInstanceStatus {
    const found = this.ric.lifecycle.status(name)[0]?.instances.find(({ instance }) => instance === id);
    if (found === undefined) throw new RequestError(404, `xApp ${name} has no instance ${id}`);
    return found;
  }

  @Door({
    method: 'DELETE',
    path: ':name',
    role: 'operator',
    summary: 'undeploys it, once it has settled what it was given',
    status: 204,
  })
  async undeploy(@Question() { name }: Asked): Promise<void> {
    await this.ric.lifecycle.undeploy(name);
  }

  @Door({ method: 'GET', path: ':name/config', role: 'viewer', summary: 'its configuration and priority' })
  config(@Question() { name }: Asked): XAppSettings | undefined {
    return this.ric.lifecycle.status(name).map(({ config, priority }) => ({ config, priority }))[0];
  }

  @Door({
    method: 'PUT',
    path: ':name/config',
    role: 'operator',
    summary: 'changes its configuration, all of it, or its priority',
    body: configureBody,
  })
  configure(@Question() { name, body }: Asked<ConfigureBody>): Promise<XAppStatus> {
    return this.ric.lifecycle.configure(name, body);
  }

  @Door({
    method: 'POST',
    path: ':name/upgrade',
    role: 'operator',
    summary: 'replaces it by another version, without a gap',
    body: upgradeBody,
  })
  upgrade(@Question() { name, body }: Asked<UpgradeBody>): Promise<XAppStatus> {
    return this.ric.lifecycle.upgrade(name, body);
  }

  @Door({
    method: 'POST',
    path: ':name/rollback',
    role: 'operator',
    summary: 'goes back to the version and configuration before, without a gap',
  })
  rollback(@Question() { name }: Asked): Promise<XAppStatus> {
    return this.ric.lifecycle.rollback(name);
  }

  @Door({
    method: 'GET',
    path: ':name/logs',
    role: 'viewer',
    summary: 'the last lines that it wrote, the newest last',
    query: logsQuery,
  })
  async logs(@Question() { name, query }: Asked<unknown, LogsQuery>): Promise<{ lines: string[] }> {
    return { lines: await this.ric.lifecycle.logs(name, query) };
  }
}
