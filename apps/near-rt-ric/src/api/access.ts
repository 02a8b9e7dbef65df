import { bearerKey, RequestError, sendProblem, type ApiKeys } from '@ricochet/platform';
import { type CanActivate, type ExecutionContext } from '@nestjs/common';
import { type ApiRequest, type Middleware } from './api-request.js';
import { API_ROOT, doorOf } from './door.js';
import { type EventTickets } from './events/event-tickets.js';

const OPEN_PATHS: readonly string[] = ['alive', 'ready'].map((name) => `${API_ROOT}/health/${name}`);
const EVENTS_PATH = `${API_ROOT}/events`;

/**
 * Lets in who has a key, in `Authorization: Bearer` or `X-API-Key`, before anything of the request is read: others learn
 * neither what is here nor what is wrong with what they sent. For the stream of events a ticket does as well.
 */
export function requireKey(keys: ApiKeys, tickets: EventTickets): Middleware {
  return (request, response, next) => {
    if (OPEN_PATHS.includes(request.path)) return next();
    const { ticket } = request.query;
    if (request.path === EVENTS_PATH && request.method === 'GET' && typeof ticket === 'string') {
      if (tickets.redeem(ticket)) {
        request.role = 'viewer';
        return next();
      }
      const detail = 'the ticket is not good, or not any more: each opens one stream';
      return sendProblem(request, response, new RequestError(401, detail));
    }
    const key = keyOf(request);
    const role = key === undefined ? undefined : keys.roleOf(key);
    if (role !== undefined) {
      request.role = role;
      return next();
    }
    const detail =
      key === undefined
        ? 'expected an API key, in Authorization: Bearer or X-API-Key'
        : 'the API key is not known here';
    sendProblem(request, response, new RequestError(401, detail));
  };
}

/** Keeps viewers from changing things. */
export class RoleGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const needed = doorOf(context.getHandler())?.role ?? 'operator';
    const { role } = context.switchToHttp().getRequest<ApiRequest>();
    if (needed === 'anyone' || role === 'operator' || role === needed) return true;
    throw new RequestError(403, `this needs the key of an operator, not of a ${role ?? 'nobody'}`);
  }
}

function keyOf({ headers }: ApiRequest): string | undefined {
  const { authorization } = headers;
  if (authorization !== undefined) return bearerKey(authorization);
  const key = headers['x-api-key'];
  return typeof key === 'string' && key !== '' ? key : undefined;
}
