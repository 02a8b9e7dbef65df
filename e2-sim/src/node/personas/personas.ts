import { type AgentProfileName } from '@ricochet/e2ap';
import { flexric203, flexric301 } from './flexric.js';
import { oran } from './oran.js';
import { type Persona } from './persona.js';
import { srsran } from './srsran.js';

export const personas: Readonly<Record<AgentProfileName, Persona>> = {
  oran,
  srsran,
  'flexric-2.03': flexric203,
  'flexric-3.01': flexric301,
};
