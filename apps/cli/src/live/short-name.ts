/** `DU 3` of `gnb-001-01-1-du-3`, the gNB that is emulated; of others `gNB 411 DU 1`. */
export function shortName(nodeId: string): string {
  return nodeId
    .replace(/^gnb-001-01-1-du-(\d+)$/, 'DU $1')
    .replace(/^gnb-\d+-\d+-(\d+)-du-(\d+)$/, 'gNB $1 DU $2');
}
