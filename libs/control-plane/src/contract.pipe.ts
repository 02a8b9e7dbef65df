import { BusError } from '@ricochet/bus';
import { type RequestContract } from '@ricochet/contracts';
import { type PipeTransform } from '@nestjs/common';
import { UnreadableRequest } from './wire-format.js';

/** Checks a request against its contract. */
export class ContractPipe<Q, R> implements PipeTransform<unknown, Q> {
  constructor(private readonly contract: RequestContract<Q, R>) {}

  /** @throws BusError `BUS_INVALID_MESSAGE` naming the subject, the path and what was expected there. */
  transform(request: unknown): Q {
    const { subject, request: schema } = this.contract;
    if (request instanceof UnreadableRequest) throw invalid(`${subject}: not JSON: ${request.reason}`);
    const result = schema.safeParse(request);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const path = issue?.path.length ? issue.path.join('.') : 'message';
    throw invalid(`${subject}: ${path}: ${issue?.message ?? 'invalid'}`);
  }
}

function invalid(message: string): BusError {
  return new BusError('BUS_INVALID_MESSAGE', message);
}
