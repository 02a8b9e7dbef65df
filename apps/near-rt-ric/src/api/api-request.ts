import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type ApiRole } from '@ricochet/platform';

/** What of Express' request is used. */
export interface ApiRequest extends IncomingMessage {
  readonly originalUrl: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Parsed JSON. */
  readonly body?: unknown;
  /** Its bearer's, once it has been let in. */
  role?: ApiRole;
}

export type ApiResponse = ServerResponse;

export type Middleware = (request: ApiRequest, response: ApiResponse, next: () => void) => void;
