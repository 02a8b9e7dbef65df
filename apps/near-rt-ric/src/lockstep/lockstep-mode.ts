import { Injectable } from '@nestjs/common';

/** Whether simulation time waits for us. */
@Injectable()
export class LockstepMode {
  isOn = false;
  /** Simulation time stands between two instants, so that xApps can be changed at this one whenever the run is made. */
  isHeld = false;
}
