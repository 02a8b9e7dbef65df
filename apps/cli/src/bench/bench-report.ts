/** One bench: its table for people, and its figures for machines. */
export interface BenchReport {
  readonly figures: object;
  readonly text: string;
}
