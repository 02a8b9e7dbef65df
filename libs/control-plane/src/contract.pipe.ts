import { decodeMessage } from '@ricochet/bus';
import { type RequestContract } from '@ricochet/contracts';
import { type PipeTransform } from '@nestjs/common';

/** Decodes a request by its contract. */
export class ContractPipe<Q, R> implements PipeTransform<Uint8Array, Q> {
  constructor(private readonly contract: RequestContract<Q, R>) {}

  /** @throws BusError `BUS_INVALID_MESSAGE` naming the subject, the path and what was expected there. */
  transform(request: Uint8Array): Q {
    return decodeMessage(this.contract.subject, this.contract.request, request);
  }
}
