import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { parseScenario } from '@ricochet/scenario';
import { Chart, rendererLacks } from './support/chart.js';
import { faultsOfEnvironment, ROOT_IN_IMAGE, SERVICES } from './support/deployment.js';
import { faultsOf, type Manifest } from './support/kubernetes.js';

const ISSUER = { issuer: `A${'B'.repeat(55)}`, issuerSeed: `SA${'C'.repeat(56)}` };
const PASSWORDS = { nats: { password: '123', ...ISSUER }, postgresql: { password: 'abc-._~' } };
const EXTERNAL = {
  nats: { enabled: false, url: 'nats://u:p@nats.example:4222' },
  postgresql: { enabled: false, url: 'postgres://u:p@db.example/ricochet' },
};
const SCENARIO = 'name: tiny\nduration: 1s\n';

const VARIANTS: Readonly<Record<string, object>> = {
  'passwords alone': PASSWORDS,
  'NATS and PostgreSQL elsewhere': EXTERNAL,
  'a Secret that is there': { existingSecret: 'mine' },
  'a Secret that is there, and all servers elsewhere': {
    existingSecret: 'mine',
    nats: { enabled: false },
    postgresql: { enabled: false },
  },
  'a scenario of its own': { ...PASSWORDS, e2Sim: { scenarioText: SCENARIO, seed: 123_456_789, speed: 0.5 } },
  'nodes over SCTP': {
    ...PASSWORDS,
    nearRtRic: {
      e2: {
        sctp: true,
        allow: ['10.0.0.0/8', 'fd00::/8'],
        serviceType: 'NodePort',
        profiles: { 'gnb-001-01-*': 'srsran' },
      },
    },
  },
  'no simulator': { ...PASSWORDS, e2Sim: { enabled: false } },
  'every option': {
    nats: { ...PASSWORDS.nats, storageClassName: 'fast' },
    postgresql: { ...PASSWORDS.postgresql, storageClassName: 'fast' },
    image: { repository: 'registry.example/ricochet', tag: 'x', pullPolicy: 'Always' },
    imagePullSecrets: [{ name: 'registry' }],
    metrics: { annotations: false, ofNode: true },
    nearRtRic: { logLevel: 'debug', xapps: [] },
  },
};

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
  }[];
  readonly ports: readonly { readonly name: string }[];
  readonly volumeMounts: readonly { readonly name: string }[];
  readonly [probe: `${string}Probe`]: { readonly httpGet?: { readonly path: string; readonly port: string } };
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
}

const named = (manifests: readonly Manifest[], kind: string, name: string): Manifest | undefined =>
  manifests.find((one) => one.kind === kind && one.metadata.name === name);
const workloads = (manifests: readonly Manifest[]): Manifest[] =>
  manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
const containerOf = ({ spec }: Manifest): Container => {
  const { containers } = spec.template.spec as { containers: [Container] };
  expect(containers).toHaveLength(1);
  return containers[0];
};
/** The values of a container's environment that stand in the manifest. */
const environmentOf = ({ env }: Container): Record<string, string> =>
  Object.fromEntries(env.map(({ name, value }) => [name, value ?? '']));

const lacks = rendererLacks();

