import { Controller } from '@nestjs/common';
import { RequestError } from '@ricochet/platform';
import { z } from 'zod';
import { API_ROOT, Door, Question, type Asked } from '../door.js';

/** What names an xApp's process in appmgr's `registerRequest` and `deregisterRequest`; the rest is of no use here. */
export const registrationBody = z.looseObject({ appName: z.string(), appInstanceName: z.string() });
export type RegistrationBody = z.infer<typeof registrationBody>;

/**
 * Where an xApp that somebody else has started registers with appmgr, so that RMR routes to it are made. Here is no RMR,
 * and only who was started by the RIC has a NATS user: to take it in would promise it reports that can not come.
 */
@Controller(API_ROOT)
export class RegistrationController {
  @Door({
    method: 'POST',
    path: 'register',
    role: 'operator',
    summary: 'not there: xApps that somebody else has started are not taken in; the detail says what to do',
    body: registrationBody,
    status: 501,
  })
  register(@Question() { body: { appName } }: Asked<RegistrationBody>): never {
    throw new RequestError(
      501,
      `xApp ${shown(appName)} is not taken in: this RIC serves only xApps that it starts itself, as it has no RMR, and ` +
        `reports come over NATS to who has the user that the RIC gives; onboard its package (POST ${API_ROOT}/packages) ` +
        `and deploy it (POST ${API_ROOT}/xapps), then it registers over NATS`,
    );
  }

  @Door({
    method: 'POST',
    path: 'deregister',
    role: 'operator',
    summary: 'not there: no xApp has registered by this API; the detail says what to do',
    body: registrationBody,
    status: 501,
  })
  deregister(@Question() { body: { appName } }: Asked<RegistrationBody>): never {
    throw new RequestError(
      501,
      `xApp ${shown(appName)} has not registered here, as no xApp can; one that this RIC has started is undeployed by ` +
        `DELETE ${API_ROOT}/xapps/<name>`,
    );
  }
}

/** Whatever was sent, in a line that stays short. */
function shown(name: string): string {
  return JSON.stringify(name.slice(0, 64));
}
