import { type LibraryHandle } from 'koffi';
import { SctpUnavailable } from './sctp-error.js';

/** What is used of libc; numbers are C's `int`. */
export interface Libc {
  socket(family: number, type: number, protocol: number): number;
  setsockopt(fd: number, level: number, name: number, value: Buffer, octets: number): number;
  getsockopt(fd: number, level: number, name: number, value: Buffer, octets: [number]): number;
  bind(fd: number, address: Buffer, octets: number): number;
  inet_pton(family: number, text: string, address: Buffer): number;
  close(fd: number): number;
  /** Of the last call that failed. */
  errno(): number;
}

/** The part of koffi that is used here. */
interface Koffi {
  /** `null` is the process itself. */
  load(path: null): LibraryHandle;
  errno(): number;
}

export interface LibcSource {
  readonly platform?: string;
  readonly loadKoffi?: () => Promise<Koffi>;
}

/** @throws SctpUnavailable where there is no Linux or no koffi. */
export async function loadLibc({
  platform = process.platform,
  loadKoffi = () => import('koffi'),
}: LibcSource = {}): Promise<Libc> {
  if (platform !== 'linux') throw new SctpUnavailable(`SCTP needs Linux; this is ${platform}`);
  try {
    const koffi = await loadKoffi();
    // The process has libc in it, whatever its file is called here.
    const library = koffi.load(null);
    const func = <F>(definition: string): F => library.func(definition) as F;
    return {
      socket: func('int socket(int, int, int)'),
      setsockopt: func('int setsockopt(int, int, int, void *, uint)'),
      getsockopt: func('int getsockopt(int, int, int, _Out_ void *, _Inout_ uint *)'),
      bind: func('int bind(int, void *, uint)'),
      inet_pton: func('int inet_pton(int, str, _Out_ void *)'),
      close: func('int close(int)'),
      errno: () => koffi.errno(),
    };
  } catch (error) {
    throw new SctpUnavailable('SCTP needs the package koffi, which does not load: run "npm ci" again', {
      cause: error,
    });
  }
}
