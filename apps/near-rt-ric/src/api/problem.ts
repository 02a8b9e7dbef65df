import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { type XAppErrorCode, XAppError } from '../xapps/xapp.error.js';
import { type ApiRequest, type ApiResponse } from './api-request.js';

const STATUS_OF: Readonly<Record<XAppErrorCode, number>> = {
  XAPP_UNKNOWN: 404,
  XAPP_PACKAGE_INVALID: 400,
  XAPP_CONFIG_INVALID: 400,
  XAPP_CONFLICT: 409,
  XAPP_NOT_ALLOWED: 403,
  XAPP_NO_ROOM: 507,
};

/** An error's answer: RFC 9457. */
export interface Problem {
  /** `about:blank`, or `urn:ricochet:problem:<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Path that was asked. */
  readonly instance: string;
}

/** What is wrong with a request. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Answers whatever was thrown by a problem. What is not the client's fault is told to `onFault` alone. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly onFault: (error: unknown) => void) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getRequest<ApiRequest>(), http.getResponse<ApiResponse>(), this.told(error));
  }

  private told(error: unknown): Omit<Problem, 'title' | 'instance'> {
    const type = 'about:blank';
    if (error instanceof XAppError) {
      const code = error.code.toLowerCase().replaceAll('_', '-');
      return { type: `urn:ricochet:problem:${code}`, status: STATUS_OF[error.code], detail: error.message };
    }
    if (error instanceof ApiError) return { type, status: error.status, detail: error.message };
    const status = clientFault(error);
    if (status === 404) return { type, status, detail: 'there is nothing at this path by this method' };
    if (status !== undefined) return { type, status, detail: (error as Error).message };
    this.onFault(error);
    return { type, status: 500, detail: 'the RIC failed to answer; its log says why' };
  }
}

/** Sends it, unless the answer has begun. */
export function sendProblem(
  request: ApiRequest,
  response: ApiResponse,
  { type, status, detail }: Omit<Problem, 'title' | 'instance'>,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const title = STATUS_CODES[status] ?? 'Error';
  const instance = request.originalUrl.split('?', 1)[0] ?? '';
  const problem: Problem = { type, title, status, detail, instance };
  response.writeHead(status, {
    'Content-Type': 'application/problem+json',
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
    // The rest of a body that nobody wants.
    ...(!request.complete && { Connection: 'close' }),
  });
  response.end(JSON.stringify(problem));
}

/** Of Nest's and the body parser's errors. */
function clientFault(error: unknown): number | undefined {
  const status = error instanceof HttpException ? error.getStatus() : (error as { status?: unknown }).status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
