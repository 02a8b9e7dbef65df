import { ricFlush, type ReplyOf } from '@ricochet/contracts';
import { Serves } from '@ricochet/control-plane';
import { Controller } from '@nestjs/common';
import { StatusService } from './status.service.js';

/** Where the end of a run is asked for its books. */
@Controller()
export class StatusController {
  constructor(private readonly status: StatusService) {}

  @Serves(ricFlush)
  async flush(): Promise<ReplyOf<typeof ricFlush>> {
    await this.status.flush();
    return { counts: this.status.counts() };
  }
}
