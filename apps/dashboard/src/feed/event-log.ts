import { type LogEntry } from './frame.js';

const KEPT = 400;

/** What happened, the latest of it. */
export class EventLog {
  private readonly entries: LogEntry[] = [];

  /** @param lastId a page that outlives a gateway must find the next one's ids above those that it has */
  constructor(
    private readonly onEntry: (entry: LogEntry) => void,
    private lastId: number,
  ) {}

  get latest(): readonly LogEntry[] {
    return this.entries;
  }

  add(entry: Omit<LogEntry, 'id'>): void {
    const numbered = { id: ++this.lastId, ...entry };
    this.entries.push(numbered);
    if (this.entries.length > KEPT) this.entries.shift();
    this.onEntry(numbered);
  }
}
