import { constants } from 'node:os';
import { loadLibc, type Libc } from './libc.js';
import { SctpUnavailable } from './sctp-error.js';
import { SctpSockets } from './sctp-sockets.js';

const ESOCKTNOSUPPORT = 94;
const { EADDRINUSE, ENOSYS, EPROTONOSUPPORT, EACCES } = constants.errno;

interface FakeLibc extends Libc {
  readonly closed: number[];
}

/** A kernel in which all goes well but one call. */
function kernel(fault?: {
  readonly call: 'socket' | 'bind' | 'setsockopt';
  readonly errno: number;
}): FakeLibc {
  const result = (call: string, well: number): number => (fault?.call === call ? -1 : well);
  const closed: number[] = [];
  return {
    closed,
    socket: () => result('socket', 17),
    setsockopt: () => result('setsockopt', 0),
    getsockopt: (_fd, _level, _name, value) => {
      value.writeUInt32LE(425_984);
      return 0;
    },
    bind: () => result('bind', 0),
    inet_pton: (_family, text) => (text.includes('example') ? 0 : 1),
    close: (fd) => closed.push(fd),
    errno: () => fault?.errno ?? 0,
  };
}

function failureOf(call: () => void): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

describe('SctpSockets', () => {
  it.each([EPROTONOSUPPORT, ESOCKTNOSUPPORT, ENOSYS])('says what to do where errno is %d', (errno) => {
    const sockets = new SctpSockets(kernel({ call: 'socket', errno }));
    const open = (): unknown => sockets.open('127.0.0.1', 36421, 70);
    expect(open).toThrow(SctpUnavailable);
    expect(open).toThrow(
      /^this kernel has no SCTP \(E\w+\): "modprobe sctp" as root, of a container's host, loads it .*; E2 over NATS works without it$/,
    );
  });

  it.each([
    [EADDRINUSE, 'SCTP_ADDRESS_IN_USE', 'SCTP on 10.0.0.1:36421: another program listens there (EADDRINUSE)'],
    [EACCES, 'SCTP_FAILED', 'SCTP on 10.0.0.1:36421: this user may not use that port (EACCES)'],
  ])('names host and port where bind fails with %d, and keeps no socket', (errno, code, message) => {
    const libc = kernel({ call: 'bind', errno });
    expect(failureOf(() => new SctpSockets(libc).openBound('10.0.0.1', 36421, 70))).toMatchObject({
      code,
      message,
    });
    expect(libc.closed).toEqual([17]);
  });

  it('keeps no socket whose options the kernel does not know', () => {
    const libc = kernel({ call: 'setsockopt', errno: constants.errno.ENOPROTOOPT });
    expect(() => new SctpSockets(libc).open('::1', 36421, 70)).toThrow(
      'SCTP on [::1]:36421: option 2: ENOPROTOOPT',
    );
    expect(libc.closed).toEqual([17]);
  });

  it('listens on addresses, not on names', () => {
    const libc = kernel();
    expect(() => new SctpSockets(libc).openBound('ric.example', 36421, 70)).toThrow(
      'SCTP on ric.example:36421: not an IP address',
    );
    expect(libc.closed).toEqual([17]);
  });

  it('tells the longest message from the room that the kernel gives', () => {
    expect(new SctpSockets(kernel()).open('127.0.0.1', 1, 0)).toEqual({ fd: 17, maxMessageOctets: 425_984 });
  });
});

describe('loadLibc', () => {
  it('says so where there is no Linux', async () => {
    await expect(loadLibc({ platform: 'darwin' })).rejects.toThrow(
      new SctpUnavailable('SCTP needs Linux; this is darwin'),
    );
  });

  it('says so where there is no koffi', async () => {
    const loadKoffi = () => Promise.reject(new Error('Cannot find module'));
    const loaded = loadLibc({ platform: 'linux', loadKoffi });
    await expect(loaded).rejects.toThrow(SctpUnavailable);
    await expect(loaded).rejects.toThrow(/^SCTP needs the package koffi, which does not load/);
  });
});
