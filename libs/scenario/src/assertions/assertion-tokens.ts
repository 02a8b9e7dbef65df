/** A word, a number with what sticks to it, a sign, or a character that means nothing here. */
export interface Token {
  readonly text: string;
  /** Place in the text, from 1. */
  readonly at: number;
}

const TOKEN = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?[A-Za-z]*|[A-Za-z][A-Za-z0-9_-]*|<=|>=|==|\S/gu;

/** The tokens of an assertion, one after the other. */
export class AssertionTokens {
  private readonly tokens: readonly Token[];
  private place = 0;

  constructor(private readonly text: string) {
    this.tokens = [...text.matchAll(TOKEN)].map((match) => ({ text: match[0], at: match.index + 1 }));
  }

  /** The next one; `undefined` at the end. */
  get next(): string | undefined {
    return this.tokens[this.place]?.text;
  }

  /** Takes the next one if it is this. */
  accepts(text: string): boolean {
    if (this.next !== text) return false;
    this.place += 1;
    return true;
  }

  /** Takes the next one, which has to be this. @throws RangeError */
  expect(text: string): void {
    this.take((token) => {
      if (token !== text) throw new RangeError(`expected "${text}", got ${quoted(token)}`);
    });
  }

  /** Takes the next one as what `read` makes of it. @throws RangeError what `read` throws, with the place */
  take<T>(read: (token: string | undefined) => T): T {
    const token = this.tokens[this.place];
    try {
      const value = read(token?.text);
      this.place += 1;
      return value;
    } catch (error) {
      const where = token === undefined ? 'at the end' : `at character ${token.at}`;
      throw new RangeError(
        `${(error as Error).message} (${where} of ${JSON.stringify(shortened(this.text))})`,
        {
          cause: error,
        },
      );
    }
  }
}

export function quoted(token: string | undefined): string {
  return token === undefined ? 'nothing' : JSON.stringify(shortened(token));
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
