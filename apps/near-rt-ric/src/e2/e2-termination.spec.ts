import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SubscriptionSpec } from '@ricochet/contracts';
import {
  aperCodec,
  encodeF1CellStatus,
  inMemoryTransports,
  requestE2Removal,
  requestNodeConfigurationUpdate,
  requestReset,
} from '@ricochet/e2ap';
import { FakeNode } from '../fake-node.fixture.js';
import { FakeRic, temporaryStore } from '../fake-ric.fixture.js';
import { delivered } from '../manual-timers.fixture.js';
import { kpmFunction, rcFunction } from '../ran-functions.fixture.js';

const plmn = { mcc: '001', mnc: '01' };
const RECORDED = join(__dirname, '../../../../test/fixtures/e2ap');
const CELL: SubscriptionSpec = { name: 'cell', level: 'cell', periodMs: 100, measurements: ['A'] };

/** The E2 Setup Requests that real agents sent. */
function recordedSetup(of: 'flexric' | 'srsran'): Uint8Array {
  if (of === 'flexric') {
    return Buffer.from(
      readFileSync(join(RECORDED, 'flexric-kpm-001-a2r-E2setupReq.hex'), 'utf8').trim(),
      'hex',
    );
  }
  const vectors = JSON.parse(readFileSync(join(RECORDED, 'srsran-25.10.json'), 'utf8')) as {
    name: string;
    hex: string;
  }[];
  return Buffer.from(vectors.find(({ name }) => name === 'srs_run_setup_request_du')?.hex ?? '', 'hex');
}

