import { lockstepHold, lockstepReady, type ReplyOf, type RequestOf } from '@ricochet/contracts';
import { Serves } from '@ricochet/control-plane';
import { Controller } from '@nestjs/common';
import { LockstepService } from './lockstep.service.js';

/** Where the simulator asks who is missing. The end of a period, which relies on the bus's order, stays there. */
@Controller()
export class LockstepController {
  constructor(private readonly lockstep: LockstepService) {}

  @Serves(lockstepReady)
  ready(request: RequestOf<typeof lockstepReady>): ReplyOf<typeof lockstepReady> {
    return { waitingFor: this.lockstep.begin(request) };
  }

  @Serves(lockstepHold)
  hold(): ReplyOf<typeof lockstepHold> {
    this.lockstep.hold();
    return {};
  }
}
