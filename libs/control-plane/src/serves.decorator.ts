import { type RequestContract } from '@ricochet/contracts';
import { UseFilters, UsePipes } from '@nestjs/common';
import { MessagePattern, Transport } from '@nestjs/microservices';
import { ContractPipe } from './contract.pipe.js';
import { ErrorReplyFilter } from './error-reply.filter.js';

/** A method that takes the contract's request and gives its reply, now or later. */
type Served<Q, R> = (request: Q) => R | Promise<R>;

/**
 * Lets a controller's method answer a contract's requests, as `Bus.serve` would: requests that do not fit
 * the contract get `BUS_INVALID_MESSAGE`, and what the method throws becomes the error of the reply.
 */
export function Serves<Q, R>(contract: RequestContract<Q, R>) {
  const decorators = [
    MessagePattern(contract.subject, Transport.NATS),
    UsePipes(new ContractPipe(contract)),
    UseFilters(new ErrorReplyFilter()),
  ];
  return <M extends Served<Q, R>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    for (const decorate of decorators) decorate(target, key, descriptor);
  };
}
