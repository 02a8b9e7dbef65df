import { z } from 'zod';
import { scenarioFileSchema } from './scenario.schema.js';

/** Draft 7: what editors' YAML servers know. */
const TARGET = 'draft-7';

/**
 * JSON Schema (draft 7) of scenario files as people write them, for editors to complete. What joins several keys, and the
 * ranges of the radio model's values, `parseScenario` alone judges.
 */
export function scenarioJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(scenarioFileSchema, { io: 'input', target: TARGET });
  return { ...schema, title: 'Ricochet scenario' };
}
