import { type ServerResponse } from 'node:http';

/**
 * Begins an answer by server-sent events.
 * @returns whether events are to follow: to HEAD the answer ends here
 */
export function beginEventStream(method: string | undefined, response: ServerResponse): boolean {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    // A proxy that keeps answers back until they are whole would keep these for ever.
    'X-Accel-Buffering': 'no',
  });
  if (method !== 'HEAD') return true;
  response.end();
  return false;
}
