import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { Bus, BusError } from '@ricochet/bus';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { dashboardConfigSchema } from '../dashboard.config.js';
import { FeedService } from '../feed.service.js';
import { ApiController } from './api.controller.js';
import { serveDashboard } from './serve.js';

/** A simulator that plays what it is given, or has something against it. */
const bus = {
  asked: [] as unknown[],
  published: [] as string[],
  fault: undefined as BusError | undefined,
  subscribe: () => () => undefined,
  publish: ({ subject }: { subject: string }) => void bus.published.push(subject),
  request: (_: unknown, { event }: { event: unknown }) => {
    bus.asked.push(event);
    return bus.fault === undefined
      ? Promise.resolve({ text: 'done', timeMs: 70 })
      : Promise.reject(bus.fault);
  },
};

@Module({ controllers: [ApiController], providers: [FeedService, { provide: Bus, useValue: bus }] })
class TestModule {}

const keyNamed = (name: string, role: string) => ({
  name,
  role,
  sha256: createHash('sha256').update(name).digest('hex'),
});

const EVENT = { kind: 'cell-off', cells: [1] };

describe('the gateway over HTTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-page-'));
  let app: NestExpressApplication;
  let port = 0;

  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, 'assets', 'a.js'), 'let a');
    writeFileSync(join(folder, 'secret.txt'), 'no');
    app = await NestFactory.create<NestExpressApplication>(TestModule, {
      logger: false,
      bodyParser: false,
      forceCloseConnections: true,
    });
    const config = dashboardConfigSchema.parse({
      RICOCHET_NATS_URL: 'nats://127.0.0.1:1',
      RICOCHET_DASHBOARD: '127.0.0.1:0',
      RICOCHET_DASHBOARD_HOSTS: 'Ric.Example, other',
      RICOCHET_DASHBOARD_KEYS: JSON.stringify([keyNamed('chief', 'operator'), keyNamed('watcher', 'viewer')]),
    });
    ({ port } = await serveDashboard(app, config, { log: { warn: () => undefined }, pageFolder: folder }));
  });
  beforeEach(() => {
    bus.asked = [];
    bus.fault = undefined;
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Reply {
    readonly status: number;
    readonly headers: Record<string, unknown>;
    readonly text: string;
    readonly detail: string | undefined;
  }

  /** Not by `fetch`, which chooses the host's name itself. */
  function ask(
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<Reply> {
    const { method = 'GET', headers = {}, body } = options;
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isProblem = response.headers['content-type'] === 'application/problem+json';
          const detail = isProblem ? (JSON.parse(text) as { detail: string }).detail : undefined;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, detail });
        });
      });
      asked.on('error', reject).end(body);
    });
  }

  const inject = (body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
    ask('/api/inject', {
      method: 'POST',
      headers: { Authorization: 'Bearer chief', 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('serves the page and nothing else of the disk, under a policy that lets in nothing from elsewhere', async () => {
    const page = await ask('/');
    expect(page).toMatchObject({ status: 200, text: '<!doctype html>' });
    const policy = page.headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect((await ask('/assets/a.js')).headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const again = await ask('/', { headers: { 'If-None-Match': String(page.headers['etag']) } });
    expect(again.status).toBe(304);
    for (const path of [
      '/secret.txt',
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/b.js',
      '/api/x',
    ]) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
  });

  it('answers by its own names and by addresses alone', async () => {
    const status = async (host: string): Promise<number> =>
      (await ask('/api/history', { headers: { Host: host } })).status;
    for (const host of [
      'localhost:8080',
      '127.0.0.1',
      '[::1]:8080',
      '192.168.1.7:80',
      'ric.example',
      'OTHER:1',
    ]) {
      expect([host, await status(host)]).toEqual([host, 200]);
    }
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example:8080',
      'a b',
      '@',
    ]) {
      expect([host, await status(host)]).toEqual([host, 421]);
    }
  });

  it('lets everybody look', async () => {
    expect(JSON.parse((await ask('/api/history')).text)).toMatchObject({ run: null, frames: [] });
    expect(JSON.parse((await ask('/api/at?time=100')).text)).toMatchObject({ positions: null });
    expect((await ask('/api/at?time=soon')).detail).toBe('time: expected simulation time in ms');
    expect((await ask('/api/at')).status).toBe(400);
  });

  it('has an operator steer', async () => {
    expect(await inject(EVENT)).toMatchObject({ status: 200, text: '{"text":"done","timeMs":70}' });
    expect(bus.asked).toEqual([EVENT]);
    expect((await ask('/api/access', { headers: { Authorization: 'Bearer chief' } })).status).toBe(200);
  });

  it('has nobody else steer, nor a page of somebody else', async () => {
    const refused = async (headers: Record<string, string>): Promise<number> =>
      (await inject(EVENT, headers)).status;
    expect(await refused({ Authorization: '' })).toBe(401);
    expect(await refused({ Authorization: 'Bearer nobody' })).toBe(401);
    expect(await refused({ Authorization: 'Basic chief' })).toBe(401);
    expect(await refused({ Authorization: 'Bearer watcher' })).toBe(403);
    expect(await refused({ 'Content-Type': 'text/plain' })).toBe(415);
    expect(await refused({ 'Content-Type': 'application/x-www-form-urlencoded' })).toBe(415);
    expect(await refused({ Host: 'evil.example' })).toBe(421);
    expect((await ask('/api/inject', { headers: { Authorization: 'Bearer chief' } })).status).toBe(404);
    expect((await ask('/api/access')).status).toBe(401);
    expect(bus.asked).toEqual([]);
  });

  it('says why an event is not played', async () => {
    expect(await inject('[]')).toMatchObject({ status: 400, detail: expect.stringContaining('event') });
    expect((await inject('{')).status).toBe(400);
    expect((await inject(`{"kind":"${'x'.repeat(20_000)}"}`)).status).toBe(413);
    expect(bus.asked).toEqual([]);
    const faults = [
      ['BUS_REFUSED', 422, 'cells: expected a DU from 1 to 7, got 8'],
      ['BUS_NO_RESPONDER', 503, 'no simulator runs that could play it'],
      ['BUS_TIMEOUT', 504, 'the simulator does not answer'],
    ] as const;
    for (const [code, status, detail] of faults) {
      bus.fault = new BusError(code, detail);
      expect(await inject(EVENT)).toMatchObject({ status, detail });
    }
  });

  it('streams, and asks for positions while somebody looks', async () => {
    const { hub } = app.get(FeedService);
    expect(bus.published).toEqual([]);
    await new Promise<void>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path: '/api/events' }, (response) => {
        expect(response.headers['content-type']).toBe('text/event-stream');
        hub.tell('frame', '{"index":1}');
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          if (text.includes('event: frame\ndata: {"index":1}\n\n')) resolve();
        });
        response.on('close', () => reject(new Error(text)));
      });
      asked.on('error', reject).end();
    });
    expect(bus.published).toContain('sim.positions.wanted');
  });
});