describe('E2 termination', () => {
  const kept = temporaryStore();
  let ric: FakeRic;
  let du: FakeNode;

  beforeEach(async () => {
    ric = await FakeRic.start(kept.store, { RICOCHET_STORE: join(kept.folder, 'ric.sqlite') });
    du = new FakeNode(1);
  });

  describe('at E2 Setup', () => {
    it('takes a node with what it tells', async () => {
      du.functions = [kpmFunction(), rcFunction()];
      const node = await du.connect(ric);
      expect(node).toMatchObject({
        nodeId: 'gnb-001-01-1-du-1',
        transport: 'nats',
        peer: 'test-0',
        profile: { name: 'oran' },
        cell: { active: true, prbs: 100, slices: [{ sst: 1 }] },
      });
      expect(node.functions.map(({ model }) => model.shortName)).toEqual(['ORAN-E2SM-KPM', 'ORAN-E2SM-RC']);
      expect(ric.told(/connected/)).toEqual([
        'gnb-001-01-1-du-1 connected over NATS as oran with ORAN-E2SM-KPM, ORAN-E2SM-RC',
      ]);
    });

    it('subscribes after the response', async () => {
      ric.manager.want('a', [{ ...CELL, measurements: ['DRB.UEThpDl'] }]);
      const [ricEnd, nodeEnd] = inMemoryTransports();
      const heard: string[] = [];
      nodeEnd.listen({
        onPdu: (octets) => heard.push(aperCodec.decode(octets).message),
        onClosed: () => undefined,
      });
      ric.termination.accept(ricEnd, { transport: 'sctp', peer: '10.0.0.2:4567' });
      nodeEnd.send(recordedSetup('srsran'));
      await delivered();
      expect(heard).toEqual(['E2setupResponse', 'RICsubscriptionRequest']);
      expect(ric.told(/connected over SCTP from 10\.0\.0\.2:4567 as srsran with /)).toHaveLength(1);
    });

    it('tells the make of real agents, and takes what they offer', async () => {
      for (const agent of ['flexric', 'srsran'] as const) {
        const peer = new FakeNode();
        peer.open(ric);
        peer.sendOctets(recordedSetup(agent));
        await delivered();
      }
      const nodes = ric.registry.all();
      expect(nodes.map(({ profile }) => profile.name)).toEqual(['flexric-2.03', 'srsran']);
      expect(nodes.map(({ functions }) => functions.map(({ model }) => model.shortName))).toEqual([
        expect.arrayContaining(['ORAN-E2SM-KPM']),
        expect.arrayContaining(['ORAN-E2SM-KPM', 'ORAN-E2SM-RC']),
      ]);
    });

    it('speaks to a node as it is configured to', async () => {
      ric = await FakeRic.start(kept.store, {
        RICOCHET_E2_PROFILES: '{"gnb-001-01-1-*": "srsran", "gnb-001-01-1-du-2": "flexric-3.01"}',
      });
      const nodes = [await du.connect(ric), await new FakeNode(2).connect(ric)];
      expect(nodes.map(({ profile }) => profile.name)).toEqual(['srsran', 'flexric-3.01']);
      expect(nodes.map(({ association }) => association?.profile.name)).toEqual(['srsran', 'flexric-3.01']);
    });

    it('takes the units of a gNB as nodes of their own', async () => {
      const units = [{ gnbDuId: 1 }, { gnbCuUpId: 1 }, {}].map((unit) => ({ plmn, gnbId: 1, ...unit }));
      for (const unit of units) await new FakeNode(unit).connect(ric);
      const nodes = ric.registry.all();
      expect(nodes.map(({ nodeId }) => nodeId)).toEqual([
        'gnb-001-01-1-du-1',
        'gnb-001-01-1-cu-up-1',
        'gnb-001-01-1',
      ]);
      expect(nodes.every(({ association }) => association?.isOpen)).toBe(true);
    });

    it('lets another one on the same association replace what was told', async () => {
      ric.manager.want('a', [CELL]);
      await du.connect(ric);
      du.functions = [kpmFunction(), rcFunction()];
      await du.setUp();
      await delivered();
      expect(ric.registry.find(du.nodeId)?.functions).toHaveLength(2);
      expect(du.association.isOpen).toBe(true);
      expect(du.log).toEqual(['subscribe 1', 'subscribe 1']);
    });

    it('counts a node as lost whose association becomes another node', async () => {
      await du.connect(ric);
      await du.setUp({ plmn, gnbId: 1, gnbDuId: 9 });
      await delivered();
      expect(ric.registry.find(du.nodeId)?.association).toBeUndefined();
      expect(ric.registry.find('gnb-001-01-1-du-9')?.association?.isOpen).toBe(true);
      expect(ric.told(/du-1 lost: its association has set up as gnb-001-01-1-du-9/)).toHaveLength(1);
    });

    it('closes an association that does nothing else', async () => {
      await du.connect(ric);
      for (let gnbDuId = 2; gnbDuId <= 110 && du.closed.length === 0; gnbDuId++) {
        await du.setUp({ plmn, gnbId: 1, gnbDuId }).catch(() => undefined);
      }
      expect(du.closed).toEqual([expect.stringContaining('more than 100 E2 Setups over one association')]);
      expect(ric.registry.all().filter(({ association }) => association !== undefined)).toEqual([]);
    });

    it('closes an association on which none comes within 10 s', async () => {
      du.open(ric);
      const other = new FakeNode(2);
      await other.connect(ric);
      await ric.after(9_999);
      expect(du.closed).toEqual([]);
      await ric.after(1);
      expect(du.closed).toEqual([expect.stringContaining('no E2 Setup within 10000 ms')]);
      expect(other.closed).toEqual([]);
      expect(ric.told(/no E2 Setup/)).toEqual([
        'E2 peer test-0, over NATS: closed before its E2 Setup: no E2 Setup within 10000 ms',
      ]);
    });
  });

  describe('of many nodes', () => {
    it('has the later of two that claim one id, and tells once of a quarrel', async () => {
      const claimants = [];
      for (let i = 0; i < 8; i++) {
        const claimant = new FakeNode(1);
        await claimant.connect(ric);
        claimants.push(claimant);
      }
      expect(claimants.map(({ association }) => association.isOpen)).toEqual([
        ...Array<boolean>(7).fill(false),
        true,
      ]);
      expect(claimants[0]?.closed).toEqual([expect.stringContaining('the node has set up anew')]);
      expect(ric.told(/is claimed again and again, by test-3 and test-4/)).toHaveLength(1);
      expect(ric.told(/connected/)).toHaveLength(4);
      await ric.after(10_000);
      await new FakeNode(1).connect(ric);
      expect(ric.told(/connected/)).toHaveLength(5);
    });

    it('forgets who was first to go when there are too many nodes', async () => {
      ric.manager.want('a', [CELL]);
      for (let id = 1; id <= 1_024; id++) {
        const made = new FakeNode(id);
        made.open(ric);
        await made.setUp();
        if (id <= 2) made.disconnect();
      }
      await new FakeNode(2_000).connect(ric);
      expect(ric.registry.find('gnb-001-01-1-du-1')).toBeUndefined();
      expect(ric.manager.all().some(({ nodeId }) => nodeId === 'gnb-001-01-1-du-1')).toBe(false);
      await new FakeNode(2_001).connect(ric);
      const last = new FakeNode(2_002);
      last.open(ric);
      await expect(last.setUp()).rejects.toMatchObject({ timeToWaitMs: 60_000 });
      expect(ric.registry.all()).toHaveLength(1_024);
    });
  });

  describe('of what a node begins', () => {
    it('answers a reset and subscribes anew', async () => {
      ric.manager.want('a', [CELL]);
      await du.connect(ric);
      await requestReset(du.association, { misc: 'unspecified' });
      await delivered();
      expect(du.log).toEqual(['subscribe 1', 'subscribe 1']);
      expect(ric.told(/has reset \(misc\/unspecified\)/)).toHaveLength(1);
    });

    it('takes that its cell is off', async () => {
      const node = await du.connect(ric);
      const status = { cells: [{ nrCgi: { plmn, nci: 1 }, active: false }] };
      await requestNodeConfigurationUpdate(du.association, {
        componentConfigurationUpdate: [
          { interfaceType: 'f1', componentId: { f1: { gnbDuId: 1 } }, ...encodeF1CellStatus(status) },
        ],
      });
      expect(node.cell).toMatchObject({ active: false, prbs: 100 });
    });

    it('lets it leave in order', async () => {
      await du.connect(ric);
      await requestE2Removal(du.association);
      await delivered();
      expect(ric.registry.find(du.nodeId)?.association).toBeUndefined();
      expect(ric.told(/has left by E2 Removal/)).toHaveLength(1);
      expect(ric.told(/lost/)).toEqual([]);
    });

    it('refuses what is required to be modified', async () => {
      await du.connect(ric);
      const required = { ricRequestId: { requestorId: 1, instanceId: 1 }, ranFunctionId: 22 };
      await expect(
        du.association.call('RICsubscriptionModificationRequired', required, 1_000),
      ).rejects.toThrow('ricRequest/unspecified');
    });

    it('refuses it before the set-up', async () => {
      du.open(ric);
      await expect(requestNodeConfigurationUpdate(du.association, {})).rejects.toThrow(
        'message-not-compatible-with-receiver-state',
      );
    });
  });

  describe('of what can not be read', () => {
    const unreadable = Uint8Array.of(0x00, 0x05, 0x40, 0x03, 0x00, 0x00, 0x09);

    it('answers, counts and keeps each PDU, and goes on', async () => {
      const node = await du.connect(ric);
      du.sendOctets(unreadable);
      await delivered();
      expect(du.errors).toHaveLength(1);
      expect(node.refusedPdus).toBe(1);
      await ric.termination.onApplicationShutdown();
      const [comment, hex] = readFileSync(join(kept.folder, 'e2-refused.hex'), 'utf8').split('\n');
      expect(comment).toMatch(/^# \d{4}-\S+Z gnb-001-01-1-du-1 /);
      expect(hex).toBe('00054003000009');
      expect(ric.told(/gnb-001-01-1-du-1: PDU refused/)).toHaveLength(1);
    });

    it('counts on when the node comes again', async () => {
      await du.connect(ric);
      du.sendOctets(unreadable);
      await delivered();
      du.disconnect();
      du.open(ric);
      du.sendOctets(unreadable);
      await du.setUp();
      expect(ric.registry.find(du.nodeId)?.refusedPdus).toBe(2);
    });

    it('tells no FlexRIC agent of it, which would end its gNB', async () => {
      ric = await FakeRic.start(kept.store, { RICOCHET_E2_PROFILES: '{"gnb-*": "flexric-2.03"}' });
      await du.connect(ric);
      du.sendOctets(unreadable);
      await delivered();
      expect(du.errors).toEqual([]);
      expect(ric.told(/not told/)).toHaveLength(1);
    });

    it('tells the same of strangers once a minute', async () => {
      for (let i = 0; i < 20; i++) {
        const stranger = new FakeNode();
        stranger.open(ric);
        stranger.sendOctets(unreadable);
        await delivered();
      }
      expect(ric.told(/PDU refused/)).toHaveLength(1);
      expect(ric.termination.invalidPdus).toBe(20);
    });

    it('loses no more than the message when a handler throws', async () => {
      ric.registry.events.on('reset', () => {
        throw new Error('a fault of ours');
      });
      await du.connect(ric);
      await requestReset(du.association, { misc: 'unspecified' });
      expect(ric.told(/ResetRequest dropped: a fault of ours/)).toHaveLength(1);
      expect(du.association.isOpen).toBe(true);
    });
  });
});
