import { type EngineKind } from '@ricochet/rl';
import { type TaskFamily } from '@ricochet/scenario';
import {
  type AdaptationResult,
  type EpisodeSummary,
  EvaluationPool,
  type LevelModels,
  type LevelPreset,
  type TestEpisodeOptions,
  type TrainedModel,
  type TrainingConfig,
  trainingConfigSchema,
  withLoad,
  withSize,
} from '@ricochet/training';
import { type Budget, SHOTS } from './budget.js';
import { type CellStore } from './cell-store.js';
import { HIDDEN_FAMILIES, METHODS, type Method, RULES } from './methods.js';

export interface PaperEvaluationOptions {
  readonly seeds: readonly number[];
  readonly budget: Budget;
  readonly engine: EngineKind;
  readonly threads: number;
  readonly families: Readonly<Record<string, TaskFamily>>;
  /** The shipped model of each family. */
  readonly shipped: Readonly<Record<string, { readonly preset: LevelPreset; readonly models: LevelModels }>>;
  readonly store: CellStore;
  /** So many cells of all are done. */
  readonly onProgress: (done: number, all: number, name: string) => void;
}

/** Everything is an array over the seeds, in their order. */
export interface PaperResults {
  readonly methods: Readonly<Record<string, MethodResults>>;
  readonly families: Readonly<Record<string, FamilyResults>>;
  readonly sizes: readonly SizeResults[];
}

export interface MethodResults {
  readonly adaptation: readonly AdaptationResult[];
  /** With half as much load again, without adaptation; of the paper's family alone. */
  readonly spike: readonly EpisodeSummary[];
  /** Mean reward of each round of the training; none for what is not trained. */
  readonly training: readonly (readonly number[])[];
}

export interface FamilyResults {
  readonly rules: Readonly<Record<string, RuleResults>>;
  /** The rule that validation chose. */
  readonly best: RuleResults & { readonly name: string };
  readonly oracle: RuleResults;
  readonly shipped: MethodResults;
}

export interface RuleResults {
  readonly tests: readonly EpisodeSummary[];
  /** With half as much load again; of the paper's family alone. */
  readonly spike: readonly EpisodeSummary[];
}

export interface SizeResults {
  readonly cells: number;
  readonly uesPerCell: number;
  readonly training: readonly (readonly number[])[];
  readonly shipped: readonly EpisodeSummary[];
  readonly rule: readonly EpisodeSummary[];
}

/** Load of the spike test, times the nominal. */
const SPIKE = 1.5;
const PAPER = 'paper';

/** Computes everything that the paper's figures and tables show, and what they leave out. */
export class PaperEvaluation {
  private readonly pool: EvaluationPool;
  private done = 0;
  private all = 0;

  constructor(private readonly options: PaperEvaluationOptions) {
    this.pool = new EvaluationPool(options.threads);
  }

  /** @throws CliError, LearningError */
  async run(): Promise<PaperResults> {
    try {
      const [methods, families, sizes] = await Promise.all([
        this.methods(),
        this.families(),
        Promise.all(this.options.budget.sizes.map((size) => this.size(size))),
      ]);
      return { methods, families, sizes };
    } finally {
      await this.pool.stop();
    }
  }

