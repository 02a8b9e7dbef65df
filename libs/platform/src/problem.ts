import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';

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
export class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly type = 'about:blank',
  ) {
    super(message);
  }
}

/** Answers by a problem, unless the answer has begun. @param request Express' */
export function sendProblem(
  request: IncomingMessage & { readonly originalUrl: string },
  response: ServerResponse,
  { status, message: detail, type }: RequestError,
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

/** What is the client's fault in what was thrown, by us or, with its `status`, by Nest or the body parser. */
export function clientFault(error: unknown): RequestError | undefined {
  if (error instanceof RequestError) return error;
  const { status, message } = error as { status?: unknown; message: string };
  if (status === 404) return new RequestError(404, 'there is nothing at this path by this method');
  const isClients = typeof status === 'number' && status >= 400 && status < 500;
  return isClients ? new RequestError(status, message) : undefined;
}
