/**
 * The buffers of the typed arrays that are values of `message`, or of the objects that it is an array of, to move
 * instead of copying them.
 */
export function buffersOf(message: object): ArrayBuffer[] {
  if (Array.isArray(message))
    return message.flatMap((part: unknown) => (isObject(part) ? buffersOf(part) : []));
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(message) as unknown[]) {
    // Parts of larger buffers are copied: their buffer has other users.
    if (ArrayBuffer.isView(value) && value.byteLength === value.buffer.byteLength) {
      buffers.add(value.buffer as ArrayBuffer);
    }
  }
  return [...buffers];
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
