import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import type { PostgresLocation } from './store-location.js';

const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** For throw-away data: nothing waits for a disk, nobody comes from outside. */
const SETTINGS = [
  'listen_addresses=',
  'fsync=off',
  'full_page_writes=off',
  'shared_buffers=16MB',
  'max_connections=20',
];

/** Ends the server when its input ends, which it also does when the process that started it is killed. */
const GUARD = '"$@" & read -r _; kill -INT $!; wait $!';

/** Folder of the newest PostgreSQL's programs; `undefined` where there is none. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(DEBIAN_FOLDER, version, 'bin')),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
}

/** A PostgreSQL server for one spec file: started before its first spec, gone with its data after the last. */
export class PostgresServer {
  private folder = '';
  private owner: { uid: number; gid: number } | undefined;
  private process: ChildProcess | undefined;
  private schemas = 0;

  constructor(private readonly programs: string) {
    beforeAll(() => this.create(), 60_000);
    afterAll(async () => {
      await this.stop();
      rmSync(this.folder, { recursive: true, force: true });
    }, 60_000);
  }

  /** Where its socket is. */
  get socket(): string {
    return join(this.folder, '.s.PGSQL.5432');
  }

  get url(): string {
    return `postgres://postgres@${encodeURIComponent(this.folder)}/postgres`;
  }

  /** A schema that nobody has used. */
  freshLocation(): PostgresLocation {
    this.schemas += 1;
    return { url: this.url, schema: `spec_${this.schemas}` };
  }

  async start(): Promise<void> {
    const log = join(this.folder, 'log');
    const settings = [...SETTINGS, `unix_socket_directories=${this.folder}`].flatMap((one) => ['-c', one]);
    const server = spawn(
      '/bin/sh',
      ['-c', GUARD, 'sh', join(this.programs, 'postgres'), '-D', this.data, ...settings],
      { ...this.owner, cwd: this.folder, stdio: ['pipe', 'ignore', openSync(log, 'a')] },
    );
    this.process = server;
    while (!(await this.answers())) {
      if (server.exitCode !== null) throw new Error(`postgres did not start: ${readFileSync(log, 'utf8')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Cuts all connections and takes no more. */
  async stop(): Promise<void> {
    if (this.process?.exitCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.stdin?.end();
    await exited;
  }

  /** Runs one statement on a connection of its own. */
  async query<R extends pg.QueryResultRow>(sql: string): Promise<R[]> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    try {
      return (await client.query<R>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private async create(): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), 'ricochet-postgres-'));
    this.owner = unprivilegedOwner();
    if (this.owner !== undefined) chownSync(this.folder, this.owner.uid, this.owner.gid);
    execFileSync(
      join(this.programs, 'initdb'),
      ['-D', this.data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { ...this.owner, cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await this.start();
  }

  private async answers(): Promise<boolean> {
    return this.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }
}

/** PostgreSQL refuses to run as root. */
function unprivilegedOwner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [, , uid, gid] =
    users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}
