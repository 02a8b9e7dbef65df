import * as koffi from 'koffi';
import { type Transport } from '@ricochet/e2ap';

const IPPROTO_SCTP = 132;

/** Why there is no SCTP to test with, in words; `undefined` where the kernel has it. */
export function sctpLacks(): string | undefined {
  if (process.platform !== 'linux') return `no Linux: ${process.platform}`;
  const libc = koffi.load(null);
  const socket = libc.func('int socket(int, int, int)') as (...args: number[]) => number;
  const close = libc.func('int close(int)') as (fd: number) => number;
  const fd = socket(2, 1, IPPROTO_SCTP);
  if (fd < 0) return 'this kernel has no SCTP: test/sctp-vm/run npx jest -i test/sctp';
  close(fd);
  return undefined;
}

/** One end of an association and all that it hears. */
export interface End {
  readonly transport: Transport;
  readonly pdus: Uint8Array[];
  readonly closed: string[];
}

export function listenTo(transport: Transport): End {
  const end: End = { transport, pdus: [], closed: [] };
  transport.listen({
    onPdu: (octets) => end.pdus.push(octets),
    onClosed: (reason) => end.closed.push(reason),
  });
  return end;
}
