import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Bus } from '@ricochet/bus';
import { type RunDescription } from '@ricochet/contracts';
import { requireSctp } from '@ricochet/e2-transport';
import { e2apCodecs, profiles } from '@ricochet/e2ap';
import { createLogger, Health, messageOf, readConfig, runService } from '@ricochet/platform';
import { parseScenario } from '@ricochet/scenario';
import { runInLockstep } from './clock/lockstep.clock.js';
import { runInRealTime } from './clock/real-time.clock.js';
import { serveInjections } from './injection/serve-injections.js';
import { tellPositions } from './positions/tell-positions.js';
import { watchSimulation } from './health/sim-health.js';
import { simConfigSchema, type SimConfig } from './sim.config.js';
import { Simulation } from './simulation.js';

const log = createLogger('e2-sim');

await runService(log, (leaveBy) => main(readConfig(simConfigSchema, process.env), leaveBy));

async function main(config: SimConfig, leaveBy: (leave: () => Promise<void>) => void): Promise<void> {
  if (config.RICOCHET_E2.kind === 'sctp') await requireSctp();
  const scenario = parseScenario(readFileSync(config.RICOCHET_SCENARIO, 'utf8'), config.RICOCHET_SCENARIO);
  const run: RunDescription = {
    runId: config.RICOCHET_RUN_ID ?? randomUUID(),
    scenario: scenario.name,
    seed: config.RICOCHET_SEED,
    mode: config.RICOCHET_MODE,
    speed: config.RICOCHET_SPEED,
    configHash: config.RICOCHET_CONFIG_HASH,
    controller: config.RICOCHET_CONTROLLER,
    startedAtMs: Date.now(),
  };
  const health = await Health.open(config, ['nats']);
  const bus = await Bus.connect({
    url: config.RICOCHET_NATS_URL,
    name: 'e2-sim',
    waitForServer: true,
    isHurried: () => config.RICOCHET_MODE === 'lockstep',
    onTrouble: (line) => log.warn(line),
  });
  const untilMs = config.RICOCHET_UNTIL_MS;
  const nowMs = (): number => performance.now();
  const codec = e2apCodecs[config.RICOCHET_E2_CODEC];
  const simulation = new Simulation({
    scenario,
    run,
    bus,
    address: config.RICOCHET_E2,
    profile: profiles[config.RICOCHET_E2_PROFILE],
    codec,
    log,
    nowMs,
    repeat: untilMs === 0,
  });
  const stopped = new AbortController();
  const leave = async (): Promise<void> => {
    stopped.abort();
    await simulation.disconnect();
    await bus.close();
  };
  leaveBy(leave);
  watchSimulation(health, simulation, bus);
  serveInjections(bus, simulation.events, config.RICOCHET_MODE);
  tellPositions(bus, simulation);
  health.begun();
  simulation.connect();
  const { signal } = stopped;
  let fault: string | undefined;
  try {
    if (config.RICOCHET_MODE === 'lockstep') {
      const onWaiting = (waitingFor: readonly string[]): void =>
        log.info(`waiting for ${waitingFor.join(', ')}`);
      const until = untilMs || scenario.durationMs;
      const gateMs = config.RICOCHET_GATE_MS;
      await runInLockstep(simulation, { bus, untilMs: until, gateMs, signal, onWaiting });
    } else {
      const onLate = (lateMs: number): void => log.warn(`${Math.round(lateMs)} ms behind the wall clock`);
      await runInRealTime(simulation, { speed: config.RICOCHET_SPEED, untilMs, nowMs, signal, onLate });
    }
  } catch (error) {
    fault = messageOf(error);
    log.error(fault);
  }
  if (signal.aborted) return;
  simulation.finish(fault);
  await bus.flush();
  await leave();
  process.exit(fault === undefined ? 0 : 1);
}
