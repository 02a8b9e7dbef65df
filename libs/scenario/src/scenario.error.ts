/** One thing that is wrong with a scenario file, at the place where a person would mend it. */
export interface ScenarioProblem {
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** `events[2].factor`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** A scenario file that can not be played. The message has one line a problem: `file:line:column: path: what`. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';

  constructor(
    readonly fileName: string,
    readonly problems: readonly ScenarioProblem[],
    options?: ErrorOptions,
  ) {
    super(problems.map((problem) => formatProblem(fileName, problem)).join('\n'), options);
  }
}

function formatProblem(fileName: string, { line, column, path, message }: ScenarioProblem): string {
  const where = `${fileName}:${line}:${column}`;
  return path === '' ? `${where}: ${message}` : `${where}: ${path}: ${message}`;
}
