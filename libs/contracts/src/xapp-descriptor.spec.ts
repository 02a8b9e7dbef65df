import { readControls, readXAppDescriptor } from './xapp-descriptor.js';

const descriptor = {
  xapp_name: 'hw-python',
  version: '1.0.4',
  containers: [
    { name: 'hw-python', image: { registry: 'nexus3.o-ran-sc.org:10002', name: 'hw-python', tag: '1.0.4' } },
  ],
  messaging: {
    ports: [
      { name: 'http', container: 'hw-python', port: 8080, description: 'http service' },
      {
        name: 'rmr-data',
        container: 'hw-python',
        port: 4560,
        rxMessages: ['RIC_INDICATION'],
        txMessages: ['RIC_SUB_REQ'],
        policies: [1],
      },
    ],
  },
  rmr: { protPort: 'tcp:4560', maxSize: 2072, numWorkers: 1 },
  controls: { periodMs: 100 },
};

describe('the xApp descriptor', () => {
  it('is taken as the onboarder of the O-RAN Software Community takes it, with what it does not know', () => {
    expect(readXAppDescriptor(descriptor)).toEqual({
      ...descriptor,
      metrics: [],
      ricochet: { permissions: [], priority: 50, influences: {}, limits: {} },
    });
  });

  it.each<[string, object, string]>([
    ['a name that is no token of a subject', { xapp_name: 'Hello.World' }, 'xapp_name: expected lower-case'],
    ["the RIC's own name", { xapp_name: 'ric' }, 'xapp_name: ric is the name of the RIC itself'],
    ['a version that is none', { version: '1.0' }, 'version: expected a semantic version, 1.2.3'],
    ['a version that leaves its folder', { version: '../1.0.0' }, 'version: expected a semantic version'],
    ['no containers', { containers: [] }, 'containers: '],
    [
      'an image without a tag',
      { containers: [{ name: 'hw-python', image: { registry: '', name: 'x' } }] },
      'containers[0].image.tag: ',
    ],
    [
      'a port of no container',
      { messaging: { ports: [{ name: 'http', container: 'other', port: 8080 }] } },
      'messaging.ports[0].container: there is no container other',
    ],
    [
      'two containers of one name',
      { containers: [descriptor.containers[0], descriptor.containers[0]] },
      'containers[1].name: hw-python is there twice',
    ],
    ['a probe of neither kind', { readinessProbe: {} }, 'readinessProbe: expected httpGet or exec'],
    [
      'a permission that is none',
      { ricochet: { permissions: ['learning', 'sdl:*'] } },
      'ricochet.permissions[1]: expected learning or sdl:<name of an xApp>',
    ],
    ['a priority out of range', { ricochet: { priority: 101 } }, 'ricochet.priority: '],
    ['an extension misspelt', { ricochet: { prioritty: 1 } }, 'prioritty'],
    ['a guard without a window', { ricochet: { guard: { kpi: 'A' } } }, 'ricochet.guard.windowMs: '],
  ])('names the path of %s', (_, fault, message) => {
    expect(() => readXAppDescriptor({ ...descriptor, ...fault })).toThrow(message);
  });

  it('names every fault, and the file', () => {
    expect(() => readXAppDescriptor({ containers: descriptor.containers }, 'x/config-file.json')).toThrow(
      /^x\/config-file\.json: xapp_name: .*; version: /,
    );
  });
});

describe('controls', () => {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: false,
    required: ['periodMs'],
    properties: {
      periodMs: { type: 'integer', minimum: 10 },
      slices: {
        type: 'array',
        items: { type: 'object', properties: { sst: { type: 'integer' } }, required: ['sst'] },
      },
      mode: { type: 'string', enum: ['lend', 'exact'], default: 'lend' },
    },
  };

  it('are held against their schema, which fills defaults in', () => {
    expect(readControls({ periodMs: 10 }, schema)).toEqual({ periodMs: 10, mode: 'lend' });
  });

  it.each<[unknown, string]>([
    [{ periodMs: 1 }, 'config-file.json: periodMs: '],
    [{ periodMs: 10, slices: [{ sst: 1 }, {}] }, 'slices[1].sst: '],
    [{ periodMs: 10, mode: 'x' }, 'mode: '],
    [{ periodMs: 10, other: 1 }, 'other'],
    ['text', 'whole: '],
  ])('name the path of what is wrong in %j', (controls, message) => {
    expect(() => readControls(controls, schema)).toThrow(message);
  });

  it('say when the schema is none', () => {
    expect(() => readControls({}, { properties: { a: { type: 'nonsense' } } })).toThrow(/^schema\.json: /);
  });
});
