/** How much an evaluation may cost. */
export interface Budget {
  /** Rounds of each training, and networks of 7 DUs that it learns on. */
  readonly rounds: number;
  readonly networks: number;
  /** Of a test, measured; and before. */
  readonly testMs: number;
  readonly warmUpMs: number;
  /** Rounds, and seeds, of the trainings at other sizes than the paper's 7 DUs of 30 UEs. */
  readonly scaleRounds: number;
  readonly scaleSeeds: number;
}

export const BUDGETS = {
  small: {
    rounds: 150,
    networks: 1,
    testMs: 12_000,
    warmUpMs: 1_000,
    scaleRounds: 40,
    scaleSeeds: 1,
  },
  full: {
    rounds: 500,
    networks: 2,
    testMs: 30_000,
    warmUpMs: 2_000,
    scaleRounds: 200,
    scaleSeeds: 3,
  },
} as const satisfies Record<string, Budget>;

export type BudgetName = keyof typeof BUDGETS;

/** Shots after which new DUs are tested (Fig. 8 of the core paper). */
export const SHOTS = [0, 5, 30] as const;

/** Sizes of Table 2 of the core paper. */
export const SIZES = [
  { cells: 7, uesPerCell: 30 },
  { cells: 15, uesPerCell: 100 },
  { cells: 20, uesPerCell: 150 },
  { cells: 30, uesPerCell: 200 },
] as const;
