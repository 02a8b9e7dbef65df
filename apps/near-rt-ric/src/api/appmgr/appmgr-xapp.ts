import { type XAppEvent } from '../../xapps/xapp-lifecycle.service.js';
import { type XAppInstanceStatus, type XAppStatus } from '../../xapps/xapp-status.js';

/** An xApp, as appmgr's `Xapp` has it. */
export interface AppmgrXApp {
  readonly name: string;
  readonly version: string;
  readonly status: 'unknown' | 'deployed' | 'deleted' | 'failed' | 'deleting';
  readonly instances: readonly {
    readonly name: string;
    readonly status: 'pending' | 'running' | 'unknown' | 'crashLoopBackOff';
  }[];
}

/** The xApp that an event is about. @param current `undefined`: it has never been deployed, or is not known any more */
export function appmgrXApp({ type, name, version }: XAppEvent, current: XAppStatus | undefined): AppmgrXApp {
  // Those are about a package, whatever version runs.
  const isOfPackage = type === 'created' || type === 'deleted';
  if (isOfPackage || current === undefined) {
    return { name, version, status: type === 'deleted' ? 'deleted' : 'unknown', instances: [] };
  }
  return {
    name,
    version: current.version,
    status: statusOf(current),
    instances: current.instances.map((one) => ({
      name: one.instance,
      status: instanceStatusOf(one, current),
    })),
  };
}

function statusOf({ state }: XAppStatus): AppmgrXApp['status'] {
  if (state === 'undeployed') return 'deleted';
  if (state === 'stopping') return 'deleting';
  return state === 'parked' ? 'failed' : 'deployed';
}

function instanceStatusOf(
  { role }: XAppInstanceStatus,
  { state }: XAppStatus,
): AppmgrXApp['instances'][number]['status'] {
  if (role === 'candidate' || (role === 'serving' && state === 'starting')) return 'pending';
  if (role === 'serving' && state === 'parked') return 'crashLoopBackOff';
  return state === 'lost' ? 'unknown' : 'running';
}
