import { encodePer, toHex } from '@ricochet/asn1';
import { type UeId, ueId as ueIdType } from '../common/ue-id.js';
import { E2smError } from '../service-model.js';
import { messageCopySubscription, readMessageCopy } from './message-copy-report.js';
import { rc } from './rc.js';
import { readRrcStates, rrcStateSubscription } from './rrc-state-report.js';

const UE: UeId = { gnbDuUeId: { gnbCuUeF1apId: 7 } };

describe('RRC state reports', () => {
  it('are subscribed to by style 4 and parameter 202', () => {
    const { eventTrigger, actionDefinition } = rrcStateSubscription({
      states: ['rrc-connected', 'rrc-idle'],
      ricEventTriggerConditionId: 5,
    });
    expect(rc.eventTrigger.decode(rc.eventTrigger.encode(eventTrigger))).toEqual({
      format4: {
        changes: [
          {
            ricEventTriggerConditionId: 5,
            triggerType: {
              rrcState: [
                { stateChangedTo: 'rrc-connected', logicalOr: true },
                { stateChangedTo: 'rrc-idle' },
              ],
            },
          },
        ],
      },
    });
    expect(rc.actionDefinition.decode(rc.actionDefinition.encode(actionDefinition))).toEqual({
      ricStyleType: 4,
      definition: { format1: { ranParameters: [{ ranParameterId: 202 }] } },
    });
  });

  it.each([
    [0, 'rrc-connected'],
    [1, 'rrc-inactive'],
    [2, 'rrc-idle'],
  ])('are read: %i is %s', (valueInt, rrcState) => {
    const ranParameters = [{ ranParameterId: 202, valueType: { elementFalse: { valueInt } } }];
    const octets = rc.indicationMessage.encode({ format2: { ues: [{ ueId: UE, ranParameters }] } });
    expect(readRrcStates(rc.indicationMessage.decode(octets))).toEqual([{ ueId: UE, rrcState }]);
  });

  it('are refused in words', () => {
    const ues = (valueInt: number, ranParameterId = 202) => ({
      format2: {
        ues: [{ ueId: UE, ranParameters: [{ ranParameterId, valueType: { elementTrue: { valueInt } } }] }],
      },
    });
    expect(() => readRrcStates(ues(9))).toThrow('UE [0]: 9 is no RRC state');
    expect(() => readRrcStates(ues(1, 3))).toThrow(
      'RAN parameter of UE [0] 202 (RRC State Changed To) is missing',
    );
    expect(() => readRrcStates({ format5: { ranParameters: [] } })).toThrow('not in format5');
  });
});

describe('message copies', () => {
  it('are subscribed to by style 1 and parameters 3 and 4, a condition a message', () => {
    const { eventTrigger, actionDefinition } = messageCopySubscription([
      { rrcType: { nr: 'ul-dcch' }, messageId: 1 },
      { rrcType: { nr: 'dl-dcch' }, messageId: 0 },
    ]);
    expect(rc.eventTrigger.decode(rc.eventTrigger.encode(eventTrigger))).toEqual({
      format1: {
        messages: [
          {
            ricEventTriggerConditionId: 1,
            messageType: { rrc: { rrcType: { nr: 'ul-dcch' }, messageId: 1 } },
          },
          {
            ricEventTriggerConditionId: 2,
            messageType: { rrc: { rrcType: { nr: 'dl-dcch' }, messageId: 0 } },
          },
        ],
      },
    });
    expect(actionDefinition).toEqual({
      ricStyleType: 1,
      definition: { format1: { ranParameters: [{ ranParameterId: 3 }, { ranParameterId: 4 }] } },
    });
  });

  const rrcMessage = { ranParameterId: 3, valueType: { elementFalse: { valueOctets: '08a0' } } };

  it('are read, with the UE', () => {
    const ueId = {
      ranParameterId: 4,
      valueType: { elementFalse: { valueOctets: toHex(encodePer(ueIdType, UE)) } },
    };
    const header = { format1: { ricEventTriggerConditionId: 2 } };
    const message = { format1: { ranParameters: [rrcMessage, ueId] } };
    expect(readMessageCopy(header, message)).toEqual({
      ricEventTriggerConditionId: 2,
      rrcMessage: Uint8Array.of(0x08, 0xa0),
      ueId: UE,
    });
    expect(
      readMessageCopy({ format1: {} }, { format1: { ranParameters: [rrcMessage] } }).ueId,
    ).toBeUndefined();
  });

  it('are refused in words', () => {
    const ueId = { ranParameterId: 4, valueType: { elementFalse: { valueOctets: 'ff' } } };
    const read = (ranParameters: (typeof ueId)[]) => () =>
      readMessageCopy({ format1: {} }, { format1: { ranParameters } });
    expect(read([])).toThrow('RAN parameter 3 (RRC Message) is missing');
    expect(read([rrcMessage, ueId])).toThrow(E2smError);
    expect(read([rrcMessage, ueId])).toThrow('UE ID');
    expect(() => readMessageCopy({ format3: {} }, { format4: null })).toThrow('format3 and format4');
  });
});
