import { checkModel, type ModelInForce, type OfferedModel } from './model-check.js';

const IN_FORCE: ModelInForce = { version: 7, architecture: 'nets', parameters: 2 };
const offered = (changes: Partial<OfferedModel> = {}): OfferedModel => ({
  architecture: 'nets',
  parent: 7,
  origin: { kind: 'meta-update', contributions: [] },
  parameters: Float32Array.of(1, 2),
  ...changes,
});
const initial = (changes: Partial<OfferedModel> = {}): OfferedModel =>
  offered({ parent: null, origin: { kind: 'initial', contributions: [] }, ...changes });
const imported = (changes: Partial<OfferedModel> = {}): OfferedModel =>
  offered({ parent: null, origin: { kind: 'import', contributions: [] }, ...changes });

describe('checkModel', () => {
  it.each([
    ['an update of the model in force', offered(), IN_FORCE],
    ['the first model', initial(), undefined],
    ['the first model of other networks', initial({ architecture: 'others' }), IN_FORCE],
    ['an import in the place of another', imported(), IN_FORCE],
    [
      'an import of other networks',
      imported({ architecture: 'others', parameters: new Float32Array(9) }),
      IN_FORCE,
    ],
  ])('accepts %s', (_, model, inForce) => {
    expect(() => checkModel(model, inForce)).not.toThrow();
  });

  it.each<[string, string, OfferedModel, ModelInForce | undefined]>([
    ['MODEL_INVALID', 'it has no parameters', initial({ parameters: new Float32Array(0) }), undefined],
    ['MODEL_INVALID', 'parameter 1 is NaN', initial({ parameters: Float32Array.of(1, NaN) }), undefined],
    [
      'MODEL_INVALID',
      'parameter 0 is -Infinity',
      offered({ parameters: Float32Array.of(-Infinity, 1) }),
      IN_FORCE,
    ],
    [
      'MODEL_INVALID',
      '3 parameters for "nets", v7 has 2',
      offered({ parameters: new Float32Array(3) }),
      IN_FORCE,
    ],
    [
      'MODEL_INVALID',
      '3 parameters for "nets", v7 has 2',
      imported({ parameters: new Float32Array(3) }),
      IN_FORCE,
    ],
    [
      'MODEL_INVALID',
      'it is of "others", its parent v7 of "nets"',
      offered({ architecture: 'others' }),
      IN_FORCE,
    ],
    ['MODEL_STALE', 'its parent is v6, v7 is in force', offered({ parent: 6 }), IN_FORCE],
    ['MODEL_STALE', 'its parent is none, v7 is in force', offered({ parent: null }), IN_FORCE],
    ['MODEL_STALE', 'its parent is v7, no version is in force', offered(), undefined],
    ['MODEL_STALE', 'v7 of "nets" is in force already', initial(), IN_FORCE],
  ])('refuses, %s: %s', (code, message, model, inForce) => {
    const refusal: unknown = expect.objectContaining({ code, message });
    expect(() => checkModel(model, inForce)).toThrow(refusal as Error);
  });
});
