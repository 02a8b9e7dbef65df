import { Controller, Inject, Req } from '@nestjs/common';
import { type XAppPackage } from '../xapps/xapp-packages.service.js';
import { onboardBody, type OnboardBody } from './api-bodies.js';
import { type ApiRequest } from './api-request.js';
import { API_RIC, type ApiRic } from './api-ric.js';
import { API_ROOT, Door, Question, type Asked } from './door.js';
import { withUpload } from './package-upload.js';

/** An onboarded version; where it lies is the RIC's own business. */
export type PackageAnswer = Pick<XAppPackage, 'name' | 'version' | 'digest' | 'builtin' | 'onboardedAtMs'>;

/** Versions of xApps that are onboarded. */
@Controller(`${API_ROOT}/packages`)
export class PackagesController {
  constructor(@Inject(API_RIC) private readonly ric: ApiRic) {}

  @Door({ method: 'GET', path: '/', role: 'viewer', summary: 'all onboarded versions of xApps' })
  all(@Question() _: Asked): PackageAnswer[] {
    return this.ric.lifecycle.packages().map(answerOf);
  }

  @Door({
    method: 'POST',
    path: '/',
    role: 'operator',
    summary: 'onboards a package: the body, or what lies on the machine of the RIC',
    body: onboardBody,
    takesTarball: true,
    status: 201,
  })
  async onboard(
    @Question() { body }: Asked<OnboardBody | undefined>,
    @Req() request: ApiRequest,
  ): Promise<PackageAnswer> {
    const { lifecycle } = this.ric;
    const onboarded =
      body === undefined
        ? await withUpload(request, (path) => lifecycle.onboard(path))
        : await lifecycle.onboard(body.path);
    return answerOf(onboarded);
  }

  @Door({
    method: 'DELETE',
    path: ':name/:version',
    role: 'operator',
    summary: 'deletes a version with its files and logs',
    status: 204,
  })
  delete(@Question() { name, version }: Asked): Promise<void> {
    return this.ric.lifecycle.remove(name, version);
  }
}

function answerOf({ name, version, digest, builtin, onboardedAtMs }: XAppPackage): PackageAnswer {
  return { name, version, digest, builtin, onboardedAtMs };
}
