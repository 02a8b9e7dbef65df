import { type Frame } from './event-frame.js';

/** About one event in 300 characters: what one reader may have waiting is a little more. */
const MAX_FRAMES = 2_000;
const MAX_CHARACTERS = 262_144;

/** The last events of one type. */
export class EventRing {
  private readonly frames: Frame[] = [];
  private characters = 0;
  /** Number of the newest event that has been driven out; 0: none. */
  private outUpTo = 0;

  push(frame: Frame): void {
    this.frames.push(frame);
    this.characters += frame.text.length;
    while (this.frames.length > MAX_FRAMES || this.characters > MAX_CHARACTERS) {
      const oldest = this.frames.shift();
      this.characters -= oldest?.text.length ?? 0;
      this.outUpTo = oldest?.number ?? this.outUpTo;
    }
  }

  /** Whether all events after that number are here. */
  hasAllAfter(number: number): boolean {
    return this.outUpTo <= number;
  }

  after(number: number): readonly Frame[] {
    return this.frames.filter((frame) => frame.number > number);
  }
}
