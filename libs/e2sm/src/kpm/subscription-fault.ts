import { listed, numbered } from '../common/words.js';
import { type KpmActionDefinition } from './action-definition.js';
import { type KpmRanFunctionDefinition } from './ran-function-definition.js';

export interface KpmSubscriptionAsked {
  readonly action: KpmActionDefinition;
  /** 1, periodic report, when left out: KPM has no other. */
  readonly eventTriggerStyle?: number;
}

/** Of E2SM-KPM clause 7.4. */
const REPORT_STYLE_NAMES: Readonly<Record<number, string>> = {
  1: 'E2 Node Measurement',
  2: 'E2 Node Measurement for a single UE',
  3: 'Condition-based, UE-level E2 Node Measurement',
  4: 'Common Condition-based, UE-level Measurement',
  5: 'E2 Node Measurement for multiple UEs',
};

/** The formats of reports that this library reads. */
const HEADER_FORMATS: readonly number[] = [1];
const MESSAGE_FORMATS: readonly number[] = [1, 2, 3];

/**
 * Why a node's RAN function definition (E2SM-KPM clause 8.2.2.1) does not allow a subscription, as words to follow
 * the node's name: event trigger style, report style, its formats, then its measurements. A style that is listed
 * more than once, as FlexRIC does, offers what any of its entries has.
 * @returns `undefined` when it is allowed
 */
export function kpmSubscriptionFault(
  { eventTriggerStyles, reportStyles }: KpmRanFunctionDefinition,
  { action, eventTriggerStyle = 1 }: KpmSubscriptionAsked,
): string | undefined {
  if (!eventTriggerStyles.some(({ type }) => type === eventTriggerStyle)) {
    const offered = listed(eventTriggerStyles.map(({ type }) => type));
    return `offers no KPM event trigger style ${eventTriggerStyle} (it offers ${offered})`;
  }
  const { reportStyle } = action;
  const styles = reportStyles.filter(({ type }) => type === reportStyle);
  if (styles.length === 0) {
    const offered = listed(reportStyles.map(({ type }) => type));
    return `offers no KPM report style ${numbered(reportStyle, REPORT_STYLE_NAMES[reportStyle])} (it offers ${offered})`;
  }
  return formatFault(styles, action) ?? measurementFault(styles, action);
}

type ReportStyle = KpmRanFunctionDefinition['reportStyles'][number];

function formatFault(styles: readonly ReportStyle[], action: KpmActionDefinition): string | undefined {
  const format = Number(
    Object.keys(action)
      .find((key) => key.startsWith('format'))
      ?.slice('format'.length),
  );
  const takes = styles.filter(({ actionFormatType }) => actionFormatType === format);
  const of = `for KPM report style ${action.reportStyle}`;
  if (takes.length === 0) {
    const taken = listed(styles.map(({ actionFormatType }) => actionFormatType));
    return `takes action definition format ${taken} ${of}, not ${format}`;
  }
  if (!takes.some((style) => HEADER_FORMATS.includes(style.indicationHeaderFormatType))) {
    const sent = listed(takes.map((style) => style.indicationHeaderFormatType));
    return `reports in indication header format ${sent} ${of}, which can not be read`;
  }
  if (!takes.some((style) => MESSAGE_FORMATS.includes(style.indicationMessageFormatType))) {
    const sent = listed(takes.map((style) => style.indicationMessageFormatType));
    return `reports in indication message format ${sent} ${of}, which can not be read`;
  }
  return undefined;
}

function measurementFault(styles: readonly ReportStyle[], action: KpmActionDefinition): string | undefined {
  const offered = styles.flatMap(({ measurements }) => measurements);
  const names = new Set(offered.map(({ measName }) => measName));
  const ids = new Set(offered.map(({ measId }) => measId));
  const unknown = measurementsOf(action).flatMap((asked) => {
    if ('measName' in asked) return names.has(asked.measName) ? [] : [JSON.stringify(asked.measName)];
    return ids.has(asked.measId) ? [] : [`id ${asked.measId}`];
  });
  if (unknown.length === 0) return undefined;
  return `does not measure ${listed(unknown)} (KPM style ${action.reportStyle})`;
}

type Measurement = { readonly measName: string } | { readonly measId: number };

function measurementsOf(action: KpmActionDefinition): readonly Measurement[] {
  if ('format1' in action) return action.format1.measInfoList;
  if ('format2' in action) return action.format2.subscriptionInfo.measInfoList;
  if ('format3' in action) return action.format3.measCondList;
  if ('format4' in action) return action.format4.subscriptionInfo.measInfoList;
  return action.format5.subscriptionInfo.measInfoList;
}
