import { type ModelOrigin } from '@ricochet/contracts';
import { ModelRegistryError } from './model-registry.error.js';

/** The version in force. */
export interface ModelInForce {
  readonly version: number;
  readonly architecture: string;
  /** How many there are. */
  readonly parameters: number;
}

/** A model that is to be stored. */
export interface OfferedModel {
  readonly architecture: string;
  readonly parent: number | null;
  readonly origin: ModelOrigin;
  readonly parameters: Float32Array;
}

/**
 * What can be told of a model before it is stored: it follows from the one in force, unless it is imported or begins
 * another architecture.
 * @throws ModelRegistryError `MODEL_INVALID` or `MODEL_STALE`
 */
export function checkModel(
  { architecture, parent, origin, parameters }: OfferedModel,
  inForce?: ModelInForce,
): void {
  if (parameters.length === 0) throw invalid('it has no parameters');
  const bad = parameters.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw invalid(`parameter ${bad} is ${parameters[bad]}`);
  const same = inForce !== undefined && inForce.architecture === architecture;
  if (same && inForce.parameters !== parameters.length) {
    throw invalid(
      `${parameters.length} parameters for "${architecture}", v${inForce.version} has ${inForce.parameters}`,
    );
  }
  if (origin.kind === 'initial' && same) {
    throw new ModelRegistryError(
      'MODEL_STALE',
      `v${inForce.version} of "${architecture}" is in force already`,
    );
  }
  if (origin.kind !== 'meta-update') return;
  if (parent === null || parent !== inForce?.version) {
    const current = inForce === undefined ? 'no version' : `v${inForce.version}`;
    throw new ModelRegistryError(
      'MODEL_STALE',
      `its parent is ${parent === null ? 'none' : `v${parent}`}, ${current} is in force`,
    );
  }
  if (!same) throw invalid(`it is of "${architecture}", its parent v${parent} of "${inForce.architecture}"`);
}

function invalid(what: string): ModelRegistryError {
  return new ModelRegistryError('MODEL_INVALID', what);
}
