/** What is used of jStat, which brings no types. */
declare module 'jstat' {
  const jStat: {
    /** Student's t distribution. */
    readonly studentt: {
      /** The value that a draw stays below with `probability`. */
      inv(probability: number, degreesOfFreedom: number): number;
    };
  };
  export default jStat;
}
