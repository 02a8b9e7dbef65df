import { E2smError, type ServiceModel } from '@ricochet/e2sm';

/** Which message of the service model an octet string of E2AP is, as the model's codecs call it. */
const MESSAGES: Readonly<Record<string, string>> = {
  ranFunctionDefinition: 'ranFunctionDefinition',
  ricEventTriggerDefinition: 'eventTrigger',
  ricEventTriggerDefinitionToBeModified: 'eventTrigger',
  ricActionDefinition: 'actionDefinition',
  ricIndicationHeader: 'indicationHeader',
  ricIndicationMessage: 'indicationMessage',
  ricCallProcessId: 'callProcessId',
  ricControlHeader: 'controlHeader',
  ricControlMessage: 'controlMessage',
  ricControlOutcome: 'controlOutcome',
  ricQueryHeader: 'queryHeader',
  ricQueryDefinition: 'queryDefinition',
  ricQueryOutcome: 'queryOutcome',
};

/** What the specifications call a message, where it is not just its name with a capital. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  ranFunctionDefinition: 'RANfunctionDefinition',
  callProcessId: 'CallProcessID',
};

/** What is known of a RAN function. */
export interface RanFunctionModel {
  readonly model?: ServiceModel;
  /** How it is known, or why it is not. */
  readonly words: string;
}

/** Octets of a service model inside E2AP, and what they say. */
export class Payload {
  constructor(
    readonly octets: Uint8Array,
    /** As the model's codecs call it: `indicationHeader`. */
    readonly message: string,
    readonly model: ServiceModel | undefined,
    readonly outcome:
      | { readonly value: unknown }
      /** Not read; a fault when they should have been readable. */
      | { readonly reason: string; readonly isFault: boolean },
  ) {}

  /** Such as `E2SM-KPM-IndicationHeader`. */
  get typeName(): string {
    const model = this.model?.shortName.replace(/^ORAN-/, '') ?? 'E2SM';
    const message = TYPE_NAMES[this.message] ?? capitalised(this.message);
    return `${model}-${message}`;
  }
}

/**
 * A copy of a value of E2AP in which the octets of service models are read, as far as they can be.
 *
 * @param modelOf what is known of a RAN function, by id, and where it is defined by OID
 */
export function readPayloads(
  value: object,
  modelOf: (ranFunctionId: number | undefined, oid?: string) => RanFunctionModel,
): Record<string, unknown> {
  const read = (part: unknown, ranFunctionId: number | undefined): unknown => {
    if (Array.isArray(part)) return part.map((item) => read(item, ranFunctionId));
    if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return part;
    const fields = part as Record<string, unknown>;
    const id = typeof fields['ranFunctionId'] === 'number' ? fields['ranFunctionId'] : ranFunctionId;
    const oid = typeof fields['ranFunctionOid'] === 'string' ? fields['ranFunctionOid'] : undefined;
    return Object.fromEntries(
      Object.entries(fields).map(([name, field]) => {
        const message = MESSAGES[name];
        const isPayload = message !== undefined && field instanceof Uint8Array;
        return [name, isPayload ? readPayload(field, message, modelOf(id, oid)) : read(field, id)];
      }),
    );
  };
  return read(value, undefined) as Record<string, unknown>;
}

function readPayload(
  octets: Uint8Array,
  message: string,
  { model, words }: RanFunctionModel,
): Payload | Uint8Array {
  if (model === undefined) return new Payload(octets, message, model, { reason: words, isFault: false });
  const codec = (model as unknown as Record<string, { decode(octets: Uint8Array): unknown } | undefined>)[
    message
  ];
  if (codec === undefined) {
    // Only some models say what is in it; else it is whatever the sender wants to see again.
    if (message === 'callProcessId') return octets;
    const reason = `${model.shortName} has no ${message} that this program reads`;
    return new Payload(octets, message, model, { reason, isFault: false });
  }
  try {
    return new Payload(octets, message, model, { value: codec.decode(octets) });
  } catch (error) {
    if (!(error instanceof E2smError)) throw error;
    return new Payload(octets, message, model, { reason: error.message, isFault: true });
  }
}

/** All payloads in what `readPayloads` gave. */
export function payloadsIn(value: unknown): Payload[] {
  if (value instanceof Payload) return [value];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap(payloadsIn);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
