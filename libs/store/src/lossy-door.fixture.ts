import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP door to a server's socket, which can lose what goes through it. */
export class LossyDoor {
  /** While it is, nothing goes through, and nobody learns of it. */
  silent = false;

  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  private constructor(target: string) {
    this.server = createServer((outside) => {
      const inside = connect(target);
      for (const [from, to] of [
        [outside, inside],
        [inside, outside],
      ] as const) {
        this.sockets.add(from);
        from.on('data', (bytes) => this.silent || to.write(bytes));
        from.on('error', () => to.destroy());
        from.on('close', () => to.destroy());
      }
    });
  }

  static async open(target: string): Promise<LossyDoor> {
    const door = new LossyDoor(target);
    await door.reopen(0);
    return door;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async reopen(port: number): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** Ends all connections; new ones are welcome. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  close(): void {
    this.server.close();
    this.cut();
  }
}
