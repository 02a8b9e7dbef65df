const SERIOUS_LEVEL = 50;

/** The message of a service's log line of level error or fatal, or of a crash (V8's, too), which is plain text. */
export function seriousMessage(line: string): string | undefined {
  try {
    const { level, msg } = JSON.parse(line) as { level?: number; msg?: string };
    return level !== undefined && level >= SERIOUS_LEVEL ? msg : undefined;
  } catch {
    return /^(?:\w*Error\b|FATAL ERROR)/.test(line) ? line : undefined;
  }
}
