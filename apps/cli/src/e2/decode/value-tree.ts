import { unixMsOfTimeStamp } from '@ricochet/e2sm';
import { ieLabel } from './e2ap-names.js';
import { count, hexLines, hexText } from './hex-lines.js';
import { type ParameterNames } from './parameter-names.js';
import { Payload } from './payload.js';
import { specName } from './spec-names.js';
import { type TreeNode } from './tree.js';
import { valueNames } from './value-names.js';

/** Where a value stands. */
interface Place {
  /** The message of a service model that it is in; empty in E2AP itself. */
  readonly message: string;
  /** The fields that it is in, the innermost last, lists passed over. */
  readonly path: readonly string[];
  readonly names: TreeNames;
}

/** Names that other messages gave to what has only a number or a place here. */
export interface TreeNames {
  /** Of the values in measurement records, unless the message names them itself. */
  readonly values?: readonly string[] | undefined;
  /** Of RAN parameters by id. */
  readonly parameters?: ParameterNames | undefined;
}

/** What is short enough takes one line. */
const MAX_INLINE_LEAVES = 4;
const MAX_INLINE_CHARACTERS = 100;
/** Octets of more than a line follow below. */
const MAX_LINE_OCTETS = 32;
/** IEs that say what the others are about. */
const FIRST_IES = ['transactionId', 'ricRequestId', 'ranFunctionId'];

type Fields = Readonly<Record<string, unknown>>;

/** The IEs of a message, a branch each. */
export function ieNodes(value: Fields, names: TreeNames, notes: Fields = {}): TreeNode[] {
  const fields = Object.entries(value).toSorted(([a], [b]) => rankOf(a) - rankOf(b));
  return fields.map(([field, part]) => {
    const note = notes[field];
    const label = ieLabel(field);
    const node = nodeOf(label, part, { message: '', path: [field], names });
    return typeof note === 'string' ? { ...node, text: `${node.text} (${note})` } : node;
  });
}

/** Before all others in the order of FIRST_IES. */
function rankOf(field: string): number {
  const rank = FIRST_IES.indexOf(field);
  return rank < 0 ? FIRST_IES.length : rank;
}

function nodeOf(label: string, value: unknown, place: Place): TreeNode {
  if (value instanceof Payload) return payloadNode(label, value, place);
  if (value instanceof Uint8Array) return octetsNode(label, value);
  if (Array.isArray(value)) return listNode(label, value, place);
  if (typeof value !== 'object' || value === null) return { text: `${label}: ${leafText(value)}` };
  return objectNode(label, value as Fields, place);
}

function payloadNode(label: string, payload: Payload, { names }: Place): TreeNode {
  const { octets, message, typeName, outcome } = payload;
  const text = `${label}: ${typeName}, ${count(octets)}`;
  if ('reason' in outcome) {
    return { text, children: [{ text: `not decoded: ${outcome.reason}` }, ...hexNodes(octets)] };
  }
  const place = { message, path: [], names };
  return { text, children: fieldNodes(outcome.value as Fields, place) };
}

function octetsNode(label: string, octets: Uint8Array): TreeNode {
  const text = `${label}: ${count(octets)}`;
  if (octets.length > MAX_LINE_OCTETS) return { text, children: hexNodes(octets) };
  return { text: octets.length === 0 ? text : `${text}: ${hexText(octets)}` };
}

function hexNodes(octets: Uint8Array): TreeNode[] {
  if (octets.length === 0) return [];
  if (octets.length <= MAX_LINE_OCTETS) return [{ text: hexText(octets) }];
  return hexLines(octets).map((text) => ({ text }));
}

function listNode(label: string, list: readonly unknown[], place: Place): TreeNode {
  if (list.length === 0) return { text: `${label}: none` };
  const short = inlineText(list, place);
  if (short !== undefined) return { text: `${label}: ${short}` };
  return { text: label, children: list.map((item, i) => nodeOf(`[${i}]`, item, place)) };
}

