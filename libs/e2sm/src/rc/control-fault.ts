import { listed, numbered } from '../common/words.js';
import { type NamedRanParameter } from './ran-parameter-definition.js';
import { type RanParameterStructure } from './ran-parameter.js';
import { type RcRanFunctionDefinition } from './ran-function-definition.js';

/** A control in header and message format 1, as this library's `pack…` functions make them. */
export interface RcControlAsked {
  readonly ricStyleType: number;
  readonly ricControlActionId: number;
  readonly ranParameters: RanParameterStructure;
}

/** Of E2SM-RC clause 7.6. */
const CONTROL_STYLE_NAMES: Readonly<Record<number, string>> = {
  1: 'Radio Bearer Control',
  2: 'Radio Resource Allocation Control',
  3: 'Connected Mode Mobility Control',
  4: 'Radio Access Control',
  5: 'Dual Connectivity Control',
  6: 'Carrier Aggregation Control',
  7: 'Idle Mode Mobility Control',
};

/** Format 1 of header and message. FlexRIC counts the formats of its definitions from 0. */
const FORMAT_1: readonly number[] = [1, 0];

/**
 * Why a node's RAN function definition (E2SM-RC clause 9.2.2) does not allow a control, as words to follow the node's
 * name: control style, action, formats of header and message, then the RAN parameters of the tree, each of which the
 * definition has to name, whether flat or as a part of another.
 * @returns `undefined` when it is allowed
 */
export function rcControlFault(
  { controlStyles = [] }: RcRanFunctionDefinition,
  { ricStyleType, ricControlActionId, ranParameters }: RcControlAsked,
): string | undefined {
  const ofType = controlStyles.filter(({ type }) => type === ricStyleType);
  const styleWords = `RC control style ${numbered(ricStyleType, CONTROL_STYLE_NAMES[ricStyleType])}`;
  if (ofType.length === 0) {
    return `offers no ${styleWords} (it offers ${listed(controlStyles.map(({ type }) => type))})`;
  }
  const offered = ofType.flatMap((style) => (style.actions ?? []).map((action) => ({ style, action })));
  const fitting = offered.filter(({ action }) => action.id === ricControlActionId);
  if (fitting.length === 0) {
    const actions = listed(offered.map(({ action }) => numbered(action.id, action.name)));
    return `offers no action ${ricControlActionId} of ${styleWords} (it offers ${actions})`;
  }
  if (!fitting.some(({ style }) => takesFormat1(style, ricControlActionId))) {
    const formats = ofType.map((style) => `${style.headerFormatType} and ${style.messageFormatType}`);
    return `takes ${styleWords} in header and message formats ${listed(formats)}, not 1 and 1`;
  }
  const named = new Set<number>();
  for (const { action } of fitting) addIds(named, action.ranParameters);
  const unknown = [...idsOf(ranParameters)].filter((id) => !named.has(id));
  if (unknown.length === 0) return undefined;
  return `names no RAN parameter ${listed(unknown)} for action ${ricControlActionId} of ${styleWords}`;
}

type ControlStyle = NonNullable<RcRanFunctionDefinition['controlStyles']>[number];

function takesFormat1(
  { headerFormatType, messageFormatType, additionalFormats = [] }: ControlStyle,
  actionId: number,
): boolean {
  const others = additionalFormats.filter(({ ricControlActionId: of = actionId }) => of === actionId);
  return [{ headerFormatType, messageFormatType }, ...others].some(
    (formats) => FORMAT_1.includes(formats.headerFormatType) && FORMAT_1.includes(formats.messageFormatType),
  );
}

function addIds(ids: Set<number>, parameters: readonly NamedRanParameter[] = []): void {
  for (const { id, definition } of parameters) {
    ids.add(id);
    if (definition !== undefined) addIds(ids, 'list' in definition ? definition.list : definition.structure);
  }
}

/** The ids of a tree of RAN parameters, each once. */
function idsOf(parameters: RanParameterStructure, ids = new Set<number>()): Set<number> {
  for (const { ranParameterId, valueType } of parameters) {
    ids.add(ranParameterId);
    if ('structure' in valueType) idsOf(valueType.structure, ids);
    if ('list' in valueType) for (const item of valueType.list) idsOf(item, ids);
  }
  return ids;
}
