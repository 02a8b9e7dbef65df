import { fromHex } from '@ricochet/asn1';
import { rcControlFault } from './control-fault.js';
import { HANDOVER, packHandover } from './handover.js';
import { rc } from './rc.js';
import { type RcRanFunctionDefinition } from './ran-function-definition.js';
import { recordedDefinitions } from './recorded-payloads.fixture.js';
import { packSlicePrbQuota, SLICE_PRB_QUOTA } from './slice-prb-quota.js';

const PLMN = { mcc: '001', mnc: '01' };
const RATIO = { snssai: { sst: 1, sd: '0003e8' }, minRatio: 10, maxRatio: 60, dedicatedRatio: 5 };

const srsran = rc.ranFunctionDefinition.decode(fromHex(recordedDefinitions.srsran));
const flexric = rc.ranFunctionDefinition.decode(fromHex(recordedDefinitions.flexric));
const quota = { ...SLICE_PRB_QUOTA, ranParameters: packSlicePrbQuota(PLMN, [RATIO]).format1.ranParameters };
const gapless = {
  ...SLICE_PRB_QUOTA,
  ranParameters: packSlicePrbQuota(PLMN, [RATIO], { numbering: 'gapless' }).format1.ranParameters,
};
const handover = { ...HANDOVER, ranParameters: packHandover({ plmn: PLMN, nci: 1 }).format1.ranParameters };

const style = srsran.controlStyles![0]!;
const action = style.actions![0]!;
const withStyle = (changes: Partial<typeof style>): RcRanFunctionDefinition => ({
  ...srsran,
  controlStyles: [{ ...style, ...changes }],
});

describe('what an RC definition allows', () => {
  const nested = [
    {
      id: 1,
      name: 'RRM Policy Ratio List',
      definition: { list: action.ranParameters!.slice(1, 6) },
    },
    { id: 8, name: 'S-NSSAI', definition: { structure: action.ranParameters!.slice(7) } },
  ];
  it.each([
    ["srsRAN's quota", srsran],
    ['parameters that are parts of others', withStyle({ actions: [{ ...action, ranParameters: nested }] })],
    ['formats that are counted from 0', withStyle({ headerFormatType: 0, messageFormatType: 0 })],
    [
      'formats that are offered besides',
      withStyle({
        headerFormatType: 3,
        additionalFormats: [{ headerFormatType: 1, messageFormatType: 1, ricControlActionId: 6 }],
      }),
    ],
  ])('%s', (_, definition) => {
    expect(rcControlFault(definition, quota)).toBeUndefined();
  });

  it.each([
    ['offers no RC control style 3 (Connected Mode Mobility Control) (it offers 2)', srsran, handover],
    ['offers no RC control style 77 (it offers 2)', srsran, { ...quota, ricStyleType: 77 }],
    [
      'offers no RC control style 2 (Radio Resource Allocation Control) (it offers none)',
      { ranFunctionName: srsran.ranFunctionName },
      quota,
    ],
    [
      'offers no action 5 of RC control style 2 (Radio Resource Allocation Control) (it offers 6 (Slice-level PRB quota))',
      srsran,
      { ...quota, ricControlActionId: 5 },
    ],
    [
      'takes RC control style 2 (Radio Resource Allocation Control) in header and message formats 4 and 1, not 1 and 1',
      withStyle({ headerFormatType: 4 }),
      quota,
    ],
    [
      'takes RC control style 2 (Radio Resource Allocation Control) in header and message formats 4 and 1, not 1 and 1',
      withStyle({
        headerFormatType: 4,
        additionalFormats: [{ headerFormatType: 1, messageFormatType: 1, ricControlActionId: 5 }],
      }),
      quota,
    ],
    [
      'names no RAN parameter 4 for action 6 of RC control style 2 (Radio Resource Allocation Control)',
      srsran,
      gapless,
    ],
    [
      'names no RAN parameter 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13 for action 6 of RC control style 2 (Radio Resource Allocation Control)',
      withStyle({ actions: [{ id: 6, name: 'Slice-level PRB quota' }] }),
      quota,
    ],
  ])('it %s', (words, definition, asked) => {
    expect(rcControlFault(definition, asked)).toBe(words);
  });

  it("tells that FlexRIC's test definition offers no quota", () => {
    expect(rcControlFault(flexric, quota)).toMatch('offers no RC control style 2 (');
  });
});
