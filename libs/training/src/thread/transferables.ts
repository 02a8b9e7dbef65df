/** The buffers of the typed arrays that are values of `message`, to move instead of copying them. */
export function buffersOf(message: object): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(message) as unknown[]) {
    // Parts of larger buffers are copied: their buffer has other users.
    if (ArrayBuffer.isView(value) && value.byteLength === value.buffer.byteLength) {
      buffers.add(value.buffer as ArrayBuffer);
    }
  }
  return [...buffers];
}
