/**
 * How much each task counts in the meta update (13), from the variances of its TD error (14).
 *
 * The paper's (15), (16) is Softmin, which favours **low** variance, while its text wants high-variance tasks to
 * count more and its Static-Var is proportional to variance: all of them are here. Raw variances near 0.03 make
 * `softmin-raw` (the literal (16)) nearly uniform, so `softmin` divides by their mean first.
 */
export const TASK_WEIGHTINGS = ['softmin', 'uniform', 'static-var', 'softmin-raw', 'softmax-var'] as const;
export type TaskWeighting = (typeof TASK_WEIGHTINGS)[number];

/**
 * Weights of the tasks, in their order, in [0, 1], sum 1.
 * @param variances finite and not negative; when all are zero every task counts alike
 */
export function taskWeights(weighting: TaskWeighting, variances: readonly number[]): number[] {
  switch (weighting) {
    case 'uniform':
      return variances.map(() => 1 / variances.length);
    case 'static-var':
      return shares(relative(variances));
    case 'softmin':
      return softmax(relative(variances).map((z) => -z));
    case 'softmax-var':
      return softmax(relative(variances));
    case 'softmin-raw':
      return softmax(variances.map((variance) => -variance));
  }
}

/** Variances over their mean (1 when all are zero); through their maximum, so that huge ones do not overflow. */
function relative(variances: readonly number[]): number[] {
  const max = Math.max(...variances);
  if (max === 0) return variances.map(() => 1);
  const scaled = variances.map((variance) => variance / max);
  const mean = sum(scaled) / scaled.length;
  return scaled.map((variance) => variance / mean);
}

function softmax(values: readonly number[]): number[] {
  const max = Math.max(...values);
  return shares(values.map((value) => Math.exp(value - max)));
}

function shares(values: readonly number[]): number[] {
  const total = sum(values);
  return values.map((value) => value / total);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
