import { type Type } from '@ricochet/asn1';
import { hasOtherAdditions, perMessage } from '../per-message.js';
import { E2smError, type MessageCodec } from '../service-model.js';

/**
 * How a message is written on the wire. The standard's versions from v2.03 to v4 differ by extension additions and
 * the TimeStamp; v5 has another LogicalOR, v2.02 has none. FlexRIC's schema, made from v2.03 and v3.00, has moved
 * additions in front of the extension mark.
 */
export type KpmDialect = 'v2.02' | 'v2.03' | 'v3' | 'v5' | 'flexric';

/** `dialect` is there when a message came, or is to go, in another form than v3's. */
export interface InDialect {
  readonly dialect?: Exclude<KpmDialect, 'v3'>;
}

export interface DialectCodec<T> extends MessageCodec<T> {
  /**
   * With a `dialect` that alone is read, and a message in another is refused in words; without one all are tried,
   * v3 first. A message whose forms do not differ is one in v3.
   */
  decode(octets: Uint8Array, options?: { readonly dialect?: KpmDialect | undefined }): T;
}

/** A form of a message: in which dialects, and what tells it from the other forms, in words. */
export interface Form<W> {
  readonly dialects: readonly [KpmDialect, ...KpmDialect[]];
  readonly type: Type<W>;
  readonly mark: string;
}

/** What the standard or FlexRIC makes of the same fields: `flexric` has its additions in the root. */
export const placed = <T>(dialect: KpmDialect, standard: Type<T>, flexric: Type<unknown>): Type<T> =>
  dialect === 'flexric' ? (flexric as Type<T>) : standard;

/** The forms of a message that is made of matching conditions and additions. */
export const formsOf = <W>(typeOf: (dialect: KpmDialect) => Type<W>): Form<W>[] => [
  { dialects: ['v3', 'v2.03'], type: typeOf('v3'), mark: 'matching conditions with a LogicalOR of true' },
  { dialects: ['flexric'], type: typeOf('flexric'), mark: 'additions in front of the extension mark' },
  { dialects: ['v5'], type: typeOf('v5'), mark: 'matching conditions with a LogicalOR of true or false' },
  { dialects: ['v2.02'], type: typeOf('v2.02'), mark: 'matching conditions without a LogicalOR' },
];

/**
 * Carries a message in several forms, tried in the order in which they are given; the first is v3's.
 * @param differs whether the forms of such a message differ: then it is read in one that gives its octets back
 */
export function dialectMessage<W extends object>(
  name: string,
  forms: readonly Form<W>[],
  differs: (value: W) => boolean,
): DialectCodec<W & InDialect> {
  const all = forms.map((form) => ({ ...form, codec: perMessage(name, form.type) }));
  type Candidate = (typeof all)[number];
  const byDialect = new Map<KpmDialect, readonly Candidate[]>();
  const of = (dialect: KpmDialect): readonly Candidate[] => byDialect.get(dialect) ?? [];
  for (const form of all) {
    for (const dialect of form.dialects) byDialect.set(dialect, [...of(dialect), form]);
  }
  const usual = of('v3')[0]!.codec;
  const decodeAny = (octets: Uint8Array, candidates: readonly Candidate[]): W & InDialect => {
    let likely: (W & InDialect) | undefined;
    let doubtful: (W & InDialect) | undefined;
    let refused: unknown;
    for (const { dialects, codec } of candidates) {
      try {
        const wire = codec.decode(octets);
        const value = dialects[0] === 'v3' ? wire : { dialect: dialects[0], ...wire };
        if (!differs(wire)) return value;
        if (!isSame(codec.encode(wire), octets)) doubtful ??= value;
        else if (hasOtherAdditions(wire)) likely ??= value;
        else return value;
      } catch (error) {
        refused ??= error;
      }
    }
    const found = likely ?? doubtful;
    if (found === undefined) throw refused;
    return found;
  };
  /** Says what a message that is not in the dialect asked for is instead, if it is anything. */
  const explained = (error: unknown, octets: Uint8Array, asked: KpmDialect): unknown => {
    for (const { dialects, mark, codec } of all) {
      try {
        codec.decode(octets);
      } catch {
        continue;
      }
      return new E2smError(`${name}: ${mark}: KPM ${dialects[0]}, expected ${asked}`, { cause: error });
    }
    return error;
  };
  return {
    encode(value) {
      // What comes from JSON may be null, which the message's type refuses in words.
      const { dialect, ...wire } = (value as typeof value | null) ?? {};
      if (dialect === undefined) return usual.encode(value);
      const [form] = of(dialect);
      if (form === undefined) throw new E2smError(`${name}.dialect: there is no ${JSON.stringify(dialect)}`);
      return form.codec.encode(wire as W);
    },
    decode(octets, { dialect } = {}) {
      if (dialect === undefined) return decodeAny(octets, all);
      try {
        return decodeAny(octets, of(dialect));
      } catch (error) {
        throw explained(error, octets, dialect);
      }
    },
  };
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((octet, at) => octet === other[at]);
