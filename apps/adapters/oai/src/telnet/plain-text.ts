const IAC = '\u00ff';

/**
 * What a telnet server wrote, as plain lines: without its commands (RFC 854: IAC and one or two octets), without
 * what steers a terminal, and with one kind of line end.
 */
export function plainText(latin1: string): string {
  return (
    latin1
      .replaceAll(new RegExp(`${IAC}(?:[\u00fb-\u00fe].?|[^]?)`, 'gs'), '')
      // eslint-disable-next-line no-control-regex
      .replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
      .replaceAll(/\r\n?/g, '\n')
      .replaceAll('\0', '')
  );
}
