import { parseSeeds } from './seeds.js';

describe('parseSeeds', () => {
  test.each([
    ['7', [7]],
    ['1..4', [1, 2, 3, 4]],
    ['1,4,9', [1, 4, 9]],
    ['0, 10..12', [0, 10, 11, 12]],
  ])('reads %s', (text, seeds) => expect(parseSeeds(text)).toEqual(seeds));

  test.each([
    '',
    '1..',
    '..2',
    '5..1',
    '1...3',
    '1.5',
    '-1',
    'a',
    '1,,2',
    '1..2000',
    '1e3',
    '99999999999999999',
  ])('refuses %j', (text) => expect(() => parseSeeds(text)).toThrow('expected seeds such as 1..5 or 1,4,9'));

  it('refuses a seed that comes twice', () => {
    expect(() => parseSeeds('1..3,2')).toThrow('a seed comes twice');
  });
});
