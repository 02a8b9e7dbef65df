import { ClairvoyantOracle, seedOfNode } from '@ricochet/control';
import { createEngine, type EngineKind, Tape } from '@ricochet/rl';
import { type TaskFamily } from '@ricochet/scenario';
import { type LevelPreset } from '../level-agent.js';
import { taskEnvironment } from '../trainer/task-environment.js';
import { type LevelModels } from '../trainer/task-group.js';
import { Trainer } from '../trainer/trainer.js';
import { TrainingRun } from '../trainer/training-run.js';
import { type TrainingConfig, trainingConfigSchema } from '../trainer/training-config.js';
import { ADAPTATION_PLANS, AdaptingNetwork } from './adapting-network.js';
import { type EpisodeSummary, summaryOf } from './episode-summary.js';
import { bestRule, type RuleCandidate, ruleCandidates } from './rule-tuning.js';
import { playOracle, playTestEpisode, type TestEpisodeOptions, testNetwork } from './test-episode.js';

/** Memory of one cell of an evaluation, MiB; pages cost nothing until they are used. */
const ARENA_MEBIBYTES = 1024;
const TAPE_MEBIBYTES = 512;
/** Validation seeds that rules are chosen on. */
const VALIDATION_SEEDS = [101, 102, 103] as const;
const VALIDATION_WARM_UP_MS = 1_000;

/** A training of an evaluation. */
export interface TrainingCell {
  readonly family: TaskFamily;
  readonly config: TrainingConfig;
  readonly seed: number;
  readonly engine: EngineKind;
}

export interface TrainedModel {
  readonly models: LevelModels;
  /** Mean reward of each round, with exploration. */
  readonly curve: readonly number[];
  /** Wall time, ms. */
  readonly durationMs: number;
}

/** New DUs that fit a model to themselves. */
export interface AdaptationCell {
  readonly episode: TestEpisodeOptions;
  readonly preset: LevelPreset;
  readonly models: LevelModels;
  readonly plan: keyof typeof ADAPTATION_PLANS;
  /** Whether the new DUs learn from what the first DU of the training goes on doing, too. */
  readonly withSource?: boolean;
  /** Numbers of shots after which the DUs are tested, rising. */
  readonly shots: readonly number[];
  readonly engine: EngineKind;
}

export interface AdaptationResult {
  /** In the order of `shots`. */
  readonly tests: readonly EpisodeSummary[];
  /** Mean reward of each shot, with exploration. */
  readonly curve: readonly number[];
}

/** What an evaluation computes, a call each; served by a worker thread. */
export class Evaluator {
  constructor(private readonly now: () => number) {}

  /** Trains from nothing. @throws LearningError */
  async train(cell: TrainingCell): Promise<TrainedModel> {
    const started = this.now();
    const run = new TrainingRun({ ...cell, threads: 0, now: this.now });
    const curve: number[] = [];
    await run.run({ onRound: ({ reward }) => curve.push(reward) });
    return { models: run.models, curve, durationMs: this.now() - started };
  }

  /** Networks that have learned nothing. */
  fresh(preset: LevelPreset, seed: number): LevelModels {
    const { engine } = contextOf('simd128');
    const config = trainingConfigSchema.parse({ preset });
    return new Trainer({ engine, config, seed, groups: [], now: this.now }).models;
  }

  /** Tests a model after some shots on DUs that it has not seen; the test itself is the same after each. */
  adapt({ episode, preset, models, plan, withSource, shots, engine }: AdaptationCell): AdaptationResult {
    const { family, seed } = episode;
    const network = new AdaptingNetwork(contextOf(engine), {
      environment: testNetwork(episode),
      quotaMode: episode.family.quotaMode,
      ...{ preset, models, plan: ADAPTATION_PLANS[plan] },
      seed: seedOfNode(seed, 'adaptation'),
      ...(withSource && { source: taskEnvironment({ family, split: 'training', network: 0, seed }) }),
    });
    const curve: number[] = [];
    const tests = shots.map((count) => {
      while (curve.length < count) curve.push(network.shot());
      return summaryOf(playTestEpisode(episode, () => network.policies()));
    });
    return { tests, curve };
  }

  /** Tests a rule by its name among the candidates. */
  rule(name: string, episode: TestEpisodeOptions): EpisodeSummary {
    const candidate = candidateOf(name);
    return summaryOf(
      playTestEpisode(episode, ({ duCount }) =>
        Array.from({ length: duCount }, (_, du) => candidate.policy(seedOfNode(episode.seed, `rule ${du}`))),
      ),
    );
  }

  /** Name of the rule that is best on the family's validation split, and its mean reward there. */
  tune(family: TaskFamily, durationMs: number): { readonly name: string; readonly reward: number } {
    const episodes = VALIDATION_SEEDS.map((seed) => ({
      ...{ family, seed, split: 'validation' as const },
      ...{ durationMs, warmUpMs: VALIDATION_WARM_UP_MS },
    }));
    const { rule, reward } = bestRule(ruleCandidates(), episodes);
    return { name: rule.name, reward };
  }

  /** Tests the controller that knows what the next period brings and what it is worth. */
  oracle(episode: TestEpisodeOptions): EpisodeSummary {
    return summaryOf(
      playOracle(
        episode,
        (environment) =>
          new ClairvoyantOracle({
            network: environment.network,
            quotaMode: episode.family.quotaMode,
            reward: ({ cell, slices }) => environment.rewardOf(cell, slices),
          }),
      ),
    );
  }
}

function contextOf(kind: EngineKind) {
  const engine = createEngine({ engine: kind, mebibytes: ARENA_MEBIBYTES });
  return { engine, tape: new Tape(engine, { mebibytes: TAPE_MEBIBYTES }) };
}

function candidateOf(name: string): RuleCandidate {
  const candidate = ruleCandidates().find((each) => each.name === name);
  if (candidate === undefined) throw new RangeError(`${name} is no rule that could be chosen`);
  return candidate;
}
