import { aperCodec, type E2apPdu } from '@ricochet/e2ap';
import {
  kpm,
  packSlicePrbQuota,
  rc,
  ricochet,
  SLICE_PRB_QUOTA,
  SLICE_PRB_QUOTA_PARAMETERS,
} from '@ricochet/e2sm';
import { PduDecoder } from './pdu-decoder.js';
import { pduJson } from './pdu-json.js';
import { pduTree } from './pdu-tree.js';
import { formatTree } from './tree.js';

const PLMN = { mcc: '001', mnc: '01' };
const request = (ranFunctionId: number, requestorId = 1) => {
  return { ricRequestId: { requestorId, instanceId: 7 }, ranFunctionId };
};

const definition = kpm.ranFunctionDefinition.encode({
  ranFunctionName: { shortName: kpm.shortName, e2smOid: kpm.oid, description: 'KPM' },
  eventTriggerStyles: [],
  reportStyles: [],
});
const rcDefinition = rc.ranFunctionDefinition.encode({
  ranFunctionName: { shortName: rc.shortName, e2smOid: rc.oid, description: 'RC' },
  controlStyles: [
    {
      type: SLICE_PRB_QUOTA.ricStyleType,
      name: 'Radio Resource Allocation Control',
      headerFormatType: 1,
      messageFormatType: 1,
      outcomeFormatType: 1,
      actions: [
        {
          id: SLICE_PRB_QUOTA.ricControlActionId,
          name: 'Slice-level PRB quota',
          ranParameters: [...SLICE_PRB_QUOTA_PARAMETERS],
        },
      ],
    },
  ],
});

/** A set-up that gives KPM and RC ids of their own. */
const setUp = (functions: { id: number; oid: string; definition: Uint8Array }[]): E2apPdu => ({
  message: 'E2setupRequest',
  value: {
    transactionId: 3,
    globalE2NodeId: { plmn: PLMN, gnbId: 411, gnbIdBits: 22, gnbDuId: 5 },
    ranFunctionsAdded: functions.map(({ id, oid, definition: octets }) => ({
      ranFunctionId: id,
      ranFunctionRevision: 1,
      ranFunctionOid: oid,
      ranFunctionDefinition: octets,
    })),
    componentConfigurationAddition: [
      {
        interfaceType: 'f1',
        componentId: { f1: { gnbDuId: 5 } },
        requestPart: new Uint8Array([1, 2, 3]),
        responsePart: new Uint8Array(0),
      },
    ],
  },
});

const subscription: E2apPdu = {
  message: 'RICsubscriptionRequest',
  value: {
    ...request(12),
    ricEventTriggerDefinition: kpm.eventTrigger.encode({ reportingPeriodMs: 100 }),
    ricActionsToBeSetup: [
      {
        ricActionId: 1,
        ricActionType: 'report',
        ricActionDefinition: kpm.actionDefinition.encode({
          reportStyle: 1,
          format1: {
            measInfoList: [
              { measName: 'RRU.PrbTotDl', labels: [{ noLabel: true }] },
              {
                measName: 'DRB.UEThpDl',
                labels: [{ sliceId: { sst: 1 } }, { sliceId: { sst: 2, sd: '0000ff' } }],
              },
            ],
            granularityPeriodMs: 100,
          },
        }),
      },
    ],
  },
};

const indication = (ranFunctionId: number): E2apPdu => ({
  message: 'RICindication',
  value: {
    ...request(ranFunctionId),
    ricActionId: 1,
    ricIndicationSn: 9,
    ricIndicationType: 'report',
    ricIndicationHeader: kpm.indicationHeader.encode({ collectionStartTimeMs: 410 }),
    ricIndicationMessage: kpm.indicationMessage.encode({
      format1: { measData: [{ kinds: 'irn', values: [42, 12.5, 0] }] },
    }),
    ricCallProcessId: new TextEncoder().encode('17'),
  },
});

