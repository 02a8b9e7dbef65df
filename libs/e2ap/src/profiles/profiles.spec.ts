import fc from 'fast-check';
import { aperCodec } from '../aper-codec.js';
import { toPeer } from '../associations.fixture.js';
import { type E2SetupRequest } from '../messages/e2-setup.js';
import { type MessageName } from '../pdu.js';
import { delivered } from '../peer.fixture.js';
import { messageNames, pdus } from '../pdus.fixture.js';
import { procedures, type ProcedureName } from '../procedures.js';
import { vectors } from '../vectors.fixture.js';
import { PROFILE_NAMES } from './profile.js';
import { profiles } from './profiles.js';
import { tellProfile } from './tell-profile.js';

const procedureNames = Object.keys(procedures) as ProcedureName[];
const example = (message: MessageName) => fc.sample(pdus(message), { numRuns: 1, seed: 1 })[0]!;

describe.each(PROFILE_NAMES)('profile %s', (name) => {
  const profile = profiles[name];

  function open() {
    const ends = toPeer();
    ends.association.profile = profile;
    return ends;
  }

  it('has its name, and describes itself in a line', () => {
    expect(profile.name).toBe(name);
    expect(profile.description).toMatch(/^.{20,120}$/);
  });

  it('lets through all but what is never sent, of which it tells', async () => {
    const { association, peer, trouble } = open();
    for (const message of messageNames) association.send(message, example(message).value);
    await delivered();
    const seen = new Set(peer.seen.map(({ message }) => message));
    expect(messageNames.filter((message) => !seen.has(message))).toEqual(
      messageNames.filter((message) => profile.neverSend.has(message)),
    );
    expect(trouble).toHaveLength(Math.min(profile.neverSend.size, 10));
    for (const line of trouble) expect(line).toMatch(/^\w+ not sent: a \S+ peer takes no \w+$/);
  });

  it('begins no procedure that the peer does not take, or never answers', async () => {
    const { association, peer, timers } = open();
    const refused: MessageName[] = [];
    for (const procedure of procedureNames) {
      const { request } = procedures[procedure];
      association.call(procedure, example(request).value as never, 1_000).catch((error: unknown) => {
        if ((error as Error).name === 'ProcedureNotAllowed') refused.push(request);
      });
    }
    await delivered();
    const requests = procedureNames.map((procedure) => procedures[procedure].request);
    const notAllowed = requests.filter(
      (request) => profile.neverSend.has(request) || profile.unanswered.has(request),
    );
    expect(refused).toEqual(notAllowed);
    expect(peer.seen).toHaveLength(requests.length - notAllowed.length);
    expect(timers.running).toBe(peer.seen.length);
  });

  it('tells of a PDU that can not be read in one line, whether the peer hears of it or not', async () => {
    const { peer, trouble } = open();
    peer.sendOctets(Uint8Array.of(0, 5, 0x40, 3, 0, 0, 1));
    await delivered();
    const mayTell = !profile.neverSend.has('ErrorIndication');
    expect(peer.seen.map(({ message }) => message)).toEqual(mayTell ? ['ErrorIndication'] : []);
    expect(trouble).toEqual([
      expect.stringMatching(
        mayTell ? /^PDU refused: / : /^PDU refused, and not told \(a \S+ peer takes no ErrorIndication\): /,
      ),
    ]);
  });
});

describe('profiles of what FlexRIC aborts on', () => {
  it('say so in words', async () => {
    const { association } = toPeer();
    association.profile = profiles['flexric-2.03'];
    const call = association.call('Reset', { transactionId: 1, cause: { misc: 'unspecified' } }, 1_000);
    await expect(call).rejects.toThrow('a flexric-2.03 peer takes no ResetRequest');
  });
});

describe('tellProfile', () => {
  function setupRequest(name: string) {
    const { octets } = vectors.find((vector) => vector.name.startsWith(name))!;
    const pdu = aperCodec.decode(octets);
    if (pdu.message !== 'E2setupRequest') throw new Error(`${name} is ${pdu.message}`);
    return pdu;
  }
  const flexric = setupRequest('flexric-kpm-001');
  const srsran = setupRequest('srs_run_setup_request_du');
  const only = ({ ranFunctionsAdded }: E2SetupRequest, ...ids: number[]) => ({
    ranFunctionsAdded: ranFunctionsAdded.filter(({ ranFunctionId }) => ids.includes(ranFunctionId)),
  });

  it('tells FlexRIC, by its functions or by how it sends them', () => {
    expect(tellProfile(flexric.value, flexric.criticalities).name).toBe('flexric-2.03');
    expect(tellProfile(flexric.value).name).toBe('flexric-2.03');
    expect(tellProfile(only(flexric.value, 2)).name).toBe('flexric-2.03');
    expect(tellProfile(only(flexric.value, 148)).name).toBe('flexric-2.03');
    expect(tellProfile(only(flexric.value, 3)).name).toBe('oran');
    expect(tellProfile(only(flexric.value, 3), flexric.criticalities).name).toBe('flexric-2.03');
  });

  it('tells srsRAN, by either of its definitions', () => {
    expect(tellProfile(srsran.value, srsran.criticalities).name).toBe('srsran');
    expect(tellProfile(only(srsran.value, 2)).name).toBe('srsran');
    expect(tellProfile(only(srsran.value, 3)).name).toBe('srsran');
    expect(tellProfile(only(srsran.value, 4)).name).toBe('oran');
  });

  it('takes the standard for what nothing speaks against', () => {
    const [kpm] = srsran.value.ranFunctionsAdded;
    expect(tellProfile({ ranFunctionsAdded: [{ ...kpm!, ranFunctionRevision: 1 }] }).name).toBe('oran');
    expect(
      tellProfile({ ranFunctionsAdded: [{ ...kpm!, ranFunctionDefinition: Uint8Array.of(1) }] }).name,
    ).toBe('oran');
  });
});
