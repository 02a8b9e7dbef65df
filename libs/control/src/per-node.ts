/** Keeps one of something a node, made when the node is first met: a rule's state belongs to one DU. */
export function perNode<T>(make: (nodeId: string) => T): (nodeId: string) => T {
  const made = new Map<string, T>();
  return (nodeId) => {
    let one = made.get(nodeId);
    if (one === undefined) {
      one = make(nodeId);
      made.set(nodeId, one);
    }
    return one;
  };
}

/** A seed of its own for each node: FNV-1a over the node id, begun from the run's seed. */
export function seedOfNode(seed: number, nodeId: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < nodeId.length; i++) {
    hash = Math.imul(hash ^ nodeId.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}
