import { clientFault, RequestError, sendProblem } from '@ricochet/platform';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
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

/** Answers whatever was thrown by a problem. What is not the client's fault is told to `onFault` alone. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly onFault: (error: unknown) => void) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getRequest<ApiRequest>(), http.getResponse<ApiResponse>(), this.told(error));
  }

  private told(error: unknown): RequestError {
    if (error instanceof XAppError) {
      const code = error.code.toLowerCase().replaceAll('_', '-');
      return new RequestError(STATUS_OF[error.code], error.message, `urn:ricochet:problem:${code}`);
    }
    const fault = clientFault(error);
    if (fault !== undefined) return fault;
    this.onFault(error);
    return new RequestError(500, 'the RIC failed to answer; its log says why');
  }
}
