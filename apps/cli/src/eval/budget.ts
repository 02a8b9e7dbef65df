/** Sizes of Table 2 of the core paper. */
const SIZES = [
  { cells: 7, uesPerCell: 30 },
  { cells: 15, uesPerCell: 100 },
  { cells: 20, uesPerCell: 150 },
  { cells: 30, uesPerCell: 200 },
] as const;

/** How much an evaluation may cost. */
export interface Budget {
  /** Rounds of each training, and networks of 7 DUs that it learns on. */
  readonly rounds: number;
  readonly networks: number;
  /** Of a test, measured; and before. */
  readonly testMs: number;
  readonly warmUpMs: number;
  /** Of an episode that rules are chosen on, likewise. */
  readonly validationMs: number;
  /** Networks of Table 2, with rounds and seeds of their trainings. */
  readonly sizes: readonly { readonly cells: number; readonly uesPerCell: number }[];
  readonly scaleRounds: number;
  readonly scaleSeeds: number;
}

export const BUDGETS = {
  tiny: {
    ...{ rounds: 2, networks: 1, testMs: 400, warmUpMs: 100, validationMs: 200 },
    ...{ sizes: SIZES.slice(0, 1), scaleRounds: 2, scaleSeeds: 1 },
  },
  small: {
    ...{ rounds: 150, networks: 1, testMs: 12_000, warmUpMs: 1_000, validationMs: 8_000 },
    ...{ sizes: SIZES, scaleRounds: 40, scaleSeeds: 1 },
  },
  full: {
    ...{ rounds: 500, networks: 2, testMs: 30_000, warmUpMs: 2_000, validationMs: 20_000 },
    ...{ sizes: SIZES, scaleRounds: 200, scaleSeeds: 3 },
  },
} as const satisfies Record<string, Budget>;

export type BudgetName = keyof typeof BUDGETS;

/** Shots after which new DUs are tested (Fig. 8 of the core paper). */
export const SHOTS = [0, 5, 30] as const;
