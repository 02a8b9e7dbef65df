import { type RadioNetwork } from '@ricochet/radio';
import { timeLine, type Scenario, type ScenarioEvent } from '@ricochet/scenario';
import { type RicFaults } from '../faults/ric-faults.js';
import { Injections, type Injected } from '../injection/injections.js';
import { type E2Node } from '../node/e2-node.js';
import { describeEvent } from './describe-event.js';

export interface EventPlayerOptions {
  readonly scenario: Scenario;
  /** The time line begins again after the scenario's duration. */
  readonly repeat: boolean;
  readonly radio: RadioNetwork;
  /** By cell. */
  readonly nodes: readonly E2Node[];
  readonly ricFaults: RicFaults;
}

/** Has the radio, the nodes and the RIC do what happens to them: by the scenario's time line, and at somebody's word. */
export class EventPlayer {
  private readonly timeLine: readonly ScenarioEvent[];
  private readonly injections = new Injections();
  private next = 0;
  private timeLineStartMs = 0;
  private readonly resumeAtMs = new Map<E2Node, number>();
  private disturbed = true;
  private readonly begun = new Set<Promise<void>>();
  private told: string[] = [];

  constructor(private readonly options: EventPlayerOptions) {
    this.timeLine = timeLine(options.scenario);
  }

  /** Nodes that should be connected now. */
  get expectedNodes(): string[] {
    return this.options.nodes.filter((node) => !this.resumeAtMs.has(node)).map(({ nodeId }) => nodeId);
  }

  /** Nodes that the scenario has disconnected. */
  get goneNodes(): string[] {
    return [...this.resumeAtMs.keys()].map(({ nodeId }) => nodeId);
  }

  /** Whether nodes came, went or have to be subscribed to since this was last asked. */
  takeDisturbed(): boolean {
    const { disturbed } = this;
    this.disturbed = false;
    return disturbed;
  }

  /** What was played since this was last asked, in words. */
  takeTold(): string[] {
    const { told } = this;
    this.told = [];
    return told;
  }

  /**
   * Resolves when the procedures that events had nodes begin are answered, or have failed.
   * @throws RicFaultError in lockstep, when the RIC does not play the faults of the scenario
   */
  async proceduresEnded(): Promise<void> {
    await Promise.all(this.begun);
  }

  start(): void {
    this.begin(this.options.ricFaults.start());
  }

  /** Ends what goes wrong inside the RIC. */
  end(): Promise<void> {
    return this.options.ricFaults.end();
  }

  /**
   * Lets an event happen with the next ones that are played. Gives what was done.
   * @throws EventError the event is none, or the network can not play it; RadioConfigError likewise
   */
  inject(event: Readonly<Record<string, unknown>>): Promise<Injected> {
    return this.injections.add(event, this.options.radio.cellCount);
  }

  /** Plays the events that are due; the slots after them have yet to come. */
  playDue(): void {
    this.injections.play(this.timeMs, (event) => {
      this.play(event);
      return describeEvent(event);
    });
    this.playTimeLine();
  }

  private get timeMs(): number {
    return this.options.radio.timeMs;
  }

  private playTimeLine(): void {
    const { scenario, repeat, ricFaults } = this.options;
    this.begin(ricFaults.proceed(this.timeMs));
    for (const [node, atMs] of this.resumeAtMs) {
      if (this.timeMs < atMs) continue;
      this.resumeAtMs.delete(node);
      this.disturbed = true;
      node.resume();
    }
    if (repeat && this.timeMs - this.timeLineStartMs >= scenario.durationMs) {
      this.timeLineStartMs += scenario.durationMs;
      this.next = 0;
    }
    for (;;) {
      const event = this.timeLine[this.next];
      if (event === undefined || this.timeLineStartMs + event.atMs > this.timeMs) return;
      this.next += 1;
      this.play(event);
    }
  }

  private play(event: ScenarioEvent): void {
    const { radio, ricFaults } = this.options;
    this.told.push(describeEvent(event));
    switch (event.kind) {
      case 'e2-disconnect':
        for (const node of this.nodesOf(event.cells)) {
          this.resumeAtMs.set(node, this.timeMs + event.durationMs);
          node.suspend('the scenario disconnects it');
        }
        this.disturbed = true;
        return;
      case 'e2-reset':
        for (const node of this.nodesOf(event.cells)) this.begin(node.reset());
        this.disturbed = true;
        return;
      case 'cell-on':
      case 'cell-off':
        radio.apply(event);
        for (const node of this.nodesOf(event.cells)) this.begin(node.configurationChanged());
        return;
      case 'surge':
      case 'ue-arrival':
      case 'ue-departure':
      case 'mobility':
      case 'interference':
        radio.apply(event);
        return;
      case 'indication-loss':
      case 'indication-duplicate':
      case 'indication-reorder':
      case 'indication-delay':
      case 'control-without-effect':
      case 'control-silence':
      case 'control-failure':
      case 'ue-id-churn':
        for (const node of this.nodesOf(event.cells)) node.fault(event);
        return;
      case 'nats-outage':
      case 'a1-outage':
        this.begin(ricFaults.begin(event, this.timeMs));
        return;
    }
  }

  private begin(procedure: Promise<void>): void {
    this.begun.add(procedure);
    const ended = (): unknown => this.begun.delete(procedure);
    procedure.then(ended, ended);
  }

  private nodesOf(cells: readonly number[]): E2Node[] {
    return this.options.nodes.filter((_, cell) => cells.includes(cell));
  }
}
