import {
  Adapter,
  type AdaptationOptions,
  type AdapterContext,
  type ReplayBuffer,
  type SeededRandom,
  type TransitionBatch,
} from '@ricochet/rl';

/** The meta model in force, theta_M. */
export interface AdoptedModel {
  readonly version: number;
  readonly parameters: Float32Array;
}

/**
 * What came of a DU's adaptation: its candidate is better and in force (`accepted`); it goes on as before (`kept`); it
 * goes back to theta_M, a newer one than its own parameters were better than (`reverted`).
 */
export type AdaptationVerdict = 'accepted' | 'kept' | 'reverted';

export interface Adaptation {
  readonly nodeId: string;
  /** Of the theta_M that it is about. */
  readonly modelVersion: number;
  readonly verdict: AdaptationVerdict;
  /** What the DU is to act by, [actor | critic]; absent: by theta_M. */
  readonly parameters?: Float32Array;
}

export interface AdaptationTask<B extends TransitionBatch> {
  readonly model: AdoptedModel;
  /** What the DU has seen. */
  readonly replay: ReplayBuffer<B>;
  readonly updates: number;
  readonly random: SeededRandom;
}

interface DuAdapter<B extends TransitionBatch> {
  readonly adapter: Adapter<B>;
  /** Of the theta_M that it adapts. */
  version: number;
  /** Whether the DU acts by parameters of its own. */
  own: boolean;
}

/** How each DU of a level fits the meta model to itself; adapters of DUs that are gone are used again. */
export class DuAdapters<B extends TransitionBatch> {
  private readonly dus = new Map<string, DuAdapter<B>>();
  private readonly spare: Adapter<B>[] = [];

  constructor(
    private readonly context: AdapterContext<B>,
    private readonly options: AdaptationOptions,
  ) {}

  /**
   * Some updates of the DU's candidate, and the verdict on it. Where theta_M is a newer one the candidate follows it,
   * and has to prove itself anew.
   * @throws {LearningError} what can not be adapted to: the DU begins again from theta_M
   */
  adapt(nodeId: string, { model, replay, updates, random }: AdaptationTask<B>): Adaptation {
    const du = this.duOf(nodeId, model);
    const { adapter, own: before } = du;
    try {
      if (du.version !== model.version) {
        adapter.follow(model.parameters);
        Object.assign(du, { version: model.version, own: false });
      }
      adapter.adapt(replay, { rounds: updates, random });
      if (adapter.judge(replay).accepted)
        return this.verdict(nodeId, Object.assign(du, { own: true }), 'accepted');
      return this.verdict(nodeId, du, before && !du.own ? 'reverted' : 'kept');
    } catch (error) {
      adapter.restart(model.parameters);
      Object.assign(du, { version: model.version, own: false });
      throw error;
    }
  }

  forget(nodeId: string): void {
    const du = this.dus.get(nodeId);
    if (du === undefined) return;
    this.dus.delete(nodeId);
    this.spare.push(du.adapter);
  }

  private verdict(
    nodeId: string,
    { adapter, version, own }: DuAdapter<B>,
    verdict: AdaptationVerdict,
  ): Adaptation {
    return {
      ...{ nodeId, modelVersion: version, verdict },
      ...(own && { parameters: adapter.parameters.slice() }),
    };
  }

  private duOf(nodeId: string, { version, parameters }: AdoptedModel): DuAdapter<B> {
    let du = this.dus.get(nodeId);
    if (du === undefined) {
      const used = this.spare.pop();
      used?.restart(parameters);
      const adapter = used ?? new Adapter(this.context, parameters, this.options);
      this.dus.set(nodeId, (du = { adapter, version, own: false }));
    }
    return du;
  }
}
