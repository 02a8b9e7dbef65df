import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ricStatus } from '@ricochet/contracts';
import { aperCodec, jsonCodec, type E2apPdu } from '@ricochet/e2ap';
import { CliError } from '../cli.error.js';
import { LOGS_FOLDER } from '../stack/data-folder.js';
import { InterruptedError, onInterrupt } from '../stack/interrupt.js';
import { Stack } from '../stack/stack.js';
import { PlayedNode } from './played-node.js';
import { isE2, type NumberedMessage } from './record.js';
import { openRecording, type RecordingReader } from './recording-reader.js';
import { planAgain } from './run-plan.js';
import { controlOutcomes } from './control-outcomes.js';
import { seconds } from './words.js';

const READY_TIMEOUT_MS = 30_000;
/** Subscriptions follow the set-up. */
const SUBSCRIBE_MS = 1_000;
const OPEN_BRACE = 0x7b;

/**
 * Plays the E2 side of a recording made in real time: its nodes are there again and report at the recorded times, to a RIC
 * and xApps that are started for it. What these do is told, and not compared. Gives a few lines about it.
 */
export async function playBack(path: string, { header, name }: RecordingReader): Promise<string> {
  const nodes = new Map<string, { node: PlayedNode; setup: SetUp }>();
  for (const { node, pdu } of e2Of(path)) prepare(nodes, node, pdu);
  if (nodes.size === 0) throw new CliError(`${name}: no node sets up in it, so there is none to play`, 1);
  const { plan, dispose } = planAgain(header, name);
  const dataDir = mkdtempSync(join(tmpdir(), 'ricochet-replay-'));
  mkdirSync(join(dataDir, LOGS_FOLDER));
  // Nothing of it is kept.
  delete process.env['DATABASE_URL'];
  const interrupted = onInterrupt();
  try {
    const onLine = (line: string): void => void process.stderr.write(`${line}\n`);
    const stack = await Stack.open({ ...plan, dataDir, restart: false, withoutNodes: true, onLine });
    const outcomes = controlOutcomes(stack.bus);
    const played = async (): Promise<void> => {
      await stack.bus.flush();
      const ready = xappsRun(stack);
      stack.begin();
      await ready;
      await play(path, stack, [...nodes.values()]);
    };
    try {
      const end = await Promise.race([played(), interrupted, stack.failed]);
      if (end === 'interrupted') throw new InterruptedError();
    } finally {
      for (const { node } of nodes.values()) node.close();
      await stack.stop();
    }
    return [
      `${name}: ${seconds(header.untilMs)} played on the E2 side`,
      ...nodeLines(nodes),
      ...outcomes(),
    ].join('\n');
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    dispose();
  }
}

type SetUp = Extract<E2apPdu, { message: 'E2setupRequest' }>['value'];

/** The first set-up of each node, and all its subscriptions. */
function prepare(nodes: Map<string, { node: PlayedNode; setup: SetUp }>, nodeId: string, pdu: E2apPdu): void {
  if (pdu.message === 'E2setupRequest' && !nodes.has(nodeId)) {
    const onTrouble = (line: string): void => void process.stderr.write(`${line}\n`);
    nodes.set(nodeId, { node: new PlayedNode(nodeId, onTrouble), setup: pdu.value });
  }
  if (pdu.message === 'RICsubscriptionRequest') nodes.get(nodeId)?.node.learn(pdu.value);
}

async function play(
  path: string,
  stack: Stack,
  nodes: readonly { readonly node: PlayedNode; readonly setup: SetUp }[],
): Promise<void> {
  for (const { node, setup } of nodes) await node.connect(stack.bus, setup);
  await sleep(SUBSCRIBE_MS);
  const byId = new Map(nodes.map(({ node }) => [node.nodeId, node]));
  let beganMs: number | undefined;
  for (const { node, timeMs, pdu } of e2Of(path)) {
    if (pdu.message !== 'RICindication') continue;
    beganMs ??= performance.now() - timeMs;
    const waitMs = beganMs + timeMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    byId.get(node)?.indicate(pdu.value);
  }
  // What answers the last of them.
  await sleep(SUBSCRIBE_MS);
}

/** Resolves when the RIC says that all its xApps run. */
function xappsRun(stack: Stack): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new CliError(`the xApps do not run after ${seconds(READY_TIMEOUT_MS)}`, 1)),
      READY_TIMEOUT_MS,
    );
    stack.bus.subscribe(ricStatus, ({ xapps }) => {
      if (xapps.length === 0 || !xapps.every(({ state }) => state === 'running')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The PDUs of a recording that can be read. */
function* e2Of(
  path: string,
): Generator<Pick<NumberedMessage, 'node' | 'timeMs'> & { readonly pdu: E2apPdu }> {
  for (const message of openRecording(path).messages()) {
    if (!isE2(message)) continue;
    const { node, timeMs, payload } = message;
    const codec = payload[0] === OPEN_BRACE ? jsonCodec : aperCodec;
    let pdu: E2apPdu;
    try {
      pdu = codec.decode(payload);
    } catch {
      continue;
    }
    yield { node, timeMs, pdu };
  }
}

function nodeLines(nodes: ReadonlyMap<string, { readonly node: PlayedNode }>): string[] {
  return [...nodes.values()].map(({ node: { nodeId, counts } }) => {
    const { sent, notAsked, controls, refused } = counts;
    const others = [
      ...(notAsked > 0 ? [`${notAsked} that nobody subscribed to`] : []),
      ...(refused > 0 ? [`${refused} subscriptions refused that the recording does not have`] : []),
    ];
    return [`${nodeId}: ${sent} indications sent, ${controls} controls came`, ...others].join(', ');
  });
}
