import {
  kpm,
  type KpmActionDefinition,
  type KpmEventTrigger,
  type KpmIndicationMessage,
  type MeasurementLabel,
  type MeasurementRecord,
  ueNumber,
} from '@ricochet/e2sm';
import { type SubscriptionSpec } from '@ricochet/contracts';
import { RicochetError } from '@ricochet/platform';
import {
  formatSNssai,
  sNssaiFromInteger,
  type MeasurementReport,
  type MeasurementRow,
  type SNssai,
} from '@ricochet/ran-types';
import { ranFunctionOf, type E2Node } from '../e2/e2-node.js';

/** What makes two subscriptions the same: everything but the name that an xApp gave it. */
export type ReportSpec = Omit<SubscriptionSpec, 'name'>;

/** Report styles of E2SM-KPM clause 7.4: the whole node, and UEs that meet a common condition. */
const NODE_STYLE = 1;
const UE_STYLE = 4;

/** In a UE-level report of a node that can tell: the slice of each UE. */
const SLICE_OF_UE = 'RCT.SNssai';

/** A node can not report what is asked; says why in words. */
export class SubscriptionRefused extends RicochetError {
  constructor(message: string) {
    super('SUBSCRIPTION_REFUSED', message);
  }
}

/** How a report is asked of a node in E2SM-KPM, and how what comes is read. */
export interface KpmPlan {
  readonly ranFunctionId: number;
  readonly eventTrigger: KpmEventTrigger;
  readonly action: KpmActionDefinition;
  /** @throws SubscriptionRefused when the message does not have the shape that was asked for. */
  read(message: KpmIndicationMessage, collectionStartTimeMs: number): MeasurementReport;
}

/**
 * Plans a subscription for one node.
 * @throws SubscriptionRefused when the node offers no KPM, or not the style, or not a measurement.
 */
export function planKpmSubscription(node: E2Node, spec: ReportSpec): KpmPlan {
  const { nodeId } = node;
  const offered = ranFunctionOf(node, kpm);
  if (offered?.kpm === undefined) throw new SubscriptionRefused(`${nodeId} offers no ${kpm.shortName}`);
  const styleType = spec.level === 'ue' ? UE_STYLE : NODE_STYLE;
  const style = offered.kpm.reportStyles.find(({ type }) => type === styleType);
  if (style === undefined) throw new SubscriptionRefused(`${nodeId} offers no KPM report style ${styleType}`);
  const offers = (name: string) => style.measurements.some(({ measName }) => measName === name);
  const unknown = spec.measurements.find((name) => !offers(name));
  if (unknown !== undefined) {
    throw new SubscriptionRefused(
      `${nodeId} does not measure ${JSON.stringify(unknown)} (KPM style ${styleType})`,
    );
  }
  const plan = { ranFunctionId: offered.ranFunctionId, eventTrigger: { reportingPeriodMs: spec.periodMs } };
  if (spec.level === 'ue') {
    return { ...plan, ...planUeLevel(node, spec, offers(SLICE_OF_UE)) };
  }
  return { ...plan, ...planNodeLevel(node, spec) };
}

function planNodeLevel(node: E2Node, spec: ReportSpec): Pick<KpmPlan, 'action' | 'read'> {
  const { measurements, periodMs, level } = spec;
  const slices = level === 'slice' ? (node.cell?.slices ?? []) : undefined;
  if (slices?.length === 0)
    throw new SubscriptionRefused(`${node.nodeId} does not tell which slices it serves`);
  const labels: MeasurementLabel[] = slices?.map((sliceId) => ({ sliceId })) ?? [{ noLabel: true }];
  const width = measurements.length * labels.length;
  return {
    action: {
      reportStyle: NODE_STYLE,
      format1: {
        measInfoList: measurements.map((measName) => ({ measName, labels })),
        granularityPeriodMs: periodMs,
      },
    },
    read(message, startMs) {
      const record = 'format1' in message ? message.format1.measData[0] : undefined;
      if (record?.values.length !== width) throw unreadable(node, spec);
      const rows = labels.map((label, l): MeasurementRow => {
        const values = measurements.map((_, m) => valueOf(record, m * labels.length + l));
        return label.sliceId === undefined ? { values } : { snssai: label.sliceId, values };
      });
      return { nodeId: node.nodeId, level, timeMs: startMs + periodMs, periodMs, measurements, rows };
    },
  };
}

function planUeLevel(node: E2Node, spec: ReportSpec, tellsSlice: boolean): Pick<KpmPlan, 'action' | 'read'> {
  const { measurements, periodMs } = spec;
  const asked =
    tellsSlice && !measurements.includes(SLICE_OF_UE) ? [...measurements, SLICE_OF_UE] : measurements;
  const sliceColumn = asked.indexOf(SLICE_OF_UE);
  return {
    action: {
      reportStyle: UE_STYLE,
      format4: {
        matchingUeConditions: [{ testType: 's-nssai', testExpression: 'present' }],
        subscriptionInfo: {
          measInfoList: asked.map((measName) => ({ measName, labels: [{ noLabel: true }] })),
          granularityPeriodMs: periodMs,
        },
      },
    },
    read(message, startMs) {
      if (!('format3' in message) && !isWithoutValues(message, asked.length)) throw unreadable(node, spec);
      const reports = 'format3' in message ? message.format3.ueMeasReportList : [];
      const rows = reports.map(({ ueId, measReport }): MeasurementRow => {
        const record = measReport.measData[0];
        if (record?.values.length !== asked.length) throw unreadable(node, spec);
        const values = measurements.map((_, m) => valueOf(record, m));
        const slice = valueOf(record, sliceColumn);
        const id = ueNumber(ueId);
        return slice === null ? { ueId: id, values } : { ueId: id, snssai: sNssaiOfUe(slice), values };
      });
      return { nodeId: node.nodeId, level: 'ue', timeMs: startMs + periodMs, periodMs, measurements, rows };
    },
  };
}

/** How a node tells of no UE, as a format 3 message can not be empty: a format 1 record that has no value. */
function isWithoutValues(message: KpmIndicationMessage, width: number): boolean {
  const kinds = 'format1' in message ? message.format1.measData[0]?.kinds : undefined;
  return kinds === 'n'.repeat(width);
}

const sNssais = new Map<number, SNssai>();

/** One object a slice, not one a UE and report. */
function sNssaiOfUe(value: number): SNssai {
  let snssai = sNssais.get(value);
  if (snssai === undefined) sNssais.set(value, (snssai = sNssaiFromInteger(value)));
  return snssai;
}

/** A value of a record, `null` for none and for a column that it does not have. */
function valueOf({ kinds, values }: MeasurementRecord, column: number): number | null {
  const kind = kinds[column];
  return kind === 'i' || kind === 'r' ? (values[column] ?? null) : null;
}

function unreadable({ nodeId, cell }: E2Node, { level, measurements }: ReportSpec): SubscriptionRefused {
  const slices = cell?.slices.map(formatSNssai).join(', ') ?? 'none';
  return new SubscriptionRefused(
    `${nodeId} sent a KPM message of another shape than asked: ${level} level, ${measurements.length} measurements, slices ${slices}`,
  );
}
