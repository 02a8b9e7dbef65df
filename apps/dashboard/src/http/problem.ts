import { type ServerResponse } from 'node:http';
import { clientFault, RequestError, sendProblem } from '@ricochet/platform';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { type PageRequest } from './http-types.js';

/** Answers whatever was thrown by a problem. What is not the client's fault is told to `onFault` alone. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly onFault: (error: unknown) => void) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getRequest<PageRequest>(), http.getResponse<ServerResponse>(), this.told(error));
  }

  private told(error: unknown): RequestError {
    const fault = clientFault(error);
    if (fault !== undefined) return fault;
    this.onFault(error);
    return new RequestError(500, 'the gateway failed to answer; its log says why');
  }
}
