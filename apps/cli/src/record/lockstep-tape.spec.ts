import { aperCodec, type E2apPdu } from '@ricochet/e2ap';
import { LockstepTape } from './lockstep-tape.js';
import { type RunMessage } from './record.js';
import { jsonOf } from './recordings.fixture.js';
import { type Tapped } from './tapped.js';

const json = (subject: string, content: object, answer?: unknown): Tapped => ({
  subject,
  payload: Buffer.from(JSON.stringify(content)),
  ...(answer !== undefined && { answer }),
});
const UUID = '01234567-89ab-cdef-0123-456789abcdef';
const pdu = (direction: 'up' | 'down', du: number, message: object): Tapped => ({
  subject: `e2.${direction}.gnb-001-01-1-du-${du}-${UUID}.pdu`,
  payload: aperCodec.encode(message as E2apPdu),
});
const subscription = (du: number, instanceId: number, definition: number): Tapped =>
  pdu('down', du, {
    message: 'RICsubscriptionRequest',
    value: {
      ricRequestId: { requestorId: 7, instanceId },
      ranFunctionId: 2,
      ricEventTriggerDefinition: Buffer.of(0),
      ricActionsToBeSetup: [
        { ricActionId: 1, ricActionType: 'report', ricActionDefinition: Buffer.of(definition) },
      ],
    },
  });
const report = (du: number, instanceId: number, call: number, text: string): Tapped =>
  pdu('up', du, {
    message: 'RICindication',
    value: {
      ricRequestId: { requestorId: 7, instanceId },
      ranFunctionId: 2,
      ricActionId: 1,
      ricIndicationSn: 1,
      ricIndicationType: 'report',
      ricIndicationHeader: Buffer.of(0),
      ricIndicationMessage: Buffer.from(text),
      ricCallProcessId: Buffer.of(call),
    },
  });
const control = (du: number, sequence: number): Tapped[] => [
  json(
    'ric.xapp.quota.control',
    {
      instance: UUID,
      sequence,
      nodeId: `gnb-001-01-1-du-${du}`,
      callProcessId: '01',
      control: { kind: 'x' },
    },
    { value: { controlId: `${UUID}-${sequence}`, outcome: 'acknowledged' } },
  ),
  pdu('down', du, {
    message: 'RICcontrolRequest',
    value: {
      ricRequestId: { requestorId: 2, instanceId: sequence },
      ranFunctionId: 3,
      ricControlHeader: Buffer.of(1),
      ricControlMessage: Buffer.of(2),
      ricControlAckRequest: 'ack',
    },
  }),
];
const period = (timeMs: number): Uint8Array => Buffer.from(JSON.stringify({ timeMs }));

/** What is recorded of a run of one instant. */
function recorded(
  setUp: readonly Tapped[],
  reports: readonly Tapped[],
  answers: readonly Tapped[],
): RunMessage[] {
  const messages: RunMessage[] = [];
  const tape = new LockstepTape((message) => messages.push(message));
  setUp.forEach(tape.onMessage);
  reports.forEach(tape.onMessage);
  tape.onPeriod(period(10));
  answers.forEach(tape.onMessage);
  tape.onPeriodEnd();
  tape.onMessage(json('sim.sample', { timeMs: 10, index: 0, realTimeFactor: Math.random(), nodes: [] }));
  tape.onMessage(
    json('sim.finished', {
      timeMs: 10,
      samples: 1,
      wallMs: 12,
      kpiHash: 'k',
      run: { runId: UUID },
      counts: {},
    }),
  );
  return messages;
}

describe('LockstepTape', () => {
  const one = recorded(
    [subscription(1, 1, 5), subscription(1, 2, 6), subscription(2, 3, 5)],
    [report(1, 1, 1, 'five'), report(1, 2, 2, 'six'), report(2, 3, 3, 'other')],
    [...control(1, 1), ...control(2, 2)],
  );

  it('is the same whatever came first, and whatever ids were given out', () => {
    // Others came first; a request was said twice; an answer came before the end was asked for.
    const other = recorded(
      [subscription(2, 1, 5), subscription(1, 2, 6), subscription(1, 3, 5), subscription(2, 1, 5)],
      [report(1, 2, 1, 'six'), report(1, 3, 2, 'five'), report(2, 1, 3, 'other'), ...control(2, 8)],
      control(1, 9),
    );
    expect(other.map(plain)).toEqual(one.map(plain));
  });

  it('has set-ups at their time, then reports, decisions with their answers, controls, sample and end', () => {
    expect(one.map(({ timeMs, kind, node }) => `${timeMs} ${kind} ${node.slice(-4)}`)).toEqual([
      ...['0 e2-down du-1', '0 e2-down du-1', '0 e2-down du-2'],
      ...['10 e2-up du-1', '10 e2-up du-1', '10 e2-up du-2'],
      ...['10 control du-1', '10 control du-2', '10 e2-down du-1', '10 e2-down du-2'],
      ...['10 sample ', '10 sample '],
    ]);
    expect(jsonOf(one[6] as RunMessage)).toEqual({
      nodeId: 'gnb-001-01-1-du-1',
      control: { kind: 'x' },
      answer: { outcome: 'acknowledged' },
    });
    expect(jsonOf(one.at(-1) as RunMessage)).toEqual({ timeMs: 10, samples: 1, kpiHash: 'k', counts: {} });
  });

  it('numbers the controls of an instant by node and xApp', () => {
    const again = recorded([], [], [...control(1, 41), ...control(1, 44)]);
    const ids = again
      .filter(({ kind }) => kind === 'e2-down')
      .map(({ payload }) => aperCodec.decode(payload).value)
      .map((value) => ('ricRequestId' in value ? value.ricRequestId : undefined));
    expect(ids).toEqual([
      { requestorId: 2, instanceId: 1 },
      { requestorId: 2, instanceId: 2 },
    ]);
  });

  it('tells a report that was sent twice twice', () => {
    const twice = recorded([subscription(1, 1, 5)], [report(1, 1, 1, 'a'), report(1, 1, 1, 'a')], []);
    expect(twice.filter(({ timeMs, kind }) => timeMs === 10 && kind === 'e2-up')).toHaveLength(2);
  });

  it('keeps what can not be read as it is', () => {
    const garbage = { subject: `e2.up.du-${UUID}.pdu`, payload: Buffer.from('garbage') };
    const [first] = recorded([garbage], [], []);
    expect(Buffer.from(first?.payload ?? []).toString()).toBe('garbage');
  });
});

function plain({ payload, ...message }: RunMessage): object {
  return { ...message, payload: Buffer.from(payload).toString('latin1') };
}
