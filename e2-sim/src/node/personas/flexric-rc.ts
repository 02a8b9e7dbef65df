import { type RicControlRequest } from '@ricochet/e2ap';
import { E2smError, rc, type RcRanFunctionDefinition } from '@ricochet/e2sm';

/** QoS flow mapping configuration of Radio Bearer Control. */
const QOS_FLOW_MAPPING = { style: 1, action: 2 } as const;
const [DRB_ID, QOS_FLOWS] = [
  { id: 1, name: 'DRB ID' },
  { id: 2, name: 'List of QoS Flows to be modified in DRB' },
];

/** Every format is one too low: format 1 is told as 0. */
export const flexricRcDefinition: RcRanFunctionDefinition = {
  ranFunctionName: { shortName: rc.shortName, e2smOid: rc.oid, description: 'RAN Control' },
  eventTrigger: {
    styles: [
      { type: 1, name: 'Message Event', formatType: 0 },
      { type: 4, name: 'UE Information Change', formatType: 3 },
    ],
  },
  reportStyles: [
    {
      type: 1,
      name: 'Message Copy',
      eventTriggerStyleType: 0,
      actionFormatType: 0,
      indicationHeaderFormatType: 0,
      indicationMessageFormatType: 0,
      ranParameters: [
        { id: 3, name: 'RRC Message' },
        { id: 4, name: 'UE ID' },
      ],
    },
    {
      type: 4,
      name: 'UE Information',
      eventTriggerStyleType: 3,
      actionFormatType: 0,
      indicationHeaderFormatType: 0,
      indicationMessageFormatType: 1,
      ranParameters: [{ id: 202, name: 'RRC State Changed To' }],
    },
  ],
  controlStyles: [
    {
      type: QOS_FLOW_MAPPING.style,
      name: 'Radio Bearer Control',
      actions: [
        {
          id: QOS_FLOW_MAPPING.action,
          name: 'QoS flow mapping configuration',
          ranParameters: [DRB_ID, QOS_FLOWS],
        },
      ],
      headerFormatType: 0,
      messageFormatType: 0,
      outcomeFormatType: 0,
    },
  ],
};

/** What of a control its agent asserts and does not find; `undefined` when it does, and prints it. */
export function fatalInControl({
  ricControlHeader,
  ricControlMessage,
}: RicControlRequest): string | undefined {
  try {
    const header = rc.controlHeader.decode(ricControlHeader);
    const message = rc.controlMessage.decode(ricControlMessage);
    if (!('format1' in header) || !('format1' in message)) return 'another format of RC control than 1';
    const { ricControlActionId } = header.format1;
    if (ricControlActionId !== QOS_FLOW_MAPPING.action) return `RC control action ${ricControlActionId}`;
    const [drb, flows] = message.format1.ranParameters;
    const isAsserted =
      drb?.ranParameterId === DRB_ID.id &&
      'elementTrue' in drb.valueType &&
      flows?.ranParameterId === QOS_FLOWS.id &&
      'list' in flows.valueType;
    return isAsserted ? undefined : 'other RAN parameters than a DRB and its QoS flows';
  } catch (error) {
    if (error instanceof E2smError) return error.message;
    throw error;
  }
}
