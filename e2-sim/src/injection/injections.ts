import { parseEvent, type ScenarioEvent } from '@ricochet/scenario';

/** What came of an injected event. */
export interface Injected {
  /** It in words. */
  readonly text: string;
  /** When it was played, simulation time. */
  readonly timeMs: number;
}

interface Waiting {
  readonly event: Readonly<Record<string, unknown>>;
  readonly cells: number;
  readonly done: (injected: Injected) => void;
  readonly failed: (reason: unknown) => void;
}

/** Events from outside, which wait for the next step to be played like those of the scenario. */
export class Injections {
  private waiting: Waiting[] = [];

  /** Gives what came of it, once it is played. @throws EventError at once when it is none */
  async add(event: Readonly<Record<string, unknown>>, cells: number): Promise<Injected> {
    parseEvent(event, { cells, atMs: 0 });
    return new Promise((done, failed) => this.waiting.push({ event, cells, done, failed }));
  }

  /** Plays what waits, in the order it came. @param play gives the event in words; what it throws is told to who asked */
  play(timeMs: number, play: (event: ScenarioEvent) => string): void {
    if (this.waiting.length === 0) return;
    const waiting = this.waiting;
    this.waiting = [];
    for (const { event, cells, done, failed } of waiting) {
      try {
        done({ text: play(parseEvent(event, { cells, atMs: timeMs })), timeMs });
      } catch (error) {
        failed(error);
      }
    }
  }
}
