import { choice, flattened, type Infer, optional, sequence, sequenceOf, type Type } from '@ricochet/asn1';
import { type KpmDialect } from './dialect.js';
import { measurementLabel } from './measurement-label.js';
import { logicalOr, logicalOrV5, testConditionOf } from './test-condition.js';

const size = { min: 1, max: 32_768 } as const;

const matchingOf = (dialect: KpmDialect) =>
  choice({ label: measurementLabel, testCondition: testConditionOf(dialect) }, {});

const withOr = (dialect: KpmDialect, or: Type<boolean>) =>
  sequenceOf(
    flattened(sequence({ matching: matchingOf(dialect), logicalOr: optional(or) }, {}), 'matching', [
      'label',
      'testCondition',
    ]),
    size,
  );

/** `logicalOr` joins conditions by OR instead of by AND; `false` says as little as nothing, but is on the wire in v5. */
export type MatchingConditions = Infer<ReturnType<typeof withOr>>;

/** MatchingCondList: a measurement's own conditions. */
export function matchingConditionsOf(dialect: KpmDialect): Type<MatchingConditions> {
  if (dialect === 'v5') return withOr(dialect, logicalOrV5);
  if (dialect !== 'v2.02') return withOr(dialect, logicalOr);
  return sequenceOf(matchingOf(dialect) as Type<MatchingConditions[number]>, size);
}

/** MatchingUeCondPerSubList: the conditions that a UE must meet to be reported. */
export const matchingUeConditionsOf = (dialect: KpmDialect) =>
  sequenceOf(
    flattened(
      sequence({ testCondition: testConditionOf(dialect) }, { logicalOr: optional(logicalOrV5) }),
      'testCondition',
      ['testType', 'testExpression', 'testValue'],
    ),
    size,
  );
export type MatchingUeCondition = Infer<ReturnType<typeof matchingUeConditionsOf>>[number];
