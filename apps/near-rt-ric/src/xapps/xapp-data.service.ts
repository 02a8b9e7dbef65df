import { Bus, KeyValue, type Unsubscribe } from '@ricochet/bus';
import {
  MAX_DATA_NAMESPACE_BYTES,
  MAX_DATA_VALUE_BYTES,
  xAppDataChange,
  xAppDataDelete,
  xAppDataGet,
  xAppDataKeys,
  xAppDataSet,
  xAppDataWatch,
  xAppOf,
  type DataChange,
  type DataEntry,
} from '@ricochet/contracts';
import { type Timers } from '@ricochet/e2ap';
import { messageOf } from '@ricochet/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { E2_TIMERS } from '../e2/e2-timers.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { XAppHost } from './xapp-host.service.js';

/** Who watches asks again every second. */
const WATCH_FOR_MS = 5_000;
const MAX_WATCHES = 16;
const LIMITS = { maxBytes: MAX_DATA_NAMESPACE_BYTES, maxValueBytes: MAX_DATA_VALUE_BYTES };

/** What an xApp asks of shared data is refused. */
class DataRefused extends Error {
  readonly code = 'XAPP_DATA_REFUSED';
}

interface Watch {
  readonly xapp: string;
  readonly stop: () => void;
  endLater: () => void;
}

/** Shared data of xApps, a bucket of NATS's key-value store for each namespace. */
@Injectable()
export class XAppData implements OnApplicationBootstrap {
  private readonly buckets = new Map<string, Promise<KeyValue>>();
  private readonly watches = new Map<string, Watch>();

  constructor(
    private readonly bus: Bus,
    private readonly host: XAppHost,
    private readonly log: OperatorLog,
    @Inject(E2_TIMERS) private readonly timers: Timers,
  ) {}

  onApplicationBootstrap(): void {
    const { bus } = this;
    bus.serve(xAppDataGet('*'), async ({ namespace, key }, subject) => {
      const entry = await (await this.open(xAppOf(subject), namespace)).get(key);
      return { entry: entry === undefined ? null : (entry as DataEntry) };
    });
    bus.serve(xAppDataSet('*'), async ({ namespace, key, value }, subject) => {
      const data = await this.open(xAppOf(subject), namespace);
      const bytes = Buffer.byteLength(JSON.stringify(value));
      if (bytes > MAX_DATA_VALUE_BYTES) {
        throw new DataRefused(`value of ${key}: ${bytes} bytes, ${MAX_DATA_VALUE_BYTES} at the most`);
      }
      await data.set(key, value);
      return {};
    });
    bus.serve(xAppDataDelete('*'), async ({ namespace, key }, subject) => {
      await (await this.open(xAppOf(subject), namespace)).delete(key);
      return {};
    });
    bus.serve(xAppDataKeys('*'), async ({ namespace }, subject) => {
      return { keys: await (await this.open(xAppOf(subject), namespace)).keys() };
    });
    bus.serve(xAppDataWatch('*'), async ({ namespace, instance }, subject) => {
      await this.watch({ xapp: xAppOf(subject), instance, namespace });
      return {};
    });
    // The server may be another one, without the buckets; those who watch ask again.
    bus.onConnection(() => {
      this.buckets.clear();
      for (const key of [...this.watches.keys()]) this.endWatch(key);
    });
  }

  /** @throws DataRefused, or BusError `BUS_KEY_VALUE` */
  private open(xapp: string, namespace: string): Promise<KeyValue> {
    const permission = `sdl:${namespace}`;
    if (
      xapp !== namespace &&
      !this.host.of(xapp).some(({ permissions }) => permissions.includes(permission))
    ) {
      throw new DataRefused(
        `xApp ${xapp} may not see data of ${namespace}: it has no permission ${permission}`,
      );
    }
    let bucket = this.buckets.get(namespace);
    if (bucket === undefined) {
      bucket = KeyValue.open(this.bus, `xapp_${namespace}`, LIMITS);
      this.buckets.set(namespace, bucket);
      bucket.catch((error: unknown) => {
        this.buckets.delete(namespace);
        this.log.warn(`shared data of xApps: ${messageOf(error)}`);
      });
    }
    return bucket;
  }

  /** Begins to tell an instance of changes, or goes on to. */
  private async watch(wanted: { xapp: string; instance: string; namespace: string }): Promise<void> {
    const { xapp, instance, namespace } = wanted;
    const key = `${instance} ${namespace}`;
    const data = await this.open(xapp, namespace);
    const known = this.watches.get(key);
    if (known !== undefined) {
      known.endLater();
      known.endLater = this.timers.after(WATCH_FOR_MS, () => this.endWatch(key));
      return;
    }
    if ([...this.watches.values()].filter((watch) => watch.xapp === xapp).length >= MAX_WATCHES) {
      throw new DataRefused(`xApp ${xapp} watches ${MAX_WATCHES} namespaces already, which is the most`);
    }
    const changes = xAppDataChange(xapp, instance);
    const stopping = data.watch((entry) => this.bus.publish(changes, { namespace, ...entry } as DataChange));
    this.watches.set(key, {
      xapp,
      stop: () => void stopping.then(stopOf, ignored),
      endLater: this.timers.after(WATCH_FOR_MS, () => this.endWatch(key)),
    });
    await stopping.catch((error: unknown) => {
      this.endWatch(key);
      throw error;
    });
  }

  private endWatch(key: string): void {
    const watch = this.watches.get(key);
    this.watches.delete(key);
    watch?.endLater();
    watch?.stop();
  }
}

function stopOf(stop: Unsubscribe): void {
  stop();
}

/** Who asked is told. */
function ignored(): void {}
