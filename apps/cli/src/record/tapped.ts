import { type Bus } from '@ricochet/bus';
import { lockstepPeriod, simulationFinished, simulationSample } from '@ricochet/contracts';

/** A message of the bus that a recording is made of. */
export interface Tapped {
  readonly subject: string;
  readonly payload: Uint8Array;
  /** What it was answered, as JSON, once it has been. */
  answer?: unknown;
}

export interface TapHandlers {
  readonly onMessage: (message: Tapped) => void;
  /** The simulator asks for the end of an instant: what its nodes report has been sent. */
  readonly onPeriod: (payload: Uint8Array) => void;
  /** The instant is over: all decisions have been made and answered. */
  readonly onPeriodEnd: () => void;
}

/**
 * What is listened to. All else on the bus is left out: beats and associations of E2, `ric.status` and `nonrt.status`,
 * registrations, settling, draining, metrics and configuration of xApps, notices of subscriptions, shared data, models and
 * round numbers that are fetched (they change nothing), and indications on their way to xApps, which are the PDUs' contents.
 */
const EVENTS = [
  'e2.*.*.pdu',
  'ric.xapp.*.effect',
  'ric.xapp.*.policy.*',
  'ric.xapp.*.policy-status',
  'ric.conflict',
  'a1.policy.status',
  'rapp.meta-hrl.round.closed',
  simulationSample.subject,
  simulationFinished.subject,
];
/** Likewise, with what is answered. */
const REQUESTS = [
  'ric.xapp.*.control',
  'a1.policy.put',
  'a1.policy.delete',
  'rapp.meta-hrl.round.open',
  'rapp.meta-hrl.contribution',
  'nonrt.model.save',
  'nonrt.model.activate',
];
/** Answers go to one of these. */
const INBOXES = '_INBOX.>';

/** Listens to all that a recording keeps. */
export function tapBus(bus: Bus, { onMessage, onPeriod, onPeriodEnd }: TapHandlers): void {
  const unanswered = new Map<string, (answer: Uint8Array) => void>();
  for (const subject of EVENTS) {
    bus.subscribeBytes(subject, (payload, of) => onMessage({ subject: of, payload }));
  }
  for (const subject of REQUESTS) {
    bus.subscribeBytes(subject, (payload, of, reply) => {
      const message: Tapped = { subject: of, payload };
      if (reply !== undefined) unanswered.set(reply, (answer) => (message.answer = parsed(answer)));
      onMessage(message);
    });
  }
  bus.subscribeBytes(lockstepPeriod.subject, (payload, _, reply) => {
    if (reply !== undefined) unanswered.set(reply, onPeriodEnd);
    onPeriod(payload);
  });
  bus.subscribeBytes(INBOXES, (payload, inbox) => {
    unanswered.get(inbox)?.(payload);
    unanswered.delete(inbox);
  });
}

/** JSON of who is trusted: services of ours. */
export function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
  } catch {
    return undefined;
  }
}
