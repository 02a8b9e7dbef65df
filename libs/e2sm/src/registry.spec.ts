import { SERVICE_MODELS, serviceModelOf } from './registry.js';

describe('registry of service models', () => {
  it.each(SERVICE_MODELS)('finds $shortName by its OID', (model) => {
    expect(serviceModelOf(model.oid)).toBe(model);
    expect(model.oid).toMatch(/^\d+(\.\d+)+$/);
  });

  it('gives each its own OID, RAN function id and short name', () => {
    for (const key of ['oid', 'ranFunctionId', 'shortName'] as const) {
      expect(new Set(SERVICE_MODELS.map((model) => model[key])).size).toBe(SERVICE_MODELS.length);
    }
  });

  it('knows no other OID', () => {
    expect(serviceModelOf('1.3.6.1.4.1.53148.1.1.2.99')).toBeUndefined();
    expect(serviceModelOf('')).toBeUndefined();
  });
});
