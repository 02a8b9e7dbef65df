import { type KpmActionDefinition } from './action-definition.js';
import { kpm } from './kpm.js';
import { recordedPayloads } from './recorded-payloads.fixture.js';

const recorded = (from: string, message: string): Uint8Array =>
  Buffer.from(
    recordedPayloads.find((one) => one.from.startsWith(from) && one.message === message)!.hex,
    'hex',
  );

const orOf = (logicalOr: boolean): KpmActionDefinition => ({
  dialect: 'v5',
  reportStyle: 3,
  format3: {
    measCondList: [
      {
        measName: 'RRC.ConnMean',
        matchingConditions: [
          { testCondition: { testType: 'rsrp', testExpression: 'lessthan', testValue: { valueInt: -90 } } },
          { label: { noLabel: true }, logicalOr },
        ],
      },
    ],
    granularityPeriodMs: 1000,
  },
});

describe('KPM dialects', () => {
  it('are told by the length of the TimeStamp, and in words when another was agreed', () => {
    const header = { timeStamp: 'eeab1d26', dialect: 'v2.03' } as const;
    const octets = kpm.indicationHeader.encode(header);
    expect(octets).toHaveLength(5);
    expect(kpm.indicationHeader.decode(octets)).toEqual(header);
    expect(kpm.indicationHeader.decode(octets, { dialect: 'v2.03' })).toEqual(header);
    expect(() => kpm.indicationHeader.decode(octets, { dialect: 'v3' })).toThrow(
      'KPM IndicationHeader: TimeStamp of 4 octets: KPM v2.03, expected v3',
    );
    const ours = kpm.indicationHeader.encode({ collectionStartTimeMs: 1500 });
    expect(() => kpm.indicationHeader.decode(ours, { dialect: 'v2.03' })).toThrow('TimeStamp of 8 octets');
  });

  it('are told by where additions stand', () => {
    const flexric = kpm.actionDefinition.decode(recorded('FlexRIC', 'actionDefinition'));
    expect(flexric).toMatchObject({ dialect: 'flexric', reportStyle: 4 });
    const srsran = kpm.actionDefinition.decode(recorded('srsRAN style4', 'actionDefinition'));
    expect(srsran).not.toHaveProperty('dialect');
    expect(srsran).toMatchObject({ reportStyle: 4, format4: {} });
    expect(kpm.indicationMessage.decode(recorded('FlexRIC', 'indicationMessage'))).toMatchObject({
      dialect: 'flexric',
      format3: {},
    });
  });

  it('are told by the LogicalOR', () => {
    const octets = kpm.actionDefinition.encode(orOf(false));
    expect(kpm.actionDefinition.decode(octets)).toEqual(orOf(false));
    expect(() => kpm.actionDefinition.decode(octets, { dialect: 'v3' })).toThrow('KPM v5, expected v3');
    const { dialect: _, ...inV3 } = orOf(false);
    expect(() => kpm.actionDefinition.encode(inV3)).toThrow('KPM v5 alone can say false');
  });

  it('carry the same values in other octets', () => {
    const all = (['v2.03', 'v5', 'flexric'] as const).map((dialect) => {
      const octets = kpm.actionDefinition.encode({ ...orOf(true), dialect });
      expect(kpm.actionDefinition.decode(octets, { dialect })).toMatchObject({ format3: {} });
      return Buffer.from(octets).toString('hex');
    });
    expect(new Set(all).size).toBe(3);
  });

  it('are refused when there is no such one, or none fits', () => {
    expect(() => kpm.indicationHeader.encode({ collectionStartTimeMs: 0, dialect: 'v9' as 'v5' })).toThrow(
      'KPM IndicationHeader.dialect: there is no "v9"',
    );
    expect(() => kpm.indicationHeader.decode(Uint8Array.of(0, 1), { dialect: 'v3' })).toThrow(
      'KPM IndicationHeader.format1.timeStamp: expected 64 more bits',
    );
  });
});
