import {
  kpm,
  type KpmActionDefinition,
  type KpmEventTrigger,
  type KpmIndicationMessage,
  type KpmRanFunctionDefinition,
  kpmSubscriptionFault,
  type MatchingUeCondition,
  type MeasurementLabel,
  type MeasurementRecord,
  sNssaiToHex,
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

/** A wish of an xApp, or of the RIC itself. */
export interface WantedReports extends SubscriptionSpec {
  /** What the node does not offer may be left out, and comes without values; an xApp's wish is refused then. */
  readonly partial?: boolean | undefined;
}

/** What makes two subscriptions the same: everything but the name that an xApp gave it. */
export type ReportSpec = Omit<WantedReports, 'name' | 'nodes'>;

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
 * Plans a subscription for one node, in the way of its profile.
 * @throws SubscriptionRefused when the node offers no KPM, or its definition or profile does not allow it.
 */
export function planKpmSubscription(node: E2Node, spec: ReportSpec): KpmPlan {
  const offered = ranFunctionOf(node, kpm);
  if (offered?.fault !== undefined) throw new SubscriptionRefused(`${node.nodeId}: ${offered.fault}`);
  if (offered?.kpm === undefined) throw new SubscriptionRefused(`${node.nodeId} offers no ${kpm.shortName}`);
  const profileFault = profileFaultOf(node, spec);
  if (profileFault !== undefined) throw new SubscriptionRefused(`${node.nodeId}: ${profileFault}`);
  const planned =
    spec.level === 'ue' ? planUeLevel(node, spec, offered.kpm) : planNodeLevel(node, spec, offered.kpm);
  const fault = kpmSubscriptionFault(offered.kpm, planned);
  if (fault !== undefined) throw new SubscriptionRefused(`${node.nodeId} ${fault}${whatItIs(node)}`);
  return {
    ranFunctionId: offered.ranFunctionId,
    eventTrigger: { reportingPeriodMs: spec.periodMs },
    ...planned,
  };
}

/** What nodes of this make do not do, whatever their definition says. */
function profileFaultOf({ profile }: E2Node, { level, snssai }: ReportSpec): string | undefined {
  if (snssai !== undefined && level !== 'ue')
    return `reports of one slice are of its UEs, not of level ${level}`;
  if (level === 'slice' && !profile.kpm.sliceLabels) return `a ${profile.name} node reports nothing by slice`;
  if (level === 'ue' && profile.kpm.ueCondition === 'equal' && snssai === undefined) {
    return `a ${profile.name} node reports the UEs of one slice, which the subscription has to name`;
  }
  if (profile.kpm.ueCondition === 'ignored' && snssai !== undefined) {
    return `a ${profile.name} node reports all UEs, and does not tell those of one slice`;
  }
  return undefined;
}

/** Of nodes that are not ours, so that nobody looks for the fault here. */
function whatItIs({ profile: { name, capabilities } }: E2Node): string {
  return name === 'oran' ? '' : `: it is ${capabilities.ran} (${capabilities.reached})`;
}

/** The form of the action definition, where it is not that of KPM v3. */
function dialectOf({ profile }: E2Node): Pick<KpmActionDefinition, 'dialect'> {
  const { dialect } = profile.kpm;
  return dialect === 'v3' ? {} : { dialect };
}

function planNodeLevel(
  node: E2Node,
  spec: ReportSpec,
  definition: KpmRanFunctionDefinition,
): Pick<KpmPlan, 'action' | 'read'> {
  const { measurements, periodMs, level } = spec;
  const asked = spec.partial ? offeredOf(measurements, definition) : measurements;
  if (asked.length === 0) throw new SubscriptionRefused(`${node.nodeId} measures nothing of what is wanted`);
  const slices = level === 'slice' ? (node.cell?.slices ?? []) : undefined;
  if (slices?.length === 0)
    throw new SubscriptionRefused(`${node.nodeId} does not tell which slices it serves`);
  const labels: MeasurementLabel[] = slices?.map((sliceId) => ({ sliceId })) ?? [{ noLabel: true }];
  const width = asked.length * labels.length;
  const columns = measurements.map((name) => asked.indexOf(name));
  return {
    action: {
      ...dialectOf(node),
      reportStyle: NODE_STYLE,
      format1: {
        measInfoList: asked.map((measName) => ({ measName, labels })),
        granularityPeriodMs: periodMs,
      },
    },
    read(message, startMs) {
      const told = 'format1' in message ? message.format1 : undefined;
      const record = told?.measData[0];
      if (record?.values.length !== width) throw unreadable(node, spec);
      const rows = labels.map((label, l): MeasurementRow => {
        const values = columns.map((m) => (m < 0 ? null : valueOf(record, m * labels.length + l)));
        return label.sliceId === undefined ? { values } : { snssai: label.sliceId, values };
      });
      return { nodeId: node.nodeId, level, ...timeOf(node, spec, { startMs, told }), measurements, rows };
    },
  };
}

function planUeLevel(
  node: E2Node,
  spec: ReportSpec,
  { reportStyles }: KpmRanFunctionDefinition,
): Pick<KpmPlan, 'action' | 'read'> {
  const { measurements, periodMs, snssai } = spec;
  const tellsSlice = reportStyles.some(
    (style) => style.type === UE_STYLE && style.measurements.some(({ measName }) => measName === SLICE_OF_UE),
  );
  const asked =
    tellsSlice && !measurements.includes(SLICE_OF_UE) ? [...measurements, SLICE_OF_UE] : measurements;
  const sliceColumn = asked.indexOf(SLICE_OF_UE);
  return {
    action: {
      ...dialectOf(node),
      reportStyle: UE_STYLE,
      format4: {
        matchingUeConditions: [conditionOn(snssai)],
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
        const values = valuesOf(record, measurements.length);
        const told = valueOf(record, sliceColumn);
        const slice = told === null ? snssai : sNssaiOfUe(told);
        const id = ueNumber(ueId);
        return slice === undefined ? { ueId: id, values } : { ueId: id, snssai: slice, values };
      });
      const told = 'format1' in message ? message.format1 : reports[0]?.measReport;
      const time = timeOf(node, spec, { startMs, told });
      return { nodeId: node.nodeId, level: 'ue', ...time, measurements, rows };
    },
  };
}

