import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { scenarioJsonSchema } from './json-schema.js';

const FILE = join(__dirname, '../../../scenarios/scenario.schema.json');

describe('the JSON Schema of scenario files', () => {
  const schema = z.fromJSONSchema(scenarioJsonSchema());
  const accepts = (text: string): boolean => schema.safeParse(parse(text)).success;

  it('is the one in the repository (npx ricochet scenario schema > scenarios/scenario.schema.json)', () => {
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
  });

  test.each([
    'events: [{ at: 1.5s, kind: surge, slice: URLLC, cells: [1], factor: 2, duration: 400 }]',
    'seeds: 1..5',
    'seeds: [1, 4]',
    'assertions: [controls.failed == 0, { name: it holds, that: sla(URLLC) > 0.9 }]',
    'network: { preset: paper, channel: { shadowing: false }, slices: { URLLC: { snssai: { sst: 2, sd: 00000a } } } }',
  ])('takes %s', (text) => expect(accepts(`name: x\nduration: 10s\n${text}`)).toBe(true));

  test.each([
    'evnts: []',
    'duration2: 1s',
    'events: [{ at: 1s, kind: surge, slice: URLCC, factor: 2, duration: 1s }]',
    'events: [{ at: 1 second, kind: cell-off, cells: [1] }]',
    'events: [{ at: 1s, kind: cell-off, cells: [0] }]',
    'events: [{ at: 1s, kind: nats-outage, xapps: ["*"], duration: 1s }]',
    'sla: { URLLC: { maxDelay: 10 } }',
    'network: { cels: 7 }',
  ])('refuses %s', (text) => expect(accepts(`name: x\nduration: 10s\n${text}`)).toBe(false));

  it('says what keys mean', () => {
    expect(scenarioJsonSchema()).toMatchObject({
      required: ['name', 'duration'],
      properties: { warmUp: { description: expect.stringContaining('left out') } },
    });
  });
});
