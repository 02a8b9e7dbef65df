import { parseE2Address } from './e2-address.js';

describe('parseE2Address', () => {
  it.each([
    ['nats', { kind: 'nats' }],
    ['sctp://10.0.0.7:36422', { kind: 'sctp', host: '10.0.0.7', port: 36422 }],
    ['sctp://ric.example.org', { kind: 'sctp', host: 'ric.example.org', port: 36421 }],
    ['sctp://near-rt-ric:1', { kind: 'sctp', host: 'near-rt-ric', port: 1 }],
    ['sctp://[::1]:36421', { kind: 'sctp', host: '::1', port: 36421 }],
    ['sctp://[fe80::1]', { kind: 'sctp', host: 'fe80::1', port: 36421 }],
  ])('reads %s', (text, address) => {
    expect(parseE2Address(text)).toEqual(address);
  });

  it.each([
    ['', 'neither of them'],
    ['tcp://ric:36421', 'neither of them'],
    ['sctp:ric', 'neither of them'],
    ['sctp://', '"" is no host'],
    ['sctp://:36421', '"" is no host'],
    ['sctp://::1', 'write [::1]'],
    ['sctp://[ric]:36421', '"ric" is no host'],
    ['sctp://10.0.0:36421', '"10.0.0" is no host'],
    ['sctp://a..b', '"a..b" is no host'],
    ['sctp://ric/e2', '"ric/e2" is no host'],
    ['sctp://ric:', '"" is no port'],
    ['sctp://ric:e2', '"e2" is no port'],
    ['sctp://ric:0', '"0" is no port'],
    ['sctp://ric:65536', '"65536" is no port'],
  ])('says what is wrong with %j', (text, what) => {
    expect(() => parseE2Address(text)).toThrow(
      new RangeError(`expected nats or sctp://host:port, got ${JSON.stringify(text)}: ${what}`),
    );
  });
});