function offeredOf(
  measurements: readonly string[],
  { reportStyles }: KpmRanFunctionDefinition,
): readonly string[] {
  const offered = new Set(
    reportStyles
      .filter(({ type }) => type === NODE_STYLE)
      .flatMap((style) => style.measurements.map(({ measName }) => measName)),
  );
  return measurements.filter((name) => offered.has(name));
}

/**
 * The period that was measured: what the report tells, as a gNB behind an adapter measures at a pace of its own; else
 * what was asked for, as for nodes in FlexRIC's dialect.
 */
function timeOf(
  { profile }: E2Node,
  { periodMs: askedMs }: ReportSpec,
  {
    startMs,
    told,
  }: { readonly startMs: number; readonly told: { granularityPeriodMs?: number | undefined } | undefined },
): Pick<MeasurementReport, 'timeMs' | 'periodMs'> {
  const toldMs = profile.kpm.dialect === 'v3' ? told?.granularityPeriodMs : undefined;
  const periodMs = toldMs ?? askedMs;
  return { timeMs: startMs + periodMs, periodMs };
}

/** Which UEs are reported: all that have a slice, or those of one. */
function conditionOn(snssai: SNssai | undefined): MatchingUeCondition {
  return snssai === undefined
    ? { testType: 's-nssai', testExpression: 'present' }
    : { testType: 's-nssai', testExpression: 'equal', testValue: { valueOctets: sNssaiToHex(snssai) } };
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

/** The values of a record's first columns. */
function valuesOf(record: MeasurementRecord, count: number): (number | null)[] {
  const values = new Array<number | null>(count);
  for (let column = 0; column < count; column++) values[column] = valueOf(record, column);
  return values;
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
