export interface ParallelOptions<T, R> {
  readonly jobs: number;
  readonly work: (item: T, index: number) => Promise<R>;
  /** Told of each result, in the order of the items: of one that came early, later. */
  readonly onDone?: ((result: R, index: number) => void) | undefined;
}

/**
 * Does the work for each item, so many at a time; gives the results in the order of the items.
 * @throws what the first that failed threw, when those that had been begun have ended; no other is begun then
 */
export async function inParallel<T, R>(
  items: readonly T[],
  { jobs, work, onDone }: ParallelOptions<T, R>,
): Promise<R[]> {
  const results: { readonly result: R }[] = [];
  let begun = 0;
  let told = 0;
  let failure: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (failure === undefined && begun < items.length) {
      const index = begun++;
      try {
        results[index] = { result: await work(items[index] as T, index) };
        for (let next = results[told]; next !== undefined; next = results[told])
          onDone?.(next.result, told++);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  if (failure !== undefined) throw failure.error;
  return results.map(({ result }) => result);
}
