import { openAsBlob } from 'node:fs';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { apiOfRunning, type ApiAccess } from '../stack/data-folder.js';

const ANSWER_TIMEOUT_MS = 30_000;
const ROOT = '/ric/v1';
/** What the user gave is wrong. */
const INPUT_STATUS: readonly number[] = [400, 413, 415];

/** How the RIC is found: its API, or the folder of the `ricochet up` that runs it; without both, the one that runs. */
export interface ApiOptions {
  readonly api?: string;
  readonly key?: string;
  readonly data?: string;
}

/** A client of a RIC's API. All throw `CliError` with what the RIC says is wrong. */
export class RicApi {
  private constructor(
    private readonly access: ApiAccess,
    /** Paths mean the same to the RIC as to us. */
    readonly isOnThisMachine: boolean,
  ) {}

  static of({ api, key, data }: ApiOptions): RicApi {
    if (api === undefined) {
      const access = apiOfRunning(data);
      return new RicApi({ ...access, key: key ?? access.key }, true);
    }
    const given = key ?? process.env['RICOCHET_API_KEY'];
    if (given === undefined) throw new CliError('--api needs a key: --key, or RICOCHET_API_KEY');
    return new RicApi({ url: api.replace(/\/+$/, ''), key: given }, false);
  }

  get<T>(path: string): Promise<T> {
    return this.ask('GET', path);
  }

  /** Sends JSON, or nothing. */
  send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<T> {
    return this.ask(method, path, body && { type: 'application/json', body: JSON.stringify(body) });
  }

  async upload<T>(path: string, file: string): Promise<T> {
    const body = await openAsBlob(file).catch((error: unknown) => {
      throw new CliError(pathFault(error, file));
    });
    return this.ask('POST', path, { type: 'application/gzip', body });
  }

  private async ask<T>(
    method: string,
    path: string,
    content?: { readonly type: string; readonly body: string | Blob },
  ): Promise<T> {
    const { url, key } = this.access;
    let response: Response;
    try {
      response = await fetch(`${url}${ROOT}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${key}`,
          ...(content && { 'Content-Type': content.type }),
        },
        ...(content && { body: content.body }),
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      });
    } catch (error) {
      const { message, cause } = error as Error;
      const { code } = (cause ?? {}) as { code?: string };
      const why =
        code === 'ECONNREFUSED' ? 'nobody is there' : cause instanceof Error ? cause.message : message;
      throw new CliError(`API at ${url}: ${why}`, 1);
    }
    const text = await response.text();
    if (!response.ok) throw problemOf(response.status, text, url);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

function problemOf(status: number, text: string, url: string): CliError {
  const exitCode = INPUT_STATUS.includes(status) ? 2 : 1;
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown };
    if (typeof detail === 'string') return new CliError(detail, exitCode);
  } catch {
    // Told below.
  }
  return new CliError(`API at ${url}: it answers ${status}, and not as a RIC does`, 1);
}
