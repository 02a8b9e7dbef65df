import fc from 'fast-check';
import { ranFunctionName } from '../common/common-values.fixture.js';
import { partly } from '../message-laws.fixture.js';
import { type RcRanFunctionDefinition } from './ran-function-definition.js';
import { any, id, namedParameters, some, text, type } from './rc-parameter-values.fixture.js';

const style = { type, name: text };
const action = { id, name: text, ranParameters: namedParameters };
export const ranFunctionDefinitions: fc.Arbitrary<RcRanFunctionDefinition> = partly(
  {
    ranFunctionName,
    eventTrigger: partly(
      {
        styles: some(fc.record({ ...style, formatType: type })),
        l2Parameters: namedParameters,
        callProcessTypes: some(
          fc.record({ id, name: text, breakpoints: some(partly(action, 'ranParameters')) }),
        ),
        ueIdentificationParameters: namedParameters,
        cellIdentificationParameters: namedParameters,
      },
      'l2Parameters',
      'callProcessTypes',
      'ueIdentificationParameters',
      'cellIdentificationParameters',
    ),
    reportStyles: some(
      partly(
        {
          ...style,
          eventTriggerStyleType: type,
          actionFormatType: type,
          indicationHeaderFormatType: type,
          indicationMessageFormatType: type,
          ranParameters: namedParameters,
        },
        'ranParameters',
      ),
    ),
    insertStyles: some(
      partly(
        {
          ...style,
          eventTriggerStyleType: type,
          actionFormatType: type,
          indications: some(partly(action, 'ranParameters')),
          indicationHeaderFormatType: type,
          indicationMessageFormatType: type,
          callProcessIdFormatType: type,
        },
        'indications',
      ),
    ),
    controlStyles: some(
      partly(
        {
          ...style,
          actions: some(
            partly({ ...action, ueGroupSupported: fc.boolean() }, 'ranParameters', 'ueGroupSupported'),
          ),
          headerFormatType: type,
          messageFormatType: type,
          callProcessIdFormatType: type,
          outcomeFormatType: type,
          outcomeParameters: namedParameters,
          additionalFormats: any(
            partly(
              {
                headerFormatType: type,
                messageFormatType: type,
                outcomeFormatType: type,
                ricControlActionId: id,
              },
              'outcomeFormatType',
              'ricControlActionId',
            ),
          ),
        },
        'actions',
        'callProcessIdFormatType',
        'outcomeParameters',
        'additionalFormats',
      ),
    ),
    policyStyles: some(
      partly(
        {
          ...style,
          eventTriggerStyleType: type,
          actions: some(
            partly(
              { ...action, actionFormatType: type, conditionParameters: namedParameters },
              'ranParameters',
              'conditionParameters',
            ),
          ),
        },
        'actions',
      ),
    ),
    queryStyles: some(
      partly(
        {
          ...style,
          headerFormatType: type,
          definitionFormatType: type,
          outcomeFormatType: type,
          ranParameters: namedParameters,
        },
        'ranParameters',
      ),
    ),
  },
  'eventTrigger',
  'reportStyles',
  'insertStyles',
  'controlStyles',
  'policyStyles',
  'queryStyles',
);
