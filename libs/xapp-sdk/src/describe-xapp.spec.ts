import { DescriptorError, readControls } from '@ricochet/contracts';
import { z } from 'zod';
import { defineXApp, type XAppDefinition } from './define-xapp.js';
import { describeXApp } from './describe-xapp.js';

const base = {
  name: 'keeper',
  version: '1.2.3',
  subscriptions: () => [],
  create: () => ({ onReport: () => undefined }),
};

describe('describeXApp', () => {
  it('makes the descriptor and the schema of the controls', () => {
    const { descriptor, controlsSchema } = describeXApp(
      defineXApp({
        ...base,
        description: 'Keeps',
        permissions: ['learning', 'sdl:friend'],
        priority: 60,
        influences: { 'slice-quota': ['RCT.QosDl'] },
        config: z.strictObject({
          limit: z.number().min(0).default(5),
          mode: z.enum(['a', 'b']).default('a'),
        }),
      }),
    );
    expect(descriptor).toMatchObject({
      ...{ xapp_name: 'keeper', version: '1.2.3', description: 'Keeps', controls: { limit: 5, mode: 'a' } },
      containers: [{ name: 'keeper', image: { registry: 'local', name: 'keeper', tag: '1.2.3' } }],
      ricochet: {
        permissions: ['learning', 'sdl:friend'],
        priority: 60,
        influences: { 'slice-quota': ['RCT.QosDl'] },
      },
    });
    expect(readControls({ mode: 'b' }, controlsSchema)).toEqual({ limit: 5, mode: 'b' });
    expect(() => readControls({ limit: -1 }, controlsSchema)).toThrow(/limit: /);
    expect(() => readControls({ other: 1 }, controlsSchema)).toThrow(/other/);
  });

  it('gives no controls where a configuration has to be given', () => {
    const { descriptor, controlsSchema } = describeXApp({
      ...base,
      config: z.strictObject({ limit: z.number() }),
    });
    expect(descriptor.controls).toEqual({});
    expect(controlsSchema).toMatchObject({ required: ['limit'] });
  });

  it('refuses a name and a version that can not be', () => {
    const bad: XAppDefinition<z.ZodType> = {
      ...base,
      name: 'My xApp',
      version: '1',
      config: z.strictObject({}),
    };
    expect(() => describeXApp(bad)).toThrow(DescriptorError);
    expect(() => describeXApp(bad)).toThrow(
      /xapp_name: expected lower-case.*version: expected a semantic version/,
    );
  });
});
