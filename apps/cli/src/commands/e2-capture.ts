import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { Bus, BusError, decodeMessage } from '@ricochet/bus';
import { lockstepPeriod } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { CaptureFile, type SentPdu } from '../e2/capture-file.js';
import { LockstepTimes } from '../e2/lockstep-times.js';
import { LOGS_FOLDER } from '../stack/data-folder.js';
import { E2_OVER_NATS } from '../stack/e2-settings.js';
import { onInterrupt } from '../stack/interrupt.js';
import { endOfRun } from '../stack/run-end.js';
import { DEFAULT_SCENARIO, loadScenario } from '../stack/scenario-file.js';
import { Stack } from '../stack/stack.js';
import { controllerOption, duration, natsOption, seedOption } from './options.js';

interface CaptureOptions {
  readonly duration?: number;
  readonly out: string;
  readonly seed: number;
  readonly controller?: string;
  readonly nats?: string;
}

const DEFAULT_DURATION_MS = 5_000;
const OPEN_BRACE = 0x7b;
/** Both directions under one subscription, so that PDUs come in the order in which the server had them. */
const SUBJECTS = 'e2.*.*.pdu';

export function captureCommand(): Command {
  return new Command('capture')
    .description("write the emulator's E2 traffic to a pcap file, as SCTP packets; Wireshark opens it")
    .argument('[scenario]', 'scenario file (YAML) to run for it (default: slice-surge.yaml)')
    .option('--duration <duration>', 'simulation time of the end; with --nats, how long to listen', duration)
    .option('--out <file>', 'file to write', 'e2.pcap')
    .addOption(seedOption())
    .addOption(controllerOption())
    .addOption(natsOption('listen to the RIC on this NATS server until Ctrl-C, instead of running one'))
    .action(async (scenarioPath: string | undefined, options: CaptureOptions) => {
      const { nats } = options;
      if (nats !== undefined && scenarioPath !== undefined) {
        throw new CliError('give a scenario to run or --nats to listen with, not both');
      }
      const summary =
        nats === undefined
          ? await captureRun(scenarioPath ?? DEFAULT_SCENARIO, options)
          : await captureLive(nats, options);
      process.stdout.write(`${summary}\n`);
    });
}

/** Runs a scenario in lockstep; times are those of the simulation. Gives a line about it. */
async function captureRun(scenarioPath: string, options: CaptureOptions): Promise<string> {
  const { out, seed, duration: untilMs = DEFAULT_DURATION_MS } = options;
  const scenario = loadScenario(scenarioPath);
  // Nothing of the run is kept.
  delete process.env['DATABASE_URL'];
  const file = new CaptureFile(out);
  const dataDir = mkdtempSync(join(tmpdir(), 'ricochet-capture-'));
  mkdirSync(join(dataDir, LOGS_FOLDER));
  try {
    const stack = await Stack.open({
      scenario,
      scenarioPath: resolve(scenarioPath),
      seed,
      mode: 'lockstep',
      speed: 1,
      untilMs,
      controller: options.controller ?? scenario.controller,
      e2: E2_OVER_NATS,
      dataDir,
      restart: false,
      onLine: (line) => process.stderr.write(`${line}\n`),
    });
    const interrupted = onInterrupt();
    const times = new LockstepTimes((timeUs, pdu) => file.add(timeUs, pdu));
    try {
      onSentPdu(stack.bus, (pdu) => times.sent(pdu));
      stack.bus.subscribeBytes(lockstepPeriod.subject, (payload, subject) =>
        times.period(decodeMessage(subject, lockstepPeriod.request, payload).timeMs),
      );
      const ended = endOfRun(stack);
      await stack.bus.flush();
      stack.begin();
      const end = await Promise.race([ended, file.failed, interrupted]);
      if (end === 'interrupted') throw new CliError('interrupted', 1);
      if (end.fault !== undefined) throw new CliError(end.fault, 1);
    } finally {
      times.end();
      await stack.stop();
    }
    return summaryOf(out, file, `0 to ${untilMs / 1000} s of simulation time`);
  } finally {
    file.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Listens to a RIC that others run; times are those of the wall clock. Gives a line about it. */
async function captureLive(url: string, { out, duration: forMs }: CaptureOptions): Promise<string> {
  const interrupted = onInterrupt();
  const bus = await connect(url);
  const file = new CaptureFile(out);
  try {
    onSentPdu(bus, (pdu) => {
      if (file.counts.pdus === 0 && pdu.octets[0] === OPEN_BRACE) {
        process.stderr.write('the PDUs are JSON (--e2-codec json), which Wireshark does not read\n');
      }
      file.add(Date.now() * 1_000, pdu);
    });
    await bus.flush();
    process.stderr.write(`listening at ${new URL(url).host}; Ctrl-C ends it\n`);
    const waits: Promise<unknown>[] = [interrupted, file.failed];
    if (forMs !== undefined) waits.push(sleep(forMs, undefined, { ref: false }));
    await Promise.race(waits);
    return summaryOf(out, file, 'wall-clock time');
  } finally {
    file.close();
    await bus.close().catch(() => undefined);
  }
}

async function connect(url: string): Promise<Bus> {
  try {
    const onTrouble = (line: string) => process.stderr.write(`${line}\n`);
    return await Bus.connect({ url, name: 'ricochet-capture', onTrouble });
  } catch (error) {
    throw error instanceof BusError ? new CliError(error.message, 1) : error;
  }
}

/** Calls back for each PDU that crosses NATS, in either direction. */
function onSentPdu(bus: Bus, handler: (pdu: SentPdu) => void): void {
  bus.subscribeBytes(SUBJECTS, (octets, subject) => {
    const [, direction, association] = subject.split('.');
    if (association === undefined || (direction !== 'up' && direction !== 'down')) return;
    handler({ association, direction, octets });
  });
}

function summaryOf(out: string, file: CaptureFile, time: string): string {
  const { pdus, packets, octets } = file.counts;
  return `${out}: ${pdus} PDUs (${octets} octets) of ${file.nodes} nodes in ${packets} packets, ${time}`;
}
