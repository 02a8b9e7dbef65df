import fc from 'fast-check';
import { plainText } from './plain-text.js';

describe('text of a telnet server', () => {
  it('is plain without commands of telnet, what steers a terminal, and other line ends', () => {
    expect(plainText('\u00ff\u00fb\u0001a\u00ff\u00f1b\u001b[1;31mred\u001b[0m\r\nnext\rlast\0')).toBe(
      'abred\nnext\nlast',
    );
  });

  it('stays as it is otherwise', () => {
    expect(plainText('{\n  "load": 9\n}\nOK\n')).toBe('{\n  "load": 9\n}\nOK\n');
  });

  it('never fails', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        const text = plainText(Buffer.from(octets).toString('latin1'));
        expect(text).not.toMatch(/[\r\0\u00ff]/);
      }),
    );
  });
});
