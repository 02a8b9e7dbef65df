import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Middleware } from './http-types.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const NOT_BUILT = 'The page has not been built: npm run build\n';

interface PageFile {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
}

/** Serves the built page out of memory: nothing that a request says becomes a path of the disk. */
export function pageFiles(folder: string): Middleware {
  const files = readFiles(folder);
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const file = files.get(request.path === '/' ? '/index.html' : request.path);
    if (file === undefined) {
      if (request.path !== '/') return next();
      response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8' }).end(NOT_BUILT);
      return;
    }
    const { type, body, etag } = file;
    // Names of assets change with what is in them.
    const caching = request.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    response.setHeader('Cache-Control', caching);
    response.setHeader('ETag', etag);
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

function readFiles(folder: string): ReadonlyMap<string, PageFile> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => extname(name) in TYPES);
  return new Map(
    files.map((name) => {
      const body = readFileSync(join(folder, name));
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 24)}"`;
      return [`/${name.replaceAll('\\', '/')}`, { type: TYPES[extname(name)] ?? '', body, etag }];
    }),
  );
}