// Where the renderer can not be built the name of what is skipped says why.
(lacks === undefined ? describe : describe.skip)(`the Helm chart${lacks ? ` (${lacks})` : ''}`, () => {
  let chart: Chart;
  beforeAll(() => {
    chart = new Chart();
  }, 120_000);
  afterAll(() => chart.dispose());

  describe.each(Object.entries(VARIANTS))('with %s', (variant, values) => {
    let manifests: Manifest[];
    beforeAll(() => {
      manifests = chart.render(values);
    });

    it('is what Kubernetes understands', () => {
      expect(manifests.length).toBeGreaterThan(4);
      expect(manifests.flatMap(faultsOf)).toEqual([]);
      const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
      expect(new Set(names).size).toBe(names.length);
    });

    it('refers to what is there', () => {
      for (const workload of workloads(manifests)) {
        const { spec } = workload;
        const labels = spec.template.metadata.labels as object;
        expect(labels).toMatchObject(spec.selector.matchLabels as object);
        const container = containerOf(workload);
        const volumes = [...(spec.template.spec.volumes ?? []), ...(spec.volumeClaimTemplates ?? [])] as {
          name?: string;
          metadata?: { name: string };
          configMap?: { name: string };
        }[];
        for (const { configMap } of volumes) {
          if (configMap !== undefined) expect(named(manifests, 'ConfigMap', configMap.name)).toBeDefined();
        }
        const mountable = volumes.map((volume) => volume.name ?? volume.metadata?.name);
        expect(container.volumeMounts.map(({ name }) => name).sort()).toEqual(mountable.sort());
        for (const { valueFrom } of container.env) {
          if (valueFrom === undefined || 'existingSecret' in values) continue;
          const { name, key } = valueFrom.secretKeyRef;
          expect(named(manifests, 'Secret', name)?.['stringData']).toHaveProperty(key);
        }
        const ports = container.ports.map(({ name }) => name);
        for (const probe of ['livenessProbe', 'readinessProbe'] as const) {
          const { httpGet } = container[probe] ?? {};
          expect(container[probe]).toBeDefined();
          if (httpGet !== undefined) expect(ports).toContain(httpGet.port);
        }
        const services = manifests.filter(
          ({ kind, metadata }) => kind === 'Service' && metadata.name === workload.metadata.name,
        );
        expect(services).toHaveLength(1);
        expect(labels).toMatchObject(services[0]?.['spec'].selector as object);
        for (const { targetPort } of services[0]?.['spec'].ports as { targetPort: string }[]) {
          expect(ports).toContain(targetPort);
        }
      }
    });

    it('opens the port of E2 over SCTP where that is wanted, and only there', () => {
      const isWanted = variant === 'nodes over SCTP';
      const ric = workloads(manifests).find(({ metadata }) => metadata.name.endsWith('near-rt-ric'));
      const { ports, env } = containerOf(ric as Manifest);
      const listen = env.find(({ name }) => name === 'RICOCHET_E2_LISTEN')?.value;
      expect(listen).toBe(isWanted ? 'sctp://0.0.0.0:36421' : 'none');
      expect(ports.filter(({ name }) => name === 'e2')).toEqual(
        isWanted ? [{ name: 'e2', containerPort: 36421, protocol: 'SCTP' }] : [],
      );
      const service = manifests.find(({ metadata }) => metadata.name.endsWith('near-rt-ric-e2'));
      expect(service?.['spec']).toEqual(
        isWanted
          ? expect.objectContaining({
              type: 'NodePort',
              ports: [{ name: 'e2', port: 36421, protocol: 'SCTP', targetPort: 'e2' }],
            })
          : undefined,
      );
    });

    it('gives every container as little as it needs', () => {
      for (const workload of workloads(manifests)) {
        const { spec } = workload.spec.template as { spec: Record<string, unknown> };
        const container = containerOf(workload);
        expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
        expect(spec['securityContext']).toMatchObject({
          runAsNonRoot: true,
          runAsUser: expect.any(Number),
          seccompProfile: { type: 'RuntimeDefault' },
        });
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(Object.keys(container.resources.requests).sort()).toEqual(['cpu', 'memory']);
        expect(Object.keys(container.resources.limits)).toContain('memory');
      }
    });

    it('tells our services what they read', () => {
      const ours = workloads(manifests).filter(({ kind }) => kind === 'Deployment');
      const expected = SERVICES.filter((name) => name !== 'e2-sim' || variant !== 'no simulator');
      expect(ours.map((one) => containerOf(one).name).sort()).toEqual([...expected].sort());
      for (const container of ours.map(containerOf)) {
        expect(container.args).toEqual([container.name]);
        const { RICOCHET_SCENARIO: scenario, ...environment } = environmentOf(container);
        const inImage = scenario?.startsWith(`${ROOT_IN_IMAGE}/`) ? { RICOCHET_SCENARIO: scenario } : {};
        expect(faultsOfEnvironment({ ...environment, ...inImage })).toEqual([]);
        expect(container.livenessProbe?.httpGet?.path).toBe('/health/live');
        expect(container.readinessProbe?.httpGet?.path).toBe('/health/ready');
      }
    });
  });

  it('is of this version, and runs the images of the compose file', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const { services } = parse(readFileSync('deploy/compose.yaml', 'utf8'), { merge: true }) as {
      services: Record<string, { image: string; profiles?: string[] }>;
    };
    expect(parse(readFileSync('helm/ricochet/Chart.yaml', 'utf8'))).toMatchObject({
      version,
      appVersion: version,
    });
    const images = workloads(chart.render(PASSWORDS)).map((one) => containerOf(one).image);
    // What a profile brings is for those who have no such thing in their cluster.
    const always = Object.values(services).filter(({ profiles }) => profiles === undefined);
    expect(new Set(images)).toEqual(new Set(always.map(({ image }) => image)));
  });

  it('makes URLs of its passwords, and takes those that are given', () => {
    const secret = (values: object): unknown =>
      named(chart.render(values), 'Secret', 'demo-ricochet')?.['stringData'] as unknown;
    expect(secret(PASSWORDS)).toEqual({
      'nats-password': '123',
      'nats-issuer': ISSUER.issuer,
      'nats-issuer-seed': ISSUER.issuerSeed,
      'nats-url': 'nats://ricochet:123@demo-ricochet-nats:4222',
      'postgres-password': 'abc-._~',
      'database-url': 'postgres://ricochet:abc-._~@demo-ricochet-postgresql:5432/ricochet',
    });
    expect(secret(EXTERNAL)).toEqual({
      'nats-url': EXTERNAL.nats.url,
      'database-url': EXTERNAL.postgresql.url,
    });
  });

  it.each([
    [{}, 'nats.password: choose a password, or name an existingSecret'],
    [{ nats: PASSWORDS.nats }, 'postgresql.password: choose a password, or name an existingSecret'],
    [
      { ...PASSWORDS, nats: { ...PASSWORDS.nats, password: 'a/b' } },
      'nats.password: expected letters, digits and - . _ ~ alone',
    ],
    [
      { ...PASSWORDS, nats: { password: '123', issuer: ISSUER.issuer } },
      'nats.issuerSeed: make one by node deploy/new-issuer.cjs, or name an existingSecret',
    ],
    [
      { ...PASSWORDS, nats: { password: '123', issuer: ISSUER.issuerSeed } },
      'nats.issuer: expected an nkey of an account, A…',
    ],
    [{ ...PASSWORDS, nats: { enabled: false } }, 'nats.url: where is NATS, if not enabled here?'],
    [
      { ...PASSWORDS, postgresql: { enabled: false } },
      'postgresql.url: where is PostgreSQL, if not enabled here?',
    ],
  ])('says what is wrong with %j', (values, words) => {
    expect(() => chart.render(values)).toThrow(words);
  });

  it('hands a scenario of its own to the simulator, unchanged', () => {
    const manifests = chart.render(VARIANTS['a scenario of its own'] ?? {});
    const map = named(manifests, 'ConfigMap', 'demo-ricochet-scenario');
    expect(parseScenario(map?.['data']['scenario.yaml'] as string, 'scenario.yaml').name).toBe('tiny');
    const simulator = named(manifests, 'Deployment', 'demo-ricochet-e2-sim') as Manifest;
    expect(environmentOf(containerOf(simulator))).toMatchObject({
      RICOCHET_SCENARIO: '/scenario/scenario.yaml',
      RICOCHET_SEED: '123456789',
      RICOCHET_SPEED: '0.5',
    });
  });

  it('promises what its scenario promises', () => {
    const manifests = chart.render(PASSWORDS);
    const environment = (name: string): Record<string, string> =>
      environmentOf(containerOf(named(manifests, 'Deployment', `demo-ricochet-${name}`) as Manifest));
    const path = environment('e2-sim')['RICOCHET_SCENARIO']?.replace(ROOT_IN_IMAGE, '.') ?? '';
    const { sla } = parseScenario(readFileSync(path, 'utf8'), path);
    expect(JSON.parse(environment('non-rt-ric')['RICOCHET_SLA'] ?? '')).toEqual(
      JSON.parse(JSON.stringify(sla)),
    );
  });
});

describe('the check of manifests', () => {
  const service = (spec: object): Manifest => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a', labels: {} },
    spec,
  });

  it.each([
    [service({ ports: [{ port: 80 }] }), []],
    [
      service({ ports: [{ port: '80' }] }),
      [expect.stringMatching(/^Service a: data\/spec\/ports\/0\/port must be/)],
    ],
    [service({ ports: [{}] }), [expect.stringMatching(/^Service a: .*port/)]],
    [service({ ports: [{ port: 80, prot: 'x' }] }), ['Service a: /spec/ports/0/prot is unknown']],
    [{ ...service({}), kind: 'Servce' }, ['Servce a: unknown kind of v1']],
  ])('finds what is wrong with %j', (manifest, faults) => {
    expect(faultsOf(manifest)).toEqual(faults);
  });
});
