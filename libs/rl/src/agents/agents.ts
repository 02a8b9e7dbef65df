import { type Engine } from '../engine/engine.js';
import { type ElementTransitions } from '../replay/element-transitions.js';
import { type VectorTransitions } from '../replay/vector-transitions.js';
import { SetAgent, type SetAgentConfig } from './set-agent.js';
import { SimplexAgent, type SimplexAgentConfig } from './simplex-agent.js';

/** What makes an agent, as plain data. */
export type AgentConfig = SimplexAgentConfig | SetAgentConfig;

/** The agent that a configuration makes. */
export type AgentOf<C extends AgentConfig> = C extends SimplexAgentConfig ? SimplexAgent : SetAgent;

/** The transitions it learns from. */
export type TransitionsOf<C extends AgentConfig> = C extends SimplexAgentConfig
  ? VectorTransitions
  : ElementTransitions;

export function createAgent<C extends AgentConfig>(engine: Engine, config: C): AgentOf<C> {
  const agent = config.kind === 'simplex' ? new SimplexAgent(engine, config) : new SetAgent(engine, config);
  return agent as AgentOf<C>;
}
