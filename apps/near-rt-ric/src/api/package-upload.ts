import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { RequestError } from '@ricochet/platform';
import { XAppError } from '../xapps/xapp.error.js';
import { type ApiRequest } from './api-request.js';

export const MAX_UPLOAD_BYTES = 67_108_864;
const TARBALL_TYPE = /^application\/(?:gzip|x-gzip|x-tgz|octet-stream)\s*(?:;|$)/i;

/** Keeps a request's body in a file as long as it is used. @throws RequestError 413, 415; what `use` throws, without the path */
export async function withUpload<T>(request: ApiRequest, use: (path: string) => Promise<T>): Promise<T> {
  const { 'content-type': type = '', 'content-length': length = '0' } = request.headers;
  if (!TARBALL_TYPE.test(type)) {
    throw new RequestError(415, 'expected a body of application/gzip, or application/json with a path');
  }
  if (Number(length) > MAX_UPLOAD_BYTES) throw tooLarge();
  const folder = await mkdtemp(join(tmpdir(), 'ricochet-upload-'));
  const path = join(folder, 'upload.tgz');
  try {
    // Who sends too much is answered before he is cut off.
    const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    await pipeline(atMost(body, MAX_UPLOAD_BYTES), createWriteStream(path, { mode: 0o600 }));
    return await use(path);
  } catch (error) {
    if (!(error instanceof XAppError)) throw error;
    throw new XAppError(error.code, error.message.replaceAll(path, 'upload.tgz'), { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* atMost(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge();
    yield chunk;
  }
}

function tooLarge(): RequestError {
  return new RequestError(413, `a package has at most ${MAX_UPLOAD_BYTES / 1_048_576} MiB`);
}
