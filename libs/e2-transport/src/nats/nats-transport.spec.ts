import { Bus, EmbeddedNats } from '@ricochet/bus';
import { e2Associate, e2Uplink } from '@ricochet/contracts';
import { type Transport } from '@ricochet/e2ap';
import { nodeTimers } from '../node-timers.js';
import { type LivenessOptions } from './nats-association.js';
import { connectE2OverNats } from './nats-e2-client.js';
import { NatsE2Server, type NatsE2ServerOptions } from './nats-e2-server.js';

const PATIENT: LivenessOptions = { beatMs: 60_000, lossMs: 60_000 };
const QUICK: LivenessOptions = { beatMs: 10, lossMs: 250 };

/** One end and all that it hears. */
interface End {
  readonly transport: Transport;
  readonly peer: string;
  readonly pdus: string[];
  readonly closed: string[];
}

function listenTo(transport: Transport, peer = ''): End {
  const end: End = { transport, peer, pdus: [], closed: [] };
  transport.listen({
    onPdu: (octets) => end.pdus.push(Buffer.from(octets).toString()),
    onClosed: (reason) => end.closed.push(reason),
  });
  return end;
}

const until = async (condition: () => boolean): Promise<void> => {
  const giveUpAt = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`in vain: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

describe('E2 over a real nats-server', () => {
  let nats: EmbeddedNats;
  const buses: Bus[] = [];
  const servers: NatsE2Server[] = [];

  const bus = async (url = nats.url): Promise<Bus> => {
    const made = await Bus.connect({ url, name: 'test', onTrouble: () => undefined });
    buses.push(made);
    return made;
  };
  const trouble: string[] = [];
  const serve = async (
    on: Bus,
    liveness = PATIENT,
    options: Partial<NatsE2ServerOptions> = {},
  ): Promise<End[]> => {
    const ends: End[] = [];
    servers.push(
      new NatsE2Server({
        bus: on,
        timers: nodeTimers,
        liveness,
        onAssociation: (transport, peer) => ends.push(listenTo(transport, peer)),
        onTrouble: (line) => trouble.push(line),
        ...options,
      }),
    );
    await on.flush();
    return ends;
  };
  /** An association on which the node has said its first word: before that, the RIC has nothing to say. */
  const connect = async (on: Bus, association: string, liveness = PATIENT): Promise<End> => {
    const end = listenTo(
      await connectE2OverNats({ bus: on, timers: nodeTimers, association, timeoutMs: 1_000, liveness }),
    );
    end.transport.send(Buffer.from('first word'));
    await on.flush();
    return end;
  };
  /** A RIC and a node that are connected. */
  const pair = async (liveness = PATIENT): Promise<{ ric: End; node: End }> => {
    const rics = await serve(await bus(), liveness);
    const node = await connect(await bus(), 'node-1', liveness);
    return { ric: rics[0] as End, node };
  };

  beforeAll(async () => {
    nats = await EmbeddedNats.start();
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close('the test is over');
    await Promise.all(buses.splice(0).map((each) => each.close()));
    expect(trouble.splice(0)).toEqual([]);
  });
  afterAll(() => nats.stop());

  it('carries PDUs in order, both ways, those that can wait among them', async () => {
    const { ric, node } = await pair();
    const sent = Array.from({ length: 200 }, (_, i) => `pdu ${i}`);
    for (const [i, pdu] of sent.entries()) {
      node.transport.send(Buffer.from(`up ${pdu}`), { canWait: i % 3 === 0 });
      ric.transport.send(Buffer.from(`down ${pdu}`), { canWait: i % 2 === 0 });
    }
    await until(() => node.pdus.length === sent.length && ric.pdus.length > sent.length);
    expect(ric.pdus).toEqual(['first word', ...sent.map((pdu) => `up ${pdu}`)]);
    expect(node.pdus).toEqual(sent.map((pdu) => `down ${pdu}`));
  });

  it('holds back what can wait', async () => {
    const on = await bus();
    const rics = await serve(await bus());
    const node = await connect(on, 'node-1');
    const publish = jest.spyOn(on.connection, 'publish');
    node.transport.send(Buffer.from('acknowledged'), { canWait: true });
    expect(publish).not.toHaveBeenCalled();
    node.transport.send(Buffer.from('reported'));
    expect(publish).toHaveBeenCalledTimes(2);
    await until(() => rics[0]?.pdus.length === 3);
    expect(rics[0]?.pdus).toEqual(['first word', 'acknowledged', 'reported']);
  });

  it('keeps the associations of several nodes apart', async () => {
    const rics = await serve(await bus());
    const nodes = [await connect(await bus(), 'node-1'), await connect(await bus(), 'node-2')];
    for (const [i, ric] of rics.entries()) ric.transport.send(Buffer.from(`to ${i}`));
    await until(() => nodes.every(({ pdus }) => pdus.length > 0));
    expect(nodes.map(({ pdus }) => pdus)).toEqual([['to 0'], ['to 1']]);
    expect(rics.map(({ peer }) => peer)).toEqual(['node-1', 'node-2']);
    nodes[0]?.transport.close('done');
    await until(() => rics[0]?.closed.length === 1);
    expect(rics[1]?.closed).toEqual([]);
  });

  it.each(['ric', 'node'] as const)('tells both ends why the %s closes, once', async (closing) => {
    const ends = await pair();
    const other = closing === 'ric' ? ends.node : ends.ric;
    ends[closing].transport.close('enough of it');
    ends[closing].transport.close('twice');
    expect(ends[closing].closed).toEqual(['enough of it']);
    await until(() => other.closed.length > 0);
    expect(other.closed).toEqual(['closed by the peer: enough of it']);
    other.transport.send(Buffer.from('too late'));
    expect([...ends.ric.pdus, ...ends.node.pdus]).not.toContain('too late');
  });

  it('says that no RIC is there', async () => {
    await expect(connect(await bus(), 'node-1')).rejects.toMatchObject({ code: 'BUS_NO_RESPONDER' });
  });

  it('stays open as long as beats are heard', async () => {
    const watcher = await bus();
    let beats = 0;
    watcher.subscribeBytes(e2Uplink('node-1', 'beat'), () => (beats += 1));
    await watcher.flush();
    const { ric, node } = await pair(QUICK);
    await until(() => beats > (3 * QUICK.lossMs) / QUICK.beatMs);
    expect([...ric.closed, ...node.closed]).toEqual([]);
  });

  it('gives up a RIC that is not heard any more', async () => {
    const mute = await bus();
    mute.serve(e2Associate, () => ({ accepted: true }));
    await mute.flush();
    const node = await connect(await bus(), 'node-1', QUICK);
    await until(() => node.closed.length > 0);
    expect(node.closed).toEqual([`nothing heard for ${QUICK.lossMs} ms`]);
  });

  it('gives up a node that is not heard any more, and tells it so', async () => {
    const rics = await serve(await bus(), QUICK);
    const mute = await connect(await bus(), 'node-1', PATIENT);
    await until(() => mute.closed.length > 0);
    expect(rics[0]?.closed).toEqual([`nothing heard for ${QUICK.lossMs} ms`]);
    expect(mute.closed).toEqual([`closed by the peer: nothing heard for ${QUICK.lossMs} ms`]);
  });

  it('closes the former association when a node opens it anew', async () => {
    const rics = await serve(await bus());
    const on = await bus();
    const first = await connect(on, 'node-1');
    await connect(await bus(), 'node-1');
    await until(() => first.closed.length > 0);
    expect(rics.map(({ closed }) => closed)).toEqual([['the node opened it anew'], []]);
  });

  it('tells a node of a former life of the RIC to begin anew', async () => {
    const first = await bus();
    await serve(first);
    const node = await connect(await bus(), 'node-1');
    await first.close();
    const rics = await serve(await bus());
    node.transport.send(Buffer.from('are you there?'));
    await until(() => node.closed.length > 0);
    expect(node.closed).toEqual(['closed by the peer: no such association']);
    expect(rics).toEqual([]);
  });

  it('takes so many associations and no more, tells of it once, and takes others when some have left', async () => {
    const on = await bus();
    const rics = await serve(on, PATIENT, { maxAssociations: 2 });
    const nodeBus = await bus();
    const nodes = [await connect(nodeBus, 'node-1'), await connect(nodeBus, 'node-2')];
    for (const name of ['node-3', 'node-4']) {
      await expect(connect(nodeBus, name)).rejects.toThrow('2 associations are the most taken');
    }
    expect(trouble.splice(0)).toEqual([
      'E2 over NATS: node-3 refused, as others will be: 2 associations are the most taken',
    ]);
    nodes[0]?.transport.close('making room');
    await until(() => rics[0]?.closed.length === 1);
    await connect(nodeBus, 'node-3');
    expect(rics).toHaveLength(3);
  });

  it('closes the association of a node that sends too much, and no other', async () => {
    const limits = { maxPdusPerS: 100, maxOctetsPerS: 1_000_000 };
    const rics = await serve(await bus(), PATIENT, { limits });
    const nodeBus = await bus();
    const [flooding, quiet] = [await connect(nodeBus, 'node-1'), await connect(nodeBus, 'node-2')];
    for (let i = 0; i < 500; i += 1) flooding.transport.send(Buffer.from('flood'));
    await until(() => flooding.closed.length > 0);
    expect(flooding.closed).toEqual(['closed by the peer: more than 100 PDUs within a second']);
    expect(rics[0]?.pdus).toHaveLength(100);
    rics[1]?.transport.send(Buffer.from('still here'));
    await until(() => quiet.pdus.length === 1);
  });

  it('tells a name that it does not know so once a second, and does not keep a million of them', async () => {
    const seconds: (() => void)[] = [];
    const timers = {
      after: (_: number, call: () => void) => {
        seconds.push(call);
        return () => undefined;
      },
    };
    await serve(await bus(), PATIENT, { timers });
    const watcher = await bus();
    const answers: string[] = [];
    watcher.subscribeBytes('e2.down.*.abort', (_, subject) => answers.push(subject));
    await watcher.flush();
    const call = async (names: readonly string[]): Promise<void> => {
      for (const name of names) watcher.publishBytes(e2Uplink(name, 'pdu'), new Uint8Array());
      await watcher.flush();
    };
    await call(['a', 'a', 'b', 'a']);
    await until(() => answers.length >= 2);
    await call(['a', 'b', ...Array.from({ length: 1_100 }, (_, i) => `stranger-${i}`)]);
    await until(() => answers.length >= 1_000);
    expect(seconds).toHaveLength(1);
    seconds[0]?.();
    await call(['a']);
    await until(() => answers.length > 1_000);
    expect(answers).toHaveLength(1_001);
    expect(answers.filter((subject) => subject === 'e2.down.a.abort')).toHaveLength(2);
  });

  it('never answers an abort of an unknown association', async () => {
    const on = await bus();
    await serve(on);
    const heard: string[] = [];
    const watcher = await bus();
    watcher.subscribeBytes('e2.down.>', (_, subject) => heard.push(subject));
    await watcher.flush();
    watcher.publishBytes(e2Uplink('nobody', 'abort'), new Uint8Array());
    watcher.publishBytes(e2Uplink('nobody', 'beat'), new Uint8Array());
    await until(() => heard.length > 0);
    await watcher.flush();
    expect(heard).toEqual(['e2.down.nobody.abort']);
  });

  it('closes both ends when NATS stops, and connects again when it is back', async () => {
    const first = await EmbeddedNats.start();
    const [ricBus, nodeBus] = [await bus(first.url), await bus(first.url)];
    const rics = await serve(ricBus);
    const node = await connect(nodeBus, 'node-1');
    await first.stop();
    await until(() => rics[0]?.closed.length === 1 && node.closed.length > 0);
    expect([rics[0]?.closed, node.closed]).toEqual([['NATS is gone'], ['NATS is gone']]);
    const second = await EmbeddedNats.start({ port: first.port, password: first.password });
    await until(() => ricBus.isUp && nodeBus.isUp);
    await ricBus.flush();
    const again = await connect(nodeBus, 'node-1-again');
    again.transport.send(Buffer.from('hello'));
    await until(() => rics[1]?.pdus.length === 2);
    expect(rics.map(({ pdus }) => pdus)).toEqual([['first word'], ['first word', 'hello']]);
    await Promise.all(buses.splice(0).map((each) => each.close()));
    await second.stop();
  });
});