const quota: E2apPdu = {
  message: 'RICcontrolRequest',
  value: {
    ...request(13, 2),
    ricControlHeader: rc.controlHeader.encode({
      format1: { ...SLICE_PRB_QUOTA, ueId: { gnbDuUeId: { gnbCuUeF1apId: 0 } } },
    }),
    ricControlMessage: rc.controlMessage.encode(
      packSlicePrbQuota(PLMN, [{ snssai: { sst: 1 }, minRatio: 10, maxRatio: 30, dedicatedRatio: 0 }]),
    ),
    ricControlAckRequest: 'ack',
  },
};

/** The trees of PDUs of one association, one after the other. */
function trees(pdus: readonly (E2apPdu | Uint8Array)[], decoder = new PduDecoder(new Map())): string[] {
  return pdus.map((pdu) => {
    const octets = pdu instanceof Uint8Array ? pdu : aperCodec.encode(pdu);
    return formatTree(pduTree(decoder.decode(octets, 'a')));
  });
}

const lines = (text: string): string[] => text.split('\n').map((line) => line.trim());

describe('a PDU as a tree', () => {
  it('has IEs under the names of the specifications, and the service model inside', () => {
    expect(trees([indication(2)])).toEqual([
      [
        'RICindication: initiatingMessage, procedure 5 RICindication, 77 octets',
        '  RICrequestID (IE 29): ricRequestorID: 1, ricInstanceID: 7',
        '  RANfunctionID (IE 5): 2 (ORAN-E2SM-KPM, by convention)',
        '  RICactionID (IE 15): 1',
        '  RICindicationSN (IE 27): 9',
        '  RICindicationType (IE 28): report',
        '  RICindicationHeader (IE 25): E2SM-KPM-IndicationHeader, 9 octets',
        '    colletStartTime in ms: 410',
        '  RICindicationMessage (IE 26): E2SM-KPM-IndicationMessage, 13 octets',
        '    indicationMessage-Format1',
        '      measData',
        '        [0] measRecord: integer 42, real 12.5, noValue',
        '  RICcallProcessID (IE 20): 2 octets: 3137 "17"',
        '',
      ].join('\n'),
    ]);
  });

  it('knows the models of a set-up by their OIDs, whatever the function ids', () => {
    const functions = [{ id: 12, oid: kpm.oid, definition }];
    const [first, second] = trees([setUp(functions), indication(12)]);
    expect(lines(first ?? '')).toEqual(
      expect.arrayContaining([
        'GlobalE2node-ID (IE 3)',
        'gNB-ID length in bits: 22',
        `ranFunctionDefinition: E2SM-KPM-RANfunctionDefinition, ${definition.length} octets`,
        'e2nodeComponentRequestPart: 3 octets: 010203',
      ]),
    );
    expect(lines(second ?? '')).toContain('RANfunctionID (IE 5): 12 (ORAN-E2SM-KPM, by its OID)');
  });

  it('names measured values as the subscription did', () => {
    const functions = [{ id: 12, oid: kpm.oid, definition }];
    const [, , text] = trees([setUp(functions), subscription, indication(12)]);
    expect(lines(text ?? '')).toEqual(
      expect.arrayContaining([
        '[0] measRecord',
        'RRU.PrbTotDl: integer 42',
        'DRB.UEThpDl, slice 1: real 12.5',
        'DRB.UEThpDl, slice 2-0000ff: noValue',
      ]),
    );
  });

  it('names RAN parameters as the node defined them', () => {
    const [, text] = trees([setUp([{ id: 13, oid: rc.oid, definition: rcDefinition }]), quota]);
    expect(lines(text ?? '')).toEqual(
      expect.arrayContaining([
        'ranParameter-ID 1 (RRM Policy Ratio List): ranP-Choice-List',
        'ranParameter-ID 12 (Max PRB Policy Ratio): ranP-Choice-ElementFalse: valueInt: 30',
      ]),
    );
  });

  it('keeps associations apart', () => {
    const decoder = new PduDecoder(new Map());
    decoder.decode(aperCodec.encode(setUp([{ id: 12, oid: kpm.oid, definition }])), 'a');
    const other = decoder.decode(aperCodec.encode(indication(12)), 'b');
    expect(formatTree(pduTree(other))).toContain('as no set-up was seen: --sm 12=<model>');
  });
});

