import { AllowList } from './allow-list.js';

describe('AllowList', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7', true],
    ['10.0.0.7', '10.0.0.8', false],
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['0.0.0.0/0', '192.0.2.1', true],
    ['10.0.0.0/8, 192.0.2.1', '192.0.2.1', true],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    // How a server for both hears of IPv4.
    ['10.0.0.0/8', '::ffff:10.0.0.7', true],
    ['10.0.0.0/8', '::ffff:11.0.0.7', false],
    ['10.0.0.0/8', 'unknown', false],
  ])('%s with %s: %s', (text, address, isIn) => {
    expect(AllowList.parse(text).has(address)).toBe(isIn);
  });

  it.each([
    '',
    'ric.example',
    '10.0.0',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '::1,',
  ])('can not be %j', (text) => {
    expect(() => AllowList.parse(text)).toThrow(/^expected addresses or ranges such as 10\.0\.0\.0\/8/);
  });
});
