import { Injectable } from '@nestjs/common';

/** Whether simulation time waits for us. */
@Injectable()
export class LockstepMode {
  isOn = false;
}