  private async methods(): Promise<PaperResults['methods']> {
    const entries = METHODS.map(async (method) => {
      const family = this.family(PAPER);
      const trained = this.options.seeds.map((seed) => this.modelsOf(method, family, seed));
      const perSeed = this.options.seeds.map(async (seed, i) => {
        const { models, curve } = await trained[i]!;
        const adapted = { models, preset: 'default' as const, method };
        const [adaptation, spiked] = await Promise.all([
          this.adapt({ ...adapted, episode: this.episode(family, seed), shots: this.shotsOf(method) }),
          this.adapt({
            ...adapted,
            episode: this.episode(withLoad(family, SPIKE), seed),
            shots: [0],
            variant: 'spike',
          }),
        ]);
        return { adaptation, spike: spiked.tests[0]!, training: curve };
      });
      return [method.name, methodResults(await Promise.all(perSeed))] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  private async families(): Promise<PaperResults['families']> {
    const entries = [PAPER, ...HIDDEN_FAMILIES].map(
      async (name) => [name, await this.familyResults(name)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }

  private async familyResults(name: string): Promise<FamilyResults> {
    const family = this.family(name);
    const loads = name === PAPER ? [1, SPIKE] : [1];
    const { seeds, budget } = this.options;
    const tested = async (test: (episode: TestEpisodeOptions, what: string) => Promise<EpisodeSummary>) => {
      const [tests = [], spike = []] = await Promise.all(
        loads.map((load) =>
          Promise.all(
            seeds.map((seed) =>
              test(this.episode(withLoad(family, load), seed), `${name} load ${load} ${seed}`),
            ),
          ),
        ),
      );
      return { tests, spike };
    };
    const ruled = (rule: string) =>
      tested((episode, what) =>
        this.compute(`rule ${rule} ${what}`, { rule, episode }, (e) => e.call('rule', rule, episode)),
      );
    const chosen = this.compute(`tune ${name}`, { family }, (e) =>
      e.call('tune', family, budget.validationMs),
    ).then(async (best) => ({ name: best.name, ...(await ruled(best.name)) }));
    const [rules, best, oracle, shipped] = await Promise.all([
      Promise.all(RULES.map(async (rule) => [rule, await ruled(rule)] as const)),
      chosen,
      tested((episode, what) =>
        this.compute(`oracle ${what}`, { episode }, (e) => e.call('oracle', episode)),
      ),
      this.shipped(name),
    ]);
    return { rules: Object.fromEntries(rules), best, oracle, shipped };
  }

  private async shipped(name: string): Promise<MethodResults> {
    const family = this.family(name);
    const model = this.options.shipped[name]!;
    const method: Method = { name: `shipped ${name}`, label: 'Shipped', plan: 'safe' };
    const perSeed = this.options.seeds.map(async (seed) => {
      const [adaptation, spiked] = await Promise.all([
        this.adapt({ ...model, method, episode: this.episode(family, seed), shots: SHOTS }),
        name === PAPER
          ? this.adapt({
              ...{ ...model, method, shots: [0], variant: 'spike' },
              episode: this.episode(withLoad(family, SPIKE), seed),
            })
          : undefined,
      ]);
      return { adaptation, spike: spiked?.tests[0], training: [] };
    });
    return methodResults(await Promise.all(perSeed));
  }

  private async size(size: { readonly cells: number; readonly uesPerCell: number }): Promise<SizeResults> {
    const { seeds, budget } = this.options;
    const family = withSize(this.family(PAPER), size);
    const label = `${size.cells}x${size.uesPerCell}`;
    const model = this.options.shipped[PAPER]!;
    const method: Method = { name: `shipped ${label}`, label: 'Shipped', plan: 'safe' };
    const few = seeds.slice(0, budget.scaleSeeds);
    const config = this.config({ rounds: budget.scaleRounds, networks: 1, episodeRounds: 5 });
    const [training, shipped, rule] = await Promise.all([
      Promise.all(
        few.map(async (seed) => (await this.train(`size ${label}`, { family, config, seed })).curve),
      ),
      Promise.all(
        few.map(async (seed) => {
          const { tests } = await this.adapt({
            ...{ ...model, method, shots: [0] },
            episode: this.episode(family, seed),
          });
          return tests[0]!;
        }),
      ),
      Promise.all(
        few.map((seed) => {
          const episode = this.episode(family, seed);
          const name = 'urllc-first+srpt';
          return this.compute(`rule ${name} ${label} ${seed}`, { name, episode }, (e) =>
            e.call('rule', name, episode),
          );
        }),
      ),
    ]);
    return { ...size, training, shipped, rule };
  }

  private shotsOf({ untilTrained = false }: Method): readonly number[] {
    const [first, second, last] = SHOTS;
    return untilTrained ? [first, second, Math.max(last, this.options.budget.rounds)] : SHOTS;
  }

  /** The model of a method, trained or fresh. */
  private async modelsOf(
    { training }: Method,
    family: TaskFamily,
    seed: number,
  ): Promise<Pick<TrainedModel, 'models' | 'curve'>> {
    if (training === undefined) {
      const models = await this.compute(`fresh ${seed}`, { seed }, (e) => e.call('fresh', 'default', seed));
      return { models, curve: [] };
    }
    const { rounds, networks } = this.options.budget;
    const { method, weighting, learningDus } = training;
    const name = [method, weighting, learningDus && 'single'].filter(Boolean).join(' ');
    return this.train(name, { family, config: this.config({ rounds, networks, ...training }), seed });
  }

  private readonly trainings = new Map<string, Promise<TrainedModel>>();

  /** A training, once: methods share them. */
  private train(
    name: string,
    cell: { readonly family: TaskFamily; readonly config: TrainingConfig; readonly seed: number },
  ): Promise<TrainedModel> {
    const { engine } = this.options;
    const key = `train ${name} ${cell.seed}`;
    let training = this.trainings.get(key);
    if (training === undefined) {
      training = this.compute(key, cell, (e) => e.call('train', { ...cell, engine }));
      this.trainings.set(key, training);
    }
    return training;
  }

  private adapt(cell: {
    readonly models: LevelModels;
    readonly preset: LevelPreset;
    readonly method: Method;
    readonly episode: TestEpisodeOptions;
    readonly shots: readonly number[];
    readonly variant?: string;
  }): Promise<AdaptationResult> {
    const { method, episode, models, preset, shots, variant = '' } = cell;
    const { plan, withSource = false } = method;
    const inputs = { models, preset, episode, shots, plan, withSource };
    return this.compute(`adapt ${method.name} ${variant} ${episode.seed}`, inputs, (e) =>
      e.call('adapt', { ...inputs, engine: this.options.engine }),
    );
  }

  private config(part: Partial<TrainingConfig>): TrainingConfig {
    return { ...trainingConfigSchema.parse({}), ...part };
  }

  private episode(family: TaskFamily, seed: number): TestEpisodeOptions {
    const { testMs: durationMs, warmUpMs } = this.options.budget;
    return { family, split: 'test', seed, durationMs, warmUpMs };
  }

  private family(name: string): TaskFamily {
    return this.options.families[name]!;
  }

  private async compute<T>(
    name: string,
    inputs: unknown,
    work: Parameters<typeof this.pool.run<T>>[0],
  ): Promise<T> {
    this.all++;
    const result = await this.options.store.cell(name, inputs, () => this.pool.run(work));
    this.options.onProgress(++this.done, this.all, name);
    return result;
  }
}

function methodResults(
  perSeed: readonly {
    readonly adaptation: AdaptationResult;
    readonly spike: EpisodeSummary | undefined;
    readonly training: readonly number[];
  }[],
): MethodResults {
  return {
    adaptation: perSeed.map(({ adaptation }) => adaptation),
    spike: perSeed.flatMap(({ spike }) => spike ?? []),
    training: perSeed.map(({ training }) => training),
  };
}
