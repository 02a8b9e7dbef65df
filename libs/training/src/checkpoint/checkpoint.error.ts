/** A checkpoint that can not be read, written or gone on from; the message says which file, and why. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}