function objectNode(label: string, fields: Fields, place: Place): TreeNode {
  const { kinds, values, ranParameterId, valueType } = fields;
  if (typeof kinds === 'string' && Array.isArray(values)) return recordNode(label, fields, place);
  if (typeof ranParameterId === 'number' && typeof valueType === 'object') {
    return parameterNode(ranParameterId, valueType as Fields, place);
  }
  const short = inlineText(fields, place);
  if (short !== undefined) return { text: `${label}: ${short}` };
  return { text: label, children: fieldNodes(fields, place) };
}

/** A value in one line; `undefined` when it is too long for that, or is shown in another way. */
function inlineText(value: unknown, place: Place): string | undefined {
  let leaves = 0;
  const textOf = (part: unknown, path: readonly string[]): string | undefined => {
    if (part instanceof Uint8Array || part instanceof Payload) return undefined;
    if (Array.isArray(part)) {
      const isPlain = part.every((item: unknown) => Object.keys(Object(item) as object).length < 2);
      return isPlain ? joined(part.map((item) => textOf(item, path))) : undefined;
    }
    if (typeof part !== 'object' || part === null) {
      leaves += 1;
      return leafText(part);
    }
    if ('kinds' in part || 'valueType' in part) return undefined;
    return joined(
      Object.entries(part).map(([field, inner]) => {
        const name = specName(field, path, place.message);
        // Flags are named or absent.
        if (inner === true) {
          leaves += 1;
          return name;
        }
        const text = textOf(inner, [...path, field]);
        return text && `${name}: ${text}`;
      }),
    );
  };
  const text = textOf(value, place.path);
  const fits = text !== undefined && leaves <= MAX_INLINE_LEAVES && text.length <= MAX_INLINE_CHARACTERS;
  return fits || (leaves === 0 && text !== undefined) ? text : undefined;
}

function joined(texts: readonly (string | undefined)[]): string | undefined {
  if (texts.length === 0) return 'empty';
  return texts.includes(undefined) ? undefined : texts.join(', ');
}

function fieldNodes(fields: Fields, place: Place): TreeNode[] {
  if (typeof fields !== 'object' || fields === null) return [{ text: leafText(fields) }];
  // A message that names its measurements does so for all records in it.
  const named = 'measInfoList' in fields ? valueNames(fields) : undefined;
  const names = named === undefined ? place.names : { ...place.names, values: named };
  return Object.entries(fields).map(([field, part]) => {
    const node = nodeOf(nameOf(field, place), part, { ...place, path: [...place.path, field], names });
    return field === 'timeStamp' ? { ...node, text: node.text + timeText(String(part)) } : node;
  });
}

/** What a TimeStamp of KPM in hexadecimal may say, in words. */
function timeText(hex: string): string {
  const timeMs = unixMsOfTimeStamp(hex);
  return timeMs === undefined ? '' : ` (${new Date(timeMs).toISOString()})`;
}

/** Measured values, by name where the names are known. */
function recordNode(label: string, { kinds, values, ...rest }: Fields, place: Place): TreeNode {
  const texts = (values as number[]).map((value, i) => measuredText((kinds as string)[i], value));
  const others = fieldNodes(rest, place);
  const { values: names } = place.names;
  if (names?.length !== texts.length) {
    return { text: `${label} measRecord: ${texts.join(', ')}`, children: others };
  }
  return {
    text: `${label} measRecord`,
    children: [...texts.map((text, i) => ({ text: `${names[i]}: ${text}` })), ...others],
  };
}

function measuredText(kind: string | undefined, value: number): string {
  if (kind === 'n') return 'noValue';
  if (kind === 's') return 'notSatisfied';
  return kind === 'r' ? `real ${value}` : `integer ${value}`;
}

function parameterNode(id: number, valueType: Fields, place: Place): TreeNode {
  const name = place.names.parameters?.get(id);
  const label = `ranParameter-ID ${id}${name === undefined ? '' : ` (${name})`}`;
  const [[choice, content] = ['', undefined]] = Object.entries(valueType);
  return nodeOf(`${label}: ${nameOf(choice, place)}`, content, { ...place, path: [choice] });
}

const nameOf = (field: string, { path, message }: Place): string => specName(field, path, message);

function leafText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : value;
  return String(value);
}
