import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainingConfigSchema } from '@ricochet/training';
import { resumeCommand } from './resume-command.js';
import { trainingConfig } from './training-settings.js';

describe('trainingConfig', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-settings-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (text: string): string => {
    writeFileSync(join(folder, 'training.yaml'), text);
    return join(folder, 'training.yaml');
  };

  it('has defaults', () => {
    expect(trainingConfig(undefined, {})).toEqual(trainingConfigSchema.parse({}));
  });

  it('takes the file, and the command line before it', () => {
    const config = trainingConfig(file('rounds: 7\nnetworks: 3\nexploration: { last: 0 }\n'), { rounds: 9 });
    expect(config).toEqual({
      ...trainingConfigSchema.parse({}),
      ...{ rounds: 9, networks: 3, exploration: { first: 1, last: 0 } },
    });
  });

  test.each([
    ['raunds: 3', ':1:1: raunds: unknown key; did you mean "rounds"?'],
    ['rounds: many', ':1:9: rounds: expected a number, got "many"'],
    ['updates: { high: -1 }', ':1:18: updates.high: expected at least 0, got -1'],
    ['tau: 2', ':1:6: tau: expected at most 1, got 2'],
    ['learningRate: .inf', ':1:15: learningRate: expected a number, got Infinity'],
    ['weighting: softmun', 'expected one of'],
    ['- 1', ':1:1: expected a group of keys, got a list'],
  ])('refuses %s', (text, message) => {
    expect(() => trainingConfig(file(text), {})).toThrow(message);
  });

  it('tells of a file that is not there', () => {
    expect(() => trainingConfig('/nowhere.yaml', {})).toThrow(
      '--config /nowhere.yaml: there is no such file or folder',
    );
  });
});

describe('resumeCommand', () => {
  it('is the same command, once with --resume', () => {
    const args = ['train', 'meta-hrl', '--out', "my father's/out"];
    const command = `ricochet train meta-hrl --out 'my father'\\''s/out' --resume`;
    expect(resumeCommand(args)).toBe(command);
    expect(resumeCommand([...args, '--resume'])).toBe(command);
  });
});
