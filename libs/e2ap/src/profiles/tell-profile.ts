import { type E2SetupRequest } from '../messages/e2-setup.js';
import { type OtherCriticalities } from '../pdu.js';
import { type RanFunctionItem } from '../types/ran-function.js';
import { ADAPTER_PROFILE_NAMES, type AdapterProfileName, type PeerProfile } from './profile.js';
import { profiles } from './profiles.js';

/** FlexRIC alone gives version 3 of KPM an OID of its own. */
const FLEXRIC_KPM_OID = '1.3.6.1.4.1.53148.1.3.2.2';
/** MAC, RLC, PDCP, SLICE, TC and GTP: functions 142 to 148. */
const FLEXRIC_OID = /^0\.0\.0\.0\.0\.0\.0\.0\.1\.14[2-8]\.0$/;
/** IE id of the items in which RAN functions come. */
const RAN_FUNCTION_ITEM = 8;

/**
 * What srsRAN's definitions say: of KPM its description and the last of five styles, of RC what a test has left in.
 * KPM's words are the standard's own, so that the revision must be 0 as well, as it is in all of srsRAN's releases.
 */
const SRSRAN_MARKS: ReadonlyMap<string, readonly string[]> = new Map([
  ['1.3.6.1.4.1.53148.1.2.2.2', ['KPM Monitor', 'E2 Node Measurement for multiple UEs']],
  ['1.3.6.1.4.1.53148.1.1.2.3', ['test-outcome-ran-param']],
]);

/** What the definitions of a node of ours say that speaks for a gNB behind an adapter. */
export const adapterMark = (name: AdapterProfileName): string => `ricochet adapter of ${name}`;

/**
 * The profile of the node that sent an E2 Setup Request, by its RAN functions and by `criticalities`, as the PDU came
 * with them. What nothing speaks against is `oran`. FlexRIC's two versions look the same at set-up: `flexric-2.03` is
 * told, the default of its build; an agent of v3.01 understands what is sent to it.
 */
export function tellProfile(
  { ranFunctionsAdded }: Pick<E2SetupRequest, 'ranFunctionsAdded'>,
  criticalities: OtherCriticalities = {},
): PeerProfile {
  if (criticalities[RAN_FUNCTION_ITEM] === 'reject' || ranFunctionsAdded.some(isOfFlexric)) {
    return profiles['flexric-2.03'];
  }
  if (ranFunctionsAdded.some(isOfSrsran)) return profiles.srsran;
  const behind = ADAPTER_PROFILE_NAMES.find((name) =>
    ranFunctionsAdded.some((item) => textOf(item).includes(adapterMark(name))),
  );
  return profiles[behind ?? 'oran'];
}

function isOfFlexric({ ranFunctionOid }: RanFunctionItem): boolean {
  return ranFunctionOid === FLEXRIC_KPM_OID || FLEXRIC_OID.test(ranFunctionOid);
}

function isOfSrsran(item: RanFunctionItem): boolean {
  const marks = SRSRAN_MARKS.get(item.ranFunctionOid);
  if (marks === undefined || item.ranFunctionRevision !== 0) return false;
  const text = textOf(item);
  return marks.every((mark) => text.includes(mark));
}

function textOf({ ranFunctionDefinition }: RanFunctionItem): string {
  return new TextDecoder('latin1').decode(ranFunctionDefinition);
}
