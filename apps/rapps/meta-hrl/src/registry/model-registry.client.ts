import { setTimeout as sleep } from 'node:timers/promises';
import {
  modelActivate,
  modelGet,
  modelSave,
  roundNumber,
  type LearningLevel,
  type ModelOrigin,
} from '@ricochet/contracts';
import { BusError, getVector, putVector, type Bus } from '@ricochet/xapp-sdk';

const REQUEST_TIMEOUT_MS = 2_000;
const RETRY_MS = 200;
/** No further attempt to save a model after so long: whoever opens the next round waits for it. */
const SAVE_PATIENCE_MS = 2_000;

/** A model version with its parameters. */
export interface Model {
  readonly version: number;
  readonly architecture: string;
  readonly parameters: Float32Array;
}

export interface NewModel {
  /** Saying the same again gives the same version. */
  readonly key: string;
  readonly architecture: string;
  readonly parent: number | null;
  readonly origin: ModelOrigin;
  readonly parameters: Float32Array;
}

/** The Non-RT RIC's model registry, as far as one level goes. */
export class ModelRegistryClient {
  constructor(
    private readonly bus: Bus,
    private readonly level: LearningLevel,
  ) {}

  /** The model in force, if there is one. @throws BusError */
  async current(): Promise<Model | undefined> {
    const { level, bus } = this;
    const { model } = await bus.request(modelGet, { level }, REQUEST_TIMEOUT_MS);
    if (model === null) return undefined;
    const { version, architecture } = model;
    return { version, architecture, parameters: await getVector(bus, model.parameters) };
  }

  /** A number for the next round. @throws BusError */
  async nextRound(): Promise<number> {
    return (await this.bus.request(roundNumber, { level: this.level }, REQUEST_TIMEOUT_MS)).round;
  }

  /** Stores a model, puts it in force and gives its version. Asks again while nobody answers. @throws BusError */
  async save({ parameters, ...model }: NewModel): Promise<number> {
    const { level, bus } = this;
    const giveUpAtMs = performance.now() + SAVE_PATIENCE_MS;
    for (;;) {
      try {
        // Anew every time, as an object of the store is gone once it was fetched.
        const vector = await putVector(bus, parameters);
        const request = { ...model, level, parameters: vector };
        return (await bus.request(modelSave, request, REQUEST_TIMEOUT_MS)).version;
      } catch (error) {
        if (!isUnanswered(error) || performance.now() > giveUpAtMs) throw error;
        await sleep(RETRY_MS);
      }
    }
  }

  /** Puts a stored version in force. @throws BusError */
  async activate(version: number, reason: string): Promise<void> {
    await this.bus.request(modelActivate, { level: this.level, version, reason }, REQUEST_TIMEOUT_MS);
  }
}

function isUnanswered(error: unknown): boolean {
  return error instanceof BusError && ['BUS_NO_RESPONDER', 'BUS_TIMEOUT', 'BUS_CLOSED'].includes(error.code);
}
