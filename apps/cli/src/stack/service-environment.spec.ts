import { join } from 'node:path';
import { parseController } from '@ricochet/control';
import { parseScenario } from '@ricochet/scenario';
import { nearRtRicEnvironment } from './service-environment.js';
import { type StackOptions } from './stack-options.js';

describe("the Near-RT RIC's environment", () => {
  const FOLDER = join(__dirname, '../../../xapps');
  const XAPPS = 'xapps: [{ package: ./slice-quota }, { package: ./slice-scheduler }]';

  const of = (lines: string): Readonly<Record<string, string>> => {
    const scenario = parseScenario(`name: x\nduration: 1s\n${XAPPS}\n${lines}`, 'x.yaml');
    const e2 = { codec: 'per', listen: 'nats', peerProfiles: {} };
    const options = { scenario, scenarioPath: 'x.yaml', packagesFrom: FOLDER, dataDir: '.', e2 };
    return nearRtRicEnvironment(options as unknown as StackOptions, parseController('need+pf'));
  };
  const outage = (xapp: string): string =>
    `events: [{ at: 500ms, kind: nats-outage, xapps: [${xapp}], duration: 100ms }]`;

  it('has the xApps that the scenario deploys, which events may name', () => {
    const xapps = JSON.parse(of(outage('slice-quota'))['RICOCHET_XAPPS'] ?? '') as { name: string }[];
    expect(xapps.map(({ name }) => name)).toEqual(['slice-quota', 'slice-scheduler']);
  });

  it('is refused where an event names an xApp that is not deployed', () => {
    expect(() => of(outage('slice-qouta'))).toThrow(
      'scenario x: nats-outage at 500 ms: xapps: expected one of slice-quota, slice-scheduler, ' +
        'got "slice-qouta"; did you mean "slice-quota"?',
    );
  });
});
