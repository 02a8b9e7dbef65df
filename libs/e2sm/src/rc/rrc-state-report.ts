import { type UeId } from '../common/ue-id.js';
import { E2smError } from '../service-model.js';
import { type RcActionDefinition } from './action-definition.js';
import { type RcEventTrigger, type RrcState } from './event-trigger.js';
import { type RcIndicationMessage } from './indication.js';
import { ParameterReader } from './parameter-tree.js';

/** Report style 4, UE Information (E2SM-RC clause 7.4.5), and the parameter that says an RRC state (clause 8.2.4). */
export const RRC_STATE_REPORT = {
  ricStyleType: 4,
  ranParameterId: 202,
  name: 'RRC State Changed To',
} as const;

/** The parameter's values, in the order of their numbers. */
const STATES: readonly RrcState[] = ['rrc-connected', 'rrc-inactive', 'rrc-idle'];

/** A subscription to changes of any UE's RRC state: to one of `states`, or to any when left out. */
export function rrcStateSubscription({
  states = ['any'],
  ricEventTriggerConditionId = 1,
}: { readonly states?: readonly RrcState[]; readonly ricEventTriggerConditionId?: number } = {}): {
  eventTrigger: RcEventTrigger;
  actionDefinition: RcActionDefinition;
} {
  const { ricStyleType, ranParameterId } = RRC_STATE_REPORT;
  const rrcState = states.map((stateChangedTo, place) => ({
    stateChangedTo,
    ...(place < states.length - 1 && { logicalOr: true }),
  }));
  return {
    eventTrigger: { format4: { changes: [{ ricEventTriggerConditionId, triggerType: { rrcState } }] } },
    actionDefinition: { ricStyleType, definition: { format1: { ranParameters: [{ ranParameterId }] } } },
  };
}

/**
 * What an indication of such a subscription tells: the state each UE went to.
 * @throws {E2smError} when it is no such indication, naming the UE's place and the parameter
 */
export function readRrcStates(message: RcIndicationMessage): { ueId: UeId; rrcState: RrcState }[] {
  if (!('format2' in message)) {
    throw new E2smError(`RRC states come in indication message format 2, not in ${Object.keys(message)[0]}`);
  }
  const { ranParameterId, name } = RRC_STATE_REPORT;
  return message.format2.ues.map(({ ueId, ranParameters }, place) => {
    const value = new ParameterReader(ranParameters, () => name, `of UE [${place}] `).integer(ranParameterId);
    const rrcState = STATES[value];
    if (rrcState === undefined) throw new E2smError(`UE [${place}]: ${value} is no RRC state`);
    return { ueId, rrcState };
  });
}
