import { isIPv4, isIPv6 } from 'node:net';

/** Port of E2AP over SCTP. */
export const E2AP_PORT = 36_421;

/** Where a Near-RT RIC takes E2 nodes: on the bus that both have, or on an SCTP port. */
export type E2Address = { readonly kind: 'nats' } | SctpE2Address;

export interface SctpE2Address {
  readonly kind: 'sctp';
  /** A name, or an address of IPv4 or IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

const SCTP_SCHEME = 'sctp://';
const MAX_PORT = 65_535;
const HOST_NAME = /^[\w-]+(\.[\w-]+)*\.?$/;
/** Host in brackets, or without colons; then a port, if any. */
const AUTHORITY = /^(?:\[(.*)\]|([^:]*))(?::(.*))?$/;

/**
 * Reads `nats`, `sctp://host:port` or `sctp://[::1]:36421`; the port is 36421 where none is given.
 * @throws RangeError that quotes the text and says what is wrong with it
 */
export function parseE2Address(text: string): E2Address {
  if (text === 'nats') return { kind: 'nats' };
  const fault = (what: string): RangeError =>
    new RangeError(`expected nats or sctp://host:port, got ${JSON.stringify(text)}: ${what}`);
  if (!text.startsWith(SCTP_SCHEME)) throw fault('neither of them');
  const authority = text.slice(SCTP_SCHEME.length);
  if (isIPv6(authority)) throw fault(`write [${authority}]`);
  const [, bracketed, plain = '', portText] = AUTHORITY.exec(authority) ?? [];
  const host = bracketed ?? plain;
  if (bracketed === undefined ? !isHost(host) : !isIPv6(host)) throw fault(`"${host}" is no host`);
  const port = portText === undefined ? E2AP_PORT : Number(portText);
  if (portText === '' || !Number.isInteger(port) || port < 1 || port > MAX_PORT) {
    throw fault(`"${portText}" is no port`);
  }
  return { kind: 'sctp', host, port };
}

/** Digits and dots are an address, or nothing. */
function isHost(text: string): boolean {
  return /^[\d.]+$/.test(text) ? isIPv4(text) : HOST_NAME.test(text);
}
