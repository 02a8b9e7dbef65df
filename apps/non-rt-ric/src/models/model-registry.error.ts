import { RicochetError } from '@ricochet/platform';

/** Why a model was not stored, not found or not put in force. */
export class ModelRegistryError extends RicochetError {}
