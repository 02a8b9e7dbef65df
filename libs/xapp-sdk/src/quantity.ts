import { type KpiName, type KpiUnit } from '@ricochet/ran-types';

declare const unit: unique symbol;

/** A number of which the compiler knows the unit, as TS 28.552 spells it; calculated with it is a plain number again. */
export type Quantity<U extends string> = number & { readonly [unit]: U };

/** A value of a measurement; of one that is not in the catalogue the unit is not known. */
export type QuantityOf<M extends string> = M extends KpiName ? Quantity<KpiUnit<M>> : number;
