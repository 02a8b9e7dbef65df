import { ConfigError, messageOf, RicochetError } from './errors.js';

describe('messageOf', () => {
  it.each([
    [new Error('one\ntwo'), 'one two'],
    [new ConfigError('RICOCHET_URL: missing'), 'RICOCHET_URL: missing'],
    ['text', 'text'],
    ['a\r\n\u001b]0;b\u0007c\u009bd\u202ee', 'a ]0;b c d e'],
    [undefined, 'undefined'],
    [null, 'null'],
  ])('says %p in one line', (thrown, line) => {
    expect(messageOf(thrown)).toBe(line);
  });
});

describe('RicochetError', () => {
  it('is named after its class and keeps its cause', () => {
    class Broken extends RicochetError {}
    const cause = new Error('deeper');
    expect(new Broken('BROKEN', 'it is', { cause })).toMatchObject({ name: 'Broken', code: 'BROKEN', cause });
    expect(new ConfigError('x').name).toBe('ConfigError');
  });
});
