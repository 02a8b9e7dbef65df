import { type ConnectionId } from './auth-callout.js';
import { Bus } from './bus.js';

const LIST_SUBJECT = '$SYS.REQ.SERVER.PING.CONNZ';
const MAX_LISTED = 10_000;
/** Servers of a cluster answer one by one. */
const ANSWERS_WITHIN_MS = 1_000;
const NEXT_ANSWER_WITHIN_MS = 200;

interface ConnectionsOfServer {
  readonly server: { readonly id: string };
  readonly data?: {
    readonly connections: readonly {
      readonly cid: number;
      readonly account?: string;
      readonly issuer_key?: string;
    }[];
  };
}

/** The connections to a NATS server or cluster, seen from its system account. */
export class ServerConnections {
  private constructor(private readonly bus: Bus) {}

  /** @param url of a user of the system account @throws BusError `BUS_UNREACHABLE` or `BUS_AUTHENTICATION` */
  static async open(url: string): Promise<ServerConnections> {
    const bus = await Bus.connect({ url, name: 'system', onTrouble: () => undefined });
    return new ServerConnections(bus);
  }

  /** Those that were let in by the server's auth callout, but for its system account's. */
  async admitted(): Promise<readonly ConnectionId[]> {
    const answers = await this.bus.connection.requestMany(
      LIST_SUBJECT,
      JSON.stringify({ auth: true, limit: MAX_LISTED }),
      { strategy: 'stall', maxWait: ANSWERS_WITHIN_MS, stall: NEXT_ANSWER_WITHIN_MS },
    );
    const found: ConnectionId[] = [];
    for await (const answer of answers) {
      const { server, data } = answer.json<ConnectionsOfServer>();
      for (const { cid, account, issuer_key: issuer } of data?.connections ?? []) {
        if (issuer !== undefined && account === undefined) found.push({ server: server.id, number: cid });
      }
    }
    return found;
  }

  /** The server drops the client, if it is there; its messages that are on their way still arrive. */
  async close({ server, number }: ConnectionId): Promise<void> {
    const subject = `$SYS.REQ.SERVER.${server}.KICK`;
    await this.bus.connection.request(subject, JSON.stringify({ cid: number }), {
      timeout: ANSWERS_WITHIN_MS,
    });
  }

  stop(): Promise<void> {
    return this.bus.close();
  }
}
