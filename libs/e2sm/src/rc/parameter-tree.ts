import { E2smError } from '../service-model.js';
import { type RanParameter, type RanParameterStructure, type RanParameterValue } from './ran-parameter.js';

/** A leaf whose key flag is false. */
export const leaf = (ranParameterId: number, value: RanParameterValue): RanParameter => ({
  ranParameterId,
  valueType: { elementFalse: value },
});

export const structure = (ranParameterId: number, parameters: RanParameterStructure): RanParameter => ({
  ranParameterId,
  valueType: { structure: parameters },
});

export const list = (ranParameterId: number, items: readonly RanParameterStructure[]): RanParameter => ({
  ranParameterId,
  valueType: { list: items },
});

/**
 * Reads the parameters of one structure by their ids.
 * @throws {E2smError} from every method, with the path of ids: `RAN parameter 1[0].2.11 (Min PRB Policy Ratio)`
 */
export class ParameterReader {
  constructor(
    private readonly parameters: RanParameterStructure,
    private readonly nameOf: (id: number) => string,
    private readonly path = '',
  ) {}

  has(id: number): boolean {
    return this.parameters.some(({ ranParameterId }) => ranParameterId === id);
  }

  structure(id: number): ParameterReader {
    const value = this.find(id);
    if (!('structure' in value)) this.refuse(id, 'is not a structure');
    return new ParameterReader(value.structure, this.nameOf, `${this.path}${id}.`);
  }

  list(id: number): ParameterReader[] {
    const value = this.find(id);
    if (!('list' in value)) this.refuse(id, 'is not a list');
    return value.list.map((item, at) => new ParameterReader(item, this.nameOf, `${this.path}${id}[${at}].`));
  }

  integer(id: number): number {
    const value = this.element(id);
    if (!('valueInt' in value) || typeof value.valueInt !== 'number') this.refuse(id, 'is not an integer');
    return value.valueInt;
  }

  /** Octets in hexadecimal. @param counts of how many there may be; of any number when left out */
  octets(id: number, ...counts: number[]): string {
    const value = this.element(id);
    if (!('valueOctets' in value)) this.refuse(id, 'is not octets');
    const { valueOctets } = value;
    if (counts.length > 0 && !counts.includes(valueOctets.length / 2)) {
      this.refuse(id, `is not ${counts.join(' or ')} octets but ${valueOctets.length / 2}`);
    }
    return valueOctets;
  }

  /** The value of a leaf, whatever its key flag. */
  private element(id: number): RanParameterValue {
    const value = this.find(id);
    const element =
      'elementFalse' in value ? value.elementFalse : 'elementTrue' in value ? value.elementTrue : undefined;
    if (element === undefined) this.refuse(id, 'is not an element');
    return element ?? this.refuse(id, 'has no value');
  }

  private find(id: number): RanParameter['valueType'] {
    const found = this.parameters.find(({ ranParameterId }) => ranParameterId === id);
    return found?.valueType ?? this.refuse(id, 'is missing');
  }

  private refuse(id: number, what: string): never {
    throw new E2smError(`RAN parameter ${this.path}${id} (${this.nameOf(id)}) ${what}`);
  }
}
