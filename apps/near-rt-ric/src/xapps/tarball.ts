import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { XAppError } from './xapp.error.js';

const BLOCK = 512;
/** Of one header's contents: a long name, or attributes. */
const MAX_ATTRIBUTE_BYTES = 65_536;

export interface TarballLimits {
  readonly maxBytes: number;
  readonly maxFiles: number;
}

interface Header {
  readonly path: string;
  readonly sizeBytes: number;
  readonly isExecutable: boolean;
  readonly type: string;
}

/**
 * Unpacks a gzipped tar file (POSIX.1-2001 ustar with pax headers, GNU long names) into a folder that is there. Files
 * and folders are all that a package may hold, and all of them stay inside.
 * @throws XAppError `XAPP_PACKAGE_INVALID`; Error of the file system
 */
export async function unpackTarball(file: string, folder: string, limits: TarballLimits): Promise<void> {
  const source = createReadStream(file);
  const unzipped = createGunzip();
  source.on('error', (error) => unzipped.destroy(error));
  source.pipe(unzipped);
  const reader = new TarReader(unzipped, file, limits);
  try {
    for (let header = await reader.next(); header !== undefined; header = await reader.next()) {
      await unpackOne(reader, header, folder);
    }
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

async function unpackOne(reader: TarReader, header: Header, folder: string): Promise<void> {
  const { path, type, sizeBytes, isExecutable } = header;
  const target = join(folder, ...reader.partsOf(path));
  if (type === '5') {
    await mkdir(target, { recursive: true });
    return;
  }
  if (type !== '0') reader.refuse(`${path} is neither a file nor a folder`);
  await mkdir(dirname(target), { recursive: true });
  const output = await open(target, 'wx', isExecutable ? 0o755 : 0o644).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') reader.refuse(`${path} is there twice`);
    throw error;
  });
  try {
    for await (const chunk of reader.contents(sizeBytes)) await output.writeFile(chunk);
  } finally {
    await output.close();
  }
}

/** Entries of a tar stream, one after the other. */
class TarReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  private totalBytes = 0;
  private files = 0;

  constructor(
    stream: AsyncIterable<Buffer>,
    private readonly name: string,
    private readonly limits: TarballLimits,
  ) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  refuse(what: string, cause?: unknown): never {
    throw new XAppError('XAPP_PACKAGE_INVALID', `package ${this.name}: ${what}`, { cause });
  }

  /** Path inside the package. */
  partsOf(path: string): string[] {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    if (path.startsWith('/') || parts.includes('..') || /[\\\0]/.test(path)) {
      this.refuse(`${JSON.stringify(path)} leads out of it`);
    }
    return parts;
  }

  /** The next entry; its contents have to be read before the one after it. */
  async next(): Promise<Header | undefined> {
    let path: string | undefined;
    for (;;) {
      const block = await this.take(BLOCK);
      if (block === undefined || block.every((octet) => octet === 0)) return undefined;
      const header = this.read(block);
      if (header.type === 'x') {
        path = paxPath(await this.text(header.sizeBytes)) ?? path;
      } else if (header.type === 'L') {
        path = (await this.text(header.sizeBytes)).replace(/\0.*$/s, '');
      } else if (header.type === 'g') {
        await this.text(header.sizeBytes);
      } else {
        this.files += 1;
        if (this.files > this.limits.maxFiles) this.refuse(`it has more than ${this.limits.maxFiles} files`);
        return { ...header, path: path ?? header.path };
      }
    }
  }

  async *contents(sizeBytes: number): AsyncGenerator<Buffer> {
    for (let left = sizeBytes; left > 0;) {
      const chunk = await this.some(left);
      left -= chunk.length;
      yield chunk;
    }
    await this.skipPadding(sizeBytes);
  }

  private read(block: Buffer): Header {
    const sum = block.reduce((total, octet, i) => total + (i >= 148 && i < 156 ? 0x20 : octet), 0);
    if (sum !== octal(block, 148, 8)) this.refuse('it is no tar file, or a damaged one');
    const sizeBytes = octal(block, 124, 12);
    if (!Number.isSafeInteger(sizeBytes)) this.refuse('a file in it has no size');
    const isUstar = string(block, 257, 5) === 'ustar';
    const prefix = isUstar ? string(block, 345, 155) : '';
    const type = String.fromCharCode(block[156] ?? 0);
    return {
      path: prefix === '' ? string(block, 0, 100) : `${prefix}/${string(block, 0, 100)}`,
      sizeBytes,
      isExecutable: (octal(block, 100, 8) & 0o111) !== 0,
      type: type === '\0' || type === '7' ? '0' : type,
    };
  }

  private async text(sizeBytes: number): Promise<string> {
    if (sizeBytes > MAX_ATTRIBUTE_BYTES) this.refuse('it has a header that is too long');
    const text = (await this.take(sizeBytes)) ?? this.refuse('it ends too early');
    await this.skipPadding(sizeBytes);
    return text.toString('utf8');
  }

  private async skipPadding(sizeBytes: number): Promise<void> {
    await this.take((BLOCK - (sizeBytes % BLOCK)) % BLOCK);
  }

  /** Exactly so many octets; `undefined` when there are none any more. */
  private async take(count: number): Promise<Buffer | undefined> {
    while (this.rest.length < count) {
      const more = await this.pull();
      if (more === undefined) {
        if (this.rest.length === 0) return undefined;
        this.refuse('it ends too early');
      }
      this.rest = Buffer.concat([this.rest, more]);
    }
    const taken = this.rest.subarray(0, count);
    this.rest = this.rest.subarray(count);
    return taken;
  }

  /** At least one octet, at most so many. */
  private async some(atMost: number): Promise<Buffer> {
    if (this.rest.length === 0) this.rest = (await this.pull()) ?? this.refuse('it ends too early');
    const taken = this.rest.subarray(0, atMost);
    this.rest = this.rest.subarray(taken.length);
    return taken;
  }

  private async pull(): Promise<Buffer | undefined> {
    let next: IteratorResult<Buffer, unknown>;
    try {
      next = await this.chunks.next();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code?.startsWith('Z_') === true) this.refuse(`it can not be unzipped: ${message}`, error);
      throw error;
    }
    if (next.done === true) return undefined;
    const { value } = next;
    this.totalBytes += value.length;
    if (this.totalBytes > this.limits.maxBytes) {
      this.refuse(`it holds more than ${Math.round(this.limits.maxBytes / 1_048_576)} MiB`);
    }
    return value;
  }
}

function string(block: Buffer, start: number, length: number): string {
  return block.toString('utf8', start, start + length).replace(/\0.*$/s, '');
}

function octal(block: Buffer, start: number, length: number): number {
  return parseInt(string(block, start, length).trim() || '0', 8);
}

/** Of records `<length> <key>=<value>\n`, the path. */
function paxPath(text: string): string | undefined {
  let rest = Buffer.from(text);
  let path: string | undefined;
  while (rest.length > 0) {
    const length = parseInt(rest.toString('latin1', 0, 12), 10);
    if (!(length > 0)) return path;
    const [, key, value] = /^\d+ ([^=]*)=(.*)\n$/s.exec(rest.toString('utf8', 0, length)) ?? [];
    if (key === 'path') path = value;
    rest = rest.subarray(length);
  }
  return path;
}
