import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium';

/** Why there is no browser to test with; `undefined` when there is one. */
export const browserLacks = existsSync(CHROMIUM) ? undefined : `skipped: there is no ${CHROMIUM} here`;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}

/** What a page has said went wrong in it. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', ({ message }) => faults.push(message));
  return faults;
}

// In the page there are names that the tests' types do not know: what runs there is text.

/** Number of colours that each canvas shows. */
export function coloursOfCanvases(page: Page): Promise<number[]> {
  return page.evaluate<number[]>(`[...document.querySelectorAll('canvas')].map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })`);
}

/** By how much a page is wider than its window. */
export function overhangPx(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** A proxy that has the page beneath a prefix, as many have. */
export class PrefixProxy {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param prefix `/some/where/` */
  static async to(port: number, prefix: string): Promise<PrefixProxy> {
    const server = createServer((asked, answer) => {
      const { url = '', method, headers } = asked;
      if (!url.startsWith(prefix)) return void answer.writeHead(404).end();
      const path = `/${url.slice(prefix.length)}`;
      const onward = request({ host: '127.0.0.1', port, path, method, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      answer.on('close', () => onward.destroy());
      asked.pipe(onward);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port: own } = server.address() as AddressInfo;
    return new PrefixProxy(server, `http://localhost:${own}${prefix}`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
