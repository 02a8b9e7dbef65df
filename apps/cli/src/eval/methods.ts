import { type ADAPTATION_PLANS, type TrainingConfig } from '@ricochet/training';

/** A way to get at a model and to fit it to new DUs. */
export interface Method {
  readonly name: string;
  /** As tables and figures call it. */
  readonly label: string;
  /** What its training differs in; absent: no training. */
  readonly training?: Partial<Pick<TrainingConfig, 'method' | 'weighting' | 'learningDus'>>;
  readonly plan: keyof typeof ADAPTATION_PLANS;
  readonly withSource?: boolean;
  /** Shots at the end, where they are not those of the paper: as many as the others' trainings have rounds. */
  readonly untilTrained?: boolean;
}

const SINGLE = { method: 'joint', weighting: 'uniform', learningDus: 1 } as const;
const UNIFORM = { method: 'fomaml', weighting: 'uniform' } as const;
const SOFTMIN = { method: 'fomaml', weighting: 'softmin' } as const;

/**
 * What the core paper compares, and what it does not. All have the same agents and shots, all trainings the same number of
 * updates; from scratch there is no training, so it is here twice: with the paper's shots, and with as many on the new
 * DUs as the others' trainings have rounds. `plain` adaptation is DDPG as it was trained, `safe` stays near the model and takes only what is better.
 */
export const METHODS: readonly Method[] = [
  { name: 'drl', label: 'DRL from scratch', plan: 'plain' },
  { name: 'drl-long', label: 'DRL from scratch, trained as long', plan: 'plain', untilTrained: true },
  { name: 'tl', label: 'TL', training: SINGLE, plan: 'plain' },
  { name: 'mtl', label: 'MTL', training: SINGLE, plan: 'plain', withSource: true },
  { name: 'joint', label: 'Joint', training: { method: 'joint', weighting: 'uniform' }, plan: 'safe' },
  { name: 'maml', label: 'MAML-HRL (uniform)', training: UNIFORM, plan: 'safe' },
  { name: 'adaptive', label: 'Adaptive MAML-HRL (softmin)', training: SOFTMIN, plan: 'safe' },
  {
    name: 'static-var',
    label: 'Static-Var',
    training: { method: 'fomaml', weighting: 'static-var' },
    plan: 'safe',
  },
  {
    name: 'softmax-var',
    label: 'Softmax-Var',
    training: { method: 'fomaml', weighting: 'softmax-var' },
    plan: 'safe',
  },
  { name: 'maml-plain', label: 'MAML-HRL, plain adaptation', training: UNIFORM, plan: 'plain' },
  { name: 'adaptive-plain', label: 'Adaptive MAML-HRL, plain adaptation', training: SOFTMIN, plan: 'plain' },
];

/** Rules beside the best tuned one. */
export const RULES = ['equal+rr', 'demand-proportional+pf', 'need+pf', 'urllc-first+srpt'] as const;

/** The families whose hidden information rules can not see. */
export const HIDDEN_FAMILIES = [
  'sla-weights',
  'reslicing-cost',
  'late-reports',
  'coarse-buffers',
  'interference',
] as const;
