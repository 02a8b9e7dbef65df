import fc from 'fast-check';
import { nrCgi } from '../common/common-values.fixture.js';
import { E2smError } from '../service-model.js';
import { HANDOVER, packHandover, unpackHandover } from './handover.js';
import { rc } from './rc.js';

const TARGET = { plmn: { mcc: '001', mnc: '01' }, nci: 0x19b01 };

describe('handover control', () => {
  it('comes back as it was over the wire, in either form', () => {
    fc.assert(
      fc.property(nrCgi, fc.constantFrom('per' as const, 'raw' as const), (target, nrCgiForm) => {
        const octets = rc.controlMessage.encode(packHandover(target, { nrCgiForm }));
        expect(unpackHandover(rc.controlMessage.decode(octets))).toEqual(target);
      }),
    );
  });

  it.each([
    ['per', '0000f1100000 19b010'],
    ['raw', '00f1100000 19b010'],
  ] as const)('names the target in form %s', (nrCgiForm, octets) => {
    const cgi = octets.replace(' ', '');
    expect(JSON.stringify(packHandover(TARGET, { nrCgiForm }))).toContain(`"valueOctets":"${cgi}"`);
  });

  it('nests the target as the standard does', () => {
    const message = JSON.stringify(packHandover(TARGET));
    expect(message.match(/"ranParameterId":\d/g)).toEqual([1, 2, 3, 4].map((id) => `"ranParameterId":${id}`));
    expect(HANDOVER).toEqual({ ricStyleType: 3, ricControlActionId: 1 });
  });

  it('names what is wrong and where', () => {
    const message = (cgi: string) =>
      JSON.parse(JSON.stringify(packHandover(TARGET)).replace(/"valueOctets":"[^"]*"/, cgi)) as ReturnType<
        typeof packHandover
      >;
    const refusal = (cgi: string) => () => unpackHandover(message(cgi));
    expect(refusal('"valueOctets":"00f110"')).toThrow(E2smError);
    expect(refusal('"valueOctets":"00f110"')).toThrow(
      'RAN parameter 1.2.3.4 (NR CGI) is not 8 or 9 octets but 3',
    );
    expect(refusal('"valueInt":3')).toThrow('RAN parameter 1.2.3.4 (NR CGI) is not octets');
    expect(() => unpackHandover({ format5: null })).toThrow('not in format5');
  });
});
