import {
  choice,
  encodePer,
  fromHex,
  integer,
  nullType,
  optional,
  sequence,
  soleField,
  toHex,
} from '@ricochet/asn1';
import { guami } from './common/core-ids.js';
import { globalNgRanNodeId } from './common/node-ids.js';
import { cgi } from './common/cell-ids.js';
import { kpm } from './kpm/kpm.js';
import { rc } from './rc/rc.js';

const plmn = { mcc: '001', mnc: '01' };
const ueId = {
  amfUeNgapId: 7,
  guami: { plmn, amfRegionId: 1, amfSetId: 2, amfPointer: 3 },
  globalNgRanNodeId: { gnb: { plmn, gnbId: { gnbId: { value: 411, bits: 22 } } } },
};
const cellRnti = { cRnti: 4601, cellGlobalId: { nrCgi: { plmn, nci: 5 } } };

/** An RC control header whose UE id has these additions in the sender's schema. */
const headerOf = (additions: Parameters<typeof sequence>[1]) => {
  const absent = { optional: optional(nullType()) };
  const root = {
    amfUeNgapId: integer({ min: 0, max: 2 ** 40 - 1 }),
    guami,
    ...Object.fromEntries(['f1', 'e1', 'ran', 'xn', 'gnb'].map((name) => [name, absent.optional])),
  };
  const others = Object.fromEntries(['b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, nullType()]));
  const format1 = sequence(
    {
      ueId: choice({ gnbUeId: sequence(root, additions), ...others }, {}),
      ricStyleType: integer(),
      ricControlActionId: integer({ min: 1, max: 65_535, extensible: true }),
      decision: absent.optional,
    },
    {},
  );
  return soleField(choice({ format1 }, {}));
};
const style = { ricStyleType: 2, ricControlActionId: 6 };
const rnti = sequence({ cRnti: integer({ min: 0, max: 65_535 }), cellGlobalId: cgi }, {});

describe('messages of senders with another schema', () => {
  const older = headerOf({ globalNgRanNodeId: optional(globalNgRanNodeId) });
  const newer = headerOf({
    globalNgRanNodeId: optional(globalNgRanNodeId),
    cellRnti: optional(rnti),
    later: optional(integer({ min: 0, max: 255 })),
  });

  it.each([
    ['older, as E2SM v2 of FlexRIC', older, ueId],
    ['newer', newer, { ...ueId, cellRnti }],
  ])('come back by the same octets: %s', (_, schema, gnbUeId) => {
    const octets = encodePer(schema, { format1: { ueId: { gnbUeId }, ...style } });
    const header = rc.controlHeader.decode(octets);
    expect(JSON.parse(JSON.stringify(header))).toEqual({ format1: { ueId: { gnbUeId }, ...style } });
    expect(rc.controlHeader.encode(header)).toEqual(octets);
    expect(rc.controlHeader.encode({ ...header })).toEqual(octets);
  });

  it('come back without what our schema does not know', () => {
    const of = (gnbUeId: object) => encodePer(newer, { format1: { ueId: { gnbUeId }, ...style } } as never);
    const header = rc.controlHeader.decode(of({ ...ueId, cellRnti, later: 9 }));
    expect(rc.controlHeader.encode(header)).toEqual(of({ ...ueId, cellRnti }));
  });

  it('come back with the REALs of asn1c whatever the dialect', () => {
    const sent = { format1: { measData: [{ kinds: 'r', values: [157] }] } };
    const ours = toHex(kpm.indicationMessage.encode(sent));
    const theirs = ours.replace('0380009d', '048000009d');
    expect(theirs).not.toBe(ours);
    const message = kpm.indicationMessage.decode(fromHex(theirs));
    expect(message).toMatchObject(sent);
    expect(toHex(kpm.indicationMessage.encode(message))).toBe(theirs);
  });
});
