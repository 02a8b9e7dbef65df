import { answerOf } from './answer.js';

describe('an answer over telnet', () => {
  it('ends with the prompt, after a yes or a no', () => {
    expect(answerOf('o1 stats\n{\n}\n OK\nsoftmodem_gnb> ')).toMatchObject({
      text: 'o1 stats\n{\n}',
      isOk: true,
    });
    expect(answerOf('Error: o1 x is not a\n command\n\nsoftmodem_5G>')).toEqual({
      text: '',
      isOk: false,
      no: 'Error: o1 x is not a command',
    });
  });

  it.each(['', 'hello\nsoftmodem_gnb> ', '\nOK\n', '\nOK\nsoftmodem_gnb> more', '\nOKAY\nsoftmodem_gnb> '])(
    'is not there yet: %j',
    (text) => expect(answerOf(text)).toBeUndefined(),
  );

  it.each([
    ['line ends', '\n'],
    ['blanks', ' '],
    ['answers', '\nOK'],
    ['prompts', 'softmodem_'],
    ['half prompts', 'softmodem_>x'],
  ])('takes no time that grows faster than it: %s', (_, piece) => {
    // Quadratic, each of them would be minutes.
    expect(answerOf(piece.repeat(1 << 20))).toBeUndefined();
    expect(answerOf(`${piece.repeat(1 << 20)}\nOK\nsoftmodem_gnb> `)).toMatchObject({ isOk: true });
  });
});
