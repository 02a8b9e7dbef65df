import { createAgent, createEngine, SeededRandom } from '@ricochet/rl';
import { formatModel, LEVEL_AGENTS, trainingConfigSchema } from '@ricochet/training';

/**
 * A model file of the preset `context` that gives nearly all of a carrier to mMTC, whatever the traffic: nobody else
 * would.
 */
export function lopsidedModel(): string {
  const engine = createEngine({ mebibytes: 32 });
  const high = createAgent(engine, LEVEL_AGENTS.high('context'));
  const low = createAgent(engine, LEVEL_AGENTS.low('context'));
  const models = {
    high: high.initialParameters(new SeededRandom('high')),
    low: low.initialParameters(new SeededRandom('low')),
  };
  // The biases of the actor's outputs: eMBB, mMTC, URLLC.
  models.high.set([-1, 1, -1], high.layout.actor - 3);
  return formatModel({
    ...{ name: 'lopsided', preset: 'context', models },
    training: {
      ...{ family: 'none', familySha256: '0'.repeat(64), seed: 0, rounds: 0 },
      config: trainingConfigSchema.parse({ preset: 'context' }),
      ...{ engine: 'wasm-simd128', createdBy: 'a test' },
    },
  });
}
