import { rc, type RcRanFunctionDefinition } from '@ricochet/e2sm';
import { Payload } from './payload.js';

/** RAN parameters by id. */
export type ParameterNames = ReadonlyMap<number, string>;

interface NamedParameter {
  readonly id: number;
  readonly name: string;
  readonly definition?:
    { readonly list: readonly NamedParameter[] } | { readonly structure: readonly NamedParameter[] };
}

/** Names of the RAN parameters of each control action that a node defines, under `<RAN function>/<style>/<action>`. */
export function* parameterNames(part: unknown): Generator<[action: string, names: ParameterNames]> {
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return;
  const { ranFunctionId, ranFunctionDefinition } = part as Readonly<Record<string, unknown>>;
  if (!(ranFunctionDefinition instanceof Payload)) {
    for (const inner of Object.values(part)) yield* parameterNames(inner);
    return;
  }
  const { model, outcome } = ranFunctionDefinition;
  if (model !== rc || !('value' in outcome)) return;
  const { controlStyles = [] } = outcome.value as RcRanFunctionDefinition;
  for (const { type, actions = [] } of controlStyles) {
    for (const { id, ranParameters = [] } of actions) {
      yield [`${String(ranFunctionId)}/${type}/${id}`, new Map(flat(ranParameters))];
    }
  }
}

function flat(parameters: readonly NamedParameter[]): [number, string][] {
  return parameters.flatMap(({ id, name, definition }) => {
    const inner = definition === undefined ? [] : Object.values(definition).flat();
    return [[id, name] as [number, string], ...flat(inner)];
  });
}

/** `<style>/<action>` that a control header of E2SM-RC names, in whichever format it does. */
export function actionOf(header: unknown): string | undefined {
  if (!(header instanceof Payload) || header.model !== rc || !('value' in header.outcome)) return undefined;
  const formats = Object.values(
    header.outcome.value as Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  );
  const { ricStyleType, ricControlActionId } = formats[0] ?? {};
  if (typeof ricStyleType !== 'number' || typeof ricControlActionId !== 'number') return undefined;
  return `${ricStyleType}/${ricControlActionId}`;
}
