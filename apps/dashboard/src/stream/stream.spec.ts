import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { StreamHub } from './stream-hub.js';

/** A page that takes nothing until it is let. */
class StubOutput {
  readonly written: string[] = [];
  hasRoom = true;
  ended = false;
  private onDrain: (() => void) | undefined;

  write(chunk: Uint8Array): boolean {
    this.written.push(Buffer.from(chunk).toString());
    return this.hasRoom;
  }

  once(_: 'drain', listener: () => void): void {
    this.onDrain = listener;
  }

  destroy(): void {
    this.ended = true;
  }

  drain(): void {
    this.hasRoom = true;
    this.onDrain?.();
  }

  get names(): string[] {
    return this.written.flatMap((text) =>
      [...text.matchAll(/^event: (\w+)/gm)].map(([, name]) => name ?? ''),
    );
  }
}

describe('StreamHub', () => {
  let nowMs = 0;
  const hub = () => new StreamHub(() => nowMs);

  it('sends each message to every page', () => {
    const one = hub();
    const outputs = [new StubOutput(), new StubOutput()];
    const [leave] = outputs.map((output) => one.add(output));
    one.tell('frame', '{"index":1}');
    leave?.();
    one.tell('frame', '{"index":2}');
    expect(outputs.map(({ written }) => written.length)).toEqual([1, 2]);
    expect(outputs[0]?.written).toEqual(['event: frame\ndata: {"index":1}\n\n']);
  });

  it('keeps for a slow page the newest of what supersedes itself, and says that it missed the rest', () => {
    const one = hub();
    const output = new StubOutput();
    one.add(output);
    output.hasRoom = false;
    for (let i = 0; i < 1_000; i++) {
      one.tell('frame', `{"index":${i}}`);
      one.tell('positions', `{"timeMs":${i}}`);
      one.tell('log', `{"id":${i}}`);
    }
    expect(output.written).toHaveLength(1);
    output.drain();
    expect(output.names).toEqual(['frame', 'positions', 'frame', 'gap']);
    expect(output.written.at(-1)).toContain('{"timeMs":999}');
    expect(output.written.at(-1)).toContain('{"index":999}');
    expect(one.supersededCount).toBe(2_997);
    one.tell('log', '{}');
    expect(output.names.at(-1)).toBe('log');
  });

  it('gives a page up that takes nothing for long', () => {
    const one = hub();
    const [slow, quick] = [new StubOutput(), new StubOutput()];
    one.add(slow);
    one.add(quick);
    slow.hasRoom = false;
    one.beat();
    nowMs += 19_000;
    one.beat();
    expect(one.count).toBe(2);
    nowMs += 2_000;
    one.beat();
    expect([one.count, slow.ended, quick.ended]).toEqual([1, true, false]);
  });

  it('holds no more than a few messages for a socket that is never read', async () => {
    const one = hub();
    const server = createServer().listen(0, '127.0.0.1');
    const requested = once(server, 'request') as Promise<[unknown, ServerResponse]>;
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const [, response] = await requested;
    one.add(response);
    const text = JSON.stringify('x'.repeat(200_000));
    let most = 0;
    for (let i = 0; i < 300; i++) {
      one.tell('frame', text);
      one.tell('positions', text);
      most = Math.max(most, response.writableLength);
      await turn();
    }
    expect(one.supersededCount).toBeGreaterThan(400);
    expect(most).toBeLessThan(3 * text.length);
    socket.destroy();
    response.destroy();
    server.close();
    await once(server, 'close');
  });
});
