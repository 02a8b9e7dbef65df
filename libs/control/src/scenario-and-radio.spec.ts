import {
  RadioConfigError,
  type RadioEvent,
  type RadioInput,
  RadioNetwork,
  resolveRadioConfig,
} from '@ricochet/radio';
import {
  type E2Fault,
  parseScenario,
  type RicFault,
  type ScenarioCheck,
  type ScenarioEvent,
  type ScenarioNetwork,
} from '@ricochet/scenario';

/*
 * The scenario's schema mirrors the radio's input and events, which it may not import. This room may import
 * both, so here they are held to each other: types by the compiler (`npm run check:types`), values below.
 */

type RadioPart = Exclude<
  ScenarioEvent,
  { kind: 'e2-disconnect' | 'e2-reset' | E2Fault['kind'] | RicFault['kind'] }
>;

/** Every key path of a type, through options that can be switched off. */
type KeyPath<T> = T extends readonly unknown[]
  ? never
  : T extends object
    ? { [K in keyof T & string]-?: K | `${K}.${KeyPath<NonNullable<T[K]>>}` }[keyof T & string]
    : never;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

const networkOf = (network: ScenarioNetwork): RadioInput => network;
const eventOf = (event: RadioPart): RadioEvent => event;
const keysAgree: Same<KeyPath<ScenarioNetwork>, KeyPath<RadioInput>> = true;
const kindsAgree: Same<RadioPart['kind'], RadioEvent['kind']> = true;

/** A scenario is YAML and JSON is YAML. */
function scenarioOf(parts: object) {
  return parseScenario(JSON.stringify({ name: 'x', duration: '10s', ...parts }), 'x.yaml');
}

describe('a scenario and the radio network', () => {
  it('agree on keys and kinds', () => {
    expect(keysAgree && kindsAgree).toBe(true);
  });

  test.each<RadioInput>([
    { preset: 'paper' },
    { preset: 'tr38901' },
    { preset: 'tr38901', channel: { pathLoss: 'InH', outdoorToIndoor: { loss: 'high' } }, handover: {} },
  ])('agree on the whole configuration that %j resolves to', (input) => {
    const network = resolveRadioConfig(input);
    expect(scenarioOf({ network }).network).toEqual(network);
    expect(resolveRadioConfig(networkOf(scenarioOf({ network }).network))).toEqual(network);
  });

  it('say together where a value is out of range', () => {
    const text = 'name: x\nduration: 1s\nnetwork:\n  channel:\n    fading: { periodMs: 3 }\n';
    const judge: ScenarioCheck = ({ network }) => {
      try {
        resolveRadioConfig(network);
        return [];
      } catch (error) {
        if (error instanceof RadioConfigError) {
          return [{ path: ['network', ...error.key.split('.')], message: error.message }];
        }
        throw error;
      }
    };
    expect(() => parseScenario(text, 'x.yaml', judge)).toThrow(
      /^x\.yaml:5:25: network\.channel\.fading\.periodMs: .*must divide 10 ms$/,
    );
  });

  it('agree on the number of cells where none is given', () => {
    expect(resolveRadioConfig({}).cells).toBe(scenarioOf({}).network.cells);
  });

  it('agree on every kind of event', () => {
    const { network, events } = scenarioOf({
      network: { cells: 2, uesPerCell: 4 },
      events: [
        { at: 0, kind: 'surge', slice: 'eMBB', factor: 2, duration: '1s', ramp: '100ms' },
        { at: 0, kind: 'cell-off', cells: [1] },
        { at: 0, kind: 'cell-on', cells: [1, 2] },
        { at: 0, kind: 'ue-arrival', cells: [2], slice: 'URLLC', count: 1 },
        { at: 0, kind: 'ue-departure', cells: [2], slice: 'URLLC', count: 1 },
        { at: 0, kind: 'mobility', speedMinMps: 1, speedMaxMps: 2 },
        { at: 0, kind: 'interference', cells: [1], noiseRiseDb: 6, duration: '1s' },
      ],
    });
    const radio = new RadioNetwork(resolveRadioConfig(networkOf(network)), 1);
    for (const event of events) radio.apply(eventOf(event as RadioPart));
    radio.advance(100);
    expect(radio.timeMs).toBe(100);
  });
});
