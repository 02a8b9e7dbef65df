import { STATUS_CODES, type ServerResponse } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { type PageRequest } from './http-types.js';

/** What is wrong with a request. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Answers by a problem (RFC 9457), unless the answer has begun. */
export function sendProblem(
  request: PageRequest,
  response: ServerResponse,
  { status, message: detail }: RequestError,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const title = STATUS_CODES[status] ?? 'Error';
  const instance = request.originalUrl.split('?', 1)[0] ?? '';
  response.writeHead(status, {
    'Content-Type': 'application/problem+json',
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
    // The rest of a body that nobody wants.
    ...(!request.complete && { Connection: 'close' }),
  });
  response.end(JSON.stringify({ type: 'about:blank', title, status, detail, instance }));
}

/** Answers whatever was thrown by a problem. What is not the client's fault is told to `onFault` alone. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly onFault: (error: unknown) => void) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getRequest<PageRequest>(), http.getResponse<ServerResponse>(), this.told(error));
  }

  private told(error: unknown): RequestError {
    if (error instanceof RequestError) return error;
    const status =
      error instanceof HttpException ? error.getStatus() : (error as { status?: unknown }).status;
    if (status === 404) return new RequestError(404, 'there is nothing at this path by this method');
    if (typeof status === 'number' && status >= 400 && status < 500) {
      return new RequestError(status, (error as Error).message);
    }
    this.onFault(error);
    return new RequestError(500, 'the gateway failed to answer; its log says why');
  }
}
