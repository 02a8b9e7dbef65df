import { HexError, parseHex, parseHexFile } from './hex-input.js';

/** Of 23 and 22 octets, as their length says. */
const DELETE = '00090013000002001d000503fd000000000500030002ff';
const REQUEST = '00090012000002001d000503fd00000000050002 0002'.replace(' ', '');

const hexOf = (octets: readonly Uint8Array[]): string[] =>
  octets.map((each) => Buffer.from(each).toString('hex'));

describe('hexadecimal digits', () => {
  it.each([
    '0005ff',
    '00 05 FF',
    '00:05:ff',
    '0x00 0x05 0xff',
    '0x0005ff',
    '00-05-ff',
    '\\x00\\x05\\xff',
    '00, 05,\nff\n',
  ])('%j are three octets', (text) => expect(hexOf([parseHex(text)])).toEqual(['0005ff']));

  it.each([
    ['0g', '"g" is no hexadecimal digit'],
    ['000', 'an odd number of hexadecimal digits, 3'],
    [' : ', 'there are no hexadecimal digits'],
  ])('%j are none, and why', (text, why) => {
    expect(() => parseHex(text)).toThrow(new HexError(why));
  });
});

describe('a file of them', () => {
  it('holds one PDU a line; comments and empty lines do not count', () => {
    expect(hexOf(parseHexFile(`# a request\n${REQUEST}\r\n\n${DELETE}\n`))).toEqual([REQUEST, DELETE]);
  });

  it('holds one PDU that goes on from line to line', () => {
    const wrapped = `${REQUEST.slice(0, 20)}\n${REQUEST.slice(20, 40)}\n${REQUEST.slice(40)}\n`;
    expect(hexOf(parseHexFile(wrapped))).toEqual([REQUEST]);
  });

  it('keeps PDUs apart of which the first is cut off', () => {
    expect(hexOf(parseHexFile(`${REQUEST.slice(0, 30)}\n${REQUEST}`))).toEqual([
      REQUEST.slice(0, 30),
      REQUEST,
    ]);
  });

  it('keeps PDUs apart that a comment stands between, whatever they say of their length', () => {
    const [cutOff, garbage] = [REQUEST.slice(0, 30), 'ffee'];
    const kept = `# one\n${cutOff}\n# another\n${garbage}\n# a third\n${cutOff}\n${REQUEST.slice(30)}\n`;
    expect(hexOf(parseHexFile(kept))).toEqual([cutOff, garbage, REQUEST]);
  });

  it('keeps lines apart that are no PDUs', () => {
    expect(hexOf(parseHexFile('ff\nee'))).toEqual(['ff', 'ee']);
  });

  it('says which line is wrong', () => {
    expect(() => parseHexFile(`${REQUEST}\nzz`)).toThrow(new HexError('line 2: "z" is no hexadecimal digit'));
  });

  it.each([0x80, 0x81, 0xc1])('reads lengths in the form %#x, too', (form) => {
    const octets = new Uint8Array(300).fill(7);
    octets.set([0, 5, 0x40, form, 0x27]);
    const text = Buffer.from(octets).toString('hex');
    // 5 + 0x127 are 300, so only the second form is a line of its own.
    expect(parseHexFile(`${text}\n${text}`)).toHaveLength(form === 0xc1 ? 1 : 2);
  });
});
