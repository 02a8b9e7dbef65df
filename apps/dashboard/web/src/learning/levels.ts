/** A level of the hierarchy, and the A1 policy type that names its model. */
export interface Level {
  readonly name: 'high' | 'low';
  readonly title: string;
  readonly policyTypeId: number;
}

export const LEARNING_LEVELS_OF_PAGE: readonly Level[] = [
  { name: 'high', title: 'Slice quotas', policyTypeId: 20_501 },
  { name: 'low', title: 'UE weights', policyTypeId: 20_502 },
];
