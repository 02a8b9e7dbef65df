import { aperCodec } from './aper-codec.js';
import { E2apAssociation, type AssociationOptions, type MessageHandlers } from './association.js';
import { inMemoryTransports } from './in-memory-transport.js';
import { ManualTimers } from './manual-timers.fixture.js';
import { Peer } from './peer.fixture.js';
import { type Timers, type Transport } from './transport.js';

/** One end of an association, and what its owner hears. */
export function end(transport: Transport, timers: Timers, options: Partial<AssociationOptions> = {}) {
  const trouble: string[] = [];
  const closed: string[] = [];
  const association = new E2apAssociation(transport, {
    codec: aperCodec,
    timers,
    handlers: {},
    onClosed: (reason) => closed.push(reason),
    onTrouble: (line) => trouble.push(line),
    ...options,
  });
  return { association, trouble, closed };
}

/** An association to a peer that does what a spec tells it to. */
export function toPeer(options: Partial<AssociationOptions> = {}) {
  const [near, far] = inMemoryTransports();
  const timers = new ManualTimers();
  return { ...end(near, timers, options), near, peer: new Peer(far), timers };
}

/** A node and a RIC, which answer as their handlers do. */
export function nodeAndRic(handlers: { node?: MessageHandlers; ric?: MessageHandlers }) {
  const [a, b] = inMemoryTransports();
  const timers = new ManualTimers();
  return {
    node: end(a, timers, { handlers: handlers.node ?? {} }),
    ric: end(b, timers, { handlers: handlers.ric ?? {} }),
    timers,
  };
}
