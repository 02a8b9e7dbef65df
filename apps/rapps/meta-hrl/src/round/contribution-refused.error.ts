import { type Refusal } from '@ricochet/contracts';
import { RicochetError } from '@ricochet/platform';

/** A contribution that counts for nothing; the message begins with the reason. */
export class ContributionRefused extends RicochetError {
  constructor(
    readonly reason: Refusal,
    detail: string,
  ) {
    super(reason, `${reason}: ${detail}`);
  }
}
