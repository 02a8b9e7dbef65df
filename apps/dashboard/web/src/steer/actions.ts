/** One value that an action takes. */
export type Field =
  | {
      readonly kind: 'number';
      readonly key: string;
      readonly label: string;
      readonly value: number;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      /** Behind the number in the event, as `s` in `8s`; absent: it goes as a number. */
      readonly unit?: string;
    }
  | { readonly kind: 'slice'; readonly key: 'slice'; readonly label: string };

/** Something that can be let happen: an event of the scenario file, and what it is called here. */
export interface Action {
  readonly kind: string;
  readonly label: string;
  readonly group: 'Traffic' | 'Radio' | 'E2 faults' | 'RIC faults';
  readonly fields: readonly Field[];
}

const slice: Field = { kind: 'slice', key: 'slice', label: 'slice' };

function number(
  key: string,
  label: string,
  [value, min, max, step]: readonly [number, number, number, number],
  unit?: string,
): Field {
  return { kind: 'number', key, label, value, min, max, step, ...(unit !== undefined && { unit }) };
}

const duration = number('duration', 'for, s', [8, 0.5, 120, 0.5], 's');
const share = number('share', 'share', [0.2, 0.01, 1, 0.01]);

export const ACTIONS: readonly Action[] = [
  {
    kind: 'surge',
    label: 'Surge',
    group: 'Traffic',
    fields: [
      slice,
      number('factor', 'times', [3, 0, 10, 0.5]),
      duration,
      number('ramp', 'ramp, s', [0.3, 0, 10, 0.1], 's'),
    ],
  },
  {
    kind: 'ue-arrival',
    label: 'UEs join',
    group: 'Traffic',
    fields: [slice, number('count', 'UEs', [5, 1, 200, 1])],
  },
  {
    kind: 'ue-departure',
    label: 'UEs leave',
    group: 'Traffic',
    fields: [slice, number('count', 'UEs', [5, 1, 200, 1])],
  },
  { kind: 'cell-off', label: 'Switch off', group: 'Radio', fields: [] },
  { kind: 'cell-on', label: 'Switch on', group: 'Radio', fields: [] },
  {
    kind: 'interference',
    label: 'Interference',
    group: 'Radio',
    fields: [number('noiseRiseDb', 'noise rise, dB', [10, 0, 40, 1]), duration],
  },
  {
    kind: 'mobility',
    label: 'Speeds',
    group: 'Radio',
    fields: [
      number('speedMinMps', 'from, m/s', [15, 0, 60, 1]),
      number('speedMaxMps', 'to, m/s', [30, 0, 60, 1]),
    ],
  },
  { kind: 'e2-disconnect', label: 'Disconnect', group: 'E2 faults', fields: [duration] },
  { kind: 'e2-reset', label: 'Reset', group: 'E2 faults', fields: [] },
  { kind: 'indication-loss', label: 'Indications lost', group: 'E2 faults', fields: [share, duration] },
  {
    kind: 'indication-delay',
    label: 'Indications late',
    group: 'E2 faults',
    fields: [number('delay', 'by, ms', [50, 10, 1000, 10], 'ms'), duration],
  },
  {
    kind: 'control-without-effect',
    label: 'Controls without effect',
    group: 'E2 faults',
    fields: [duration],
  },
  { kind: 'control-failure', label: 'Controls fail', group: 'E2 faults', fields: [duration] },
  { kind: 'control-silence', label: 'Controls not answered', group: 'E2 faults', fields: [duration] },
  { kind: 'nats-outage', label: 'NATS brings xApps no reports', group: 'RIC faults', fields: [duration] },
  { kind: 'a1-outage', label: 'A1 out', group: 'RIC faults', fields: [duration] },
];

/** Whether it befalls DUs, and not the RIC. */
export const isAtDus = ({ group }: Action): boolean => group !== 'RIC faults';

/** The event of a scenario file. @param cells numbers of DUs */
export function eventOf(
  action: Action,
  values: Readonly<Record<string, string | number>>,
  cells: readonly number[],
): object {
  const entries = action.fields.map((field) => {
    const value = values[field.key] ?? (field.kind === 'number' ? field.value : 'eMBB');
    return [field.key, field.kind === 'number' && field.unit !== undefined ? `${value}${field.unit}` : value];
  });
  return {
    kind: action.kind,
    ...(Object.fromEntries(entries) as object),
    ...(isAtDus(action) && { cells }),
  };
}
