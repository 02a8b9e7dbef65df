import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import {
  connectE2OverSctp,
  nodeTimers,
  SctpE2Server,
  type SctpE2ConnectOptions,
  type SctpE2ServerOptions,
} from '@ricochet/e2-transport';
import { aperCodec } from '@ricochet/e2ap';
import { Processes } from './support/processes.js';
import { listenTo, sctpLacks, type End } from './support/sctp.js';
import { waitFor } from './support/wait-for.js';

const LOOPBACK = '127.0.0.1';
const TIMEOUT_MS = 10_000;

/** An indication with so many octets of message, all of them `fill`. */
const pdu = (octets: number, fill = 7): Uint8Array =>
  aperCodec.encode({
    message: 'RICindication',
    value: {
      ricRequestId: { requestorId: 1, instanceId: 2 },
      ranFunctionId: 2,
      ricActionId: 0,
      ricIndicationType: 'report',
      ricIndicationHeader: new Uint8Array(),
      ricIndicationMessage: new Uint8Array(octets).fill(fill),
    },
  });
const isSame = (taken: readonly Uint8Array[], sent: readonly Uint8Array[]): boolean =>
  taken.length === sent.length && taken.every((each, i) => Buffer.compare(each, sent[i]!) === 0);
const openFiles = (): number => readdirSync('/proc/self/fd').length;

const lacks = sctpLacks();

