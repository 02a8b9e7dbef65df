import { canonicalJson, canonicalLearning } from './canonical-json.js';
import { sentPdu } from './canonical-pdu.js';
import { type RunMessage } from './record.js';
import { type TapHandlers, type Tapped } from './tapped.js';

/** Messages of a run in real time as they come, at the time since the first. */
export class RealTimeTape implements TapHandlers {
  private beganMs: number | undefined;

  constructor(
    private readonly onRecorded: (message: RunMessage) => void,
    /** Wall clock, ms. */
    private readonly nowMs: () => number,
  ) {}

  readonly onMessage = (tapped: Tapped): void => {
    const nowMs = this.nowMs();
    this.beganMs ??= nowMs;
    const timeMs = Math.round(nowMs - this.beganMs);
    const message = tapped.subject.startsWith('e2.') ? pduMessage(tapped) : jsonMessage(tapped);
    this.onRecorded({ ...message, timeMs });
  };

  readonly onPeriod = (): void => undefined;
  readonly onPeriodEnd = (): void => undefined;
}

function pduMessage(tapped: Tapped): Omit<RunMessage, 'timeMs'> {
  const { node, direction } = sentPdu(tapped);
  return { kind: direction === 'up' ? 'e2-up' : 'e2-down', node, xapp: '', payload: tapped.payload };
}

/** What is answered is not waited for. */
function jsonMessage(tapped: Tapped): Omit<RunMessage, 'timeMs'> {
  const { kind, node, xapp, content } =
    canonicalJson(tapped, { isAnswered: false }) ?? canonicalLearning(tapped);
  return { kind, node, xapp, payload: Buffer.from(JSON.stringify(content)) };
}