describe('a service model that no set-up tells', () => {
  it('is the one that was given, before the one by convention', () => {
    const [text] = trees([indication(3)], new PduDecoder(new Map([[3, kpm]])));
    expect(text).toContain('RANfunctionID (IE 5): 3 (ORAN-E2SM-KPM, by --sm)');
    expect(text).toContain('measRecord: integer 42');
  });

  it('is ours by convention, too', () => {
    const value = {
      ...request(ricochet.ranFunctionId),
      ricControlHeader: ricochet.controlHeader.encode({ controlStyle: 1 }),
      ricControlMessage: ricochet.controlMessage.encode({
        slices: [{ snssai: { sst: 1 }, ues: [{ ueId: 4, weight: 0.5 }] }],
      }),
    };
    const [text] = trees([{ message: 'RICcontrolRequest', value }]);
    expect(text).toContain('RICOCHET-E2SM-UE-WEIGHTS-ControlMessage');
    expect(text).toContain('weight: 0.5');
  });

  it('is told to be a plain struct where it is one of FlexRIC', () => {
    const decoded = new PduDecoder(new Map()).decode(aperCodec.encode(indication(142)), 'a');
    expect(decoded).toMatchObject({ hasFault: false });
    const text = formatTree(pduTree(decoded));
    expect(text).toContain("not decoded: FlexRIC's MAC model, a plain struct");
  });

  it('is unknown under an OID of nobody, and that is no fault', () => {
    const functions = [{ id: 77, oid: '1.2.3', definition: new Uint8Array([1]) }];
    const [first, second] = trees([setUp(functions), indication(77)]);
    const reason =
      'not decoded: the service model is unknown, as its OID "1.2.3" is of no known model: --sm 77=<model>';
    expect(lines(first ?? '')).toEqual(expect.arrayContaining([reason, '01']));
    expect(lines(second ?? '')).toContain(reason);
  });
});

describe('octets that do not decode', () => {
  const octets = aperCodec.encode(indication(2));

  it('of a service model are shown with the reason, and the tree goes on', () => {
    const { value } = indication(2) as Extract<E2apPdu, { message: 'RICindication' }>;
    const broken: E2apPdu = {
      message: 'RICindication',
      value: { ...value, ricIndicationMessage: value.ricIndicationMessage.subarray(0, 8) },
    };
    const decoded = new PduDecoder(new Map()).decode(aperCodec.encode(broken), 'a');
    expect(decoded).toMatchObject({ hasFault: true });
    const text = formatTree(pduTree(decoded));
    expect(text).toMatch(
      /not decoded: KPM IndicationMessage.*measData.*expected .*, found .* \(at bit \d+\)/,
    );
    expect(text).toContain('RICcallProcessID (IE 20)');
  });

  it('of E2AP show which IEs there are', () => {
    // The action id says that it is two octets.
    const at = Buffer.from(octets).indexOf(Buffer.from('000f000101', 'hex'));
    const wrong = Uint8Array.from([...octets.subarray(0, at + 3), 2, 1, 1, ...octets.subarray(at + 5)]);
    wrong[3] = octets.length - 4 + 1;
    const [text] = trees([wrong]);
    expect(text).toMatch(/^RICindication: 78 octets\n {2}not decoded: .*ricActionId: .* \(at bit \d+\)\n/);
    expect(lines(text ?? '')).toEqual(
      expect.arrayContaining([
        'RICrequestID (IE 29, reject): 5 octets: 0000010007',
        'RICactionID (IE 15, reject): 2 octets: 0101',
      ]),
    );
  });

  it.each([
    ['truncated', octets.subarray(0, 30), /^RICindication: 30 octets\n {2}not decoded: truncated: .*at bit/],
    [
      'with octets behind',
      Uint8Array.from([...octets, 0]),
      /not decoded: octets left over: .*found 1 more octet/,
    ],
    [
      'of an unknown procedure',
      octets.with(1, 89),
      /^procedure 89: .*\n {2}not decoded: unknown procedure: .*initiatingMessage 89/,
    ],
    [
      'in JSON',
      new TextEncoder().encode('{"message":"RICindication"}'),
      /^no E2AP PDU: .*\n {2}not decoded: .*it looks like JSON/,
    ],
    ['none at all', new Uint8Array(0), /^no E2AP PDU: 0 octets\n {2}not decoded: truncated/],
    // A set-up without a TransactionID.
    [
      'of E2AP v1.01',
      Uint8Array.from([0, 1, 0, 9, 0, 0, 1, 0, 3, 0, 2, 0, 0]),
      /not decoded: E2setupRequest of E2AP v1\.01: there is no TransactionID/,
    ],
  ])('%s are told in words', (_, wrong, words) => {
    const [text] = trees([wrong]);
    expect(text).toMatch(words);
  });

  it('are never a reason to throw, wherever the PDU is cut or changed', () => {
    const all = [setUp([{ id: 12, oid: kpm.oid, definition }]), subscription, indication(12), quota];
    const decoder = new PduDecoder(new Map());
    for (const pdu of all.map((each) => aperCodec.encode(each))) {
      for (let at = 0; at < pdu.length; at++) {
        formatTree(pduTree(decoder.decode(pdu.subarray(0, at), 'a')));
        formatTree(pduTree(decoder.decode(pdu.with(at, (pdu[at] ?? 0) ^ 0xff), 'a')));
      }
    }
  });
});