// Where the kernel has no SCTP the name of what is skipped says so.
(lacks === undefined ? describe : describe.skip)(`E2 over SCTP${lacks ? ` (${lacks})` : ''}`, () => {
  const servers: SctpE2Server[] = [];
  const nodes: End[] = [];
  const trouble: string[] = [];

  const serve = async (options: Partial<SctpE2ServerOptions> = {}) => {
    const ends: End[] = [];
    const peers: string[] = [];
    const server = await SctpE2Server.listen({
      host: LOOPBACK,
      port: 0,
      timers: nodeTimers,
      onAssociation: (transport, peer) => {
        ends.push(listenTo(transport));
        peers.push(peer);
      },
      onTrouble: (line) => trouble.push(line),
      ...options,
    });
    servers.push(server);
    return { server, ends, peers, port: server.port };
  };
  const connect = async (port: number, options: Partial<SctpE2ConnectOptions> = {}): Promise<End> => {
    const node = listenTo(
      await connectE2OverSctp({
        host: LOOPBACK,
        port,
        timers: nodeTimers,
        timeoutMs: TIMEOUT_MS,
        ...options,
      }),
    );
    nodes.push(node);
    return node;
  };
  const pair = async (options: Partial<SctpE2ServerOptions> = {}) => {
    const ric = await serve(options);
    const node = await connect(ric.port);
    await waitFor('the association', () => ric.ends.length === 1);
    return { ric: ric.ends[0] as End, node, server: ric.server, port: ric.port };
  };
  const ends = ({ closed }: End): Promise<string> => waitFor('the close', () => closed[0]);

  afterEach(async () => {
    for (const { transport } of nodes.splice(0)) transport.close('the test is over');
    await Promise.all(servers.splice(0).map((server) => server.close('the test is over')));
    expect(trouble.splice(0)).toEqual([]);
  });

  describe('an association', () => {
    it.each([
      ['IPv4', LOOPBACK, LOOPBACK, /^127\.0\.0\.1:\d+$/],
      ['IPv6', '::1', '::1', /^\[::1\]:\d+$/],
      ['IPv4 with a server for both', '::', LOOPBACK, /^\[::ffff:127\.0\.0\.1\]:\d+$/],
      ['a name', LOOPBACK, 'localhost', /^127\.0\.0\.1:\d+$/],
    ])('comes about over %s and carries PDUs in order, both ways', async (_, host, to, peer) => {
      const { ends: rics, peers, port } = await serve({ host });
      const node = await connect(port, { host: to });
      const sent = Array.from({ length: 300 }, (_each, i) => pdu(i * 7, i % 256));
      for (const each of sent) node.transport.send(each);
      await waitFor('what went up', () => rics[0]?.pdus.length === sent.length);
      expect(peers).toEqual([expect.stringMatching(peer)]);
      for (const each of sent) rics[0]?.transport.send(each);
      await waitFor('what went down', () => node.pdus.length === sent.length);
      expect(isSame(rics[0]!.pdus, sent)).toBe(true);
      expect(isSame(node.pdus, sent)).toBe(true);
    });

    it.each([0, 71, 72])('takes what a peer sends under PPID %d', async (ppid) => {
      const { ends: rics, port } = await serve();
      const node = await connect(port, { ppid });
      node.transport.send(pdu(5));
      await waitFor('the PDU', () => rics[0]?.pdus.length === 1);
    });

    it('carries PDUs of 200 KB between small ones, both ways at once', async () => {
      const { ric, node } = await pair();
      const sent = [10, 200_000, 70_000, 10, 65_500, 200_000, 0].map((octets, i) => pdu(octets, i));
      for (const each of sent) {
        node.transport.send(each);
        ric.transport.send(each);
      }
      await waitFor('all of them', () => ric.pdus.length + node.pdus.length === 2 * sent.length);
      expect(isSame(ric.pdus, sent)).toBe(true);
      expect(isSame(node.pdus, sent)).toBe(true);
    });

    it('keeps what comes before anyone listens', async () => {
      const { ends: rics, port } = await serve();
      const transport = await connectE2OverSctp({
        host: LOOPBACK,
        port,
        timers: nodeTimers,
        timeoutMs: TIMEOUT_MS,
      });
      const ric = await waitFor('the association', () => rics[0]);
      ric.transport.send(pdu(1));
      ric.transport.send(pdu(2));
      await new Promise((resolve) => setTimeout(resolve, 100));
      const node = listenTo(transport);
      nodes.push(node);
      await waitFor('both', () => node.pdus.length === 2);
    });

    it('delivers what was sent before the close', async () => {
      const { ric, node } = await pair();
      const sent = [pdu(200_000), pdu(1), pdu(100_000)];
      for (const each of sent) node.transport.send(each);
      node.transport.close('done');
      node.transport.send(pdu(99));
      expect(node.closed).toEqual(['done']);
      await expect(ends(ric)).resolves.toBe('closed by the peer');
      expect(isSame(ric.pdus, sent)).toBe(true);
    });
  });

  describe('what a peer may do', () => {
    it('sends half a PDU, and the rest later', async () => {
      const { ric, node } = await pair();
      node.transport.send(pdu(500).subarray(0, 200));
      node.transport.send(pdu(500).subarray(200));
      await waitFor('the PDU', () => ric.pdus.length === 1);
      expect(isSame(ric.pdus, [pdu(500)])).toBe(true);
    });

    it('sends two PDUs in one message', async () => {
      const { ric, node } = await pair();
      node.transport.send(Buffer.concat([pdu(10), pdu(20)]));
      await waitFor('both PDUs', () => ric.pdus.length === 2);
      expect(isSame(ric.pdus, [pdu(10), pdu(20)])).toBe(true);
    });

    it('sends half a PDU and nothing more: it is aborted, others are not', async () => {
      const { ends: rics, port } = await serve({ limits: { stallMs: 200 } });
      const [bad, good] = [await connect(port), await connect(port)];
      bad.transport.send(pdu(500).subarray(0, 200));
      await expect(ends(bad)).resolves.toBe('aborted by the peer');
      expect(rics[0]?.closed).toEqual(['half a PDU, and nothing more for 200 ms']);
      good.transport.send(pdu(1));
      await waitFor('the PDU', () => rics[1]?.pdus.length === 1);
    });

    it('sends garbage: it is aborted, with a reason in words', async () => {
      const { ric, node } = await pair();
      node.transport.send(pdu(1));
      node.transport.send(Buffer.from('{"message":"E2setupRequest"}'));
      await expect(ends(node)).resolves.toBe('aborted by the peer');
      expect(ric.closed).toEqual(['not E2AP in APER: it begins with 7b226d6573736167']);
      expect(ric.pdus).toHaveLength(1);
    });

    it('begins a PDU without end: it is aborted at the limit', async () => {
      const { ric, node } = await pair({ limits: { maxPduOctets: 300_000 } });
      const endless = new Uint8Array(65_537).fill(0xc4);
      node.transport.send(Uint8Array.of(0, 5, 0x40));
      for (let i = 0; i < 6; i++) node.transport.send(endless);
      await expect(ends(node)).resolves.toBe('aborted by the peer');
      expect(ric.closed).toEqual([
        expect.stringMatching(/^a PDU of at least \d+ octets: 300000 are the most taken$/),
      ]);
    });

    it('does not read: it is aborted when too much waits for it', async () => {
      const { ric, node } = await pair({ limits: { maxWaitingOctets: 1_000_000 } });
      for (let i = 0; i < 30; i++) ric.transport.send(pdu(100_000));
      expect(ric.closed).toEqual([
        expect.stringMatching(/^the peer does not read: 1\d{6} octets wait for it$/),
      ]);
      await expect(ends(node)).resolves.toBe('aborted by the peer');
    });

    it('sends too much: it is read at the pace that is allowed, nothing is lost, and others do not wait', async () => {
      const { ends: rics, port } = await serve({ limits: { maxPdusPerS: 100 } });
      const flooding = await connect(port);
      const quiet = await connect(port);
      for (let i = 0; i < 250; i++) flooding.transport.send(pdu(10));
      const line = await waitFor('the line', () => trouble[0]);
      const peer = /^\S+/.exec(line)?.[0];
      expect(line).toBe(`${peer} sends more than 100 PDUs within a second: it is read at that pace`);
      quiet.transport.send(pdu(1));
      await waitFor('the PDU of the other', () => rics[1]?.pdus.length === 1);
      expect(rics[0]?.pdus.length).toBeLessThan(250);
      await waitFor('all PDUs', () => rics[0]?.pdus.length === 250);
      expect(trouble.splice(0)).toEqual([line]);
    });

    it('comes from an address that is not taken: it is aborted', async () => {
      const asked: string[] = [];
      const { ends: rics, port } = await serve({ takes: (address) => asked.push(address) > 1 });
      // The abort comes before or after the kernel has told the peer that it is connected.
      await expect(connect(port).then(ends, ({ message }: Error) => message)).resolves.toMatch(/abort/);
      expect(rics).toEqual([]);
      await connect(port);
      await waitFor('the association', () => rics.length === 1);
      expect(asked).toEqual([LOOPBACK, LOOPBACK]);
    });

    it('comes where there is no room: it is aborted, and taken when another has left', async () => {
      const { ends: rics, port } = await serve({ maxAssociations: 1 });
      const first = await connect(port);
      // The abort comes before or after the kernel has told the peer that it is connected.
      const outcome = (): Promise<string> =>
        connect(port).then(
          async (node) => {
            node.transport.send(pdu(1));
            return Promise.race([
              ends(node),
              waitFor('the PDU', () => rics[1]?.pdus.length === 1 && 'taken'),
            ]);
          },
          ({ message }: Error) => message,
        );
      await expect(outcome()).resolves.toMatch(/abort/);
      expect(trouble).toEqual([
        expect.stringMatching(
          /^SCTP on \S+: 127\.0\.0\.1:\d+ refused, as others will be: 1 associations are the most taken$/,
        ),
      ]);
      first.transport.close('making room');
      await waitFor('room', async () => (await outcome()) === 'taken');
      expect(trouble.splice(0)).toHaveLength(1);
    });

    it('is killed', async () => {
      const { ends: rics, port } = await serve();
      const processes = new Processes();
      const script = `
        import { connectE2OverSctp, nodeTimers } from '@ricochet/e2-transport';
        const transport = await connectE2OverSctp(
          { host: '${LOOPBACK}', port: ${port}, timers: nodeTimers, timeoutMs: ${TIMEOUT_MS} });
        transport.send(Buffer.from('${Buffer.from(pdu(3)).toString('hex')}', 'hex'));`;
      const peer = processes.start(['--input-type=module', '-e', script], {
        cwd: `${__dirname}/../libs/e2-transport`,
      });
      await waitFor('its PDU', () => rics[0]?.pdus.length === 1);
      await peer.kill('SIGKILL');
      await expect(ends(rics[0] as End)).resolves.toMatch(/^(closed|aborted) by the peer$/);
    });

    // Takes the loopback down, which only a machine of its own may do.
    (process.env['RICOCHET_SCTP_VM'] === '1' ? it : it.skip)('vanishes: both ends notice', async () => {
      const { ric, node } = await pair();
      const loopback = (state: string) => execFileSync('busybox', ['ip', 'link', 'set', 'lo', state]);
      loopback('down');
      try {
        const vanishedAt = Date.now();
        await expect(Promise.all([ends(ric), ends(node)])).resolves.toEqual(
          Array(2).fill('the peer does not answer any more'),
        );
        expect(Date.now() - vanishedAt).toBeLessThan(12_000);
      } finally {
        loopback('up');
      }
    });
  });

  describe('in words', () => {
    it('says that nobody listens', async () => {
      const { server, port } = await serve();
      await server.close('gone');
      await expect(connect(port)).rejects.toMatchObject({
        code: 'SCTP_REFUSED',
        message: `E2 over SCTP to ${LOOPBACK}:${port}: nobody listens there (ECONNREFUSED)`,
      });
    });

    it('says that the time is over', async () => {
      const { port } = await serve();
      const impatient = {
        after: (_delayMs: number, call: () => void) => {
          call();
          return () => undefined;
        },
      };
      await expect(connect(port, { timers: impatient, timeoutMs: 700 })).rejects.toMatchObject({
        code: 'SCTP_TIMEOUT',
        message: `E2 over SCTP to ${LOOPBACK}:${port}: no answer within 700 ms`,
      });
    });

    it('says that a port is in use', async () => {
      const { port } = await serve();
      await expect(serve({ port })).rejects.toMatchObject({
        code: 'SCTP_ADDRESS_IN_USE',
        message: `SCTP on ${LOOPBACK}:${port}: another program listens there (EADDRINUSE)`,
      });
    });

    it('says that an address is not of this machine', async () => {
      await expect(serve({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'SCTP_BAD_ADDRESS' });
    });

    it('refuses a PDU that SCTP can not carry, and goes on', async () => {
      const { ric, node } = await pair();
      expect(() => node.transport.send(new Uint8Array(5_000_000))).toThrow(
        /^a PDU of 5000000 octets: SCTP takes \d+ here, twice the sysctl net\.core\.wmem_max$/,
      );
      node.transport.send(pdu(1));
      await waitFor('the next PDU', () => ric.pdus.length === 1);
    });
  });

  it('lives through a storm of 50 nodes that connect, drop and connect again, three times', async () => {
    const { ends: rics, port } = await serve();
    const steady = await connect(port);
    const openBefore = openFiles();
    for (let round = 0; round < 3; round++) {
      const storm = await Promise.all(Array.from({ length: 50 }, () => connect(port)));
      for (const [i, { transport }] of storm.entries()) {
        transport.send(pdu(i));
        steady.transport.send(pdu(i));
        // Half of them are aborted, for garbage; half close.
        if (i % 2 === 0) transport.send(Buffer.from('garbage'));
        else transport.close('enough');
      }
      await Promise.all(storm.map(ends));
    }
    await waitFor(
      'all ends of the RIC',
      () => rics.filter(({ closed }) => closed.length === 1).length === 150,
    );
    expect(rics).toHaveLength(151);
    for (const ric of rics.slice(1)) expect(ric.pdus).toHaveLength(1);
    await waitFor('what the steady node sent', () => rics[0]?.pdus.length === 150);
    expect(rics[0]?.closed).toEqual([]);
    await waitFor('sockets closed', () => openFiles() <= openBefore);
  });

  it('stops, and begins anew on the same port', async () => {
    const first = await serve();
    const before = await Promise.all(Array.from({ length: 5 }, () => connect(first.port)));
    await waitFor('all of them', () => first.ends.length === 5);
    await first.server.close('the RIC stops');
    expect(first.ends.map(({ closed }) => closed)).toEqual(Array(5).fill(['the RIC stops']));
    await expect(Promise.all(before.map(ends))).resolves.toEqual(Array(5).fill('closed by the peer'));
    const second = await serve({ port: first.port });
    const node = await connect(first.port);
    node.transport.send(pdu(1));
    await waitFor('its PDU', () => second.ends[0]?.pdus.length === 1);
  });
});
