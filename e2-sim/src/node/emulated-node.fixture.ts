import {
  aperCodec,
  type E2apPdu,
  type E2SetupRequest,
  inMemoryTransports,
  type MessageName,
  type MessageValue,
  type AgentProfileName,
  profiles,
  type RicControlRequest,
  type RicSubscriptionRequest,
  type Timers,
  type Transport,
} from '@ricochet/e2ap';
import { kpm, type KpmActionDefinition, packSlicePrbQuota, rc, SLICE_PRB_QUOTA } from '@ricochet/e2sm';
import { createLogger } from '@ricochet/platform';
import { RadioNetwork, resolveRadioConfig } from '@ricochet/radio';
import { type RrmPolicyRatio } from '@ricochet/ran-types';
import { BASE_PERIOD_MS, ReportWindows } from '../report-windows.js';
import { LatencyMeter } from '../sampling/latency-meter.js';
import { E2Node } from './e2-node.js';

/** Of the node's two cells, its own. */
export const CELL = 1;
export const PLMN = { mcc: '001', mnc: '01' };

/** Time stands still; waits are seen, and over when the test says so. */
class Waits implements Timers {
  readonly waiting: { readonly delayMs: number; readonly call: () => void }[] = [];

  after(delayMs: number, call: () => void): () => void {
    const wait = { delayMs, call };
    this.waiting.push(wait);
    return () => {
      const at = this.waiting.indexOf(wait);
      if (at >= 0) this.waiting.splice(at, 1);
    };
  }
}

/** An emulated node, and a RIC of the test's at the other end of its association, which accepts every RAN function. */
export class EmulatedNode {
  readonly radio = new RadioNetwork(resolveRadioConfig({ cells: 2, uesPerCell: 9 }), 1);
  readonly node: E2Node;
  /** What the node has sent, but for set-ups. */
  readonly sent: E2apPdu[] = [];
  readonly setups: E2SetupRequest[] = [];
  readonly lines: string[] = [];
  readonly waits = new Waits();
  /** RAN functions that the RIC rejects. */
  rejected: readonly number[] = [];
  private readonly windows = new ReportWindows(this.radio);
  private ric: Transport | undefined;

  constructor(profile: AgentProfileName) {
    const log = createLogger('e2-node.spec');
    log.info = log.warn = (line: unknown) => void this.lines.push(String(line));
    this.node = new E2Node({
      globalId: { plmn: PLMN, gnbId: 1, gnbDuId: CELL + 1 },
      cell: CELL,
      radio: this.radio,
      seed: 1,
      windows: this.windows,
      connect: () => Promise.resolve(this.associate()),
      timers: this.waits,
      profile: profiles[profile],
      codec: aperCodec,
      latency: new LatencyMeter(),
      log,
      execute: (_, control) => control(),
    });
  }

  /** The node, set up. */
  static async connected(profile: AgentProfileName, rejected: readonly number[] = []): Promise<EmulatedNode> {
    const emulated = new EmulatedNode(profile);
    emulated.rejected = rejected;
    void emulated.node.run();
    await arrived();
    return emulated;
  }

  /** Sends the node a message, and gives what it has sent since. */
  async ask<N extends MessageName>(message: N, value: MessageValue<N>): Promise<E2apPdu[]> {
    return this.askOctets(aperCodec.encode({ message, value } as E2apPdu));
  }

  async askOctets(octets: Uint8Array): Promise<E2apPdu[]> {
    const before = this.sent.length;
    this.ric?.send(octets);
    await arrived();
    return this.sent.slice(before);
  }

  closeByRic(reason: string): void {
    this.ric?.close(reason);
  }

  /** Simulates; gives the indications that are sent meanwhile. */
  async advance(ms: number): Promise<MessageValue<'RICindication'>[]> {
    const before = this.sent.length;
    for (let at = 0; at < ms; at += BASE_PERIOD_MS) {
      this.radio.advance(BASE_PERIOD_MS);
      this.node.proceed();
      for (const due of this.windows.roll()) this.node.report(due);
    }
    await arrived();
    return this.sent
      .slice(before)
      .flatMap(({ message, value }) => (message === 'RICindication' ? [value] : []));
  }

  private associate(): Transport {
    const [near, far] = inMemoryTransports();
    this.ric = far;
    far.listen({
      onPdu: (octets) => {
        const pdu = aperCodec.decode(octets);
        if (pdu.message === 'E2setupRequest') this.answerSetup(pdu.value);
        else this.sent.push(pdu);
      },
      onClosed: () => undefined,
    });
    return near;
  }

  private answerSetup(request: E2SetupRequest): void {
    this.setups.push(request);
    const { transactionId, ranFunctionsAdded, componentConfigurationAddition } = request;
    const isRejected = ({ ranFunctionId }: { ranFunctionId: number }) =>
      this.rejected.includes(ranFunctionId);
    const ids = ranFunctionsAdded.map(({ ranFunctionId, ranFunctionRevision }) => ({
      ranFunctionId,
      ranFunctionRevision,
    }));
    const rejected = ids.filter(isRejected).map(({ ranFunctionId }) => ({
      ranFunctionId,
      cause: { ricService: 'ran-function-not-supported' as const },
    }));
    const value: MessageValue<'E2setupResponse'> = {
      transactionId,
      globalRicId: { plmn: PLMN, ricId: 1 },
      ranFunctionsAccepted: ids.filter((item) => !isRejected(item)),
      ...(rejected.length > 0 && { ranFunctionsRejected: rejected }),
      componentConfigurationAdditionAck: componentConfigurationAddition.map(
        ({ interfaceType, componentId }) => ({ interfaceType, componentId, outcome: 'success' }),
      ),
    };
    this.ric?.send(aperCodec.encode({ message: 'E2setupResponse', value }));
  }
}

/** Lets all that is under way arrive. */
const arrived = () => new Promise((resolve) => setImmediate(resolve));

/** A subscription to KPM reports every 100 ms. */
export function subscription(
  actions: readonly KpmActionDefinition[],
  { ranFunctionId = kpm.ranFunctionId }: { ranFunctionId?: number } = {},
): RicSubscriptionRequest {
  return {
    ricRequestId: { requestorId: 5, instanceId: 1 },
    ranFunctionId,
    ricEventTriggerDefinition: kpm.eventTrigger.encode({ reportingPeriodMs: 100 }),
    ricActionsToBeSetup: actions.map((action, at) => ({
      ricActionId: at + 1,
      ricActionType: 'report',
      ricActionDefinition: kpm.actionDefinition.encode(action),
    })),
  };
}

/** A control of the slice-level PRB quota. */
export function quota(
  ratios: readonly RrmPolicyRatio[],
  { ue = 0, ...header }: { ue?: number; ricStyleType?: number; ricControlActionId?: number } = {},
): RicControlRequest {
  return {
    ricRequestId: { requestorId: 2, instanceId: 9 },
    ranFunctionId: rc.ranFunctionId,
    ricCallProcessId: Uint8Array.of(0, 7),
    ricControlHeader: rc.controlHeader.encode({
      format1: { ueId: { gnbDuUeId: { gnbCuUeF1apId: ue } }, ...SLICE_PRB_QUOTA, ...header },
    }),
    ricControlMessage: rc.controlMessage.encode(packSlicePrbQuota(PLMN, ratios)),
    ricControlAckRequest: 'ack',
  };
}
