import { fromHex } from '@ricochet/asn1';
import { type KpmActionDefinition } from './action-definition.js';
import { kpm } from './kpm.js';
import { type KpmRanFunctionDefinition } from './ran-function-definition.js';
import { recordedPayloads } from './recorded-payloads.fixture.js';
import { kpmSubscriptionFault } from './subscription-fault.js';

const recorded = (sender: string): KpmRanFunctionDefinition => {
  const found = recordedPayloads.find(
    ({ from, message }) => from.startsWith(sender) && message === 'ranFunctionDefinition',
  );
  return kpm.ranFunctionDefinition.decode(fromHex(found!.hex));
};
const srsran = recorded('srsRAN');
const flexric = recorded('FlexRIC');

const info = (...names: string[]) => ({
  measInfoList: names.map((measName) => ({ measName, labels: [{ noLabel: true as const }] })),
  granularityPeriodMs: 1000,
});
const ofNode = (...names: string[]): KpmActionDefinition => ({ reportStyle: 1, format1: info(...names) });
const ofUes = (...names: string[]): KpmActionDefinition => ({
  reportStyle: 4,
  format4: {
    matchingUeConditions: [{ testType: 's-nssai', testExpression: 'present' }],
    subscriptionInfo: info(...names),
  },
});
const first = { ...flexric, reportStyles: flexric.reportStyles.slice(0, 1) };
const style = first.reportStyles[0]!;
const withStyle = (changes: Partial<typeof style>) => ({
  ...first,
  reportStyles: [{ ...style, ...changes }],
});

describe('what a KPM definition allows', () => {
  it.each<[string, KpmRanFunctionDefinition, KpmActionDefinition]>([
    ['style 1 of srsRAN', srsran, ofNode('DRB.UEThpDl', 'RACH.PreambleDedCell')],
    ['style 4 of srsRAN', srsran, ofUes('DRB.UEThpDl')],
    [
      'style 2 of srsRAN',
      srsran,
      {
        reportStyle: 2,
        format2: { ueId: { gnbDuUeId: { gnbCuUeF1apId: 1 } }, subscriptionInfo: info('RRU.PrbTotDl') },
      },
    ],
    [
      'style 5 of srsRAN',
      srsran,
      {
        reportStyle: 5,
        format5: {
          ueIds: [1, 2].map((gnbCuUeF1apId) => ({ gnbDuUeId: { gnbCuUeF1apId } })),
          subscriptionInfo: info('RRU.PrbTotDl'),
        },
      },
    ],
    ['a style that FlexRIC lists twice', flexric, ofNode('Name_for_action')],
    ['style 4 of FlexRIC', flexric, ofUes('Name_for_action')],
    [
      'a measurement by its id',
      withStyle({ measurements: [{ measName: 'A', measId: 7 }] }),
      {
        reportStyle: 1,
        format1: { ...info(), measInfoList: [{ measId: 7, labels: [{ noLabel: true }] }] },
      },
    ],
  ])('%s', (_, definition, action) => {
    expect(kpmSubscriptionFault(definition, { action })).toBeUndefined();
  });

  it.each<[string, KpmRanFunctionDefinition, KpmActionDefinition]>([
    [
      'offers no KPM report style 2 (E2 Node Measurement for a single UE) (it offers 1, 4)',
      flexric,
      {
        reportStyle: 2,
        format2: { ueId: { gnbDuUeId: { gnbCuUeF1apId: 1 } }, subscriptionInfo: info('Name_for_action') },
      },
    ],
    [
      'offers no KPM report style 9 (it offers 1, 2, 3, 4, 5)',
      srsran,
      { ...ofNode('DRB.UEThpDl'), reportStyle: 9 },
    ],
    [
      'takes action definition format 1 for KPM report style 1, not 4',
      srsran,
      { ...ofUes('DRB.UEThpDl'), reportStyle: 1 },
    ],
    [
      'does not measure "DRB.Nonsense", "X" (KPM style 1)',
      srsran,
      ofNode('DRB.Nonsense', 'DRB.UEThpDl', 'X'),
    ],
    ['does not measure "RACH.PreambleDedCell" (KPM style 4)', srsran, ofUes('RACH.PreambleDedCell')],
    [
      'does not measure "DRB.Nonsense" (KPM style 3)',
      srsran,
      {
        reportStyle: 3,
        format3: {
          measCondList: [{ measName: 'DRB.Nonsense', matchingConditions: [{ label: { noLabel: true } }] }],
          granularityPeriodMs: 1000,
        },
      },
    ],
    [
      'does not measure id 7 (KPM style 1)',
      srsran,
      { reportStyle: 1, format1: { ...info(), measInfoList: [{ measId: 7, labels: [{ noLabel: true }] }] } },
    ],
    [
      'offers no KPM event trigger style 1 (it offers none)',
      { ...srsran, eventTriggerStyles: [] },
      ofNode('DRB.UEThpDl'),
    ],
    [
      'offers no KPM report style 1 (E2 Node Measurement) (it offers none)',
      { ...srsran, reportStyles: [] },
      ofNode('DRB.UEThpDl'),
    ],
    [
      'reports in indication header format 2 for KPM report style 1, which can not be read',
      withStyle({ indicationHeaderFormatType: 2 }),
      ofNode('Name_for_action'),
    ],
    [
      'reports in indication message format 4 for KPM report style 1, which can not be read',
      withStyle({ indicationMessageFormatType: 4 }),
      ofNode('Name_for_action'),
    ],
  ])('it %s', (words, definition, action) => {
    expect(kpmSubscriptionFault(definition, { action })).toBe(words);
  });

  it('tells of an event trigger style that is not offered', () => {
    expect(kpmSubscriptionFault(srsran, { action: ofNode('DRB.UEThpDl'), eventTriggerStyle: 2 })).toBe(
      'offers no KPM event trigger style 2 (it offers 1)',
    );
  });
});
