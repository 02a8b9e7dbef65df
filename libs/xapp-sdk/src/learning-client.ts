import { getVector, putVector, type Bus, type Unsubscribe } from '@ricochet/bus';
import {
  contribute,
  modelGet,
  roundClosed,
  roundOpen,
  type Contribution,
  type LearningLevel,
  type RequestOf,
  type RoundClosed,
} from '@ricochet/contracts';

/** The aggregator and the registry may wait for a disk; less than the barrier of lockstep waits. */
const REQUEST_TIMEOUT_MS = 4_000;

/** A model version as an xApp adopts it. */
export interface Model {
  readonly level: LearningLevel;
  readonly version: number;
  /** The networks that the parameters fill, as text. */
  readonly architecture: string;
  readonly parameters: Float32Array;
}

/** Models and learning rounds of the Non-RT RIC, for who hosts the agents of one level. */
export class LearningClient {
  constructor(private readonly bus: Bus) {}

  /** A stored model; without `version` the one in force. `undefined` when there is none. @throws BusError */
  async model(level: LearningLevel, version?: number): Promise<Model | undefined> {
    const { model } = await this.bus.request(
      modelGet,
      { level, ...(version !== undefined && { version }) },
      REQUEST_TIMEOUT_MS,
    );
    return model === null ? undefined : { ...model, parameters: await getVector(this.bus, model.parameters) };
  }

  /** Gives the round's number. @throws BusError `BUS_REFUSED` when the version is not the one in force */
  async openRound(opening: RequestOf<typeof roundOpen>): Promise<number> {
    return (await this.bus.request(roundOpen, opening, REQUEST_TIMEOUT_MS)).round;
  }

  /** Hands one DU's part of a round in. @throws BusError `BUS_REFUSED` with the aggregator's reason */
  async contribute(
    part: Omit<Contribution, 'gradient'> & { readonly gradient: Float32Array },
  ): Promise<void> {
    const gradient = await putVector(this.bus, part.gradient);
    await this.bus.request(contribute, { ...part, gradient }, REQUEST_TIMEOUT_MS);
  }

  onRoundClosed(listener: (round: RoundClosed) => void): Unsubscribe {
    return this.bus.subscribe(roundClosed, listener);
  }
}
