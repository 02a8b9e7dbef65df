import { OperatorLog as ServiceLog } from '@ricochet/platform';
import { Injectable } from '@nestjs/common';

/** The operator's log of this service. */
@Injectable()
export class OperatorLog extends ServiceLog {
  constructor() {
    super('non-rt-ric');
  }
}
