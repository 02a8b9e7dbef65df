import { type HostedChild } from '@ricochet/platform';
import { type Instance } from './reconcile.js';
import { type Release, type XAppConfig, type XAppDeployment } from './xapp-deployments.service.js';
import { type XAppProcess } from './xapp-host.service.js';
import { type RegisteredXApp } from './xapp-registry.service.js';

const MIB = 1_048_576;

/** One process of an xApp, as operators see it. */
export interface XAppInstanceStatus {
  readonly instance: string;
  readonly version: string;
  readonly role: Instance['role'];
  readonly pid?: number | undefined;
  readonly restarts: number;
  /** Of its host; absent where it has no limits, and is not watched. */
  readonly memoryMiB?: number | undefined;
  /** Why it is parked, or not ready. */
  readonly cause?: string | undefined;
}

/** An xApp, as operators see it. */
export interface XAppStatus {
  readonly name: string;
  readonly version: string;
  /** `upgrading`: the one that serves is of another version or configuration than what is desired. */
  readonly state:
    'undeployed' | 'starting' | 'running' | 'not-ready' | 'lost' | 'parked' | 'upgrading' | 'stopping';
  readonly cause?: string | undefined;
  readonly config: XAppConfig;
  readonly priority?: number | undefined;
  /** What `rollback` goes back to. */
  readonly previous?: Release | undefined;
  readonly onTrial: boolean;
  readonly note?: string | undefined;
  readonly changedAtMs: number;
  readonly instances: readonly XAppInstanceStatus[];
}

/** What is known of one xApp. */
export interface XAppSight {
  readonly deployment: XAppDeployment;
  readonly processes: readonly { readonly process: XAppProcess; readonly child: HostedChild | undefined }[];
  /** As the one that serves has registered. */
  readonly registered: RegisteredXApp | undefined;
  /** Why it can not be started at all. */
  readonly fault: string | undefined;
}

/** Puts it together. */
export function statusOf(sight: XAppSight): XAppStatus {
  const { deployment, processes } = sight;
  const { name, version, config, priority, previous, onTrial, note, changedAtMs } = deployment;
  return {
    name,
    version,
    ...stateOf(sight),
    config,
    priority,
    previous: previous && { version: previous.version, config: previous.config },
    onTrial,
    note,
    changedAtMs,
    instances: processes.map(({ process, child }) => ({
      instance: process.instance,
      version: process.version,
      role: process.role,
      pid: child?.pid,
      restarts: child?.restarts ?? 0,
      memoryMiB: child?.usage && Math.round(child.usage.rssBytes / MIB),
      cause: child?.cause,
    })),
  };
}

function stateOf({
  deployment,
  processes,
  registered,
  fault,
}: XAppSight): Pick<XAppStatus, 'state' | 'cause'> {
  const of = (role: Instance['role']) => processes.find(({ process }) => process.role === role);
  if (deployment.state === 'undeployed') {
    return { state: processes.length > 0 ? 'stopping' : 'undeployed' };
  }
  const serving = of('serving');
  const parked = fault ?? (serving?.child?.state === 'parked' ? serving.child.cause : undefined);
  if (parked !== undefined) return { state: 'parked', cause: parked };
  const isAnother = serving !== undefined && serving.process.generation !== deployment.generation;
  if (isAnother || of('candidate') !== undefined) return { state: 'upgrading' };
  if (registered === undefined) return { state: 'starting' };
  if (registered.state === 'lost') return { state: 'lost' };
  const { notReady } = registered;
  return notReady === undefined ? { state: 'running' } : { state: 'not-ready', cause: notReady };
}
