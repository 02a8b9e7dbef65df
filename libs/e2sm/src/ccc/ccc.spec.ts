import { type RrmPolicyRatio } from '@ricochet/ran-types';
import fc from 'fast-check';
import { below, nrCgi, sNssai } from '../common/common-values.fixture.js';
import { describeMessages, messageCase } from '../message-laws.fixture.js';
import { E2smError } from '../service-model.js';
import { ccc } from './ccc.js';
import { CELL_CONFIGURATION, packCellRrmPolicy, unpackCellRrmPolicy } from './cell-rrm-policy.js';

const CELL = { plmn: { mcc: '001', mnc: '01' }, nci: 0x66c000 };
const RATIO: RrmPolicyRatio = {
  snssai: { sst: 3, sd: '000017' },
  minRatio: 20,
  maxRatio: 85,
  dedicatedRatio: 10,
};
const percent = below(101);
const ratios = fc.array(
  fc.record({ snssai: sNssai, minRatio: percent, maxRatio: percent, dedicatedRatio: percent }),
  { minLength: 1, maxLength: 4 },
);
const octets = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const attribute = (attributeName: string) => ({
  attributeName,
  supportedServices: {
    controlService: {
      listOfSupportedControlStyles: [
        {
          controlServiceStyleType: 2,
          controlServiceStyleName: 'Cell Configuration and Control',
          controlServiceHeaderFormatType: 1,
          controlServiceMessageFormatType: 2,
          controlServiceControlOutcomeFormatType: 2,
        },
      ],
    },
  },
});
/** As srsRAN 25.10's DU offers it. */
const DEFINITION = {
  ranFunctionName: {
    ranFunctionShortName: 'ORAN-E2SM-CCC',
    ranFunctionServiceModelOID: ccc.oid,
    ranFunctionDescription: 'Cell Configuration and Control',
    ranFunctionInstance: 0,
  },
  listOfCellsForRANFunctionDefinition: [
    {
      cellGlobalID: { plmnIdentity: CELL.plmn, nRCellIdentity: '00066C000' },
      listOfSupportedCellLevelRANConfigurationStructures: [
        {
          ranConfigurationStructureName: 'O-RRMPolicyRatio',
          listOfSupportedAttributes: ['resourceType', 'rRMPolicyMemberList', 'rRMPolicyMaxRatio'].map(
            attribute,
          ),
        },
      ],
    },
  ],
};
const cellGlobalId = { plmnIdentity: CELL.plmn, nRCellIdentity: '00066C000' };

describeMessages([
  messageCase('CCC RAN function definition', ccc.ranFunctionDefinition, fc.constant(DEFINITION)),
  messageCase('CCC control header', ccc.controlHeader, fc.constant(CELL_CONFIGURATION)),
  messageCase(
    'CCC control message',
    ccc.controlMessage,
    fc.record({ cell: nrCgi, ratios }).map(({ cell, ratios: asked }) => packCellRrmPolicy(cell, asked)),
  ),
  messageCase(
    'CCC control outcome',
    ccc.controlOutcome,
    fc.constantFrom(
      {
        controlOutcomeFormat: {
          receivedTimestamp: 'ec2c83fdb48863be',
          listOfCellsForControlOutcome: [
            {
              cellGlobalId,
              ranConfigurationStructuresAcceptedList: [{ ranConfigurationStructureName: 'O-RRMPolicyRatio' }],
              ranConfigurationStructuresFailedList: [],
            },
          ],
        },
      },
      {
        controlOutcomeFormat: {
          ranConfigurationStructuresFailedList: [
            { ranConfigurationStructureName: 'O-BWP', cause: 'NotSupported' as const },
          ],
        },
      },
    ),
  ),
]);

