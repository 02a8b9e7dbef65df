import { type LogEntry } from './frame.js';

const KEPT = 400;

/** What happened, the latest of it. */
export class EventLog {
  private readonly entries: LogEntry[] = [];
  private count = 0;

  constructor(private readonly onEntry: (entry: LogEntry) => void) {}

  get latest(): readonly LogEntry[] {
    return this.entries;
  }

  add(entry: Omit<LogEntry, 'id'>): void {
    const numbered = { id: ++this.count, ...entry };
    this.entries.push(numbered);
    if (this.entries.length > KEPT) this.entries.shift();
    this.onEntry(numbered);
  }
}
