import {
  aperCodec,
  encodeF1Setup,
  type E2apPdu,
  type MessageName,
  type MessageValue,
  type RanFunctionItem,
  type Transport,
} from '@ricochet/e2ap';
import { kpmFunction, quotaFunction } from '@ricochet/e2-node';
import { kpm, ricochet } from '@ricochet/e2sm';
import { KPI_NAMES } from '@ricochet/ran-types';
import { waitFor } from './wait-for.js';

export type Pdu<N extends MessageName> = E2apPdu & { readonly message: N; readonly value: MessageValue<N> };

const plmn = { mcc: '001', mnc: '01' };
const SLICES = [{ sst: 1 }, { sst: 2 }, { sst: 3 }];

/**
 * An E2 node that does only what the test has it do: no procedure, no timer, no manners. It offers what a simulated
 * DU offers, so the RIC and its xApps take it for one.
 */
export class E2Peer {
  readonly heard: E2apPdu[] = [];
  readonly closed: string[] = [];
  readonly nodeId: string;
  /** Does something about what the RIC sends; nothing unless set. */
  onPdu: (pdu: E2apPdu) => void = () => undefined;

  constructor(
    readonly transport: Transport,
    private readonly gnbDuId: number,
  ) {
    this.nodeId = `gnb-001-01-1-du-${gnbDuId}`;
    transport.listen({
      onPdu: (octets) => {
        const pdu = aperCodec.decode(octets);
        this.heard.push(pdu);
        this.onPdu(pdu);
      },
      onClosed: (reason) => this.closed.push(reason),
    });
  }

  send<N extends MessageName>(message: N, value: MessageValue<N>): void {
    this.transport.send(aperCodec.encode({ message, value } as E2apPdu));
  }

  /** The first message of the name, now or later, among those heard since `from`. */
  async hears<N extends MessageName>(message: N, from = 0, timeoutMs?: number): Promise<MessageValue<N>> {
    const found = (): E2apPdu | undefined => this.heard.slice(from).find((pdu) => pdu.message === message);
    const pdu = await waitFor(`${message} at ${this.nodeId}`, found, timeoutMs);
    return pdu.value as MessageValue<N>;
  }

  /** Asks to be set up, and does not wait. */
  sendSetup(transactionId = 1): void {
    const served = { nrCgi: { plmn, nci: this.gnbDuId }, prbs: 100, sliceSupport: SLICES };
    const f1 = encodeF1Setup({ gnbDuId: this.gnbDuId, gnbDuName: 'peer', servedCells: [served] });
    this.send('E2setupRequest', {
      transactionId,
      globalE2NodeId: { plmn, gnbId: 1, gnbDuId: this.gnbDuId },
      ranFunctionsAdded: [
        kpmFunction({ node: KPI_NAMES, ue: KPI_NAMES }),
        quotaFunction(),
        weightsFunction(),
      ],
      componentConfigurationAddition: [
        { interfaceType: 'f1', componentId: { f1: { gnbDuId: this.gnbDuId } }, ...f1 },
      ],
    });
  }

  async setUp(): Promise<void> {
    this.sendSetup();
    await this.hears('E2setupResponse');
  }

  /** Admits a subscription. */
  admit({ ricRequestId, ranFunctionId, ricActionsToBeSetup }: MessageValue<'RICsubscriptionRequest'>): void {
    this.send('RICsubscriptionResponse', {
      ricRequestId,
      ranFunctionId,
      ricActionsAdmitted: ricActionsToBeSetup.map(({ ricActionId }) => ricActionId),
    });
  }

  /** A report for the subscription that holds one record of so many values. */
  indication(ricRequestId: MessageValue<'RICindication'>['ricRequestId'], sn: number, width = 1): Uint8Array {
    return aperCodec.encode({
      message: 'RICindication',
      value: {
        ricRequestId,
        ranFunctionId: kpm.ranFunctionId,
        ricActionId: 1,
        ricIndicationSn: sn,
        ricIndicationType: 'report',
        ricIndicationHeader: kpm.indicationHeader.encode({ collectionStartTimeMs: 100 * sn }),
        ricIndicationMessage: kpm.indicationMessage.encode({
          format1: { measData: [{ kinds: 'i'.repeat(width), values: Array<number>(width).fill(1) }] },
        }),
      },
    });
  }
}

/** Our own model of UE weights. */
function weightsFunction(): RanFunctionItem {
  const { ranFunctionId, oid, shortName } = ricochet;
  return {
    ranFunctionId,
    ranFunctionRevision: 1,
    ranFunctionOid: oid,
    ranFunctionDefinition: ricochet.ranFunctionDefinition.encode({
      ranFunctionName: { shortName, e2smOid: oid, description: 'a peer of the test' },
      slices: SLICES,
    }),
  };
}
