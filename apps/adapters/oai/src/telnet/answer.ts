/** What the softmodem answered to a command. */
export interface TelnetAnswer {
  /** What it wrote before its yes or no. */
  readonly text: string;
  readonly isOk: boolean;
  /** Its no, in its words. */
  readonly no: string;
}

const STATUS = /(?:^|\n)[ \t]*(OK|FAILURE|Error)\b/;
const PROMPT = 'softmodem_';
const PROMPT_END = /^softmodem_[^\s>]*> ?$/;

/**
 * Reads an answer, which ends with the prompt; a prompt without an answer before it is that of a greeting.
 * `undefined`: it has not ended yet. Takes time in proportion to the text, whatever that is.
 */
export function answerOf(plain: string): TelnetAnswer | undefined {
  const promptAt = plain.lastIndexOf(PROMPT);
  if (promptAt < 0 || !PROMPT_END.test(plain.slice(promptAt))) return undefined;
  const told = plain.slice(0, promptAt);
  const status = STATUS.exec(told);
  if (status === null) return undefined;
  const no = told.slice(status.index).replaceAll(/\s+/g, ' ').trim();
  return { text: told.slice(0, status.index), isOk: status[1] === 'OK', no };
}
