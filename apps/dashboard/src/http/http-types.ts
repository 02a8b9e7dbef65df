import { type IncomingMessage, type ServerResponse } from 'node:http';

/** What of Express' request is used. */
export interface PageRequest extends IncomingMessage {
  readonly path: string;
  readonly originalUrl: string;
  /** Parsed JSON. */
  readonly body?: unknown;
}

export type Middleware = (request: PageRequest, response: ServerResponse, next: () => void) => void;
