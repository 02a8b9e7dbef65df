import { aperCodec } from './aper-codec.js';
import { E2apAssociation, type MessageHandlers } from './association.js';
import { toPeer } from './associations.fixture.js';
import { inMemoryTransports } from './in-memory-transport.js';
import { jsonCodec } from './json-codec.js';
import { type RicControlRequest } from './messages/control.js';
import { type E2SetupRequest } from './messages/e2-setup.js';
import { ManualTimers } from './manual-timers.fixture.js';
import { type E2apPdu } from './pdu.js';
import { delivered } from './peer.fixture.js';

const key = (instanceId: number) => ({ ricRequestId: { requestorId: 2, instanceId }, ranFunctionId: 3 });
const control = (instanceId: number): RicControlRequest => ({
  ...key(instanceId),
  ricControlHeader: new Uint8Array(),
  ricControlMessage: new Uint8Array(),
  ricControlAckRequest: 'ack',
});
const acknowledge = (instanceId: number): E2apPdu => ({
  message: 'RICcontrolAcknowledge',
  value: key(instanceId),
});

function open(handlers: MessageHandlers = {}) {
  const ignored: string[] = [];
  const refused: unknown[] = [];
  const opened = toPeer({
    handlers,
    onIgnored: (line) => ignored.push(line),
    onRefused: (one) => refused.push(one),
  });
  return { ...opened, ignored, refused };
}

