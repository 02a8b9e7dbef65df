/** Resolves at the first Ctrl-C or SIGTERM. */
export function onInterrupt(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    const interrupt = (): void => resolve('interrupted');
    process.once('SIGINT', interrupt);
    process.once('SIGTERM', interrupt);
    process.once('SIGHUP', interrupt);
  });
}
