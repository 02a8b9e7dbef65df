import { readXAppDescriptor, type XAppDescriptor } from '@ricochet/contracts';
import { XAppError } from './xapp.error.js';
import { checkCeiling, checkPriorityCeiling, limitsOf, xAppCeilingsSchema } from './xapp-ceilings.js';

const descriptor = (ricochet: object): XAppDescriptor =>
  readXAppDescriptor({
    xapp_name: 'monitor',
    version: '1.0.0',
    containers: [{ name: 'monitor', image: { registry: 'local', name: 'monitor', tag: '1' } }],
    ricochet,
  });
const ceilings = xAppCeilingsSchema.parse({
  memoryMiB: 256,
  cpuCores: 0.5,
  permissions: ['sdl:*'],
  priority: 80,
  xapps: { big: { memoryMiB: 2_048, permissions: ['learning'] }, shy: { permissions: [] } },
});

describe('ceilings of xApps', () => {
  it.each([
    [{ limits: { memoryMiB: 1_024 } }, 'limits.memoryMiB is 1024, at most 256 is allowed'],
    [{ limits: { cpuCores: 2 } }, 'limits.cpuCores is 2, at most 0.5 is allowed'],
    [{ priority: 90 }, 'priority is 90, at most 80 is allowed'],
    [{ permissions: ['learning'] }, 'permissions has learning, allowed are sdl:*'],
    [
      { priority: 81, limits: { memoryMiB: 257 } },
      'limits.memoryMiB is 257, at most 256 is allowed; priority is 81, at most 80 is allowed',
    ],
  ])('refuse %j, with what is asked and what is allowed', (asked, fault) => {
    expect(() => checkCeiling(ceilings, descriptor(asked))).toThrow(
      new XAppError('XAPP_NOT_ALLOWED', `package monitor 1.0.0 asks for too much: ${fault}`),
    );
  });

  it('allow what is up to them, and everything where there are none', () => {
    const most = { limits: { memoryMiB: 256, cpuCores: 0.5 }, priority: 80, permissions: ['sdl:other'] };
    expect(() => checkCeiling(ceilings, descriptor(most))).not.toThrow();
    const much = { limits: { memoryMiB: 9_999 }, priority: 100, permissions: ['learning'] };
    expect(() => checkCeiling(xAppCeilingsSchema.parse({}), descriptor(much))).not.toThrow();
  });

  it('may be others for one xApp, field by field', () => {
    const of = (name: string, ricochet: object) => ({ ...descriptor(ricochet), xapp_name: name });
    const big = of('big', { limits: { memoryMiB: 2_048 }, permissions: ['learning'] });
    expect(() => checkCeiling(ceilings, big)).not.toThrow();
    expect(() => checkCeiling(ceilings, of('big', { priority: 81 }))).toThrow('priority is 81');
    expect(() => checkCeiling(ceilings, of('shy', { permissions: ['sdl:x'] }))).toThrow('allowed are none');
  });

  it("hold for an operator's priority", () => {
    expect(() => checkPriorityCeiling(ceilings, 'monitor', 80)).not.toThrow();
    expect(() => checkPriorityCeiling(ceilings, 'monitor', 81)).toThrow(
      'xApp monitor: priority is 81, at most 80 is allowed',
    );
  });

  it('keep an xApp that says nothing to the lesser of the default and them', () => {
    expect(limitsOf({ descriptor: descriptor({}), builtin: false }, ceilings)).toEqual({
      memoryMiB: 256,
      cpuCores: 0.5,
    });
    const none = xAppCeilingsSchema.parse({});
    const own = descriptor({ limits: { memoryMiB: 64 } });
    expect(limitsOf({ descriptor: own, builtin: false }, none)).toEqual({ memoryMiB: 64, cpuCores: 1 });
    expect(limitsOf({ descriptor: descriptor({}), builtin: true }, ceilings)).toBeUndefined();
  });
});