describe('E2apAssociation', () => {
  it('gives each answer to the request that it answers, whatever their order', async () => {
    const { association, peer, timers, trouble } = open();
    const calls = [1, 2, 3].map((id) => association.call('RICcontrol', control(id), 1_000));
    await delivered();
    expect(peer.seen.map(({ message }) => message)).toEqual(Array(3).fill('RICcontrolRequest'));
    for (const id of [3, 1, 2]) peer.send(acknowledge(id));
    await expect(Promise.all(calls)).resolves.toEqual([1, 2, 3].map(key));
    expect(timers.running).toBe(0);
    expect(trouble).toEqual([]);
  });

  it('closes when more comes in a second than was asked for', async () => {
    const { association, peer, timers, closed } = toPeer({
      handlers: { ResetRequest: () => undefined, RICindication: () => undefined },
      maxUnaskedPerS: 3,
    });
    const reset = (transactionId: number): E2apPdu => ({
      message: 'ResetRequest',
      value: { transactionId, cause: { misc: 'unspecified' } },
    });
    for (const id of [1, 2, 3]) peer.send(reset(id));
    await delivered();
    timers.advance(1_000);
    peer.send(reset(4));
    peer.send(acknowledge(9));
    association.countUnasked();
    await delivered();
    expect(closed).toEqual([]);
    peer.send(reset(5));
    await delivered();
    expect(closed).toEqual(['more than 3 PDUs in a second that nobody asked for']);
    expect(timers.running).toBe(0);
  });

  it('keeps procedures of one request id apart', async () => {
    const { association, peer } = open();
    const value = key(1);
    const deleted = association.call('RICsubscriptionDelete', value, 1_000);
    const controlled = association.call('RICcontrol', control(1), 1_000);
    peer.send(acknowledge(1));
    await expect(controlled).resolves.toEqual(value);
    peer.send({ message: 'RICsubscriptionDeleteResponse', value });
    await expect(deleted).resolves.toEqual(value);
  });

  it('throws the cause and the whole of a failure message', async () => {
    const { association, peer } = open();
    const call = association.call('RICcontrol', control(1), 1_000);
    const failure: E2apPdu = {
      message: 'RICcontrolFailure',
      value: {
        ...key(1),
        cause: { ricRequest: 'control-message-invalid' },
        ricControlOutcome: Uint8Array.of(7),
      },
    };
    peer.send(failure);
    await expect(call).rejects.toMatchObject({
      name: 'ProcedureFailure',
      message: 'RICcontrol: ricRequest/control-message-invalid',
      e2apCause: { ricRequest: 'control-message-invalid' },
      pdu: failure,
    });
  });

  it('gives up after the time-out, not before, and finds the late answer answers nothing', async () => {
    const { association, peer, timers, trouble } = open();
    let settled = false;
    const call = association.call('RICcontrol', control(1), 1_000).finally(() => (settled = true));
    call.catch(() => undefined);
    timers.advance(999);
    await delivered();
    expect(settled).toBe(false);
    timers.advance(1);
    await expect(call).rejects.toMatchObject({ name: 'NoAnswer', reason: 'timed-out' });
    peer.send(acknowledge(1));
    await delivered();
    expect(trouble).toEqual(['RICcontrolAcknowledge 2/1 answers nothing that was asked']);
    const again = association.call('RICcontrol', control(1), 1_000);
    peer.send(acknowledge(1));
    await expect(again).resolves.toEqual(key(1));
  });

  it('takes the first of two answers and tells of the second', async () => {
    const { association, peer, trouble } = open();
    const call = association.call('RICcontrol', control(1), 1_000);
    peer.send(acknowledge(1));
    peer.send(acknowledge(1));
    await expect(call).resolves.toEqual(key(1));
    await delivered();
    expect(trouble).toHaveLength(1);
    expect(peer.seen.filter(({ message }) => message === 'ErrorIndication')).toEqual([]);
  });

  it('does not take the answer to another id for its own', async () => {
    const { association, peer, timers, trouble } = open();
    const call = association.call('E2setup', setupRequest(5), 1_000);
    peer.send({
      message: 'E2setupFailure',
      value: { transactionId: 6, cause: { misc: 'om-intervention' } },
    });
    await delivered();
    expect(trouble).toEqual(['E2setupFailure 6 answers nothing that was asked']);
    timers.advance(1_000);
    await expect(call).rejects.toMatchObject({ reason: 'timed-out' });
  });

  it('refuses to run a procedure twice under one id', async () => {
    const { association, peer } = open();
    const first = association.call('RICcontrol', control(1), 1_000);
    await expect(association.call('RICcontrol', control(1), 1_000)).rejects.toThrow('already under way');
    peer.send(acknowledge(1));
    await expect(first).resolves.toEqual(key(1));
  });

  it.each(['ours', 'the peer'])('rejects all that is pending when %s closes in the middle', async (who) => {
    const { association, peer, timers, closed } = open();
    const calls = [1, 2].map((id) => association.call('RICcontrol', control(id), 1_000));
    const outcome = Promise.allSettled(calls);
    if (who === 'ours') association.close('enough');
    else peer.close('enough');
    for (const { status, ...rest } of await outcome) {
      expect(status).toBe('rejected');
      expect(rest).toMatchObject({ reason: { name: 'NoAnswer', reason: 'closed' } });
    }
    expect(timers.running).toBe(0);
    expect(association.isOpen).toBe(false);
    expect(closed).toHaveLength(1);
    expect(closed[0]).toContain('enough');
    await delivered();
    expect(peer.closedWith).toContain('enough');
  });

  it('calls and sends nothing once it is closed', async () => {
    const { association, peer, closed } = open();
    association.close('enough');
    association.close('again');
    association.send('ResetResponse', { transactionId: 1 });
    await expect(association.call('RICcontrol', control(1), 1_000)).rejects.toMatchObject({
      reason: 'closed',
    });
    await delivered();
    expect(peer.seen).toEqual([]);
    expect(closed).toEqual(['enough']);
  });

  it('hands what the peer begins with to its handler', async () => {
    const seen: number[] = [];
    const { peer, trouble } = open({ ResetRequest: ({ transactionId }) => seen.push(transactionId) });
    for (const transactionId of [1, 2]) {
      peer.send({ message: 'ResetRequest', value: { transactionId, cause: { misc: 'unspecified' } } });
    }
    await delivered();
    expect(seen).toEqual([1, 2]);
    expect(trouble).toEqual([]);
  });

  it.each([
    ['nothing', new Uint8Array(), {}],
    ['no PDU', Uint8Array.of(0xff, 1, 2, 3), {}],
    [
      'the beginning of a PDU',
      aperCodec.encode({ message: 'RICcontrolRequest', value: control(1) }).subarray(0, 30),
      {
        ...key(1),
        criticalityDiagnostics: {
          procedureCode: 4,
          triggeringMessage: 'initiating-message',
          procedureCriticality: 'reject',
        },
      },
    ],
  ])('answers %s with one Error Indication and one line of trouble', async (_, octets, about) => {
    const { association, peer, trouble } = open();
    peer.sendOctets(octets);
    await delivered();
    expect(peer.seen).toEqual([
      { message: 'ErrorIndication', value: { cause: { protocol: 'transfer-syntax-error' }, ...about } },
    ]);
    expect(trouble).toHaveLength(1);
    expect(trouble[0]).toMatch(/^PDU refused: .+/);
    expect(association.isOpen).toBe(true);
  });

  it('answers a request with an unknown IE that is not to be ignored with the failure message', async () => {
    const { peer, trouble } = open();
    peer.sendOctets(withIe(control(1), { id: 99, criticality: 'reject' }));
    await delivered();
    expect(peer.seen).toMatchObject([
      {
        message: 'RICcontrolFailure',
        value: {
          ...key(1),
          cause: { protocol: 'abstract-syntax-error-reject' },
          criticalityDiagnostics: {
            iesCriticalityDiagnostics: [{ ieCriticality: 'reject', ieId: 99, typeOfError: 'not-understood' }],
          },
        },
      },
    ]);
    expect(trouble).toHaveLength(1);
  });

  it('takes a request with an unknown IE that may be ignored, and tells of the IE once', async () => {
    const seen: RicControlRequest[] = [];
    const { peer, trouble, ignored } = open({ RICcontrolRequest: (request) => seen.push(request) });
    for (let times = 0; times < 2; times++) {
      peer.sendOctets(withIe(control(1), { id: 99, criticality: 'ignore' }));
    }
    await delivered();
    expect(seen).toEqual([control(1), control(1)]);
    expect(trouble).toEqual([]);
    expect(ignored).toEqual([
      expect.stringMatching(/^passed over IE 99, which is unknown here \(ignore, at bit \d+\)$/),
    ]);
  });

  it('gives up a peer whose first words are of the other codec, and says so to both', async () => {
    const { association, peer, trouble, closed } = open();
    peer.sendOctets(jsonCodec.encode(acknowledge(1)));
    await delivered();
    const words = 'not E2AP in APER: it looks like JSON: --e2-codec json';
    expect(trouble).toEqual([`PDU refused: ${words}`]);
    expect(closed).toEqual([words]);
    expect(association.isOpen).toBe(false);
    expect(peer.closedWith).toBe(`closed by the peer: ${words}`);
    expect(peer.seen).toEqual([]);
  });

  it('takes words of the other codec for garbage, once it has understood the peer', async () => {
    const { association, peer, trouble } = open();
    peer.send({ message: 'ErrorIndication', value: {} });
    peer.sendOctets(jsonCodec.encode(acknowledge(1)));
    await delivered();
    expect(trouble).toHaveLength(2);
    expect(peer.seen.map(({ message }) => message)).toEqual(['ErrorIndication']);
    expect(association.isOpen).toBe(true);
  });

  it('answers a message that nobody expects with an Error Indication', async () => {
    const { peer, trouble } = open();
    peer.send({ message: 'RICcontrolRequest', value: control(1) });
    await delivered();
    expect(peer.seen).toEqual([
      {
        message: 'ErrorIndication',
        value: {
          ...key(1),
          cause: { protocol: 'message-not-compatible-with-receiver-state' },
          criticalityDiagnostics: {
            procedureCode: 4,
            triggeringMessage: 'initiating-message',
            procedureCriticality: 'reject',
          },
        },
      },
    ]);
    expect(trouble).toEqual(['RICcontrolRequest is not expected here']);
  });

  it('tells of an Error Indication and never answers it', async () => {
    const { peer, trouble } = open();
    peer.send({ message: 'ErrorIndication', value: { cause: { misc: 'hardware-failure' } } });
    peer.send({ message: 'ErrorIndication', value: {} });
    await delivered();
    expect(peer.seen).toEqual([]);
    expect(trouble).toEqual([
      'peer reports an error: misc/hardware-failure',
      'peer reports an error: no cause',
    ]);
  });

  it('never answers an Error Indication that it can not read', async () => {
    const { peer, trouble } = open();
    peer.sendOctets(Uint8Array.of(0, 2, 0x40, 3, 0, 0, 1));
    await delivered();
    expect(peer.seen).toEqual([]);
    expect(trouble).toHaveLength(1);
  });

  it('ends a call whose answer can not be read, and says why', async () => {
    const { association, peer, timers } = open();
    const call = association.call('RICcontrol', control(1), 1_000);
    const octets = aperCodec.encode(acknowledge(1));
    // The RAN function id becomes an IE that nobody knows.
    octets[octets.lastIndexOf(5)] = 99;
    peer.sendOctets(octets);
    await expect(call).rejects.toMatchObject({ name: 'E2apDecodeError' });
    expect(timers.running).toBe(1);
  });

  it('ends the call that an Error Indication is about, and no other', async () => {
    const { association, peer, trouble } = open();
    const [first, second] = [1, 2].map((id) => association.call('RICcontrol', control(id), 1_000));
    const value = { ...key(1), cause: { misc: 'hardware-failure' } } as const;
    peer.send({
      message: 'ErrorIndication',
      value: { ...value, criticalityDiagnostics: { procedureCode: 8 } },
    });
    const triggeringMessage = 'successful-outcome';
    peer.send({
      message: 'ErrorIndication',
      value: { ...value, criticalityDiagnostics: { triggeringMessage } },
    });
    peer.send({ message: 'ErrorIndication', value });
    await expect(first).rejects.toMatchObject({ name: 'ProcedureFailure', e2apCause: value.cause });
    expect(trouble).toEqual(Array(3).fill('peer reports an error about 2/1: misc/hardware-failure'));
    peer.send(acknowledge(2));
    await expect(second).resolves.toEqual(key(2));
  });

  it('gives the handler the association and criticalities of the sender', async () => {
    const seen: unknown[] = [];
    const { association, peer } = open({ ResetRequest: (...all) => seen.push(all) });
    const value = { transactionId: 1, cause: { misc: 'unspecified' } } as const;
    peer.send({ message: 'ResetRequest', value, criticalities: { 1: 'notify' } });
    await delivered();
    expect(seen).toEqual([[value, association, { 1: 'notify' }]]);
  });

  it('rounds transaction ids', () => {
    const { association } = open();
    const ids = Array.from({ length: 258 }, () => association.nextTransactionId());
    expect(ids.slice(0, 2)).toEqual([0, 1]);
    expect(ids.slice(255)).toEqual([255, 0, 1]);
  });

  it('survives a codec that throws something else', async () => {
    const decode = (): never => {
      throw new RangeError('Maximum call stack size exceeded');
    };
    const { peer, trouble } = toPeer({ codec: { ...aperCodec, decode } });
    peer.send(acknowledge(1));
    await delivered();
    expect(trouble).toEqual(['PDU refused: Maximum call stack size exceeded']);
    expect(peer.seen.map(({ message }) => message)).toEqual(['ErrorIndication']);
  });

  it('survives a transport that throws', async () => {
    const { association, near, timers, trouble } = open();
    near.send = () => {
      throw new Error('a PDU of 300000 octets is longer than the send buffer');
    };
    await expect(association.call('RICcontrol', control(1), 1_000)).rejects.toThrow('300000 octets');
    expect(timers.running).toBe(0);
    await expect(association.call('RICcontrol', control(1), 1_000)).rejects.toThrow('300000 octets');
    association.send('ResetResponse', { transactionId: 1 });
    expect(trouble).toEqual([
      'ResetResponse not sent: a PDU of 300000 octets is longer than the send buffer',
    ]);
  });

  it('takes only so many calls that wait for answers', async () => {
    const { association, timers } = open();
    const calls = Array.from({ length: 4_096 }, (_, id) =>
      association.call('RICcontrol', control(id), 1_000),
    );
    const outcome = Promise.allSettled(calls);
    await expect(association.call('RICcontrol', control(4_096), 1_000)).rejects.toThrow(
      '4096 procedures wait already',
    );
    timers.advance(1_000);
    expect(new Set((await outcome).map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(timers.running).toBe(0);
  });

  it('hands over the octets that could not be read, and closes when nothing else comes', async () => {
    const { association, peer, trouble, closed, refused } = open();
    const garbage = Uint8Array.of(0xff, 1, 2);
    for (let times = 0; times < 60; times++) peer.sendOctets(garbage);
    peer.send({ message: 'ErrorIndication', value: {} });
    for (let times = 0; times < 99; times++) peer.sendOctets(garbage);
    await delivered();
    expect(association.isOpen).toBe(true);
    peer.sendOctets(garbage);
    peer.sendOctets(garbage);
    await delivered();
    expect(closed).toEqual(['100 PDUs that could not be read']);
    expect(refused).toHaveLength(160);
    expect(refused[0]).toEqual({ octets: garbage, reason: trouble[0]!.replace('PDU refused: ', '') });
    expect(trouble).toHaveLength(11);
    expect(trouble[10]).toBe('… and 151 more like these');
  });

  it('comes to rest when garbage comes between two associations', async () => {
    const [a, b] = inMemoryTransports();
    const trouble: string[] = [];
    const options = {
      codec: aperCodec,
      timers: new ManualTimers(),
      handlers: {},
      onClosed: () => undefined,
      onTrouble: (line: string) => trouble.push(line),
    };
    const first = new E2apAssociation(a, options);
    new E2apAssociation(b, options);
    a.send(Uint8Array.of(0xff, 2, 3));
    first.send('ResetRequest', { transactionId: 1, cause: { misc: 'unspecified' } });
    await delivered();
    const soFar = trouble.length;
    await delivered();
    expect(trouble).toHaveLength(soFar);
    expect(soFar).toBe(4);
  });
});

function setupRequest(transactionId: number): E2SetupRequest {
  return {
    transactionId,
    globalE2NodeId: { plmn: { mcc: '001', mnc: '01' }, gnbId: 1 },
    ranFunctionsAdded: [
      {
        ranFunctionId: 2,
        ranFunctionDefinition: new Uint8Array(),
        ranFunctionRevision: 1,
        ranFunctionOid: '1.3.6.1.4.1.53148.1.2.2.2',
      },
    ],
    componentConfigurationAddition: [
      {
        interfaceType: 'f1',
        componentId: { f1: { gnbDuId: 1 } },
        requestPart: new Uint8Array(),
        responsePart: new Uint8Array(),
      },
    ],
  };
}

/** A control request with one more IE, without contents. */
function withIe(request: RicControlRequest, ie: { id: number; criticality: 'reject' | 'ignore' }) {
  const octets = aperCodec.encode({ message: 'RICcontrolRequest', value: request });
  const more = Uint8Array.of(0, ie.id, ie.criticality === 'reject' ? 0 : 0x40, 1, 0);
  const whole = Uint8Array.from([...octets, ...more]);
  whole[3]! += more.length;
  whole[6]! += 1;
  return whole;
}
