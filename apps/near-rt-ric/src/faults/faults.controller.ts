import { ricFaults, type ReplyOf, type RicFaults } from '@ricochet/contracts';
import { Serves } from '@ricochet/control-plane';
import { Controller } from '@nestjs/common';
import { PlayedFaults } from './played-faults.js';

/** Where the simulator says what goes wrong. */
@Controller()
export class FaultsController {
  constructor(private readonly faults: PlayedFaults) {}

  @Serves(ricFaults)
  set(state: RicFaults): ReplyOf<typeof ricFaults> {
    this.faults.set(state);
    return {};
  }
}
