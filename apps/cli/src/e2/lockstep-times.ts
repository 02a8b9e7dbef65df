import { type SentPdu } from './capture-file.js';

const US_PER_MS = 1_000;

/**
 * Gives the PDUs of a lockstep run the simulation time at which they went out. Nodes send their indications, then ask
 * for the end of the period, which says its time; what answers the indications follows at the same time.
 */
export class LockstepTimes {
  private readonly waiting: SentPdu[] = [];
  private timeMs = 0;

  constructor(private readonly onPdu: (timeUs: number, pdu: SentPdu) => void) {}

  sent(pdu: SentPdu): void {
    this.waiting.push(pdu);
  }

  /** The nodes have sent what they report at this time. */
  period(timeMs: number): void {
    const before = this.timeMs;
    this.timeMs = timeMs;
    for (const pdu of this.waiting.splice(0)) {
      this.onPdu((isIndication(pdu.octets) ? timeMs : before) * US_PER_MS, pdu);
    }
  }

  /** No period comes any more. */
  end(): void {
    for (const pdu of this.waiting.splice(0)) this.onPdu(this.timeMs * US_PER_MS, pdu);
  }
}

/** Initiating message, procedure code 5. */
function isIndication([choice, procedureCode]: Uint8Array): boolean {
  return choice === 0 && procedureCode === 5;
}
