import { bearerKey, RequestError, sendProblem, type ApiKeys } from '@ricochet/platform';
import { type Middleware, type PageRequest } from './http-types.js';

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

/** Lets in who bears an operator's key, before anything else of the request is read. */
export function requireOperator(keys: ApiKeys): Middleware {
  return (request, response, next) => {
    const fault = keyFault(keys, request) ?? typeFault(request);
    if (fault === undefined) next();
    else sendProblem(request, response, fault);
  };
}

function keyFault(keys: ApiKeys, { headers }: PageRequest): RequestError | undefined {
  if (keys.count === 0) return new RequestError(403, 'nobody steers here: there are no keys');
  const key = bearerKey(headers.authorization ?? '');
  if (key === undefined) return new RequestError(401, "expected an operator's key, in Authorization: Bearer");
  const role = keys.roleOf(key);
  if (role === undefined) return new RequestError(401, 'the key is not known here');
  return role === 'operator' ? undefined : new RequestError(403, 'this needs the key of an operator');
}

/** Pages of others can not send this type without asking first, and are not allowed to. */
function typeFault({ method, headers }: PageRequest): RequestError | undefined {
  if (method !== 'POST' || JSON_TYPE.test(headers['content-type'] ?? '')) return undefined;
  return new RequestError(415, 'expected a body of application/json');
}
