import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { postJson, shownTarget, targetFaultOf } from './event-target.js';

describe('where events are posted', () => {
  it.each([
    ['http://127.0.0.1:8080/events', undefined],
    ['https://receiver.example/events?token=x', undefined],
    ['http://[::1]:8080/', undefined],
    ['receiver.example/events', 'expected a URL'],
    ['ftp://receiver.example/', 'expected a URL of http or https'],
    ['javascript:alert(1)', 'expected a URL of http or https'],
    ['http://user:password@receiver.example/', 'expected a URL without user or password'],
    ['http://169.254.169.254/latest', 'expected no link-local address'],
    ['http://0xa9fea9fe/latest', 'expected no link-local address'],
    ['http://[fe80::1]/', 'expected no link-local address'],
    ['http://[::ffff:169.254.169.254]/', 'expected no link-local address'],
  ])('is %s: %s', (text, fault) => {
    expect(targetFaultOf(text)).toBe(fault);
  });

  it('is shown without what may be a secret', () => {
    expect(shownTarget('http://a:1/b?token=x#y')).toBe('http://a:1/b');
  });
});

describe('posting an event', () => {
  let server: Server;
  const asked: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        asked.push(`${request.method} ${request.url} ${request.headers['content-type']} ${body}`);
        const status = Number(request.url?.slice(1, 4));
        response.writeHead(status, { Location: '/200' });
        // No end of it: nobody is to wait for that.
        response.write('x');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const post = (path: string, host = '127.0.0.1'): Promise<void> =>
    postJson(`http://${host}:${(server.address() as AddressInfo).port}${path}`, '{"a":"é"}');

  it('sends JSON, and does not wait for the rest of the answer', async () => {
    await post('/201', 'localhost');
    await post('/200');
    expect(asked.splice(0)).toEqual([
      'POST /201 application/json {"a":"é"}',
      'POST /200 application/json {"a":"é"}',
    ]);
  });

  it('follows no redirects, and says what was answered', async () => {
    await expect(post('/302')).rejects.toThrow('it answered with status 302');
    await expect(post('/500')).rejects.toThrow('it answered with status 500');
    expect(asked.splice(0)).toHaveLength(2);
  });

  it('says when there is nobody', async () => {
    await expect(postJson('http://127.0.0.1:9/', '{}')).rejects.toThrow(/ECONNREFUSED/);
  });
});