describe('what a sender may do otherwise', () => {
  it('is told: IEs that we do not know, other criticalities', () => {
    const { value } = indication(2) as Extract<E2apPdu, { message: 'RICindication' }>;
    const octets = aperCodec.encode({ message: 'RICindication', value, criticalities: { 15: 'ignore' } });
    const extended = Uint8Array.from([...octets, 0x27, 0x0f, 0x40, 1, 0]);
    extended[3] = octets.length - 4 + 5;
    extended[6] = (octets[6] ?? 0) + 1;
    const [text] = trees([extended]);
    expect(lines(text ?? '')).toEqual(
      expect.arrayContaining([
        'RICactionID (IE 15) has the criticality ignore, which the standard has not',
        expect.stringMatching(/^unknown IE 9999 \(criticality ignore, at bit \d+\): passed over$/),
      ]),
    );
  });
});

describe('a PDU as JSON', () => {
  const json = (octets: Uint8Array) =>
    JSON.parse(JSON.stringify(pduJson(new PduDecoder(new Map()).decode(octets, 'a')))) as unknown;

  it('has our field names and the payloads inside', () => {
    expect(json(aperCodec.encode(indication(2)))).toMatchObject({
      octets: 77,
      message: 'RICindication',
      procedureCode: 5,
      choice: 'initiatingMessage',
      value: {
        ricIndicationSn: 9,
        ricIndicationMessage: {
          type: 'E2SM-KPM-IndicationMessage',
          serviceModel: 'ORAN-E2SM-KPM',
          octets: 13,
          value: { format1: { measData: [{ kinds: 'irn', values: [42, 12.5, 0] }] } },
        },
        ricCallProcessId: '3137',
      },
    });
  });

  it('has the reason and the octets of what could not be read', () => {
    expect(json(aperCodec.encode(indication(142)))).toMatchObject({
      value: {
        ricIndicationHeader: {
          serviceModel: null,
          error: expect.stringContaining('plain struct'),
          hex: expect.any(String),
        },
      },
    });
    expect(json(new Uint8Array([0, 5, 0]))).toEqual({
      octets: 3,
      claimed: 'RICindication',
      error: expect.stringContaining('truncated'),
      hex: '000500',
    });
  });
});
