import { xAppRegister, type ReplyOf, type RequestOf } from '@ricochet/contracts';
import { Serves } from '@ricochet/control-plane';
import { Controller } from '@nestjs/common';
import { XAppRegistry } from './xapp-registry.service.js';

/** Where xApps announce themselves. */
@Controller()
export class XAppRegistryController {
  constructor(private readonly registry: XAppRegistry) {}

  @Serves(xAppRegister)
  register(registration: RequestOf<typeof xAppRegister>): ReplyOf<typeof xAppRegister> {
    this.registry.register(registration);
    return { accepted: true };
  }
}
