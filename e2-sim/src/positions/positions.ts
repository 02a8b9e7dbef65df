import { type SimulationPositions } from '@ricochet/contracts';
import { type RadioNetwork } from '@ricochet/radio';

/** Where cells and connected UEs are now, in whole metres. */
export function positionsOf(
  radio: RadioNetwork,
  { runId, nodeIds }: Pick<SimulationPositions, 'runId' | 'nodeIds'>,
): SimulationPositions {
  const sites = nodeIds.map((_, cell) => radio.siteOf(cell));
  const ues = Array.from({ length: radio.ueCapacity }, (_, ue) => radio.ueInfo(ue)).filter(
    ({ active }) => active,
  );
  const { kind, interSiteDistanceM } = radio.config.layout;
  return {
    runId,
    timeMs: radio.timeMs,
    layout: kind,
    interSiteDistanceM,
    nodeIds,
    siteXM: sites.map(({ xM }) => Math.round(xM)),
    siteYM: sites.map(({ yM }) => Math.round(yM)),
    ueIds: ues.map(({ ueId }) => ueId),
    xM: ues.map(({ xM }) => Math.round(xM)),
    yM: ues.map(({ yM }) => Math.round(yM)),
    cell: ues.map(({ ueIndex }) => radio.servingCells[ueIndex] as number),
    sst: ues.map(({ sliceIndex }) => radio.slices[sliceIndex]?.snssai.sst ?? 0),
  };
}
