import { isIP } from 'node:net';
import { RequestError, sendProblem } from '@ricochet/platform';
import { type Middleware } from './http-types.js';

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    ...['script-src', 'style-src', 'img-src', 'connect-src'].map((kind) => `${kind} 'self'`),
    ...['base-uri', 'form-action', 'frame-ancestors'].map((kind) => `${kind} 'none'`),
  ].join('; '),
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

export const securityHeaders: Middleware = (_, response, next) => {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  next();
};

/**
 * Answers only who asks for us by a name that we have: a page of somebody else's, whose name was made to lead here
 * (DNS rebinding), asks by its own. Addresses can not be made to.
 */
export function requireHost(names: readonly string[]): Middleware {
  const known = new Set(['localhost', ...names.map((name) => name.toLowerCase())]);
  return (request, response, next) => {
    const name = hostName(request.headers.host ?? '');
    if (name !== undefined && (known.has(name) || isIP(name) !== 0)) return next();
    sendProblem(
      request,
      response,
      new RequestError(421, 'this name is not known here: add it to RICOCHET_DASHBOARD_HOSTS'),
    );
  };
}

/** `[::1]:8080` to `::1`. */
function hostName(host: string): string | undefined {
  const [, bracketed, name] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]/@\s]+))(?::\d{1,5})?$/i.exec(host) ?? [];
  return (bracketed ?? name)?.toLowerCase();
}
