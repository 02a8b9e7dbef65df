import { type AdaptationVerdict } from '../learner/du-adapters.js';
import { type Learner } from './learning-door.js';

/** Who acts: all DUs by the model, or one by parameters of its own, until there is a new model. */
export interface ActingDus {
  adopt(parameters: Float32Array): void;
  adoptFor(nodeId: string, parameters: Float32Array): void;
  /** The DU acts by the model again. */
  share(nodeId: string): void;
}

export interface AdaptationsOptions {
  readonly level: string;
  readonly learner: Pick<Learner<never>, 'adapt'>;
  readonly actors: ActingDus;
  /** One line for what happens once. */
  readonly info: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** The DUs of a level fit the model to themselves, one after the other, each after its part of a round. */
export class Adaptations {
  /** Not told to the aggregator yet. */
  private readonly verdicts = new Map<string, AdaptationVerdict>();
  /** DUs that have acted by parameters of their own. */
  private readonly adapted = new Set<string>();
  /** DUs whose trouble was told and lasts. */
  private readonly troubled = new Set<string>();

  constructor(private readonly options: AdaptationsOptions) {}

  /** @param versionInForce that of the model that the DUs share; a verdict about another one comes too late */
  async run(
    nodeIds: readonly string[],
    round: number,
    versionInForce: () => number | undefined,
  ): Promise<void> {
    for (const nodeId of nodeIds) {
      const { level, learner, actors, info, warn } = this.options;
      try {
        const { modelVersion, verdict, parameters } = await learner.adapt(nodeId, round);
        this.troubled.delete(nodeId);
        if (modelVersion !== versionInForce()) continue;
        this.verdicts.set(nodeId, verdict);
        if (parameters === undefined) {
          actors.share(nodeId);
          continue;
        }
        actors.adoptFor(nodeId, parameters);
        if (!this.adapted.has(nodeId)) info(`${nodeId} acts by parameters of its own on the ${level} level`);
        this.adapted.add(nodeId);
      } catch (error) {
        actors.share(nodeId);
        if (this.troubled.has(nodeId)) continue;
        this.troubled.add(nodeId);
        warn(`${level} level round ${round}, adaptation of ${nodeId}: ${(error as Error).message}`);
      }
    }
  }

  /** The DU's latest verdict, once. */
  take(nodeId: string): AdaptationVerdict | undefined {
    const verdict = this.verdicts.get(nodeId);
    this.verdicts.delete(nodeId);
    return verdict;
  }

  forget(nodeId: string): void {
    this.verdicts.delete(nodeId);
    this.adapted.delete(nodeId);
    this.troubled.delete(nodeId);
    this.options.actors.share(nodeId);
  }
}
