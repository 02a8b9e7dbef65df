import { kpm } from './kpm/kpm.js';
import { SERVICE_MODELS, serviceModelOf, serviceModelOfFunction } from './registry.js';

describe('registry of service models', () => {
  it.each(SERVICE_MODELS)('finds $shortName by its OID and by its RAN function id', (model) => {
    expect(serviceModelOf(model.oid)).toBe(model);
    expect(serviceModelOfFunction(model.ranFunctionId)).toBe(model);
    expect(model.oid).toMatch(/^\d+(\.\d+)+$/);
  });

  it('gives each its own OID, RAN function id and short name', () => {
    for (const key of ['oid', 'ranFunctionId', 'shortName'] as const) {
      expect(new Set(SERVICE_MODELS.map((model) => model[key])).size).toBe(SERVICE_MODELS.length);
    }
  });

  it("knows KPM by FlexRIC's OID of version 3 too", () => {
    expect(serviceModelOf('1.3.6.1.4.1.53148.1.2.2.2')).toBe(kpm);
    expect(serviceModelOf('1.3.6.1.4.1.53148.1.3.2.2')).toBe(kpm);
  });

  it('knows no others', () => {
    expect(serviceModelOf('1.3.6.1.4.1.53148.1.1.2.99')).toBeUndefined();
    expect(serviceModelOf('')).toBeUndefined();
    expect(serviceModelOfFunction(142)).toBeUndefined();
  });
});