describe('slice quotas of a cell', () => {
  it('come back as they were over the wire', () => {
    fc.assert(
      fc.property(nrCgi, ratios, (cell, asked) => {
        const message = ccc.controlMessage.decode(ccc.controlMessage.encode(packCellRrmPolicy(cell, asked)));
        expect(unpackCellRrmPolicy(message)).toEqual([{ cell, ratios: asked }]);
      }),
    );
  });

  it('are this JSON', () => {
    const slice = {
      resourceType: 'PRB',
      rRMPolicyMemberList: [{ plmnId: CELL.plmn, snssai: { sst: 3, sd: '000017' } }],
    };
    expect(packCellRrmPolicy(CELL, [RATIO])).toEqual({
      controlMessageFormat: {
        listOfCellsControlled: [
          {
            cellGlobalId,
            listOfConfigurationStructures: [
              {
                ranConfigurationStructureName: 'O-RRMPolicyRatio',
                oldValuesOfAttributes: { ranConfigurationStructure: slice },
                newValuesOfAttributes: {
                  ranConfigurationStructure: {
                    ...slice,
                    rRMPolicyMaxRatio: 85,
                    rRMPolicyMinRatio: 20,
                    rRMPolicyDedicatedRatio: 10,
                  },
                },
              },
            ],
          },
        ],
      },
    });
  });

  it('are read with the defaults of TS 28.541, a member after the other', () => {
    const message = packCellRrmPolicy(CELL, [RATIO]);
    const [structure] = message.controlMessageFormat.listOfCellsControlled![0]!.listOfConfigurationStructures;
    structure!.newValuesOfAttributes.ranConfigurationStructure = {
      rRMPolicyMemberList: [{ snssai: { sst: 1 } }, { snssai: { sst: 2, sd: '00ABCD' } }],
    };
    const defaults = { minRatio: 0, maxRatio: 100, dedicatedRatio: 0 };
    expect(unpackCellRrmPolicy(message)[0]?.ratios).toEqual([
      { snssai: { sst: 1 }, ...defaults },
      { snssai: { sst: 2, sd: '00abcd' }, ...defaults },
    ]);
  });
});

describe('what CCC refuses in words', () => {
  const withRatio = (maxRatio: unknown): unknown => {
    const message = JSON.stringify(packCellRrmPolicy(CELL, [RATIO]));
    return JSON.parse(
      message.replace('"rRMPolicyMaxRatio":85', `"rRMPolicyMaxRatio":${JSON.stringify(maxRatio)}`),
    );
  };
  const structure =
    'CCC ControlMessage.controlMessageFormat.listOfCellsControlled[0].listOfConfigurationStructures[0]';

  it.each([
    [101, 'Too big'],
    ['85', 'Invalid input'],
    [8.5, 'Invalid input'],
  ])('a ratio of %j', (maxRatio, words) => {
    const path = `${structure}.newValuesOfAttributes.ranConfigurationStructure.rRMPolicyMaxRatio: ${words}`;
    expect(() => ccc.controlMessage.decode(octets(withRatio(maxRatio)))).toThrow(E2smError);
    expect(() => ccc.controlMessage.decode(octets(withRatio(maxRatio)))).toThrow(path);
    expect(() => ccc.controlMessage.encode(withRatio(maxRatio) as never)).toThrow(path);
  });

  it.each([
    [{ controlMessageFormat: {} }, 'expected either listOfConfigurationStructures (format 1) or'],
    [{}, 'CCC ControlMessage.controlMessageFormat: Invalid input'],
  ])('a message that is none: %j', (value, words) => {
    expect(() => ccc.controlMessage.decode(octets(value))).toThrow(words);
  });

  it('what is not JSON', () => {
    expect(() => ccc.controlHeader.decode(Uint8Array.of(0x20, 0x80))).toThrow('CCC ControlHeader: not JSON');
  });

  it('what nests deeper than who reads it may go', () => {
    const nested = (levels: number) =>
      new TextEncoder().encode(
        `{"controlHeaderFormat":{"ricStyleType":2,"more":${'['.repeat(levels)}${']'.repeat(levels)}}}`,
      );
    const value = ccc.controlHeader.decode(nested(62));
    expect(ccc.controlHeader.encode(value)).toEqual(nested(62));
    const words = 'CCC ControlHeader: expected a nesting of at most 64, found more';
    expect(() => ccc.controlHeader.decode(nested(63))).toThrow(words);
    expect(() => ccc.controlHeader.decode(nested(50_000))).toThrow(words);
    expect(() =>
      ccc.controlHeader.encode(JSON.parse(new TextDecoder().decode(nested(50_000))) as never),
    ).toThrow(E2smError);
  });

  it('quotas of another structure, or of no slice', () => {
    const message = packCellRrmPolicy(CELL, [RATIO]);
    const [first] = message.controlMessageFormat.listOfCellsControlled![0]!.listOfConfigurationStructures;
    first!.newValuesOfAttributes.ranConfigurationStructure = {};
    const place = 'listOfCellsControlled[0].listOfConfigurationStructures[0]';
    expect(() => unpackCellRrmPolicy(message)).toThrow(`${place}.rRMPolicyMemberList: expected a slice`);
    first!.ranConfigurationStructureName = 'O-BWP';
    expect(() => unpackCellRrmPolicy(message)).toThrow(`${place}: expected O-RRMPolicyRatio, found O-BWP`);
  });
});
