import { cellsOf, type ScenarioEvent } from '@ricochet/scenario';

/** An event in words, for who watches the run. */
export function describeEvent(event: ScenarioEvent): string {
  const cells = cellsOf(event);
  const where = cells === undefined ? 'all DUs' : `DU ${cells.map((cell) => cell + 1).join(', ')}`;
  switch (event.kind) {
    case 'surge':
      return `${event.slice} surge × ${event.factor} for ${seconds(event)} at ${where}`;
    case 'cell-off':
      return `${where} switched off`;
    case 'cell-on':
      return `${where} switched on`;
    case 'ue-arrival':
      return `${event.count} ${event.slice} UEs join at ${where}`;
    case 'ue-departure':
      return `${event.count} ${event.slice} UEs leave at ${where}`;
    case 'mobility':
      return `UEs move at ${event.speedMinMps} to ${event.speedMaxMps} m/s at ${where}`;
    case 'interference':
      return `noise rises by ${event.noiseRiseDb} dB at ${where}`;
    case 'e2-reset':
      return `E2 reset by ${where}`;
    case 'e2-disconnect':
      return `${where} disconnected from the RIC for ${seconds(event)}`;
    case 'indication-loss':
      return `${percent(event)} of the indications of ${where} lost for ${seconds(event)}`;
    case 'indication-duplicate':
      return `${percent(event)} of the indications of ${where} sent twice for ${seconds(event)}`;
    case 'indication-reorder':
      return `${percent(event)} of the indications of ${where} overtaken for ${seconds(event)}`;
    case 'indication-delay':
      return `indications of ${where} ${event.delayMs} ms late for ${seconds(event)}`;
    case 'control-without-effect':
      return `controls without effect at ${where} for ${seconds(event)}`;
    case 'control-silence':
      return `controls not answered by ${where} for ${seconds(event)}`;
    case 'control-failure':
      return `controls fail at ${where} for ${seconds(event)}: ${event.text}`;
    case 'ue-id-churn':
      return `UEs get other ids at ${where}`;
    case 'nats-outage':
      return `NATS brings ${event.xapps?.join(', ') ?? 'xApps'} no reports for ${seconds(event)}`;
    case 'a1-outage':
      return `A1 is out for ${seconds(event)}`;
  }
}

const seconds = ({ durationMs }: { readonly durationMs: number }): string => `${durationMs / 1000} s`;

const percent = ({ share }: { readonly share: number }): string => `${Number((100 * share).toFixed(1))} %`;
