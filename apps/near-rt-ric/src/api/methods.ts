import { RequestError, sendProblem } from '@ricochet/platform';
import { type Middleware } from './api-request.js';
import { type PlacedDoor } from './door.js';

/** Answers OPTIONS, and methods that a path does not have (405, RFC 9110 clause 15.5.6), before anything is read. */
export function knownMethods(doors: readonly PlacedDoor[]): Middleware {
  const places = new Map<string, string[]>();
  for (const { path, door } of doors) {
    const methods = door.method === 'GET' ? ['GET', 'HEAD'] : [door.method];
    places.set(path, [...(places.get(path) ?? ['OPTIONS']), ...methods]);
  }
  const known = [...places].map(([path, methods]) => ({
    isAt: matcherOf(path),
    methods: methods.toSorted(),
  }));
  return (request, response, next) => {
    const here = known.filter(({ isAt }) => isAt(request.path)).flatMap(({ methods }) => methods);
    const { method = '' } = request;
    if (here.length === 0 || (method !== 'OPTIONS' && here.includes(method))) return next();
    const allowed = [...new Set(here)].join(', ');
    response.setHeader('Allow', allowed);
    if (method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const detail = `${method} is not possible here, but ${allowed}`;
    sendProblem(request, response, new RequestError(405, detail));
  };
}

/** As Express has it: any case, and a slash at the end or not. */
function matcherOf(path: string): (asked: string) => boolean {
  const parts = path.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '\\.')));
  const pattern = new RegExp(`^${parts.join('/')}/?$`, 'i');
  return (asked) => pattern.test(asked);
}
