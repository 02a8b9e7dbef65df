/** Coefficients: of the three qualities, and of the share that changed hands. */
const SIZE = 4;
/** How much the prior counts: as so many observations of each regressor at one. */
const PRIOR_WEIGHT = 0.02;
/** The objective as it is where nothing is hidden. */
const PRIOR = [1 / 3, 1 / 3, 1 / 3, 0];

/**
 * What a DU's reward is made of, as its controller finds out: Bayesian linear regression of the reward on the slices'
 * qualities and the share that changed hands,
 *
 *     r = c · (Q_1, Q_2, Q_3, −moved),     A = λI + Σ x xᵀ,     ĉ = A⁻¹ (λ c_0 + Σ x r)
 *
 * with the plain mean of the qualities as prior c_0. Where rewards are that, ĉ stays there.
 */
export class RewardModel {
  /** [4, 4] */
  private readonly precision = new Float64Array(SIZE * SIZE);
  private readonly moments = new Float64Array(SIZE);
  private covariance: Float64Array;

  constructor() {
    for (let i = 0; i < SIZE; i++) {
      this.precision[i * SIZE + i] = PRIOR_WEIGHT;
      this.moments[i] = PRIOR_WEIGHT * PRIOR[i]!;
    }
    this.covariance = inverse(this.precision);
  }

  /** Another that knows the same. */
  clone(): RewardModel {
    const copy = new RewardModel();
    copy.precision.set(this.precision);
    copy.moments.set(this.moments);
    copy.covariance = this.covariance.slice();
    return copy;
  }

  /** Takes one period in. @param regressors [4] */
  observe(regressors: readonly number[], reward: number): void {
    for (let i = 0; i < SIZE; i++) {
      this.moments[i]! += regressors[i]! * reward;
      for (let j = 0; j < SIZE; j++) this.precision[i * SIZE + j]! += regressors[i]! * regressors[j]!;
    }
    this.covariance = inverse(this.precision);
  }

  /** ĉ, [4]. */
  get coefficients(): number[] {
    return PRIOR.map((_, i) => {
      let sum = 0;
      for (let j = 0; j < SIZE; j++) sum += this.covariance[i * SIZE + j]! * this.moments[j]!;
      return sum;
    });
  }

  /** How much is still open: mean variance of the coefficients over that of the prior, 0..1. */
  get doubt(): number {
    let trace = 0;
    for (let i = 0; i < SIZE; i++) trace += this.covariance[i * SIZE + i]!;
    return (trace * PRIOR_WEIGHT) / SIZE;
  }
}

/** Of a symmetric positive definite matrix [4, 4], by Gauss and Jordan. */
function inverse(matrix: Float64Array): Float64Array {
  const a = matrix.slice();
  const out = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < SIZE; i++) out[i * SIZE + i] = 1;
  for (let pivot = 0; pivot < SIZE; pivot++) {
    const scale = 1 / a[pivot * SIZE + pivot]!;
    for (let j = 0; j < SIZE; j++) {
      a[pivot * SIZE + j]! *= scale;
      out[pivot * SIZE + j]! *= scale;
    }
    for (let i = 0; i < SIZE; i++) {
      if (i === pivot) continue;
      const factor = a[i * SIZE + pivot]!;
      for (let j = 0; j < SIZE; j++) {
        a[i * SIZE + j]! -= factor * a[pivot * SIZE + j]!;
        out[i * SIZE + j]! -= factor * out[pivot * SIZE + j]!;
      }
    }
  }
  return out;
}
