import { Bus } from '@ricochet/bus';
import {
  nonRtStatus,
  positionsWanted,
  ricConflict,
  ricStatus,
  roundClosed,
  simulationFinished,
  simulationPositions,
  simulationSample,
} from '@ricochet/contracts';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Feed } from './feed/feed.js';
import { type StreamOutput } from './stream/stream-client.js';
import { StreamHub } from './stream/stream-hub.js';

const BEAT_EVERY_MS = 2_000;

/** More than there are ever in a millisecond: ids of what happened go on where those of a former life ended. */
const IDS_A_MS = 1_000;

/** Between what is published on NATS and the pages that listen. */
@Injectable()
export class FeedService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly hub = new StreamHub(() => performance.now());
  private readonly feed = new Feed((name, text) => this.hub.tell(name, text), Date.now() * IDS_A_MS);
  private beating: NodeJS.Timeout | undefined;

  constructor(private readonly bus: Bus) {}

  onApplicationBootstrap(): void {
    const { bus, feed } = this;
    bus.subscribe(simulationSample, (sample) => feed.sample(sample));
    bus.subscribe(simulationFinished, (finished) => feed.finished(finished));
    bus.subscribe(simulationPositions, (positions) => feed.where(positions));
    bus.subscribe(ricStatus, (status) => feed.ric(status));
    bus.subscribe(nonRtStatus, (status) => feed.nonRt(status));
    bus.subscribe(roundClosed, (round) => feed.round(round));
    bus.subscribe(ricConflict, (conflict) => feed.conflict(conflict));
    this.beating = setInterval(() => this.beat(), BEAT_EVERY_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.beating);
    this.hub.endAll();
  }

  /** No more pages are to be taken on. */
  get isFull(): boolean {
    return this.hub.isFull;
  }

  /** Takes a page on; gives what takes it off. */
  listen(output: StreamOutput): () => void {
    const leave = this.hub.add(output);
    this.wantPositions();
    return leave;
  }

  history(): string {
    return this.feed.history();
  }

  at(timeMs: number): string {
    return this.feed.at(timeMs);
  }

  private beat(): void {
    this.hub.beat();
    this.wantPositions();
  }

  /** They cost the simulator something, so they are only asked for while somebody looks. */
  private wantPositions(): void {
    if (this.hub.count > 0) this.bus.publish(positionsWanted, {});
  }
}
