/** `DU 3` of `gnb-001-01-1-du-3`. */
export function shortName(nodeId: string): string {
  return nodeId.replace(/^.*-du-/, 'DU ');
}
