import { type CapturedMessage } from '../pcap/capture-reader.js';

/** Payload protocol identifiers of S1AP, X2AP, NGAP, XnAP, F1AP, E1AP and W1AP, which captures of a RAN hold too. */
const OTHERS: ReadonlySet<number> = new Set([18, 27, 60, 61, 62, 64, 73]);
/** E2 on SCTP (E2GAP), with any payload protocol identifier: some nodes send 0. */
const E2_PORTS = /:3642[12]$/;

/** Whether a message is of another protocol than E2AP. */
export function isOtherProtocol({ ppid, source, destination }: CapturedMessage): boolean {
  return OTHERS.has(ppid) && !E2_PORTS.test(source) && !E2_PORTS.test(destination);
}
