import { fromHex, toHex } from '@ricochet/asn1';
import { type RcControlOutcome } from './control.js';

/** An outcome parameter of our own: why a control failed, UTF-8. The standard's outcomes have none for it. */
export const FAILURE_TEXT_PARAMETER = { id: 0xffff_ffff, name: 'Failure Text' } as const;

export function outcomeOfText(text: string): RcControlOutcome {
  const valueOctets = toHex(new TextEncoder().encode(text));
  return {
    format1: { ranParameters: [{ ranParameterId: FAILURE_TEXT_PARAMETER.id, value: { valueOctets } }] },
  };
}

/** `undefined` when the outcome carries no text. */
export function textOfOutcome(outcome: RcControlOutcome): string | undefined {
  if (!('format1' in outcome)) return undefined;
  const found = outcome.format1.ranParameters.find(
    ({ ranParameterId }) => ranParameterId === FAILURE_TEXT_PARAMETER.id,
  );
  if (found === undefined || !('valueOctets' in found.value)) return undefined;
  return new TextDecoder().decode(fromHex(found.value.valueOctets));
}
