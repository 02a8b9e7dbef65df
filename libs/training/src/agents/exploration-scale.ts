/** What is left of the noise in the end: the agents of a network that goes on changing must go on learning. */
const LEAST = 0.1;

/**
 * How much agents explore with a model version, as a part of what they do at first: halved every `halfLife` versions.
 * It goes by the version and not by time, so that a trained model is not disturbed when its xApp starts anew.
 */
export function explorationScale(modelVersion: number, halfLife: number): number {
  return Math.max(LEAST, 0.5 ** (modelVersion / halfLife));
}
