import { rAppRegister, type ReplyOf, type RequestOf } from '@ricochet/contracts';
import { Serves } from '@ricochet/control-plane';
import { Controller } from '@nestjs/common';
import { RAppRegistry } from './rapp-registry.service.js';

/** Where rApps announce themselves. */
@Controller()
export class RAppRegistryController {
  constructor(private readonly registry: RAppRegistry) {}

  @Serves(rAppRegister)
  register(request: RequestOf<typeof rAppRegister>): ReplyOf<typeof rAppRegister> {
    this.registry.register(request);
    return { accepted: true };
  }
}
