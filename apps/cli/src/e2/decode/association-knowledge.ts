import { type E2apPdu, type RanFunctionItem } from '@ricochet/e2ap';
import { serviceModelOf, serviceModelOfFunction, type ServiceModel } from '@ricochet/e2sm';
import { actionOf, parameterNames, type ParameterNames } from './parameter-names.js';
import { type RanFunctionModel } from './payload.js';
import { valueNames } from './value-names.js';
import { type TreeNames } from './value-tree.js';

type Fields = Readonly<Record<string, unknown>>;

/** RAN functions of FlexRIC, whose payloads are plain structs of the C language, from this id on. */
const FIRST_FLEXRIC_ID = 142;
const FLEXRIC_MODELS = ['MAC', 'RLC', 'PDCP', 'SLICE', 'TC', 'own', 'GTP'];

/** What was learned of one association from the PDUs before: the models of its RAN functions, what is reported. */
export class AssociationKnowledge {
  private readonly oids = new Map<number, string>();
  private readonly reported = new Map<string, readonly string[]>();
  private readonly parameters = new Map<string, ParameterNames>();

  /** @param given models by RAN function id, for functions that no set-up was seen of */
  constructor(private readonly given: ReadonlyMap<number, ServiceModel>) {}

  /** The service model of a RAN function; `oid` where the function is being defined. */
  modelOf(ranFunctionId: number | undefined, oid = this.oids.get(ranFunctionId ?? -1)): RanFunctionModel {
    const byOid = oid === undefined ? undefined : serviceModelOf(oid);
    if (byOid !== undefined) return { model: byOid, words: 'by its OID' };
    if (ranFunctionId === undefined) return { words: 'there is no RANfunctionID' };
    const given = this.given.get(ranFunctionId);
    if (given !== undefined) return { model: given, words: 'by --sm' };
    const byConvention = serviceModelOfFunction(ranFunctionId);
    if (byConvention !== undefined) return { model: byConvention, words: 'by convention' };
    const flexric = FLEXRIC_MODELS[ranFunctionId - FIRST_FLEXRIC_ID];
    if (flexric !== undefined) return { words: `FlexRIC's ${flexric} model, a plain struct` };
    const why =
      oid === undefined ? 'no set-up was seen' : `its OID ${JSON.stringify(oid)} is of no known model`;
    return { words: `the service model is unknown, as ${why}: --sm ${ranFunctionId}=<model>` };
  }

  /** What the PDUs before called that which this one has by number or by place. */
  namesFor(value: Fields): TreeNames {
    const action = actionOf(value['ricControlHeader']);
    return {
      values: this.reported.get(keyOf(value['ricRequestId'])),
      parameters: this.parameters.get(`${String(value['ranFunctionId'])}/${action ?? ''}`),
    };
  }

  /**
   * Takes note of what a PDU defines.
   *
   * @param read the PDU's value with its payloads read
   */
  learn({ message, value }: E2apPdu, read: Fields): void {
    if (message === 'E2setupRequest') this.oids.clear();
    if (message === 'E2setupRequest' || message === 'RICserviceUpdate') {
      this.define(value.ranFunctionsAdded);
      if ('ranFunctionsModified' in value) this.define(value.ranFunctionsModified);
      for (const [action, names] of parameterNames(read)) this.parameters.set(action, names);
    }
    if (message === 'RICsubscriptionRequest') {
      const names = valueNames(read['ricActionsToBeSetup']);
      if (names !== undefined) this.reported.set(keyOf(value.ricRequestId), names);
    }
  }

  private define(items: readonly RanFunctionItem[] = []): void {
    for (const { ranFunctionId, ranFunctionOid } of items) this.oids.set(ranFunctionId, ranFunctionOid);
  }
}

const keyOf = (ricRequestId: unknown): string => JSON.stringify(ricRequestId);
