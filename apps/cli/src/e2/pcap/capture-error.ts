/** A capture that can not be read: says where and why. What came before it could be. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';
}
