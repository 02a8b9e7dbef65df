import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const TIMEOUT_MS = 5_000;

/** Where clouds keep their machines' secrets, and where no receiver of events is. */
const LINK_LOCAL = new BlockList();
LINK_LOCAL.addSubnet('169.254.0.0', 16, 'ipv4');
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6');
// Those of clouds that are not link-local: AWS over IPv6, Alibaba.
LINK_LOCAL.addAddress('fd00:ec2::254', 'ipv6');
LINK_LOCAL.addAddress('100.100.100.200', 'ipv4');

/** Why nothing is posted to that URL; `undefined`: it may be. */
export function targetFaultOf(text: string): string | undefined {
  if (!URL.canParse(text)) return 'expected a URL';
  const { protocol, username, password, hostname } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return 'expected a URL of http or https';
  if (username !== '' || password !== '') return 'expected a URL without user or password';
  return isLinkLocal(hostname.replace(/^\[|\]$/g, '')) ? 'expected no link-local address' : undefined;
}

/**
 * Posts JSON. What is answered beside the status is not read, and redirects are not followed.
 * @throws Error, in words, unless the status is 2xx within 5 s
 */
export function postJson(target: string, text: string): Promise<void> {
  const url = new URL(target);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers, signal, agent: false, lookup: lookupElsewhere };
    request(url, options, (response) => {
      const { statusCode = 0 } = response;
      response.destroy();
      if (statusCode >= 200 && statusCode < 300) resolve();
      else reject(new Error(`it answered with status ${statusCode}`));
    })
      .on('error', (error) => {
        reject(signal.aborted ? new Error(`no answer within ${TIMEOUT_MS / 1_000} s`) : error);
      })
      .end(text);
  });
}

/** A name must not lead to where an address may not. */
const lookupElsewhere: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const allowed = error === null ? found.filter(({ address }) => !isLinkLocal(address)) : [];
    const [first] = allowed;
    if (first === undefined) {
      callback(error ?? new Error(`${hostname} has link-local addresses alone`), '');
    } else if (options.all) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};

function isLinkLocal(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && LINK_LOCAL.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** A URL for a line of the log: what follows the path may be a secret. */
export function shownTarget(target: string): string {
  const { origin, pathname } = new URL(target);
  return `${origin}${pathname}`;
}
